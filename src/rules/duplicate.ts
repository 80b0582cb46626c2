import type { Row } from '../facts/row.js'
import type { SiteKey } from '../sites/site.js'
import type { Drift } from './rule.js'

/** The finding that an event stands more than once at a site. */
export function findDuplicate(
  row: Row,
  site: SiteKey,
  words: Pick<Drift, 'what' | 'why' | 'fix'>,
): Omit<Drift, 'event'>[] {
  const [first, second, ...others] = row.at(site)
  if (first === undefined || second === undefined) return []
  return [{ subject: site, place: second, related: [first, ...others], ...words }]
}
