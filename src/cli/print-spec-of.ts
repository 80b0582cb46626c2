import { planAddEvent } from '../engine/add/add-event.js'
import type { WholeEvent } from '../engine/list/whole-event.js'
import { Failure, formatPlace } from '../errors.js'
import { buildSpec } from '../spec/event-spec.js'
import { printField } from '../spec/field-type.js'
import { inputOf, unsayable } from '../spec/input-of.js'
import { printSpecFile } from '../spec/print-spec.js'
import type { Checkout } from './checkout.js'

/**
 * The spec file that writes an event again, with what of it cannot be said in one or was not read in comments on top.
 *
 * @param schema the address of the schema of spec files
 */
export function printSpecOf(
  { repository, layout }: Checkout,
  { spec, unread }: WholeEvent,
  schema: string,
): string {
  const input = inputOf(spec)
  const built = buildSpec(input)
  const planned =
    built instanceof Failure ? built : planAddEvent(repository, layout, built, { partial: false })
  const refused = planned instanceof Failure ? planned.problems : []
  const fields = [...(spec.fields ?? []), ...(spec.request?.fields ?? [])]
  const notes = [
    ...(spec.fields === undefined ? ['unread: its payload; no place shows one that can be read'] : []),
    ...unsayable(fields).map(
      (field) =>
        `unread: \`${field.name}\` is \`${printField(field)}\` in the code, which a spec file cannot say`,
    ),
    ...refused.map(({ what }) => `add-event does not take it as it is: ${what}`),
    ...unread.map(({ reason, place }) => `unread: ${formatPlace(place)}: ${reason}`),
  ]
  const comments = notes.map((note) => `# ${note.replace(/\s+/g, ' ')}\n`)
  const [head = '', ...rest] = printSpecFile(input, schema).split(/(?<=\n)/)
  return [head, ...comments, ...rest].join('')
}
