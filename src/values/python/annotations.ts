import { memberValue } from '../../layout/python-parts.js'
import { readPythonType } from '../../payload/python.js'
import { wireField } from '../../payload/shape.js'
import type { Field, FieldType } from '../../spec/field-type.js'
import { classNamed, deeper, definitionOf, type Frame } from './frame.js'
import { type Model, type ModelField, modelNamed } from './models.js'

/** The type that an annotation of a frame says, with the enums, models and aliases that it names, as they are dumped. */
export function typeOfAnnotation(frame: Frame, annotation: string): FieldType {
  return typeInside(frame, annotation, { models: [], isIncoming: false })
}

/** The same of what comes in and is validated: its keys are those that a model takes. */
export function typeOfIncoming(frame: Frame, annotation: string): FieldType {
  return typeInside(frame, annotation, { models: [], isIncoming: true })
}

/** What a type is inside of. */
interface Around {
  /** The models around it, which are not followed once more. */
  readonly models: readonly string[]
  readonly isIncoming: boolean
}

/** Objects in objects are followed this far. */
const MAX_OBJECTS = 4

function typeInside(frame: Frame, annotation: string, around: Around): FieldType {
  return withNames(frame, readPythonType(annotation, frame.module), around)
}

function withNames(frame: Frame, type: FieldType, around: Around): FieldType {
  if (type.kind === 'list') return { kind: 'list', item: withNames(frame, type.item, around) }
  if (type.kind === 'nullable') {
    const item = withNames(frame, type.item, around)
    return item.kind === 'nullable' ? item : { kind: 'nullable', item }
  }
  const isName = type.kind === 'unknown' && /^[A-Za-z_]\w*$/.test(type.raw)
  return isName ? (named(frame, type.raw, around) ?? type) : type
}

/** The type behind a name: an enum of strings, a model, an alias. */
function named(frame: Frame, name: string, around: Around): FieldType | undefined {
  const next = deeper(frame)
  if (next === undefined) return undefined
  const model = modelNamed(next, name)
  if (model !== undefined) return objectInside(model, around)
  const values = enumValues(next, name)
  if (values !== undefined) return { kind: 'literals', values }
  const definition = definitionOf(next, name)
  if (definition?.value === undefined || definition.class !== undefined) return undefined
  const own = { ...next, module: definition.module, scope: undefined, given: new Map() }
  return typeInside(own, definition.value.text, around)
}

/** The values of an enum; undefined for another class, or one with a value that cannot be read. */
function enumValues(frame: Frame, name: string): readonly string[] | undefined {
  const found = classNamed(frame, name)
  if (found === undefined || !found.class.bases.some((base) => /(?:^|\.)(?:Str)?Enum$/.test(base)))
    return undefined
  const members = found.class.assignments.filter((one) => one.annotation === undefined)
  const values = members.map((one) => memberValue(found.module, found.class, one))
  return values.length > 0 && values.every((one) => one !== undefined) ? [...new Set(values)] : undefined
}

function objectInside(model: Model, around: Around): FieldType | undefined {
  const { models, isIncoming } = around
  if (models.includes(model.name) || models.length >= MAX_OBJECTS) return undefined
  const fields = model.fields.filter((one) => !one.isHidden)
  const keyOf = (one: ModelField): string | undefined =>
    isIncoming ? one.validationAlias : model.dumpsAliases ? one.alias : one.name
  const keys = fields.map(keyOf)
  const isWhole = keys.every((one) => one !== undefined) && !keys.includes('root') && keys.length > 0
  if (!isWhole || model.isOpen || model.dumpsMore) return undefined
  return {
    kind: 'object',
    fields: fields.map(
      (field, index): Field => ({
        ...wireField(keys[index] ?? field.name),
        type: typeInside(field.frame, field.annotation, { models: [...models, model.name], isIncoming }),
        optional: (isIncoming || model.kind === 'typed-dict') && field.hasDefault,
      }),
    ),
  }
}
