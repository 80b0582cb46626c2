import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter, visit } from 'yaml'
import type { z } from 'zod'
import type { ErrorCode } from '../error-codes.js'
import { Failure, findNearest, type Place, type Problem, wrongInput } from '../errors.js'
import { describeValue } from './issue-words.js'
import { CONFLICT, parseYaml, type Yaml } from './yaml.js'

/** The way to a value inside a file: keys and indices. */
export type DataPath = readonly (string | number)[]

/** The value of a YAML or JSON file, or of a part of one, and where each part of it stands. */
export interface DataFile {
  readonly value: unknown
  readonly locate: (path: DataPath) => Place
  /** Every text in it that is no key, with its place. */
  readonly texts: () => readonly { readonly value: string; readonly place: Place }[]
}

/**
 * Reads YAML or JSON.
 *
 * @param file its name, for the places in errors
 * @param title what it is, for the words: `the spec file`
 * @param anew what to do with one that nobody wrote by hand, where it does not parse
 * @returns a Failure with exit code 2 that names file, line and column of every problem
 */
export function parseDataFile(text: string, file: string, title: string, anew?: string): DataFile | Failure {
  const yaml = parseYaml(text)
  const refused = describeFaults(yaml, file, title, anew)
  if (refused !== undefined) return refused
  const { document, lines } = yaml
  const value = readValue(document, file, title)
  return value instanceof Failure ? value : partOf(document.contents, value.value, lines, file)
}

/**
 * Reads YAML or JSON that may hold several of a kind: as documents, as items of a list, or both.
 *
 * @returns a part for each, one at least; a Failure with exit code 2 that names file, line and column of every problem
 */
export function parseDataParts(text: string, file: string, title: string): readonly DataFile[] | Failure {
  const yaml = parseYaml(text, true)
  const refused = describeFaults(yaml, file, title)
  if (refused !== undefined) return refused
  const { document, documents, lines } = yaml
  const parts: DataFile[] = []
  // Nothing may stand in front of the first `---`, and behind the last.
  for (const one of documents.filter(({ contents }) => !isEmpty(contents))) {
    const read = readValue(one, file, title)
    if (read instanceof Failure) return read
    const { value } = read
    if (isSeq(one.contents) && Array.isArray(value))
      parts.push(...one.contents.items.map((item, index) => partOf(item, value[index], lines, file)))
    else parts.push(partOf(one.contents, value, lines, file))
  }
  return parts.length > 0 ? parts : [partOf(document.contents, null, lines, file)]
}

function isEmpty(contents: unknown): boolean {
  return contents === null || (isScalar(contents) && contents.value === null && contents.source === '')
}

function describeFaults(
  { lines, faults }: Yaml,
  file: string,
  title: string,
  anew?: string,
): Failure | undefined {
  if (faults.length === 0) return undefined
  return wrongInput(
    ...faults.map(({ what, fix, offset }): Problem => {
      const { line, col } = lines.linePos(offset)
      const isConflict = what === CONFLICT.what
      return {
        code: isConflict ? 'merge-conflict' : 'does-not-parse',
        what: isConflict ? `\`${file}:${line}\` holds a merge conflict` : `${title} does not parse: ${what}`,
        fix: isConflict ? fix : (anew ?? fix),
        place: { file, line, column: col },
      }
    }),
  )
}

function readValue(document: Document, file: string, title: string): { readonly value: unknown } | Failure {
  try {
    return { value: document.toJS({ maxAliasCount: 50 }) as unknown }
  } catch {
    const fix = 'write out what they stand for'
    const what = `${title} does not parse: too many aliases`
    return wrongInput({ code: 'does-not-parse', what, fix, place: { file } })
  }
}

function partOf(root: unknown, value: unknown, lines: LineCounter, file: string): DataFile {
  return { value, locate: locator(root, lines, file), texts: () => textsIn(root, lines, file) }
}

function textsIn(root: unknown, lines: LineCounter, file: string): ReturnType<DataFile['texts']> {
  const found: { value: string; place: Place }[] = []
  if (!isNode(root)) return found
  visit(root, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string' || !node.range) return
      const { line, col } = lines.linePos(node.range[0])
      found.push({ value: node.value, place: { file, line, column: col } })
    },
  })
  return found
}

/** Says where the value of a path stands; what is not there stands where the nearest around it does. */
function locator(root: unknown, lines: LineCounter, file: string): DataFile['locate'] {
  const entries = new WeakMap<object, ReadonlyMap<unknown, unknown>>()
  const childOf = (node: unknown, key: string | number): unknown => {
    if (isSeq(node)) return node.items[Number(key)]
    if (!isMap(node)) return undefined
    const known = entries.get(node) ?? new Map(node.items.map((one) => [keyOf(one.key), one.value]))
    entries.set(node, known)
    return known.get(String(key))
  }
  return (path) => {
    let place: Place = { file, line: 1, column: 1 }
    let node: unknown = root
    for (let depth = 0; isNode(node) && node.range; depth++) {
      const { line, col } = lines.linePos(node.range[0])
      place = { file, line, column: col }
      const key = path[depth]
      node = key === undefined ? undefined : childOf(node, key)
    }
    return place
  }
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key)
}

/** The words for what a validator found: `title` names the whole, `keys` are what an unknown key may mean. */
export interface IssueWords {
  readonly code: ErrorCode
  readonly title: string
  readonly keys: readonly string[]
  /** Said of a value that none of several forms fits. */
  readonly noForm?: string
  /** How what stands at a path is written, where nothing else says how to go on. */
  readonly howTo?: (path: DataPath) => string | undefined
}

/** So many unknown keys are no slips of the pen, and none of them is guessed at. */
const MANY = 100

/** What a validator that reports what it was given found, as problems with places. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  locate: DataFile['locate'],
  words: IssueWords,
): Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol')
  const otherwise = (at: DataPath): { readonly fix?: string } => {
    const fix = words.howTo?.(at)
    return fix === undefined ? {} : { fix }
  }
  const shown = path.length === 0 ? words.title : `\`${path.join('.')}\``
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const nearest = issue.keys.length > MANY ? undefined : findNearest(key, words.keys)
      return {
        code: words.code,
        what: `${shown} has an unknown key \`${key}\``,
        ...(nearest === undefined ? otherwise([...path, key]) : { fix: `did you mean \`${nearest}\`?` }),
        place: locate([...path, key]),
      }
    })
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.filter((branch) =>
      branch.some((inner) => inner.path.length > 0 || inner.code !== 'invalid_type'),
    )
    const nested = branches
      .flat()
      .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as z.core.$ZodIssue)
    if (nested.length > 0) return nested.flatMap((inner) => describeIssue(inner, locate, words))
    return [
      {
        code: words.code,
        what: `${shown} ${words.noForm ?? 'has none of the forms it may have'}`,
        ...otherwise(path),
        place: locate(path),
      },
    ]
  }
  return [{ code: words.code, ...otherwise(path), ...describeValue(issue, shown), place: locate(path) }]
}
