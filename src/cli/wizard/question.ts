import type { ProblemWords } from '../../errors.js'
import type { Shown } from '../../report/shown/shown.js'
import { proposeName } from '../../spec/names.js'

/** What is shown under a text while it is typed: what it becomes, or the first rule that it breaks. */
export interface Hint {
  /** In one line or more. */
  readonly text: string
  readonly isProblem: boolean
  /** What Tab takes in place of the text. */
  readonly proposal?: string
}

export interface Choice {
  readonly value: string
  readonly title: string
  readonly description?: string
  /** A key that chooses it at once. */
  readonly key?: string
}

interface Asked {
  readonly message: string
  /** What an answer stands behind when it is given; the message where nothing is said. */
  readonly label?: string
  /** What Enter alone answers. */
  readonly initial: string
  /** The reason to refuse an answer that is too slow to look for at every key. */
  refuse?(value: string): string | undefined
  /** Why it is asked again. */
  readonly problem?: string
}

/** A line of text. */
export interface TextQuestion extends Asked {
  readonly kind: 'text'
  hint(value: string): Hint
  /** What Tab can make of a text: whole ones that begin with it, or with what it comes down to. */
  complete?(value: string): readonly string[]
}

/** One of a few choices, each with its key. */
export interface SelectQuestion extends Asked {
  readonly kind: 'select'
  readonly choices: readonly Choice[]
  /** Shown above the question. */
  readonly body?: Shown
}

/** One of any number of choices, which typing narrows. */
export interface SearchQuestion extends Asked {
  readonly kind: 'search'
  /** Undefined while they are not known: then whatever is typed is an answer. */
  choices(): readonly Choice[] | undefined
}

/** A question as data: how it is asked is known in `ask.ts` alone. */
export type Question = TextQuestion | SelectQuestion | SearchQuestion

/** A question that was answered, for people. */
export interface Answered {
  readonly label: string
  readonly answer: string
}

/** What leads back instead of an answer: typed, or chosen. */
export const BACK = '<'

/** A problem in one sentence; the reason is last, because a narrow terminal cuts the end. */
export function sayProblem({ what, why, fix }: ProblemWords): string {
  return [what, fix, why].filter((part) => part !== undefined).join('; ')
}

/** A name that is none, with one near to it that Tab takes. */
export function refusedName(
  value: string,
  problem: ProblemWords,
  find: (name: string) => ProblemWords | undefined,
): Hint {
  const near = [proposeName(value) ?? '', `${value}_changed`, `${value}_request`]
  const proposal = near.find((one) => one !== value && find(one) === undefined)
  return { isProblem: true, text: sayProblem(problem), ...(proposal === undefined ? {} : { proposal }) }
}
