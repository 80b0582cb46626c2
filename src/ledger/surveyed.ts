import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import type { SurveyContext } from '../sites/site.js'
import { buildLedger, type Ledger } from './ledger.js'

/** A channel as it was surveyed, whole. */
export interface Surveyed extends SurveyContext {
  readonly rows: Ledger
}

/**
 * Surveys a channel.
 *
 * @param wanted events that linked sites look for even if no keyed one has them
 */
export function surveyChannel(
  repository: Repository,
  layout: Layout,
  channel: Channel,
  wanted: readonly string[] = [],
): Surveyed {
  const rows = buildLedger(repository, layout, channel, wanted)
  return { repository, layout, channel, custom: rows.custom, rows }
}

/** The channel with an event looked for by its derived names; surveyed again only where it was not. */
export function expecting(surveyed: Surveyed, event: string): Surveyed {
  const { repository, layout, channel, rows } = surveyed
  return rows.looksFor(event) ? surveyed : surveyChannel(repository, layout, channel, [event])
}
