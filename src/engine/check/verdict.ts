import { BY_EFFECT } from '../../rules/effects.js'
import type { Finding, Severity } from '../../rules/finding.js'
import { upkeepFinding } from '../../rules/upkeep.js'
import type { BaselineEntry } from '../../settings/baseline-file.js'
import type { Config } from '../../settings/config-file.js'
import { isAtLeast, SEVERITIES } from '../../settings/severity.js'
import { accept, type Baseline } from './baseline.js'
import type { CheckResult } from './check.js'
import { isWhole, type Scope } from './scope.js'
import { type Suppressed, suppress } from './suppress.js'
import type { Suppression } from './suppressions.js'

/** What a check comes to, once a team's own decisions are applied. */
export interface Verdict {
  /** Worst first: by severity, by effect, by the file that the fix goes to, by place. */
  readonly findings: readonly Finding[]
  readonly accepted: readonly Finding[]
  readonly suppressed: readonly Suppressed[]
  readonly events: number
  readonly channels: readonly string[]
  /** How many places could not be read, whatever a team decided about them. */
  readonly unread: number
}

/**
 * Applies severities, then suppressions, then the baseline; what is wrong with those is a finding as well.
 *
 * @param rules the ids of all rules
 */
export function judge(
  checked: CheckResult,
  decisions: {
    readonly rules: readonly string[]
    readonly severities: Config['rules']
    readonly suppressions: readonly Suppression[]
    readonly baseline: Baseline
    readonly scope: Scope
    /** Whether what an entry of the baseline accepts would have been found. */
    readonly isJudged: (entry: BaselineEntry) => boolean
  },
): Verdict {
  const { rules, severities, suppressions, baseline, scope, isJudged } = decisions
  const weigh = (findings: readonly Finding[]): Finding[] =>
    findings.flatMap((finding) => {
      const severity = severities[finding.rule] ?? finding.severity
      return severity === 'off' ? [] : [{ ...finding, severity }]
    })
  const all = [...checked.findings, ...findUnread(checked.unread)]
  const found = weigh(all)
  const left = suppress(found, suppressions, { rules, isWhole: isWhole(scope) })
  const findings = [...left.kept, ...weigh(left.upkeep)]
  const { kept, accepted, upkeep } = accept(findings, baseline, isJudged)
  return {
    findings: [...kept, ...weigh(upkeep)].toSorted(compareFindings),
    accepted,
    suppressed: left.suppressed,
    events: checked.events,
    channels: checked.channels,
    unread: all.filter((one) => one.rule.startsWith('unread-')).length,
  }
}

/** Whether the findings of a verdict reach the bar. */
export function isFailed(verdict: Verdict, failOn: Severity): boolean {
  return verdict.findings.some((finding) => isAtLeast(finding.severity, failOn))
}

function findUnread(unread: CheckResult['unread']): Finding[] {
  return unread.map(({ what, fix, place = { file: '' } }) =>
    upkeepFinding('unread-file', {
      subject: 'file',
      place,
      what,
      why: 'nothing in it was checked: an event that lives there may be reported as missing, or not at all',
      fix: fix ?? 'mend the file; if it has nothing to do with events: `"unread-file": "off"` in the config',
    }),
  )
}

function compareFindings(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    rankOf(a.rule) - rankOf(b.rule) ||
    compareTexts(a.fixIn ?? a.place.file, b.fixIn ?? b.place.file) ||
    compareTexts(a.place.file, b.place.file) ||
    (a.place.line ?? 0) - (b.place.line ?? 0) ||
    (a.place.column ?? 0) - (b.place.column ?? 0) ||
    compareTexts(a.subject, b.subject)
  )
}

function rankOf(rule: string): number {
  return BY_EFFECT.indexOf(rule)
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
