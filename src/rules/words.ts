import { formatPlace, type Place } from '../errors.js'
import type { WantedField } from '../facts/contract.js'
import type { Row } from '../facts/row.js'
import { shell } from '../shell.js'
import { type FieldType, JSON_KINDS, printType } from '../spec/field-type.js'
import type { Drift } from './rule.js'

/** The event of a row, as a finding names it. */
export function eventOf(row: Row): NonNullable<Drift['event']> {
  return { channel: row.channel, name: row.event }
}

/** The command that completes an event. */
export function addEvent(row: Row): string {
  const channel = row.channel === 'main' ? '' : shell` --channel ${row.channel}`
  const direction = row.direction === 'client-to-server' ? ' --direction client-to-server' : ''
  return `${shell`cachibot-ws add-event ${row.event}`}${channel}${direction}`
}

/** `a`, `b` and `c`, each in backticks. */
export function quoteAll(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``)
  const last = quoted.pop() ?? ''
  return quoted.length === 0 ? last : `${quoted.join(', ')} and ${last}`
}

/** The places that are known, each once. */
export function places(...found: readonly (Place | undefined)[]): Place[] {
  const unique = new Map(found.flatMap((one) => (one === undefined ? [] : [[formatPlace(one), one]])))
  return [...unique.values()]
}

/** The first of these places; the file that is known without one. */
export function firstPlace(file: string, ...found: readonly (Place | undefined)[]): Place {
  return found.find((one) => one !== undefined) ?? { file }
}

/** A type as JSON knows it, as a message shows it. */
export function typeName(type: FieldType): string {
  return `\`${wireType(type).replaceAll('\n', ' ')}\``
}

function wireType(type: FieldType): string {
  switch (type.kind) {
    case 'scalar':
      return { ...JSON_KINDS, any: 'anything' }[type.name]
    case 'list':
      return `${wireType(type.item)}[]`
    case 'nullable':
      return `${wireType(type.item)} | null`
    default:
      return printType(type)
  }
}

/** The places of a key on the side that expects it. */
export function placesOfWanted(field: WantedField): Place[] {
  return places(...field.reads.map((one) => one.place), field.declared?.place)
}

/** The first place where the other side says that it expects a key. */
export function placeOfWanted(field: WantedField): Place | undefined {
  return field.reads[0]?.place ?? field.declared?.place
}

/** The file of what the other side takes a key for, which is where its type is mended. */
export function fixInType({ declared, reads }: WantedField): Pick<Drift, 'fixIn'> {
  const file = (declared ?? reads[0])?.place.file
  return file === undefined ? {} : { fixIn: file }
}

/** Whether taking a wrong value for this key fails, as a model's validation does. */
export function raises({ reads }: WantedField): boolean {
  return reads.some((one) => one.raises === true)
}

/** Why a value that a model refuses is the worst of them. */
export const ENDS_CONNECTION =
  'the model refuses that: the branch raises ValidationError, which ends the connection'

/** `it is` or `they are`, by number. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many
}
