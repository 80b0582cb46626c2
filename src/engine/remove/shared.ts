import type { Unit } from '../../ledger/pair.js'
import { findEmitUnit } from '../../sites/parts/emit-unit.js'
import { actionName, modelName } from '../../sites/parts/naming.js'
import { stateNames } from '../../sites/parts/ts-store.js'
import { type Occurrence, type Site, type SurveyContext, siteKey } from '../../sites/site.js'

/** Another event, of no half of the unit, that stands at the same place: a method that sends both, a branch for both. */
export function findSharing(
  { rows, repository }: Pick<SurveyContext, 'rows' | 'repository'>,
  unit: Unit,
  site: Site,
  found: Occurrence,
): string | undefined {
  const whole =
    site.id === 'python-send'
      ? findEmitUnit(repository.python(found.file), found.start, found.event, rows)
      : undefined
  const isThere = (one: Occurrence): boolean => {
    if (one.file !== found.file) return false
    return (
      one.start === found.start ||
      (whole?.kind === 'unit' && whole.start <= one.start && one.end <= whole.end)
    )
  }
  return rows
    .events()
    .filter((other) => other !== unit.event && other !== unit.request)
    .find((other) => rows.of(other, siteKey(site)).some(isThere))
}

/** Why something that the row is linked to stays: it is people's own, or not the event's alone. */
export function whyItStays(
  context: SurveyContext,
  unit: Unit,
  site: Site,
  found: Occurrence,
): string | undefined {
  const { event } = found
  const name = found.links?.name
  const byHand = `\`${name}\` is not named after the event: take it out by hand if nothing else needs it`
  if (site.id.startsWith('ts-store')) {
    const isOwn = name === undefined || name === actionName(event) || stateNames(event).includes(name)
    return isOwn ? undefined : byHand
  }
  if (site.id !== 'ts-payload-interface') return undefined
  const sharing = findSharing(context, unit, site, found)
  if (sharing !== undefined) return `\`${sharing}\` has the same payload`
  return name === undefined || name === modelName(event) ? undefined : byHand
}
