import { findShapeDifference, type Shape, type ShapeField, type WireCase } from '../payload/shape.js'
import { SITES } from '../sites/registry.js'
import { isSiteOf, ROLES, type Rows, type Site, siteKey } from '../sites/site.js'
import type { HalfDirection } from '../spec/event-spec.js'
import { type Field, type FieldType, findDefaultProblem, type JsonValue } from '../spec/field-type.js'
import { camelToSnake, NAME_PATTERN, proposeName, snakeToCamel } from '../spec/names.js'

/** The sites that show the fields of an event as they are on the wire, the most reliable first: whoever makes it. */
export function showingSites(direction: HalfDirection): readonly Site[] {
  const shown = SITES.filter((site) => site.payload === 'wire' && isSiteOf(site, direction))
  return ROLES.flatMap((role) => shown.filter((site) => site.role === role))
}

/** Whether whoever makes an event puts its payload together in a way that is not read, so that no other place speaks for it. */
export function isPayloadUnread(rows: Rows, event: string, direction: HalfDirection): boolean {
  const makers = showingSites(direction).filter((site) => site.role === 'produces')
  const made = makers.flatMap((site) => rows.of(event, siteKey(site)))
  return made.length > 0 && made.every((one) => one.shape === undefined)
}

/**
 * The fields of an event that is there: keys and what may be missing as the wire has them, with the names, types,
 * defaults and descriptions that its model adds, in the model's order. Undefined where nothing shows any.
 */
export function readFields(
  rows: Rows,
  event: string,
  direction: HalfDirection,
  wireCase: WireCase,
): readonly Field[] | undefined {
  const model = rows.of(event, 'python-payload-model')[0]?.shape
  const shapes = showingSites(direction).map((site) => rows.of(event, siteKey(site))[0]?.shape)
  const wire = shapes.find((shape) => shape !== undefined)
  if (wire === undefined) return model?.map((one) => asField(one, 'snake'))
  const shown = rows.of(event, 'ts-payload-interface')[0]?.shape ?? []
  const fields = wire.map((one, index) => {
    const declared = model === undefined ? undefined : counterpart(one, index, wire, model, wireCase)
    const nested = shown.find((other) => other.key === one.key)
    return { field: merge(one, declared, nested, wireCase), declared }
  })
  const order = (entry: (typeof fields)[number]): number => {
    if (model !== undefined && fields.every((one) => one.declared !== undefined))
      return model.indexOf(entry.declared as ShapeField)
    const at = fields.indexOf(entry)
    const places = wire.slice(0, at + 1).map((one) => shown.findIndex((other) => other.key === one.key))
    // What the client's type does not have stays behind what it follows on the wire.
    return places.findLast((place) => place !== -1) ?? -1
  }
  return fields.toSorted((a, b) => order(a) - order(b)).map((one) => one.field)
}

/** The field of the model that a key of the wire stands for: by name, else by place where all have one. */
function counterpart(
  one: ShapeField,
  index: number,
  wire: Shape,
  model: Shape,
  wireCase: WireCase,
): ShapeField | undefined {
  const name = asField(one, wireCase).name
  const named = (field: ShapeField): string => field.key.replace(/_$/, '')
  const found = model.find((other) => named(other) === name)
  if (found !== undefined || wire.length !== model.length) return found
  const byPlace = model[index]
  const isOther = wire.some((other) => asField(other, wireCase).name === named(byPlace as ShapeField))
  return isOther ? undefined : byPlace
}

/** A field as the wire, the model and the interface show it together. */
function merge(
  one: ShapeField,
  declared: ShapeField | undefined,
  nested: ShapeField | undefined,
  wireCase: WireCase,
): Field {
  const own = asField(one, wireCase)
  const name =
    one.parameter === undefined && declared !== undefined ? declared.key.replace(/_$/, '') : own.name
  const takesNull = own.type.kind === 'nullable' || (own.type.kind === 'scalar' && own.type.name === 'any')
  const isNull = takesNull && one.optional === false && declared?.optional === true
  const value = own.default ?? (isNull ? null : declared?.default)
  const type = richest(own.type, declared?.type, nested?.type, isNull)
  const isDefault = !own.optional && value !== undefined && findDefaultProblem(type, value) === undefined
  const description = declared?.description ?? nested?.description
  return {
    name,
    type,
    optional: own.optional,
    ...(asKey(name, wireCase) === one.key ? {} : { wire: one.key }),
    ...(isDefault ? { default: value } : {}),
    ...(description === undefined ? {} : { description }),
  }
}

/** The type that says most, of those that do not contradict what is on the wire. */
function richest(
  own: FieldType,
  declared: FieldType | undefined,
  nested: FieldType | undefined,
  isNull: boolean,
): FieldType {
  const agrees = (other: FieldType): boolean => {
    const shape = (type: FieldType): Shape => [{ key: '', type, optional: undefined }]
    return findShapeDifference(shape(own), shape(other), false) === undefined
  }
  const python = declared === undefined || !agrees(declared) ? own : declared
  const base: FieldType = isNull && python.kind !== 'nullable' ? own : python
  if (nested !== undefined && holdsObject(nested) && agrees(nested)) return nested
  return base.kind === 'unknown' ? own : base
}

function holdsObject(type: FieldType): boolean {
  if (type.kind === 'list' || type.kind === 'nullable') return holdsObject(type.item)
  return type.kind === 'object'
}

/** A key of a payload as the field it stands for. */
function asField(one: ShapeField, wireCase: WireCase): Field {
  const snake = one.parameter?.replace(/_$/, '') ?? camelToSnake(one.key).replace(/_$/, '')
  const name = NAME_PATTERN.test(snake) ? snake : (proposeName(one.key) ?? 'value')
  const optional = one.optional === true
  const value: JsonValue | undefined = one.default
  const isDefault = !optional && value !== undefined && findDefaultProblem(one.type, value) === undefined
  return {
    name,
    type: one.type,
    optional,
    ...(asKey(name, wireCase) === one.key ? {} : { wire: one.key }),
    ...(isDefault ? { default: value } : {}),
    ...(one.description === undefined ? {} : { description: one.description }),
  }
}

function asKey(name: string, wireCase: WireCase): string {
  return wireCase === 'camel' ? snakeToCamel(name) : name
}
