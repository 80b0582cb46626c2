import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { findNearest, type Place, type Problem, wrongInput } from '../errors.js'

/** The way to a value inside a file: keys and indices. */
export type DataPath = readonly (string | number)[]

/** The value of a YAML or JSON file, and where each part of it stands. */
export interface DataFile {
  readonly value: unknown
  readonly locate: (path: DataPath) => Place
}

/**
 * Reads YAML or JSON.
 *
 * @param file its name, for the places in errors
 * @param title what it is, for the words: `the spec file`
 * @throws Failure with exit code 2 that names file, line and column of every problem
 */
export function parseDataFile(text: string, file: string, title: string): DataFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    throw wrongInput(
      ...document.errors.map((error): Problem => {
        const { line, col } = lines.linePos(error.pos[0])
        return { what: `${title} does not parse: ${error.message}`, place: { file, line, column: col } }
      }),
    )
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: 50 })
    return { value, locate: (path) => placeOf(document, lines, file, path) }
  } catch {
    throw wrongInput({ what: `${title} does not parse: too many aliases`, place: { file } })
  }
}

function placeOf(document: Document, lines: LineCounter, file: string, path: DataPath): Place {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) {
      const { line, col } = lines.linePos(node.range[0])
      return { file, line, column: col }
    }
  }
  return { file, line: 1, column: 1 }
}

/** The words for what a validator found: `title` names the whole, `keys` are what an unknown key may mean. */
export interface IssueWords {
  readonly title: string
  readonly keys: readonly string[]
  /** Said of a value that none of several forms fits. */
  readonly noForm?: string
}

/** What a validator found as problems with places. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  locate: DataFile['locate'],
  words: IssueWords,
): Problem[] {
  const path = issue.path.filter((part) => typeof part !== 'symbol')
  const shown = path.length === 0 ? words.title : `\`${path.join('.')}\``
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const nearest = findNearest(key, words.keys)
      return {
        what: `${shown} has an unknown key \`${key}\``,
        ...(nearest === undefined ? {} : { fix: `did you mean \`${nearest}\`?` }),
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
    return [{ what: `${shown} ${words.noForm ?? 'has none of the forms it may have'}`, place: locate(path) }]
  }
  return [{ what: `${shown}: ${issue.message}`, place: locate(path) }]
}
