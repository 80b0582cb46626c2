import type { Verdict } from '../engine/check/verdict.js'
import type { Finding } from '../rules/finding.js'

/** How many findings there are of each severity. */
export function countSeverities(findings: readonly Finding[]): {
  readonly errors: number
  readonly warnings: number
  readonly infos: number
} {
  const count = (severity: Finding['severity']): number =>
    findings.filter((one) => one.severity === severity).length
  return { errors: count('error'), warnings: count('warning'), infos: count('info') }
}

/** A verdict in a line: `3 errors, 2 warnings in 75 events of 3 channels; 4 accepted by the baseline`. Never that nothing was found
 * where something was not read. */
export function summarize(verdict: Verdict): string {
  const { errors, warnings, infos } = countSeverities(verdict.findings)
  const found = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
    ...(infos > 0 ? [`${infos} info`] : []),
  ]
  const left = [
    ...(verdict.unread > 0 ? [`${plural(verdict.unread, 'place')} not read`] : []),
    ...(verdict.accepted.length > 0 ? [`${verdict.accepted.length} accepted by the baseline`] : []),
    ...(verdict.suppressed.length > 0 ? [`${verdict.suppressed.length} ignored by comments`] : []),
  ]
  const events = `${plural(verdict.events, 'event')} of ${plural(verdict.channels.length, 'channel')}`
  const nothing = verdict.unread > 0 ? `no drift in what was read of ${events}` : `nothing found in ${events}`
  return [found.length > 0 ? `${found.join(', ')} in ${events}` : nothing, ...left].join('; ')
}

/** `1 event`, `2 events`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
