import type { HalfDirection, Occurrence, Rows, SiteKey } from '../sites/site.js'

/** Which way an event goes, and the place that says so. */
export interface DirectionEvidence {
  readonly direction: HalfDirection
  readonly site: SiteKey
  readonly occurrence: Occurrence
  /** Whether code says so, and not only a comment of the enum. */
  readonly isCode: boolean
}

const EVIDENCE: readonly (readonly [HalfDirection, readonly SiteKey[]])[] = [
  ['server-to-client', ['python-factory', 'python-send', 'ts-hook-case']],
  ['client-to-server', ['python-handler-branch', 'ts-send-method']],
]

/**
 * The direction of a row by evidence: factory, send or case say server-to-client, handler branch or send method
 * say client-to-server, else the section of the enum; undefined where nothing tells.
 */
export function directionOf(rows: Rows, event: string): DirectionEvidence | undefined {
  for (const [direction, sites] of EVIDENCE) {
    for (const site of sites) {
      const occurrence = rows.of(event, site)[0]
      if (occurrence !== undefined) return { direction, site, occurrence, isCode: true }
    }
  }
  const member = rows.of(event, 'python-enum-member')[0]
  const direction = member?.links?.direction
  return member === undefined || direction === undefined
    ? undefined
    : { direction, site: 'python-enum-member', occurrence: member, isCode: false }
}
