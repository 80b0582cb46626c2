import { readFields } from '../../ledger/fields.js'
import type { Ledger } from '../../ledger/ledger.js'
import { findShapeDifference, type Shape } from '../../payload/shape.js'
import type { Half } from '../../sites/site.js'
import type { Field } from '../../spec/field-type.js'

/**
 * The fields of a request that was not given any: what it shows if it exists, with the event's types where they
 * are the same for JSON; else the ones that the event requires.
 */
export function inheritFields(ledger: Ledger, event: Half, request: string): readonly Field[] {
  const shown = readFields(ledger, request, 'client-to-server', event.wireCase)
  if (shown === undefined) {
    return event.fields
      .filter((field) => !field.optional && field.default === undefined && !isLeading(event, field))
      .map(({ description: _own, ...field }) => field)
  }
  return shown.map((field) => {
    const same = event.fields.find((one) => one.name === field.name)
    if (
      same === undefined ||
      findShapeDifference([shapeField(field)], [shapeField(same)], false) !== undefined
    )
      return field
    return { ...field, type: same.type }
  })
}

/** Whether a field is one that every event of the channel carries. */
export function isLeading({ custom }: Half, field: Field): boolean {
  return custom.leading.some((one) => one.name === field.name)
}

/** A field as what it is for JSON, whether it may be missing or null aside. */
export function shapeField(field: Field): Shape[number] {
  const type = field.type.kind === 'nullable' ? field.type.item : field.type
  return { key: field.name, type, optional: undefined }
}
