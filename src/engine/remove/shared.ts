import type { Unit } from '../../ledger/pair.js'
import { type Occurrence, type Site, type SurveyContext, siteKey } from '../../sites/site.js'

/** Another event, of no half of the unit, that stands at the same place: a method that sends both, a branch for both. */
export function findSharing(
  context: SurveyContext,
  unit: Unit,
  site: Site,
  found: Occurrence,
): string | undefined {
  const { rows } = context
  const whole = site.unit?.(context, found)
  const isThere = (one: Occurrence): boolean => {
    if (one.file !== found.file) return false
    return (
      one.start === found.start || (whole !== undefined && whole.start <= one.start && one.end <= whole.end)
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
  const sharing = site.linked?.isShared === true ? findSharing(context, unit, site, found) : undefined
  if (sharing !== undefined) return `\`${sharing}\` has the same payload`
  const name = found.links?.name
  const own = site.linked?.ownNames?.(found.event)
  return name === undefined || own === undefined || own.includes(name)
    ? undefined
    : `\`${name}\` is not named after the event: take it out by hand if nothing else needs it`
}
