import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import { findConflict } from '../workspace/conflict.js'
import { BRACKET_WORDS, type Words, YAML_WORDS } from './yaml-words.js'

/** A YAML or JSON text as a document, or the first things that are wrong with it. */
export interface Yaml {
  readonly document: Document
  /** All of them, where several may stand there. */
  readonly documents: readonly Document[]
  readonly lines: LineCounter
  /** What is wrong, each with its offset; nothing can be read of a document that has any. */
  readonly faults: readonly Fault[]
}

interface Fault extends Words {
  readonly offset: number
}

/**
 * Parses YAML or JSON, whatever it holds: a merge conflict, brackets without end, a key twice.
 *
 * @param hasSeveral whether more than one document may stand there, separated by `---`
 */
export function parseYaml(text: string, hasSeveral = false): Yaml {
  const lines = new LineCounter()
  const nothing = parseDocument('')
  const refuse = (words: Words, offset: number): Yaml => ({
    document: nothing,
    documents: [],
    lines,
    faults: [{ ...words, offset }],
  })
  const tooDeep = findTooDeep(text)
  const conflict = findConflict(text)
  if (tooDeep !== undefined || conflict !== undefined) {
    for (const { index } of text.matchAll(/^/gm)) lines.addNewLine(index)
    return conflict === undefined ? refuse(TOO_DEEP, tooDeep ?? 0) : refuse(CONFLICT, conflict)
  }
  try {
    const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false } as const
    const documents = hasSeveral ? [...parseAllDocuments(text, options)] : [parseDocument(text, options)]
    const document = documents[0] ?? nothing
    const words = /^\s*[{[]/.test(text) ? { ...YAML_WORDS, ...BRACKET_WORDS } : YAML_WORDS
    // What comes after the first error comes of it.
    const errors = documents
      .flatMap((one) => one.errors)
      .slice(0, 1)
      .map(({ code, pos }) => ({ ...words[code], offset: pos[0] }))
    const faults = errors.length > 0 ? errors : documents.flatMap(findFaults)
    return { document, documents, lines, faults }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return refuse(TOO_DEEP, 0)
  }
}

export const CONFLICT: Words = {
  what: 'it holds a merge conflict',
  fix: 'resolve it, and take out its markers',
}
const TOO_DEEP = YAML_WORDS.RESOURCE_EXHAUSTION

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

/** What the parser leaves to whoever takes the values, and keys that stand there twice. */
function findFaults(document: Document): Fault[] {
  const found: Fault[] = []
  const anchors = new Set<string>()
  visit(document, (_, node) => {
    if (isAlias(node) && !anchors.has(node.source)) {
      const what = `\`*${node.source}\` stands for nothing that was named before`
      found.push({ what, fix: 'put quotes around a text that begins with `*`', offset: node.range?.[0] ?? 0 })
    }
    if ((isScalar(node) || isCollection(node)) && node.anchor !== undefined) anchors.add(node.anchor)
    if (isMap(node)) found.push(...findBadKeys(node))
  })
  return found
}

/** The parser compares each key with every other one; this looks at each once. */
function findBadKeys(map: YAMLMap): Fault[] {
  const known = new Set<unknown>()
  return map.items.flatMap(({ key }): Fault[] => {
    if (!isNode(key)) return []
    const offset = key.range?.[0] ?? 0
    if (isCollection(key)) return [{ ...YAML_WORDS.NON_STRING_KEY, offset }]
    if (!isScalar(key)) return []
    const isDouble = known.has(key.value)
    known.add(key.value)
    return isDouble ? [{ ...YAML_WORDS.DUPLICATE_KEY, offset }] : []
  })
}
