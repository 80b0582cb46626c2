import type { Unit } from '../../ledger/pair.js'
import type { Occurrence, Site } from '../../sites/site.js'
import type { Claim } from '../proof.js'
import type { Gone } from './removal.js'
import { isAnswer } from './removal-words.js'

/** What is not to be found once an event is taken out. An interface may be declared again, which merges with the first. */
export function claimsOf(gone: readonly Gone[]): Claim[] {
  return gone
    .filter(({ site }) => site.linked?.isShared !== true)
    .map(({ site, found }) => ({ kind: 'gone', site, event: found.event }))
}

/** Tells what a removal takes: the unit itself, and what is sent in the branch of a request that goes. */
export function isMeantToGo(
  { event, request }: Unit,
  gone: readonly Gone[],
): (site: Site, found: Occurrence) => boolean {
  return (site, found) =>
    found.event === event || found.event === request || (site.id === 'python-send' && isAnswer(gone, found))
}
