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

/** The channel with events looked for by their derived names; surveyed again only where one was not. */
export function expecting(surveyed: Surveyed, ...events: readonly string[]): Surveyed {
  const { repository, layout, channel, rows } = surveyed
  const isLookedFor = events.every((event) => rows.looksFor(event))
  return isLookedFor ? surveyed : surveyChannel(repository, layout, channel, events)
}
