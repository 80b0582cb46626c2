import type { Finding } from './finding.js'
import type { Rule } from './rule.js'

/** What the reports and `explain` say of a rule. */
export type RuleInfo = Pick<Rule, 'id' | 'severity' | 'title'>

/** Rules about what a team wrote for `check` itself, and what `check` could not read. */
export const UPKEEP_RULES = [
  {
    id: 'stale-baseline-entry',
    severity: 'warning',
    title: 'Every entry of the baseline accepts a finding that is still there.',
  },
  {
    id: 'suppression-of-unknown-rule',
    severity: 'warning',
    title: 'Every ignore comment names rules that exist.',
  },
  {
    id: 'suppression-without-reason',
    severity: 'warning',
    title: 'Every ignore comment says why; one that does not ignores nothing.',
  },
  {
    id: 'unread-file',
    severity: 'error',
    title: 'Every file that may hold events is UTF-8, not too large, and parses.',
  },
  { id: 'unused-suppression', severity: 'warning', title: 'Every ignore comment ignores something.' },
] as const satisfies readonly RuleInfo[]

/** A finding of an upkeep rule. */
export function upkeepFinding(
  rule: (typeof UPKEEP_RULES)[number]['id'],
  facts: Pick<Finding, 'subject' | 'place' | 'what' | 'why' | 'fix'> & Partial<Pick<Finding, 'event'>>,
): Finding {
  const severity = UPKEEP_RULES.find((one) => one.id === rule)?.severity ?? 'error'
  return { rule, severity, related: [], event: undefined, ...facts }
}
