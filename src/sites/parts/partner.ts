import type { Occurrence, SiteKey, Target } from '../site.js'

/** The place of the other half of a bidirectional event at a site, if it is there already. */
export function partnerAt(target: Target, site: SiteKey): Occurrence | undefined {
  return target.partner === undefined ? undefined : target.rows.of(target.partner.event, site)[0]
}

/**
 * The index at which a member goes among others so that the halves of one event stand together: the event in
 * front of its request. Undefined where the other half is not among them.
 */
export function partnerIndex(target: Target, events: readonly (string | undefined)[]): number | undefined {
  const index = target.partner === undefined ? -1 : events.lastIndexOf(target.partner.event)
  if (index === -1) return undefined
  return target.partner?.side === 'before' ? index + 1 : index
}
