import type { Finding } from '../rules/finding.js'

/** Texts about several findings as one, and of each what it has in place of `…`. */
export interface Alike {
  readonly text: string
  readonly different: readonly (readonly string[])[]
}

/**
 * What texts have in common that differ in what is in backticks alone: the name of an event becomes `<event>`, that of a
 * subject `<key>`, anything else `…`. Undefined where their words differ.
 */
export function findAlike(findings: readonly Finding[], textOf: (one: Finding) => string): Alike | undefined {
  const all = findings.map((one) => textOf(one).split('`'))
  const [first = []] = all
  if (all.some((one) => one.length !== first.length)) return undefined
  const parts = first.map((_, index) =>
    alikeIn(
      findings,
      all.map((one) => one[index] ?? ''),
      index % 2 === 1,
    ),
  )
  if (parts.includes(undefined)) return undefined
  return {
    text: parts.map((one) => one?.text).join('`'),
    different: findings.map((_, index) => [...new Set(parts.flatMap((one) => one?.different[index] ?? []))]),
  }
}

/** The same of a piece of each text. */
function alikeIn(
  findings: readonly Finding[],
  pieces: readonly string[],
  isCode: boolean,
): { readonly text: string; readonly different: readonly string[] } | undefined {
  const [first = ''] = pieces
  if (pieces.every((one) => one === first)) return { text: first, different: [] }
  if (!isCode) return undefined
  const named = pieces.map((one, index) => withPlaceholders(one, findings[index]))
  const [text = ''] = named
  if (named.some((one) => one !== text)) return { text: '…', different: pieces }
  return { text, different: text.includes('<key>') ? findings.map((one) => one.subject) : [] }
}

function withPlaceholders(code: string, finding: Finding | undefined): string {
  const names = [
    [finding?.event?.name, '<event>'],
    [finding?.subject, '<key>'],
  ] as const
  return code.replace(/[\w$]+/g, (word) => names.find(([name]) => name === word)?.[1] ?? word)
}
