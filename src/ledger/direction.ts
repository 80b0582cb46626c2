import { KEYED } from '../sites/registry.js'
import { type Occurrence, type Rows, type Site, siteKey } from '../sites/site.js'
import { HALF_DIRECTIONS, type HalfDirection } from '../spec/event-spec.js'

/** Which way an event goes, and the place that says so. */
export interface DirectionEvidence {
  readonly direction: HalfDirection
  readonly site: Site
  readonly occurrence: Occurrence
  /** Whether code says so, and not only a comment of the enum. */
  readonly isCode: boolean
}

/** Keyed sites at which events go one way: where one stands, it does. */
const EVIDENCE = HALF_DIRECTIONS.flatMap((direction) =>
  KEYED.filter((site) => site.direction === direction).map((site) => ({ direction, site })),
)

/**
 * The direction of a row by evidence: factory, send or case say server-to-client, handler branch or send method
 * say client-to-server, else the section of the enum; undefined where nothing tells.
 */
export function directionOf(rows: Rows, event: string): DirectionEvidence | undefined {
  for (const { direction, site } of EVIDENCE) {
    const occurrence = rows.of(event, siteKey(site))[0]
    if (occurrence !== undefined) return { direction, site, occurrence, isCode: true }
  }
  for (const site of KEYED) {
    const occurrence = rows.of(event, siteKey(site))[0]
    const direction = occurrence?.links?.direction
    if (occurrence !== undefined && direction !== undefined)
      return { direction, site, occurrence, isCode: false }
  }
  return undefined
}
