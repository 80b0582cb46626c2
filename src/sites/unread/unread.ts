import { deriveNames } from '../../spec/names.js'
import type { Rows, Unread } from '../site.js'

/** A place of a site that cannot be read. */
export interface UnreadPlace extends Unread {
  /** The text around and behind it. */
  readonly said: string
  /** Whether it may be an event of which {@link said} says nothing. */
  readonly isOpen: boolean
}

/**
 * The first of some unread places that may be an event's: one that says its wire name or its member; else, where the
 * event is known at all, one that may be anything. A name that is new everywhere stands behind none.
 */
export function findUnread(rows: Rows, event: string, places: readonly UnreadPlace[]): Unread | undefined {
  const says = mentionOf(rows, event)
  return (
    places.find((one) => says(one.said)) ??
    (rows.isKnown(event) ? places.find((one) => one.isOpen) : undefined)
  )
}

/** Whether a text says an event: its wire name or its member, in any of the usual spellings. */
export function mentionOf(rows: Rows, event: string): (text: string) => boolean {
  const { camel, pascal, constant } = deriveNames(event)
  const members = rows.of(event, 'python-enum-member').flatMap((one) => one.links?.name ?? [])
  const names = new Set([event, camel, pascal, constant, ...members])
  const mention = new RegExp(`(?<![A-Za-z0-9_$])(?:${[...names].join('|')})(?![A-Za-z0-9_$])`)
  return (text) => mention.test(text)
}
