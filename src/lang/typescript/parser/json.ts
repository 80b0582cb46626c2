import type { Source } from '../../../workspace/source.js'
import { compiler } from './compiler.js'

/** What a file of JSON says, with comments as a tsconfig has them. */
interface ParsedJson {
  readonly value: unknown
  /** The offset of the first error; undefined where it is well formed. */
  readonly error: number | undefined
}

/**
 * Parses JSON as the compiler does, which is asked only where there is something that a plain reader does not read: every
 * run reads a tsconfig, and most need no compiler for anything else. Undefined for what is nested deeper than its stack goes.
 */
export function parseJson({ path, text }: Source): ParsedJson | undefined {
  const value = readPlain(text)
  if (value !== undefined) return { value, error: undefined }
  try {
    const { config, error } = compiler().parseConfigFileTextToJson(path, text)
    return { value: config, error: error?.start }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Strings, to pass over them, and comments. What is not closed goes to the end, so that no text is gone through twice. */
const COMMENTS = /"(?:[^"\\\r\n]|\\.)*"?|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g
const LAST_COMMAS = /"(?:[^"\\\r\n]|\\.)*"?|,(?<=[^\s{[,:]\s*,)(?=\s*[}\]])/g

/** An object in JSON with comments and a comma behind the last entry; undefined for what is more than that, or wrong. */
function readPlain(text: string): unknown {
  try {
    const json = without(LAST_COMMAS, without(COMMENTS, text))
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

function without(pattern: RegExp, text: string): string {
  return text.replace(pattern, (match) => (match.startsWith('"') || isOpen(match) ? match : ' '))
}

/** A comment that is not closed is an error. */
function isOpen(match: string): boolean {
  return match.startsWith('/*') && (match.length < '/**/'.length || !match.endsWith('*/'))
}
