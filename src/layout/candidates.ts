import { wrongInput } from '../errors.js'
import type { Nearest } from './layout.js'

/** A whole word of a source. */
export function word(name: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`)
}

/** A text as a regular expression that matches it and nothing else. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Something that could play a part of a channel. */
export interface Candidate<T> extends Nearest {
  /** What it is as the part; undefined where it cannot be read as one, and is at most the nearest. */
  readonly part: T | undefined
  /** What speaks for it, the weightiest first; compared number by number. */
  readonly rank: readonly number[]
}

/** The part that was chosen, or what comes nearest to it. */
export interface Choice<T> {
  readonly part: T | undefined
  readonly nearest: Nearest | undefined
}

/** The candidate that most speaks for: none where it cannot be read, nor where as much speaks for two of them. */
export function choose<T>(candidates: readonly Candidate<T>[]): Choice<T> {
  const [best, second] = candidates.toSorted((a, b) => compareRanks(b.rank, a.rank))
  if (best === undefined) return { part: undefined, nearest: undefined }
  if (second !== undefined && compareRanks(best.rank, second.rank) === 0) {
    const text = `${best.text} and ${second.text} in \`${second.file}\`, between which nothing decides`
    return { part: undefined, nearest: { ...placed(best), text } }
  }
  return best.part === undefined
    ? { part: undefined, nearest: placed(best) }
    : { part: best.part, nearest: undefined }
}

function placed({ text, file, start }: Nearest): Nearest {
  return { text, file, start }
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at])
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0)
}

/** `true` counts for more than `false`. */
export function weigh(...signs: readonly (boolean | number)[]): number[] {
  return signs.map(Number)
}

/**
 * The one candidate for enum and envelope of a channel: the one that most speaks for.
 *
 * @throws Failure with exit code 2 where as much speaks for two of them
 */
export function onlyRanked<T>(
  channel: string,
  candidates: readonly T[],
  file: (one: T) => string,
  rank: (one: T) => readonly number[],
): T {
  const [first] = candidates
  if (first === undefined) throw new Error('no candidate')
  if (candidates.length === 1) return first
  const ranked = candidates.map((one) => ({ one, rank: rank(one) }))
  const [best, second] = ranked.toSorted((a, b) => compareRanks(b.rank, a.rank))
  if (best === undefined || second === undefined || compareRanks(best.rank, second.rank) > 0)
    return best?.one ?? first
  throw wrongInput({
    code: 'ambiguous-repository',
    what: `two files could be the \`${channel}\` channel: \`${file(best.one)}\` and \`${file(second.one)}\``,
    why: 'both are used alike, and which one is meant cannot be told',
    fix: 'rename or remove the one that is not used',
    place: { file: file(second.one) },
  })
}
