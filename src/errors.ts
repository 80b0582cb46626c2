import type { ErrorCode } from './error-codes.js'

/** A place in a file: `path` relative to the root, `line` and `column` counted from 1. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

/** Exit codes that an expected failure can end in; the table of all codes is in `cli/exit-codes.ts`. */
export type FailureCode = 1 | 2 | 3 | 4 | 5 | 6 | 130

/** What is said of something that went wrong: what happened, why it matters, and how to go on. */
export interface ProblemWords {
  readonly what: string
  readonly why?: string
  readonly fix?: string
  /** What the fix wants to stand in a file, line by line. */
  readonly paste?: readonly string[]
  readonly place?: Place
}

/** An expected failure: its words, and what programs tell it from others by. */
export interface Problem extends ProblemWords {
  /** Words may change, a code never does. */
  readonly code: ErrorCode
}

/**
 * An expected failure with one or several problems. Only `cli` turns it into words and an exit code;
 * anything else that is thrown is a bug of ours.
 */
export class Failure extends Error {
  override readonly name = 'Failure'
  constructor(
    readonly exitCode: FailureCode,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map((problem) => problem.what).join('; '))
  }
}

/** Exit 2: what was asked for is wrong anywhere. */
export function wrongInput(...problems: Problem[]): Failure {
  return new Failure(2, problems)
}

/** Exit 3: what was asked for collides with this repository. */
export function collision(...problems: Problem[]): Failure {
  return new Failure(3, problems)
}

/** Exit 5: the tool's own proof failed or the disk did; nothing stays written, or the problem says what does. */
export function internalError(...problems: Problem[]): Failure {
  return new Failure(5, problems)
}

/** Exit 6: a file is neither as it was nor as it was written; both are kept. */
export function needsPerson(...problems: Problem[]): Failure {
  return new Failure(6, problems)
}

/**
 * What a step gives, for whoever goes no further without it.
 *
 * @throws Failure what the step was refused with
 */
export function orThrow<T>(given: T | Failure): T {
  if (given instanceof Failure) throw given
  return given
}

/** `path:line:column` as far as it is known. */
export function formatPlace(place: Place): string {
  const line = place.line === undefined ? '' : `:${place.line}`
  const column = place.line === undefined || place.column === undefined ? '' : `:${place.column}`
  return `${place.file}${line}${column}`
}

/** The candidate nearest to `name` by edit distance, if one is near enough to be what was meant. */
export function findNearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = slipsIn(name) + 1
  for (const candidate of candidates) {
    // No edit is cheaper than the difference in length, and names from files may have millions of characters.
    if (Math.abs(name.length - candidate.length) >= bestDistance) continue
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** How many slips a name may have: of four letters, two of which are others, nobody can tell what they were. */
function slipsIn({ length }: string): number {
  if (length <= 4) return 1
  return Math.max(2, Math.ceil(length / 3))
}

/** What somebody meant who typed `name`: what is nearest to it, or the one candidate with its words and the fewest others. */
export function findMeant(name: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates]
  const nearest = findNearest(name, all)
  if (nearest !== undefined || name.length > MAX_TYPED) return nearest
  const typed = wordsOf(name)
  const found = all.filter((one) => {
    const words = wordsOf(one)
    return typed.length > 0 && typed.every((word) => words.includes(word))
  })
  const fewest = Math.min(...found.map((one) => wordsOf(one).length))
  const [meant, ...others] = found.filter((one) => wordsOf(one).length === fewest)
  return others.length === 0 ? meant : undefined
}

/** Nobody types a longer name. */
const MAX_TYPED = 80

/** `useChatStore`, `chat-store` and `chat_store` as words. */
function wordsOf(name: string): string[] {
  return name
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/)
    .filter((word) => word.length > 1)
    .map((word) => word.toLowerCase())
}

/** How many letters were left out, put in, changed, or swapped with the next. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const change = (last[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      const isSwap = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const swap = isSwap ? (beforeLast[column - 2] ?? 0) + 1 : change
      current.push(Math.min(change, swap, (last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    beforeLast = last
    last = current
  }
  return last[b.length] ?? 0
}
