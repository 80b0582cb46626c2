import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { findConflict } from '../workspace/conflict.js'

/** A YAML or JSON text as a document, or the first things that are wrong with it. */
export interface Yaml {
  readonly document: Document
  readonly lines: LineCounter
  /** What is wrong, each with its offset; nothing can be read of a document that has any. */
  readonly faults: readonly { readonly what: string; readonly offset: number }[]
}

/** Parses YAML or JSON, whatever it holds: a merge conflict, brackets without end, a key twice. */
export function parseYaml(text: string): Yaml {
  const lines = new LineCounter()
  const refuse = (what: string, offset: number): Yaml => ({
    document: parseDocument(''),
    lines,
    faults: [{ what, offset }],
  })
  const tooDeep = findTooDeep(text)
  const conflict = findConflict(text)
  if (tooDeep !== undefined || conflict !== undefined) {
    for (const { index } of text.matchAll(/^/gm)) lines.addNewLine(index)
    return conflict === undefined ? refuse(TOO_DEEP, tooDeep ?? 0) : refuse(CONFLICT, conflict)
  }
  try {
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
    const errors = document.errors.map(({ message, pos }) => ({ what: message, offset: pos[0] }))
    return { document, lines, faults: errors.length > 0 ? errors : findDoubleKeys(document) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return refuse(TOO_DEEP, 0)
  }
}

export const CONFLICT = 'it holds a merge conflict'
const TOO_DEEP = 'it is nested too deeply'

/** Nobody nests a spec or a config deeper; the parser's own stack holds more. */
const MAX_DEPTH = 100

/** The first bracket, dash or indent that is nested too deeply; quoted ones count, as they cost nothing to look at. */
function findTooDeep(text: string): number | undefined {
  let depth = 0
  for (const { 0: mark, index } of text.matchAll(/[[{\]}]|^(?: *- ){100}|^ {400}/gm)) {
    if (mark.length > 1) return index
    depth = mark === '[' || mark === '{' ? depth + 1 : Math.max(0, depth - 1)
    if (depth > MAX_DEPTH) return index
  }
  return undefined
}

/** The parser compares each key with every other one; this looks at each once. */
function findDoubleKeys(document: Document): Yaml['faults'] {
  const found: { what: string; offset: number }[] = []
  visit(document, {
    Map(_, map) {
      const known = new Set<unknown>()
      for (const { key } of map.items) {
        const value = isScalar(key) ? key.value : undefined
        if (value === undefined) continue
        if (known.has(value) && isScalar(key))
          found.push({ what: 'Map keys must be unique', offset: key.range?.[0] ?? 0 })
        known.add(value)
      }
    },
  })
  return found
}
