import { readFields } from '../../ledger/fields.js'
import { compareTypes, wireKey } from '../../payload/shape.js'
import { shell } from '../../shell.js'
import type { Half } from '../../sites/site.js'
import { type Field, printField } from '../../spec/field-type.js'

/**
 * The command that gives an event that exists the fields that were asked for; undefined where none of its own are known.
 *
 * @param isWhole whether those are all that it is to have, so that others go
 */
export function changeCommand(target: Half, isWhole = true): string | undefined {
  const { rows, spec, direction, wireCase, fields } = target
  const event = spec.names.snake
  const own = readFields(rows, event, direction, wireCase)
  if (own === undefined) return undefined
  const keyOf = (field: Field): string => wireKey(field, wireCase)
  const there = (field: Field): Field | undefined => own.find((one) => keyOf(one) === keyOf(field))
  const flags = [
    ...own
      .filter((one) => isWhole && !fields.some((field) => keyOf(field) === keyOf(one)))
      .map((one) => shell` --remove-field ${keyOf(one)}`),
    ...fields.flatMap((field) => {
      const known = there(field)
      if (known === undefined) return [shell` --add-field ${`${field.name}:${printField(field)}`}`]
      const isSame = known.optional === field.optional && compareTypes(known.type, field.type) !== 'different'
      return isSame ? [] : [shell` --set-type ${`${keyOf(field)}:${printField(field)}`}`]
    }),
  ]
  const channel = target.layout.channels.length > 1 ? shell` --channel ${target.channel.id}` : ''
  return flags.length === 0 ? undefined : shell`cachibot-ws change-event ${event}` + flags.join('') + channel
}
