import { findNearest } from '../errors.js'
import { KEYED } from '../sites/registry.js'
import { type SiteKey, siteKey } from '../sites/site.js'
import type { Row } from './row.js'

/**
 * Takes a name that no enum defines for a misspelled one: where a defined event of nearly that name lacks all that
 * the unknown one has, the two are one event.
 */
export function absorbMisspelled(rows: readonly Row[]): Row[] {
  const isDefined = (row: Row): boolean => row.at('python-enum-member').length > 0
  const defined = rows.filter(isDefined)
  const keyed = KEYED.map(siteKey)
  const absorbed = new Map<Row, Row>()
  for (const row of rows.filter((one) => !isDefined(one))) {
    const lacking = defined.filter((one) => keyed.every((site) => !(has(row, site) && has(one, site))))
    const name = findNearest(
      row.event,
      lacking.map((one) => one.event),
    )
    const owner = lacking.find((one) => one.event === name)
    if (owner !== undefined && ![...absorbed.values()].includes(owner)) absorbed.set(row, owner)
  }
  for (const [row, owner] of absorbed) owner.misspelled = row
  return rows.filter((row) => !absorbed.has(row))
}

function has(row: Row, site: SiteKey): boolean {
  return row.at(site).length > 0
}
