import type { z } from 'zod'
import { findNearest, type ProblemWords } from '../errors.js'

/** What a value should be, by the name that the validator has for it. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  tuple: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

/**
 * What a validator found in one value, in words of ours. The validator must report what it was given.
 *
 * @param shown the value, by its path
 */
export function describeValue(issue: z.core.$ZodIssue, shown: string): ProblemWords {
  switch (issue.code) {
    case 'invalid_type':
      return describeKind(issue.input, issue.expected, shown)
    case 'invalid_value': {
      const values = issue.values.map(String)
      const nearest = findNearest(String(issue.input), values)
      return {
        what: `${shown} is ${show(issue.input)}, and has to be ${list(issue.values)}`,
        ...(nearest === undefined || values.length === 1 ? {} : { fix: `did you mean \`${nearest}\`?` }),
      }
    }
    case 'too_big':
      return { what: `${shown} ${isSized(issue.origin) ? 'holds' : 'is'} more than ${issue.maximum}` }
    case 'too_small':
      if (isSized(issue.origin) && issue.minimum === 1) return { what: `${shown} is empty` }
      return { what: `${shown} ${isSized(issue.origin) ? 'holds' : 'is'} less than ${issue.minimum}` }
    default:
      return { what: `${shown} is nothing that can stand there` }
  }
}

function describeKind(input: unknown, expected: string, shown: string): ProblemWords {
  const kind = KINDS[expected] ?? 'something else'
  if (input === undefined) return { what: `${shown} is missing, and has to be ${kind}` }
  if (input === null) return { what: `${shown} is empty, and has to be ${kind}` }
  const what = `${shown} is ${kindOf(input)}, and has to be ${kind}`
  return expected === 'string' && typeof input !== 'object' ? { what, fix: 'put quotes around it' } : { what }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return 'text'
  return typeof value === 'object' ? 'a mapping' : show(value)
}

function show(value: unknown): string {
  if (value === undefined || value === null) return 'missing'
  return typeof value === 'object' ? kindOf(value) : `\`${String(value)}\``
}

function list(values: readonly unknown[]): string {
  const shown = values.map((one) => `\`${String(one)}\``)
  return shown.length === 1 ? shown.join() : `one of ${shown.join(', ')}`
}

function isSized(origin: string): boolean {
  return ['string', 'array', 'set', 'map'].includes(origin)
}
