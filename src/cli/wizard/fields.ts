import type { ProblemWords } from '../../errors.js'
import type { FieldInput, FieldInputs } from '../../spec/event-spec.js'
import { type Field, isProblem, parseType, printField, SCALARS } from '../../spec/field-type.js'
import { proposeName } from '../../spec/names.js'
import { findFieldNameProblem, findGrammarProblem } from '../../spec/reserved.js'

/** A field as it was answered: `seat_id` and `str`, or `seats` and `{}[]` with the fields of each object. */
export interface AnsweredField {
  readonly name: string
  /** As a flag takes it, or an {@link OBJECT}. */
  readonly type: string
  /** Only of an object. */
  readonly fields?: readonly AnsweredField[]
}

/** How an object is written, whose fields are asked for: `{}`, and a list of them, either of it optional or nullable. */
const OBJECT = /^\{\s*\}(\[\])?(\|null)?(\?)?$/

/** Every type that a field of any kind can have, in lines. */
export const TYPES = `types: str int float bool any dict datetime
T[] list · T? may be missing · T|null · "a"|"b"`

/** How people write objects elsewhere, with their fields in it: `[{id:str}]`, `{id:str}[]`, `object`, `object[]`. */
const OTHER_OBJECT = /^(?:(\[)?\s*\{.*\}\s*\]?|object)(\[\])?(\|null)?(\?)?$/

/** What `-f` says. */
export function fieldsOfFlags(flags: readonly string[]): AnsweredField[] {
  return flags.map(readField)
}

/** Splits `name:type`. */
export function readField(text: string): AnsweredField {
  const [name = ''] = text.split(':')
  const type = text.slice(name.length + 1)
  return OBJECT.test(type.trim()) ? { name, type: type.replace(/\s/g, ''), fields: [] } : { name, type }
}

/** A field in one line; an object with what is in it. */
export function sayField({ name, type, fields }: AnsweredField): string {
  return `${name}:${fields === undefined ? type : type.replace('{}', `{${fields.map(sayField).join(', ')}}`)}`
}

/** The flag that says the same, which there is none of for an object. */
export function flagOf({ name, type, fields }: AnsweredField): string | undefined {
  return fields === undefined ? `${name}:${type}` : undefined
}

/** The fields as a spec has them. */
export function inputsOf(fields: readonly AnsweredField[]): FieldInputs {
  return Object.fromEntries(fields.map((field) => [field.name, inputOf(field)]))
}

function inputOf({ type, fields }: AnsweredField): FieldInput {
  if (fields === undefined) return type
  const [, list, nullable, optional] = OBJECT.exec(type) ?? []
  const object = inputsOf(fields)
  return {
    type: list === undefined ? object : [object],
    ...(optional === undefined ? {} : { optional: true }),
    ...(nullable === undefined ? {} : { nullable: true }),
  }
}

/** The fields of an object inside of others, or of all where no way is given. */
export function fieldsAt(
  fields: readonly AnsweredField[],
  [name, ...inner]: readonly string[],
): readonly AnsweredField[] {
  if (name === undefined) return fields
  return fieldsAt(fields.find((one) => one.name === name)?.fields ?? [], inner)
}

/** The fields with those of an object inside of them replaced. */
export function withFieldsAt(
  fields: readonly AnsweredField[],
  [name, ...inner]: readonly string[],
  next: readonly AnsweredField[],
): readonly AnsweredField[] {
  if (name === undefined) return next
  return fields.map((one) =>
    one.name === name ? { ...one, fields: withFieldsAt(one.fields ?? [], inner, next) } : one,
  )
}

/** The fields with what was typed: one more, one in place of another one, or without one (`-name`). */
export function changeFields(text: string, fields: readonly AnsweredField[]): readonly AnsweredField[] {
  if (text.startsWith('-')) return fields.filter(({ name }) => name !== text.slice(1))
  const field = readField(text)
  const known = fields.find(({ name }) => name === field.name)
  if (known === undefined) return [...fields, field]
  const kept =
    field.fields === undefined || known.fields === undefined ? field : { ...field, fields: known.fields }
  return fields.map((one) => (one === known ? kept : one))
}

/**
 * Why what was typed is no field.
 *
 * @param isInside whether it is one of an object, where only the grammar binds the names
 */
export function findFieldProblem(
  text: string,
  fields: readonly AnsweredField[],
  isInside: boolean,
): ProblemWords | undefined {
  if (text.startsWith('-')) return findUnknown(text.slice(1), fields)
  if (!text.includes(':')) {
    return { what: 'a type is missing', fix: `write it as name:type, for example ${text}:str` }
  }
  const { name, type, fields: inner } = readField(text)
  const problem = isInside ? findGrammarProblem(name, 'field') : findFieldNameProblem(name)
  if (problem !== undefined) return problem
  if (inner !== undefined) return undefined
  const object = asObject(type)
  if (object !== undefined) {
    return {
      what: `objects are written ${object}`,
      fix: `write ${name}:${object}, and its fields are asked for next`,
    }
  }
  const parsed = parseType(type)
  if (isProblem(parsed)) return parsed
  if (isInside && parsed.default !== undefined)
    return { what: 'a field inside an object has no default', why: 'nothing would send it' }
  return undefined
}

function findUnknown(name: string, fields: readonly AnsweredField[]): ProblemWords | undefined {
  if (fields.some((one) => one.name === name)) return undefined
  const known = fields.map((one) => one.name).join(', ')
  return {
    what: `there is no field \`${name}\` to remove`,
    ...(known === '' ? {} : { fix: `there are ${known}` }),
  }
}

/** An object as it is written here, for one that was written otherwise. */
function asObject(type: string): string | undefined {
  const [found, bracket, list, nullable = '', optional = ''] = OTHER_OBJECT.exec(type) ?? []
  if (found === undefined) return undefined
  return `{}${bracket === undefined && list === undefined ? '' : '[]'}${nullable}${optional}`
}

/** What Tab takes in place of a field that is none: another name, or another way to write an object. */
export function proposeField(text: string, isInside: boolean): string | undefined {
  const { name, type } = readField(text)
  const names = [name, proposeName(name), `${name}_value`, `the_${name}`]
  const types = [type, asObject(type)]
  const all = names.flatMap((one) => types.map((other) => `${one}:${other}`))
  return all.find((one) => one !== text && findFieldProblem(one, [], isInside) === undefined)
}

/**
 * What Tab can make of a text: a type that begins so, or the name of a field that is to go.
 *
 * @param more types that no flag takes
 */
export function completeField(
  text: string,
  fields: readonly AnsweredField[],
  more: readonly string[] = [],
): readonly string[] {
  if (text.startsWith('-')) return fields.map(({ name }) => `-${name}`).filter((one) => one.startsWith(text))
  const [, before = '', word = ''] = /^(.*[:|(])([a-z]*)$/.exec(text) ?? []
  if (before === '') return []
  return [...SCALARS, ...more].filter((one) => one.startsWith(word)).map((one) => before + one)
}

/** A type in words: whether it is always sent, and what it is where nothing is given. */
export function describeType({ type, fields }: AnsweredField): string {
  if (fields !== undefined) {
    const what = type.includes('[]') ? 'a list of objects' : 'an object'
    const when = type.endsWith('?') ? ', may be missing' : type.endsWith('|null') ? ', may be null' : ''
    return `${what}${when}; its fields are asked for next`
  }
  const parsed = parseType(type)
  if (isProblem(parsed)) return parsed.what
  const { optional, default: value, ...base } = { name: '', ...parsed } satisfies Field
  const printed = printField({ ...base, optional: false })
  if (optional) return `${printed}, may be missing`
  return value === undefined ? `${printed}, always sent` : `${printed}, ${JSON.stringify(value)} by default`
}
