import { type Failure, wrongInput } from '../../../errors.js'
import { type WireCase, wireKey } from '../../../payload/shape.js'
import type { Field } from '../../../spec/field-type.js'

/** Two fields that have one key on the wire of a channel. */
export function checkKeys(fields: readonly Field[], wireCase: WireCase): Failure | undefined {
  const names = new Map<string, string>()
  for (const field of fields) {
    const key = wireKey(field, wireCase)
    const other = names.get(key)
    if (other !== undefined) {
      return wrongInput({
        code: 'field-given-twice',
        what: `the fields \`${other}\` and \`${field.name}\` have the same wire key \`${key}\``,
        fix: 'give one of them another `wire`',
      })
    }
    names.set(key, field.name)
    const { type } = field
    const inner = type.kind === 'list' || type.kind === 'nullable' ? type.item : type
    const clash = inner.kind === 'object' ? checkKeys(inner.fields, wireCase) : undefined
    if (clash !== undefined) return clash
  }
  return undefined
}
