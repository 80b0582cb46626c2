import { SITES } from '../sites/registry.js'
import {
  HALF_DIRECTIONS,
  type HalfDirection,
  type Occurrence,
  type Rows,
  type Site,
  siteKey,
} from '../sites/site.js'

/** Which way an event goes, and the place that says so. */
export interface DirectionEvidence {
  readonly direction: HalfDirection
  readonly site: Site
  readonly occurrence: Occurrence
  /** Whether code says so, and not only a comment of the enum. */
  readonly isCode: boolean
}

/**
 * The direction of a row by evidence: a keyed site that has only one, a factory, a send or a case, a handler branch or a
 * send method; else the section of the enum; undefined where nothing tells.
 */
export function directionOf(rows: Rows, event: string): DirectionEvidence | undefined {
  const keyed = SITES.filter((site) => site.linked === undefined)
  for (const direction of HALF_DIRECTIONS) {
    for (const site of keyed.filter((one) => one.direction === direction)) {
      const occurrence = rows.of(event, siteKey(site))[0]
      if (occurrence !== undefined) return { direction, site, occurrence, isCode: true }
    }
  }
  for (const site of keyed) {
    const occurrence = rows.of(event, siteKey(site))[0]
    const direction = occurrence?.links?.direction
    if (occurrence !== undefined && direction !== undefined)
      return { direction, site, occurrence, isCode: false }
  }
  return undefined
}
