import type { ChannelFacts } from '../facts/channel-facts.js'
import type { Row } from '../facts/row.js'
import type { SiteKey } from '../sites/site.js'
import type { Drift } from './rule.js'
import { eventOf } from './words.js'

/** One finding for each row that stands more than once at a site. */
export function findDuplicates(
  { rows }: ChannelFacts,
  site: SiteKey,
  words: (row: Row) => Pick<Drift, 'what' | 'why' | 'fix'>,
): Drift[] {
  return rows.flatMap((row) => {
    const [first, second, ...others] = row.at(site)
    if (first === undefined || second === undefined) return []
    return [{ event: eventOf(row), subject: site, place: second, related: [first, ...others], ...words(row) }]
  })
}
