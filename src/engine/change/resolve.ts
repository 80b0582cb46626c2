import { readWireCase } from '../../channel/envelope.js'
import { collision, type Failure, findMeant, formatPlace, wrongInput } from '../../errors.js'
import { directionOf } from '../../ledger/direction.js'
import { readFields, showingSites } from '../../ledger/fields.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { compareTypes, wireKey } from '../../payload/shape.js'
import { shell } from '../../shell.js'
import { type FieldChange, siteKey } from '../../sites/site.js'
import type { FieldStep, PassSpec } from '../../spec/change-spec.js'
import type { HalfDirection } from '../../spec/event-spec.js'
import { type Field, printField } from '../../spec/field-type.js'
import { camelToSnake, snakeToCamel } from '../../spec/names.js'
import { placeOf } from '../../workspace/place.js'
import { refuseInside } from './inside.js'

/**
 * What a step means in a channel: the field as it is and as it is to be.
 *
 * @returns undefined where it is done already; a Failure 2 for a field that the event does not have, 3 where its payload
 *   is not read
 */
export function resolveStep(
  context: Surveyed,
  event: string,
  step: FieldStep,
  passes: readonly PassSpec[],
): FieldChange | Failure | undefined {
  const direction = directionOf(context.rows, event)?.direction ?? 'server-to-client'
  const shared = { ...context, event, direction, wireCase: readWireCase(context), passes }
  const fields = fieldsOf(context, event, direction)
  if (step.kind === 'inside') {
    const [outer = ''] = step.key.split('.')
    const field = fields.find((one) => isCalled(one, outer, shared.wireCase))
    if (field === undefined) return unknownField(context, event, fields, outer)
    return refuseInside(context, event, step.key, [wireKey(field, shared.wireCase), field.name])
  }
  if (step.kind === 'add') {
    const there = fields.find((field) =>
      isCalled(field, wireKey(step.field, shared.wireCase), shared.wireCase),
    )
    const isOther = there !== undefined && compareTypes(there.type, step.field.type) === 'different'
    return isOther
      ? collision({
          code: 'field-taken',
          what: `\`${event}\` has \`${wireKey(there, shared.wireCase)}\` already, as ${printField(there)}`,
          why: 'a field that is there is not replaced',
          fix: shell`cachibot-ws change-event ${event} --set-type ${`${there.name}:${printField(step.field)}`}`,
        })
      : { ...shared, before: undefined, after: withNull(step.field) }
  }
  const before = fields.find((field) => isCalled(field, step.key, shared.wireCase))
  if (before === undefined) {
    const isDone = step.kind === 'rename' && fields.some((field) => isCalled(field, step.to, shared.wireCase))
    return isDone ? undefined : unknownField(context, event, fields, step.key)
  }
  if (step.kind === 'remove') return { ...shared, before, after: undefined }
  if (step.kind === 'type') return { ...shared, before, after: retyped(before, step.type) }
  const key = shared.wireCase === 'camel' ? snakeToCamel(step.to) : step.to
  const after = before.wire === undefined ? { ...before, name: step.to } : { ...before, wire: key }
  return { ...shared, before, after }
}

/** A field that is always sent and may be null is that where a caller gives nothing. */
function withNull(field: Field): Field {
  const isNull = field.type.kind === 'nullable' && !field.optional && field.default === undefined
  return isNull ? { ...field, default: null } : field
}

function retyped(
  { default: _, ...field }: Field,
  { type, optional, default: value }: Pick<Field, 'type' | 'optional' | 'default'>,
): Field {
  return { ...field, type, optional, ...(value === undefined ? {} : { default: value }) }
}

/** Every field that any place of the event shows: those on the wire, and what is left behind elsewhere. */
export function fieldsOf(context: Surveyed, event: string, direction: HalfDirection): readonly Field[] {
  const { rows } = context
  const wireCase = readWireCase(context)
  const fields = [...(readFields(rows, event, direction, wireCase) ?? [])]
  const sites = [
    ...showingSites(direction).map(siteKey),
    'ts-payload-interface',
    'python-payload-model',
  ] as const
  for (const site of sites)
    for (const { key, type, optional } of rows.of(event, site).flatMap((one) => one.shape ?? [])) {
      const name = camelToSnake(key).replace(/_$/, '')
      const isKnown = fields.some((field) =>
        [field.name, camelToSnake(wireKey(field, wireCase))].includes(name),
      )
      if (isKnown) continue
      const derived = wireCase === 'camel' ? snakeToCamel(name) : name
      const isWire = site !== 'python-payload-model' && derived !== key
      fields.push({ name, type, optional: optional === true, ...(isWire ? { wire: key } : {}) })
    }
  return fields
}

function isCalled(field: Field, key: string, wireCase: FieldChange['wireCase']): boolean {
  return camelToSnake(wireKey(field, wireCase)) === camelToSnake(key)
}

function unknownField(context: Surveyed, event: string, fields: readonly Field[], key: string): Failure {
  const unread = context.rows.of(event, 'python-factory').find((one) => one.shape === undefined)
  if (unread !== undefined) {
    const place = placeOf(context.repository.workspace.read(unread.file), unread.start)
    return collision({
      code: 'payload-not-read',
      what: `the payload of \`${event}\` is not read: ${formatPlace(place)}`,
      why: `whether it has \`${key}\` cannot be told`,
      place,
    })
  }
  const keys = fields.map((field) => wireKey(field, readWireCase(context)))
  const nearest = findMeant(key, keys) ?? fields.find((field) => field.name === camelToSnake(key))?.wire
  const known = keys.length === 0 ? 'it has no fields' : `it has ${keys.join(', ')}`
  return wrongInput({
    code: 'unknown-field',
    what: `\`${key}\` is no field of \`${event}\``,
    fix: nearest === undefined ? known : `did you mean \`${nearest}\`? ${known}`,
  })
}
