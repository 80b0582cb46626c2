import type { WholeEvent } from '../engine/list/whole-event.js'
import { formatPlace } from '../errors.js'
import { printType } from '../spec/field-type.js'
import { inputOf, unsayable } from '../spec/input-of.js'
import { printSpecFile } from '../spec/print-spec.js'

/**
 * The spec file that writes an event again, with what of it cannot be said in one or was not read in comments on top.
 *
 * @param schema the address of the schema of spec files
 */
export function printSpecOf({ spec, unread }: WholeEvent, schema: string): string {
  const fields = [...(spec.fields ?? []), ...(spec.request?.fields ?? [])]
  const notes = [
    ...(spec.fields === undefined ? ['unread: its payload; no place shows one that can be read'] : []),
    ...unsayable(fields).map(
      ({ name, type }) => `unread: \`${name}\` is \`${printType(type)}\` in the code, and stands here as any`,
    ),
    ...unread.map(({ reason, place }) => `unread: ${formatPlace(place)}: ${reason}`),
  ]
  const comments = notes.map((note) => `# ${note.replace(/\s+/g, ' ')}\n`)
  const [head = '', ...rest] = printSpecFile(inputOf(spec), schema).split(/(?<=\n)/)
  return [head, ...comments, ...rest].join('')
}
