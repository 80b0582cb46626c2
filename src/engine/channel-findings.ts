import type { ChannelFacts } from '../facts/channel-facts.js'
import type { Row } from '../facts/row.js'
import type { Finding } from '../rules/finding.js'
import { missingPart } from '../rules/missing-part.js'
import { RULES } from '../rules/registry.js'
import type { Drift, Rule } from '../rules/rule.js'
import { eventOf } from '../rules/words.js'

/**
 * What the rules find in a channel. What an event lacks makes other findings of its presence and flow follow from that,
 * and they are not told; its contract is compared whatever else there is.
 *
 * @param isNamed whether only what is about an event is told
 */
export function findingsOf(facts: ChannelFacts, asked: readonly Row[], isNamed: boolean): Finding[] {
  const findings: Finding[] = []
  let whole = asked
  for (const rule of RULES) {
    const rows = rule.kind === 'contract' ? asked : whole
    const isAsked = ({ event }: Finding): boolean => !isNamed || event !== undefined || rule === missingPart
    const found = runRule(rule, facts, rows).filter(isAsked)
    for (const one of found) findings.push(one)
    if (rule.kind !== 'presence' || rule.severity !== 'error') continue
    const told = new Set(found.flatMap((one) => one.event?.name ?? []))
    whole = whole.filter((row) => !told.has(row.event))
  }
  return findings
}

function runRule(rule: Rule, facts: ChannelFacts, asked: readonly Row[]): Finding[] {
  const { id, severity } = rule
  return driftOf(rule, facts, asked).map((one) => ({ rule: id, severity, ...one }))
}

/** A rule about a row is shown each of them; what it finds is of that event. */
function driftOf(rule: Rule, facts: ChannelFacts, asked: readonly Row[]): readonly Drift[] {
  if (rule.about === 'channel') return rule.check(facts, asked)
  return asked.flatMap((row) => rule.check(row, facts).map((one) => ({ event: eventOf(row), ...one })))
}
