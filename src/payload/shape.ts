import { type Field, type FieldType, isOpaque, JSON_KINDS, type JsonValue } from '../spec/field-type.js'
import { snakeToCamel } from '../spec/names.js'

/** How the keys of a channel are spelled on the wire. */
export type WireCase = 'camel' | 'snake'

/** One key of a payload as some place shows it. */
export interface ShapeField {
  readonly key: string
  readonly type: FieldType
  /** Whether it may be missing; undefined where the place does not tell. */
  readonly optional: boolean | undefined
  /** The parameter of the factory that gives it, where it is one as it is. */
  readonly parameter?: string
  /** What it is when the caller gives nothing. */
  readonly default?: JsonValue
  readonly description?: string
  /** Where the place says it, and the value as written there. */
  readonly start?: number
  readonly value?: string
  /** The file of that place, where it is another one than that of whoever shows the payload. */
  readonly file?: string
}

/** A payload as some place shows it. */
export type Shape = readonly ShapeField[]

/** The key that a field has on the wire of a channel. */
export function wireKey(field: Field, wireCase: WireCase): string {
  return field.wire ?? (wireCase === 'camel' ? snakeToCamel(field.name) : field.name)
}

/** The name and the key of a field inside of an object, by its key on the wire, whatever the case of the channel is. */
export function wireField(key: string): Pick<Field, 'name' | 'wire'> {
  return snakeToCamel(key) === key ? { name: key } : { name: key, wire: key }
}

/** The shape that a spec's fields have on the wire of a channel. */
export function shapeOfFields(fields: readonly Field[], wireCase: WireCase): Shape {
  return fields.map((field) => ({
    key: wireKey(field, wireCase),
    type: field.type,
    optional: field.optional,
  }))
}

/**
 * The first difference between two shapes in words; undefined where none can be told.
 *
 * @param isPython annotations tell `int` from `float` and `str` from `datetime`, where JSON and TypeScript do not
 */
export function findShapeDifference(expected: Shape, found: Shape, isPython: boolean): string | undefined {
  for (const field of expected) {
    const other = found.find((one) => one.key === field.key)
    if (other === undefined) return `it has no \`${field.key}\``
    const isTold = field.optional !== undefined && other.optional !== undefined
    if (isTold && field.optional !== other.optional)
      return `\`${field.key}\` is ${other.optional ? 'optional' : 'always sent'} there`
    const compared = compareTypes(field.type, other.type)
    const isOther = isPython && spelling(field.type) !== undefined && spelling(other.type) !== undefined
    if (compared === 'different' || (isOther && spelling(field.type) !== spelling(other.type)))
      return `\`${field.key}\` has another type there`
  }
  const extra = found.find((one) => !expected.some((field) => field.key === one.key))
  return extra === undefined ? undefined : `it has \`${extra.key}\` besides`
}

/** Compares two types by what JSON shows of them. */
export function compareTypes(a: FieldType, b: FieldType): 'same' | 'different' | 'incomparable' {
  if (isOpaque(a) || isOpaque(b)) return 'incomparable'
  if (a.kind === 'nullable' || b.kind === 'nullable') {
    return a.kind === 'nullable' && b.kind === 'nullable' ? compareTypes(a.item, b.item) : 'different'
  }
  if (a.kind === 'list' && b.kind === 'list') return compareTypes(a.item, b.item)
  if (a.kind === 'literals' && b.kind === 'literals') {
    return [...a.values].sort().join('\0') === [...b.values].sort().join('\0') ? 'same' : 'different'
  }
  if (jsonKind(a) !== jsonKind(b)) return 'different'
  return a.kind === b.kind ? 'same' : 'incomparable'
}

function jsonKind(type: FieldType): string {
  switch (type.kind) {
    case 'scalar':
      return JSON_KINDS[type.name]
    case 'literals':
      return 'string'
    case 'list':
      return 'list'
    case 'object':
      return 'object'
    default:
      return 'any'
  }
}

/** The type as an annotation would say it; undefined for what Python does not tell apart. */
function spelling(type: FieldType): string | undefined {
  switch (type.kind) {
    case 'scalar':
      return type.name
    case 'literals':
      return [...type.values].sort().join('|')
    case 'list':
    case 'nullable': {
      const item = spelling(type.item)
      return item === undefined ? undefined : `${type.kind} ${item}`
    }
    case 'object':
      return 'dict'
    default:
      return undefined
  }
}
