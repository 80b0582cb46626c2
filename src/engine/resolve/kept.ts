import { readWireCase } from '../../channel/envelope.js'
import { collision, Failure, wrongInput } from '../../errors.js'
import { wireKey } from '../../payload/shape.js'
import { stateName } from '../../sites/naming.js'
import type { Half, Kept } from '../../sites/site.js'
import { readKept, readUpsertKey } from '../../sites/store.js'
import type { EventSpec } from '../../spec/event-spec.js'
import { type Field, isKey } from '../../spec/field-type.js'
import { unknownChoice } from '../../spec/reserved.js'

type Context = Pick<Half, 'repository' | 'layout' | 'channel' | 'custom' | 'rows'>

/**
 * What the store keeps of the event: what it keeps already, else what was asked for.
 *
 * @returns a Failure 2 for a field that cannot tell events apart, 3 where the store keeps them in another way
 */
export function resolveKept(context: Context, spec: EventSpec, fields: readonly Field[]): Kept | Failure {
  const event = spec.names.snake
  const { as } = spec.store
  const existing = readKept(context, event)
  // An event without fields has no latest one to keep: it is counted, as it was when it was added.
  const isAsAsked =
    existing === as?.way || (existing === 'count' && as?.way === 'latest' && fields.length === 0)
  if (existing !== undefined && as !== undefined && !isAsAsked) {
    return collision({
      code: 'store-differs',
      what: `the store keeps \`${event}\` in another way already: \`${stateName(event, existing)}\``,
      why: `asked for ${as.way}, there is ${existing}; an event that exists is completed, never replaced`,
      fix: 'leave out --store-as: no command changes what a store keeps, which is done by hand',
    })
  }
  const kind = existing ?? (fields.length === 0 ? 'count' : (as?.way ?? 'latest'))
  if (fields.length === 0 && as !== undefined && as.way !== 'latest') {
    return wrongInput({
      code: 'invalid-store-way',
      what: `\`${event}\` has no fields, so there is nothing to ${as.way}`,
      fix: 'leave out --store-as: its store counts it',
    })
  }
  if (kind !== 'upsert') return { kind }
  const isKeyThere = existing === 'upsert' && as === undefined
  const by = chooseKey(context, spec, fields, isKeyThere ? readUpsertKey(context, event) : undefined)
  return by instanceof Failure ? by : { kind, by }
}

/**
 * The field that tells the events of a kind apart.
 *
 * @param key what the store tells them apart by already, on the wire
 */
function chooseKey(
  context: Context,
  spec: EventSpec,
  fields: readonly Field[],
  key: string | undefined,
): Field | Failure {
  const event = spec.names.snake
  const { as } = spec.store
  const able = fields.filter(isKey)
  const wireCase = readWireCase(context)
  const by = able.find(
    (field) => field.name === as?.field || (as === undefined && wireKey(field, wireCase) === key),
  )
  if (by !== undefined) return by
  const choices = able.map((field) => field.name)
  if (choices.length === 0) {
    return wrongInput({
      code: 'invalid-store-way',
      what: `no field of \`${event}\` tells its events apart`,
      why: `upsert needs a field that is always sent and is a str or an int`,
      fix: `add one, for example -f ${as?.field ?? 'id'}:str, or leave out --store-as`,
    })
  }
  return wrongInput(
    as?.field === undefined
      ? {
          code: 'invalid-store-way',
          what: `which field tells the events of \`${event}\` apart is not said`,
          fix: `add --store-as upsert:${choices[0] ?? '<field>'}`,
        }
      : unknownChoice(
          'unknown-field',
          'field that tells events apart (a required str or int)',
          as.field,
          choices,
        ),
  )
}
