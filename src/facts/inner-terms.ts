import type { Field, FieldType } from '../spec/field-type.js'
import type { FieldRead, SentField, Terms, WantedField } from './contract.js'

/** The terms with the keys of the objects inside of a payload, as `delta.text` and `cast[].name`. */
export function withInnerKeys(terms: Terms): Terms {
  const inner = terms.wanted.map((field) => {
    const own = terms.sent.find((one) => one.key === field.key)
    return own === undefined ? NOTHING : innerKeys(own, field)
  })
  return {
    ...terms,
    sent: [...terms.sent, ...inner.flatMap((one) => one.sent)],
    wanted: [...terms.wanted, ...inner.flatMap((one) => one.wanted)],
  }
}

interface Inner {
  readonly sent: readonly SentField[]
  readonly wanted: readonly WantedField[]
}

const NOTHING: Inner = { sent: [], wanted: [] }

/** The keys of an object that both sides show, with those of the objects in it. */
function innerKeys(sent: SentField, { key, declared, reads }: WantedField): Inner {
  const taken = [...(declared === undefined ? [] : [declared]), ...reads].flatMap((one) => {
    const objects = one.type === undefined ? undefined : objectsIn(sent.type, one.type)
    return objects === undefined ? [] : [{ one, ...objects }]
  })
  const [first] = taken
  if (first === undefined) return NOTHING
  const inside = (field: Field): string => `${key}${first.path}.${keyOf(field)}`
  const own = first.sent.map((field): SentField => {
    const { type, optional } = field
    return { ...sent, key: inside(field), type, always: !optional, value: '', parameter: undefined }
  })
  const fields = new Map(taken.flatMap((one) => one.wanted.map((field) => [keyOf(field), field])))
  const wanted = [...fields.values()].map((field): WantedField => {
    const places = taken.flatMap(({ one, wanted: all }) =>
      all.filter((other) => keyOf(other) === keyOf(field)).map((other) => ({ one, field: other })),
    )
    const [declaring] = places
    return {
      key: inside(field),
      declared:
        declaring === undefined
          ? undefined
          : { type: declaring.field.type, optional: declaring.field.optional, place: declaring.one.place },
      reads: places.flatMap(({ one, field: { type, optional } }): FieldRead[] =>
        'isGuarded' in one ? [{ ...one, type, isGuarded: optional, alternatives: [] }] : [],
      ),
    }
  })
  const further = wanted.map((field) => {
    const found = own.find((one) => one.key === field.key)
    return found === undefined ? NOTHING : innerKeys(found, field)
  })
  return {
    sent: [...own, ...further.flatMap((one) => one.sent)],
    wanted: [...wanted, ...further.flatMap((one) => one.wanted)],
  }
}

interface Objects {
  readonly sent: readonly Field[]
  readonly wanted: readonly Field[]
  /** `[]` for each list around them. */
  readonly path: string
}

/** The fields of two objects, or of the objects in two lists; undefined where the types are not both of these. */
function objectsIn(sent: FieldType, wanted: FieldType, path = ''): Objects | undefined {
  if (sent.kind === 'nullable') return objectsIn(sent.item, wanted, path)
  if (wanted.kind === 'nullable') return objectsIn(sent, wanted.item, path)
  if (sent.kind === 'list' && wanted.kind === 'list') return objectsIn(sent.item, wanted.item, `${path}[]`)
  const isBoth = sent.kind === 'object' && wanted.kind === 'object'
  return isBoth ? { sent: sent.fields, wanted: wanted.fields, path } : undefined
}

/** What a field is called on the wire, in a type that was read there. */
function keyOf(field: Field): string {
  return field.wire ?? field.name
}
