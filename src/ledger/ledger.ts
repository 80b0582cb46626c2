import { type Conventions, readCustom } from '../channel/conventions.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { KEYED, SITES } from '../sites/registry.js'
import { type Occurrence, type Rows, type Site, type SiteKey, siteKey } from '../sites/site.js'

/** The facts of one channel: which event occurs at which site. Rows are events, columns are sites. */
export class Ledger implements Rows {
  private occurrences = 0
  private readonly rows = new Map<string, Map<SiteKey, Occurrence[]>>()
  private names: readonly string[] = []

  /**
   * @param custom what all events of the channel have in common
   * @param wanted events whose rows may stay empty, so that linked sites look for them by their derived names
   */
  constructor(
    readonly custom: Conventions,
    private readonly wanted: readonly string[],
  ) {
    for (const event of wanted) this.rows.set(event, new Map())
  }

  /** Wire names in the order they were found. */
  get size(): number {
    return this.occurrences
  }

  events(): readonly string[] {
    if (this.names.length !== this.rows.size) this.names = [...this.rows.keys()]
    return this.names
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

  /** Whether every site could look for an event: it was wanted, or the enum, which is surveyed first, has it. */
  looksFor(event: string): boolean {
    return this.wanted.includes(event) || this.of(event, 'python-enum-member').length > 0
  }

  add(site: Site, occurrence: Occurrence): void {
    const row = this.rows.get(occurrence.event) ?? new Map<SiteKey, Occurrence[]>()
    const key = siteKey(site)
    const known = row.get(key)
    if (known === undefined) row.set(key, [occurrence])
    else known.push(occurrence)
    this.rows.set(occurrence.event, row)
    this.occurrences++
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
  const custom = readCustom({ repository, layout, channel })
  const ledger = new Ledger(custom, wanted)
  for (const site of SITES) {
    for (const occurrence of site.survey({ repository, layout, channel, custom, rows: ledger }))
      ledger.add(site, occurrence)
  }
  return ledger
}
