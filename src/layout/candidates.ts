import { wrongInput } from '../errors.js'

/** A whole word of a source. */
export function word(name: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`)
}

/** A text as a regular expression that matches it and nothing else. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/**
 * The one candidate for a part of a channel, or of several the one that is used most.
 *
 * @throws Failure with exit code 2 where several are used alike
 */
export function onlyUsed<T>(
  channel: string,
  candidates: readonly T[],
  file: (one: T) => string,
  uses: (one: T) => number,
): T {
  const [first, ...rest] = candidates
  if (first === undefined) throw new Error('no candidate')
  if (rest.length === 0) return first
  const ranked = candidates.map((one) => ({ one, uses: uses(one) })).sort((a, b) => b.uses - a.uses)
  const [best, second] = ranked
  if (best === undefined || second === undefined || best.uses > second.uses) return best?.one ?? first
  throw wrongInput({
    what: `two files could be the \`${channel}\` channel: \`${file(best.one)}\` and \`${file(second.one)}\``,
    why: 'both are used alike, and which one is meant cannot be told',
    fix: 'rename or remove the one that is not used',
    place: { file: file(second.one) },
  })
}
