import { isKey, isProblem, parseType, SCALARS } from '../../spec/field-type.js'
import type { Candidate } from './candidate.js'

/** What a shell takes without quotes behind a type. */
const SUFFIXES = [
  ['.list', 'a list of it'],
  ['.optional', 'may be missing'],
  ['.nullable', 'always sent, may be null'],
] as const

/**
 * The types behind the colon of `name:type`: the scalars, and once one is typed what may stand behind it.
 *
 * @param typed what is typed of the word
 */
export function fieldTypes(typed: string): Candidate[] {
  const [, name, type] = /^([^:]+):(.*)$/s.exec(typed) ?? []
  if (name === undefined || type === undefined) return []
  const known = SCALARS.map((scalar) => ({ word: `${name}:${scalar}`, description: '' }))
  const base = type.replace(/\.[a-z]*$/, '')
  const parsed = base === '' ? undefined : parseType(base)
  if (parsed === undefined || isProblem(parsed)) return known
  return [
    ...known,
    ...SUFFIXES.map(([suffix, description]) => ({ word: `${name}:${base}${suffix}`, description })),
  ]
}

/** A field as it is given or there already: `seat_id:str` in two parts. */
export interface TypedField {
  readonly name: string
  readonly type: string
}

/** The fields that a command line gives, `seat_id:str` each. */
export function fieldsGiven(flags: readonly string[]): TypedField[] {
  return flags.flatMap((flag) => {
    const [, name, type] = /^([^:]+):(.+)$/s.exec(flag) ?? []
    return name === undefined || type === undefined ? [] : [{ name, type }]
  })
}

/** What a store keeps of an event: for each field that tells its events apart, the last one of each value. */
export function storeWays(fields: readonly TypedField[]): Candidate[] {
  return [
    { word: 'latest', description: 'the last one' },
    { word: 'append', description: 'all of them' },
    ...fields.filter(isKeyField).map(({ name }) => ({
      word: `upsert:${name}`,
      description: `the last one of each ${name}`,
    })),
  ]
}

function isKeyField({ type }: TypedField): boolean {
  const parsed = parseType(type)
  return !isProblem(parsed) && isKey(parsed)
}
