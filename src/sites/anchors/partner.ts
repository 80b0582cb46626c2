import type { HalfDirection } from '../../spec/event-spec.js'
import type { Half, Occurrence, SiteKey } from '../site.js'
import { orderIndex } from './blocks.js'

/** The place of the other half of a bidirectional event at a site, if it is there already. */
export function partnerAt(target: Half, site: SiteKey): Occurrence | undefined {
  return target.partner === undefined ? undefined : target.rows.of(target.partner.event, site)[0]
}

/** A member of the enum or the union. */
export interface Member {
  readonly value: string
  /** Which way the comments say that it goes. */
  readonly direction: HalfDirection | undefined
  /** Whether a heading says it, and not a comment of its own. */
  readonly isUnderHeading: boolean
}

/**
 * The index at which a new member goes among others: a client's behind the last one of the clients' section;
 * else beside the other half of its event, the event in front of its request; else by the order of events.
 */
export function memberIndex(target: Half, members: readonly Member[]): number {
  const events = members.map((member) => member.value)
  const hasHeadings = members.some((member) => member.isUnderHeading)
  const behindSection = members.findLastIndex((member) => member.direction === target.direction) + 1
  const index = (hasHeadings ? undefined : partnerIndex(target, events)) ?? orderIndex(events)
  if (behindSection === 0) return index
  if (target.direction === 'client-to-server') {
    return hasHeadings || target.partner === undefined ? behindSection : index
  }
  const isAmongRequests = hasHeadings && members[index - 1]?.direction === 'client-to-server'
  return isAmongRequests ? behindSection : index
}

function partnerIndex({ partner }: Half, events: readonly string[]): number | undefined {
  const index = partner === undefined ? -1 : events.lastIndexOf(partner.event)
  if (index === -1) return undefined
  return partner?.side === 'before' ? index + 1 : index
}
