import { isInside, requestsOf, type Unit } from '../../ledger/pair.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { REPORTED } from '../../sites/registry.js'
import { type Occurrence, type Rows, type Site, siteKey } from '../../sites/site.js'
import { describeBlocked, SOUND_FILE } from '../blocked.js'
import { type Conditions, readConditions } from '../resolve/condition.js'
import { resolveReadings, resolveUnit } from '../resolve/resolve-unit.js'
import type { Removal } from './removal.js'
import { describeAnswer } from './removal-words.js'
import { findSharing, whyItStays } from './shared.js'

/** What becomes of every occurrence of a unit, in the order they are reported. */
export function decideRemovals(
  context: Surveyed,
  unit: Unit,
  options: { readonly force: boolean },
): Removal[] {
  const conditions = readConditions(
    context,
    unit,
    resolveUnit(context, unit),
    ...resolveReadings(context, unit),
  )
  const events = unit.request === undefined ? [unit.event] : [unit.event, unit.request]
  return events.flatMap((event) =>
    REPORTED.flatMap((site) =>
      context.rows.of(event, siteKey(site)).map((found) => {
        const removal = decide(context, unit, site, found, conditions)
        return removal.kind === 'edited' && options.force ? { ...removal, kind: 'goes' } : removal
      }),
    ),
  )
}

function decide(
  context: Surveyed,
  unit: Unit,
  site: Site,
  found: Occurrence,
  conditions: Conditions,
): Removal {
  const at = { site, found }
  const stays = whyItStays(context, unit, site, found)
  if (stays !== undefined) return { ...at, kind: 'stays', reason: stays }
  const sharing = findSharing(context, unit, site, found)
  if (sharing !== undefined) {
    const reason = `\`${sharing}\` stands there as well: take \`${found.event}\` out by hand`
    return { ...at, kind: 'blocked', reason }
  }
  const fault = context.repository.faultIn(found.file)
  if (fault !== undefined) {
    const reason = describeBlocked({ lookedFor: SOUND_FILE, nearest: fault.what })
    return { ...at, kind: 'blocked', reason, place: fault.place }
  }
  const deletions = isCarried(context.rows, unit, site, found) ? [] : site.cut(context, found)
  if ('kind' in deletions) {
    const answered = answeredAt(context.rows, unit, site, found)
    const reason =
      answered === undefined ? describeBlocked(deletions) : describeAnswer(context.channel, answered)
    return { ...at, kind: 'blocked', reason }
  }
  return { ...at, kind: conditions(site, found) === 'edited' ? 'edited' : 'goes', deletions }
}

/** Whether the branch of the unit's request takes the send along. */
function isCarried(rows: Rows, { request }: Unit, site: Site, found: Occurrence): boolean {
  return site.id === 'python-send' && request !== undefined && isAnsweredIn(rows, request, found)
}

/** The request that stays and whose branch sends an event that goes. */
function answeredAt(rows: Rows, unit: Unit, site: Site, found: Occurrence): string | undefined {
  if (site.id !== 'python-send') return undefined
  return requestsOf(rows, found.event).find(
    (request) => request !== unit.request && isAnsweredIn(rows, request, found),
  )
}

function isAnsweredIn(rows: Rows, request: string, found: Occurrence): boolean {
  return rows.of(request, 'python-handler-branch').some((branch) => isInside(found, branch))
}
