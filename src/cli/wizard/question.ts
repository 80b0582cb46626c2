import type { ProblemWords } from '../../errors.js'
import type { Shown } from '../../report/shown/shown.js'

/** What is shown under a text while it is typed: what it becomes, or the first rule that it breaks. */
export interface Hint {
  readonly text: string
  readonly isProblem: boolean
}

export interface Choice {
  readonly value: string
  readonly title: string
  readonly description?: string
  /** A key that chooses it at once. */
  readonly key?: string
}

/** A question as data: how it is asked is known in `ask.ts` alone. */
export type Question =
  | {
      readonly kind: 'text'
      readonly message: string
      /** What Enter alone answers. */
      readonly initial: string
      hint(value: string): Hint
      /** The reason to refuse it that is too slow to look for at every key. */
      refuse?(value: string): string | undefined
    }
  | {
      readonly kind: 'select'
      readonly message: string
      readonly choices: readonly Choice[]
      readonly initial: string
      /** Shown above the question. */
      readonly body?: Shown
    }

/** What leads back instead of an answer: typed, or chosen. */
export const BACK = '<'

/** A problem in one sentence; the reason is last, because a narrow terminal cuts the end. */
export function sayProblem({ what, why, fix }: ProblemWords): string {
  return [what, fix, why].filter((part) => part !== undefined).join('; ')
}
