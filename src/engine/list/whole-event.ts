import type { Place } from '../../errors.js'
import { readFacts } from '../../facts/read-channel.js'
import type { Row, UnreadPayload } from '../../facts/row.js'
import { unitOf } from '../../ledger/pair.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import type { ShapeField } from '../../payload/shape.js'
import { REPORTED } from '../../sites/registry.js'
import { isSiteOf, type SiteId, siteKey } from '../../sites/site.js'
import type { EventSpec } from '../../spec/event-spec.js'
import { placeOf } from '../../workspace/place.js'
import { readSpec } from '../resolve/read-spec.js'
import type { ListedEvent } from './list-events.js'

/** One place of an event, with the payload as it shows it. */
export interface WholePlace {
  readonly site: SiteId
  readonly title: string
  readonly place: Place
  /** Undefined where it shows none, or none that can be read. */
  readonly shape: readonly ShownKey[] | undefined
}

/** A key of a payload, as a place shows it. */
export type ShownKey = Pick<ShapeField, 'key' | 'type' | 'optional'>

/** Code that sends an event: its place, and what stands there in one line. */
export interface CodeLine {
  readonly place: Place
  readonly text: string
}

/** Everything that is known of an event. */
export interface WholeEvent {
  readonly listed: ListedEvent
  readonly places: readonly WholePlace[]
  /** What sends it: the server's sends of an event, the client's calls of a request. */
  readonly senders: readonly CodeLine[]
  /** Which key is read where, on the other side; a key that nothing reads has no place. */
  readonly readers: readonly { readonly key: string; readonly places: readonly Place[] }[]
  /** Whether the payload goes on as a whole where it is taken, so that keys may be read where nobody looked. */
  readonly isHandedOn: boolean
  /** What of its payload cannot be read. */
  readonly unread: readonly UnreadPayload[]
  /** The spec that would write what is there of it, and of its other half. */
  readonly spec: EventSpec
}

/** Reads listed events as a whole. */
export function readWhole(
  channels: readonly Surveyed[],
  listed: readonly ListedEvent[],
): readonly WholeEvent[] {
  return channels.flatMap((surveyed) => {
    const own = listed.filter((one) => one.channel === surveyed.channel.id)
    const rows = own.length === 0 ? [] : readFacts(surveyed).rows
    return own.map((one) =>
      wholeOf(
        surveyed,
        one,
        rows.find((row) => row.event === one.name),
      ),
    )
  })
}

function wholeOf(context: Surveyed, listed: ListedEvent, row: Row | undefined): WholeEvent {
  const { name } = listed
  const contract = row?.contract
  const wanted = contract?.wanted ?? []
  const keys = [...new Set([...(contract?.sent ?? []), ...wanted].map(({ key }) => key))]
  return {
    listed,
    places: placesOf(context, listed),
    senders: sendersOf(context, name),
    readers: keys.map((key) => ({
      key,
      places: wanted.filter((one) => one.key === key).flatMap(({ reads }) => reads.map(({ place }) => place)),
    })),
    isHandedOn: contract?.isWantedOpen ?? true,
    unread: row?.unreadPayloads ?? [],
    spec: readSpec(context, unitOf(context.rows, name)),
  }
}

function placesOf({ repository, rows }: Surveyed, { name, direction }: ListedEvent): WholePlace[] {
  return REPORTED.filter((site) => direction === 'unknown' || isSiteOf(site, direction)).flatMap((site) =>
    rows.of(name, siteKey(site)).map(({ file, start, shape }) => ({
      site: site.id,
      title: site.title,
      place: placeOf(repository.workspace.read(file), start),
      shape,
    })),
  )
}

function sendersOf({ repository, rows }: Surveyed, name: string): CodeLine[] {
  const sends = [
    ...rows.of(name, 'python-send'),
    ...rows.of(name, 'ts-send-method'),
    ...rows.of(name, 'ts-hook-callback'),
  ]
  return sends.map(({ file, start, end }) => {
    const source = repository.workspace.read(file)
    return { place: placeOf(source, start), text: inOneLine(source.text.slice(start, end)) }
  })
}

/** A call over several lines as one; a trailing comma goes with its line. */
function inOneLine(text: string): string {
  return text
    .replace(/,?\s*\n\s*(?=[)\]}])/g, '')
    .replace(/(?<=[([{])\s*\n\s*/g, '')
    .replace(/\s+/g, ' ')
}
