import type { EventSpec, FieldInput, FieldInputs, SpecInput } from './event-spec.js'
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

/** The fields, at any depth, whose types no spec file can say; they stand in it as `any`. */
export function unsayable(fields: readonly Field[]): readonly Field[] {
  return fields.filter(({ type }) => !isSayable(type))
}

function isSayable(type: FieldType): boolean {
  switch (type.kind) {
    case 'list':
    case 'nullable':
      return isSayable(type.item)
    case 'object':
      return type.fields.every((field) => isSayable(field.type))
    case 'unknown':
      return false
    default:
      return true
  }
}

function fieldInputs(fields: readonly Field[]): FieldInputs {
  return Object.fromEntries(fields.map((field) => [field.name, fieldInput(field)]))
}

/** A field in the shortest form that says all of it. */
function fieldInput({ name, type, optional, default: value, description, wire }: Field): FieldInput {
  const told = isSayable(type) ? type : ANY
  const inner = told.kind === 'nullable' ? told.item : told
  const isNullable = told.kind === 'nullable'
  const said = defined({
    default: value,
    description:
      description !== undefined && findDescriptionProblem(description) === undefined
        ? description
        : undefined,
    wire,
  })
  const text = printField({ name, type: told, optional, ...(value === undefined ? {} : { default: value }) })
  const isText = !holdsObject(told) && said?.description === undefined && wire === undefined
  if (isText && !isProblem(parseType(text))) return text
  const flags = { ...(optional ? { optional } : {}), ...(isNullable ? { nullable: true } : {}) }
  if (inner.kind === 'named') return { python: inner.python, typescript: inner.typescript, ...flags, ...said }
  return { type: typeInput(inner), ...flags, ...said }
}

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
