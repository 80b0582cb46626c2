import type { ShownKey, WholeEvent } from '../engine/list/whole-event.js'
import { formatPlace, type Place } from '../errors.js'
import { printType } from '../spec/field-type.js'
import type { Painter } from './color.js'
import { lines, type Sayable, type Shown, say, shownOf, widest } from './shown/shown.js'

/** Events whole: fields, places, who sends, who reads, what is not read. */
export function renderWhole(events: readonly WholeEvent[], paint: Painter): Shown {
  return lines(events.flatMap((one, index) => [...(index === 0 ? [] : ['']), ...renderOne(one, paint)]))
}

function renderOne(
  { listed, places, senders, readers, isHandedOn, unread }: WholeEvent,
  paint: Painter,
): Sayable[] {
  const { name, channel, direction, partner, purpose, fields } = listed
  const width = widest(places.map(({ title }) => shownOf(title)))
  const readWidth = widest(readers.map(({ key }) => shownOf(key)))
  return [
    paint.bold(say`${name}: ${direction}, channel ${channel}`),
    ...(purpose === undefined ? [] : [say`  ${purpose}`]),
    ...(partner === undefined ? [] : [say`  the other half of the pair: ${partner}`]),
    say`  payload: ${fields === undefined ? 'not read' : payloadOf(fields.map((one) => ({ ...one, key: one.wire ?? one.name })))}`,
    '',
    paint.dim(say`places`),
    ...places.flatMap(({ title, place, shape }) => [
      say`  ${shownOf(title).padEnd(width)}  ${formatPlace(place)}`,
      ...(shape === undefined ? [] : [paint.dim(say`  ${''.padEnd(width)}  ${payloadOf(shape)}`)]),
    ]),
    '',
    paint.dim(say`sent by`),
    ...(senders.length === 0
      ? [say`  nothing`]
      : senders.map(({ place, text }) => say`  ${formatPlace(place)}  ${shownOf(text).cut(CODE_WIDTH)}`)),
    '',
    paint.dim(say`read`),
    ...(readers.length === 0 ? [say`  nothing`] : []),
    ...readers.map(
      (one) => say`  ${shownOf(one.key).padEnd(readWidth)}  ${sayReaders(one.places, isHandedOn)}`,
    ),
    ...(unread.length === 0
      ? []
      : [
          '',
          paint.dim(say`not read`),
          ...unread.map(({ by, reason, place }) => say`  ${formatPlace(place)}  ${reason} (${by})`),
        ]),
  ]
}

/** How much of a sender is shown, in characters, and how many readers of a key. */
const CODE_WIDTH = 160
const READERS = 3

function sayReaders(places: readonly Place[], isHandedOn: boolean): string {
  if (places.length === 0) return isHandedOn ? 'not told: the payload is handed on as a whole' : 'by nobody'
  const shown = places.slice(0, READERS).map(formatPlace).join(', ')
  return places.length > READERS ? `${shown} and ${places.length - READERS} more` : shown
}

function payloadOf(shape: readonly ShownKey[]): string {
  if (shape.length === 0) return '{}'
  const fields = shape.map(
    ({ key, type, optional }) => `${key}: ${printType(type)}${optional === true ? '?' : ''}`,
  )
  return `{ ${fields.join(', ')} }`
}
