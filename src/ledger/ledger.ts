import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { readCustom } from '../sites/parts/custom.js'
import { KEYED, SITES } from '../sites/registry.js'
import { type Custom, type Occurrence, type Rows, type Site, type SiteKey, siteKey } from '../sites/site.js'

/** The facts of one channel: which event occurs at which site. Rows are events, columns are sites. */
export class Ledger implements Rows {
  private readonly rows = new Map<string, Map<SiteKey, Occurrence[]>>()

  /** @param custom what all events of the channel have in common */
  constructor(readonly custom: Custom) {}

  /** Wire names in the order they were found. */
  events(): readonly string[] {
    return [...this.rows.keys()]
  }

  /** Every occurrence of an event at a site; empty where it is absent. */
  of(event: string, site: SiteKey): readonly Occurrence[] {
    return this.rows.get(event)?.get(site) ?? []
  }

  /** Whether the event stands at any keyed site. */
  isKnown(event: string): boolean {
    return KEYED.some((site) => this.of(event, siteKey(site)).length > 0)
  }

  /** Whether anything of an event was found. */
  has(event: string): boolean {
    return (this.rows.get(event)?.size ?? 0) > 0
  }

  /** Makes a row that may stay empty, so that linked sites look for the event by its derived names. */
  expect(event: string): void {
    if (!this.rows.has(event)) this.rows.set(event, new Map())
  }

  add(site: Site, occurrence: Occurrence): void {
    this.expect(occurrence.event)
    const row = this.rows.get(occurrence.event)
    const key = siteKey(site)
    row?.set(key, [...(row.get(key) ?? []), occurrence])
  }
}

/**
 * Surveys every site of a channel.
 *
 * @param wanted events that linked sites look for even if no keyed one has them
 */
export function buildLedger(
  repository: Repository,
  layout: Layout,
  channel: Channel,
  wanted: readonly string[] = [],
): Ledger {
  const custom = readCustom(repository, channel)
  const ledger = new Ledger(custom)
  for (const event of wanted) ledger.expect(event)
  for (const site of SITES) {
    for (const occurrence of site.survey({ repository, layout, channel, custom, rows: ledger }))
      ledger.add(site, occurrence)
  }
  return ledger
}
