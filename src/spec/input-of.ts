import { Failure } from '../errors.js'
import { buildSpec, type EventSpec, type FieldInput, type FieldInputs, type SpecInput } from './event-spec.js'
import { type Field, type FieldType, isProblem, parseType, printField, printType } from './field-type.js'
import { findDescriptionProblem } from './reserved.js'

/** What a spec file says of a spec: {@link buildSpec} makes the same of it, where every type can be said in one. */
export function inputOf(spec: EventSpec): SpecInput {
  const { names, direction, channel, description, fields, request, store, emit } = spec
  const isSayable = description !== undefined && findDescriptionProblem(description) === undefined
  const as = store.as === undefined ? undefined : [store.as.way, store.as.field].filter(Boolean).join(':')
  return {
    name: names.snake,
    ...defined({
      direction,
      channel,
      description: isSayable ? description : undefined,
      payload: fields === undefined ? undefined : fieldInputs(fields),
      request:
        request &&
        defined({
          name: request.names.snake,
          payload: request.fields === undefined ? undefined : fieldInputs(request.fields),
        }),
      store: defined({ hook: store.hook, as }),
      emit: defined({ to: emit.to, in: emit.in }),
    }),
  }
}

/** The fields that no spec file can say; they stand in it as `any`, or `dict`. */
export function unsayable(fields: readonly Field[]): readonly Field[] {
  return fields.filter((field) => !isSayable(field))
}

/** A name that every event can have: a field is tried with it. */
const STAND_IN = 'seat_taken'

function isSayable(field: Field): boolean {
  if (holdsUnknown(field.type)) return false
  return !(buildSpec({ name: STAND_IN, payload: { [field.name]: exactInput(field) } }) instanceof Failure)
}

function holdsUnknown(type: FieldType): boolean {
  if (type.kind === 'list' || type.kind === 'nullable') return holdsUnknown(type.item)
  return type.kind === 'object'
    ? type.fields.some((field) => holdsUnknown(field.type))
    : type.kind === 'unknown'
}

function fieldInputs(fields: readonly Field[]): FieldInputs {
  return Object.fromEntries(fields.map((field) => [field.name, fieldInput(field)]))
}

function fieldInput(field: Field): FieldInput {
  if (isSayable(field)) return exactInput(field)
  const { name, type, optional, wire } = field
  return exactInput({
    name,
    type: type.kind === 'object' ? DICT : ANY,
    optional,
    ...(wire === undefined ? {} : { wire }),
  })
}

/** A field in the shortest form that says all of it. */
function exactInput({ name, type, optional, default: value, description, wire }: Field): FieldInput {
  const inner = type.kind === 'nullable' ? type.item : type
  const isNullable = type.kind === 'nullable'
  const said = defined({
    default: value,
    description:
      description !== undefined && findDescriptionProblem(description) === undefined
        ? description
        : undefined,
    wire,
  })
  const text = printField({ name, type, optional, ...(value === undefined ? {} : { default: value }) })
  const isText = !holdsObject(type) && said?.description === undefined && wire === undefined
  if (isText && !isProblem(parseType(text))) return text
  const flags = { ...(optional ? { optional } : {}), ...(isNullable ? { nullable: true } : {}) }
  if (inner.kind === 'named') return { python: inner.python, typescript: inner.typescript, ...flags, ...said }
  return { type: typeInput(inner), ...flags, ...said }
}

const DICT: FieldType = { kind: 'scalar', name: 'dict' }
const ANY: FieldType = { kind: 'scalar', name: 'any' }

function typeInput(type: FieldType): string | FieldInputs | readonly [string | FieldInputs] {
  if (type.kind === 'object') return fieldInputs(type.fields)
  if (type.kind === 'list' && holdsObject(type.item)) return [typeInput(type.item) as string | FieldInputs]
  return printType(type)
}

function holdsObject(type: FieldType): boolean {
  if (type.kind === 'list' || type.kind === 'nullable') return holdsObject(type.item)
  return type.kind === 'object' || type.kind === 'named'
}

/** What is there of an object; undefined where nothing is. */
function defined<T extends object>(object: T): Partial<T> | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Partial<T>)
}
