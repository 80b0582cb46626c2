import { type Problem, wrongInput } from '../../errors.js'
import type { ChannelFacts } from '../../facts/channel-facts.js'
import { findLostChannels } from '../../facts/lost-channels.js'
import type { Row } from '../../facts/row.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { brokenFiles, hidingFiles, unreadThatSay } from '../../ledger/unread.js'
import type { Finding } from '../../rules/finding.js'
import { lostChannelDrift, missingPart } from '../../rules/missing-part.js'
import { RULES } from '../../rules/registry.js'
import type { Drift, Rule } from '../../rules/rule.js'
import { eventOf } from '../../rules/words.js'
import { isWhole, type ReadScope } from './scope.js'

/** What a check found. */
export interface CheckResult {
  readonly findings: readonly Finding[]
  /** How many events were checked. */
  readonly events: number
  readonly channels: readonly string[]
  /** Files that could not be read or parsed, so that what is in them was not checked. */
  readonly unread: readonly Problem[]
}

/**
 * Checks that both sides of the wire agree.
 *
 * @throws Failure with exit code 2 where no channel can be read
 */
export function checkEvents(repository: Repository, layout: Layout, scope: ReadScope): CheckResult {
  const { events } = scope
  const read = scope.channels.flatMap((one) => ('facts' in one ? [one] : []))
  const problems = scope.channels.flatMap((one) => ('problems' in one ? one.problems : []))
  if (read.length === 0) throw wrongInput(...problems)
  const channels = scope.channels.map((one) => one.channel)
  const chosen = read.map(({ channel, facts }) => ({
    facts,
    asked: facts.rows.filter((row) => events?.includes(row.event) ?? true),
    // Nothing is said of a channel that a file hides.
    isHidden: hidingFiles({ repository, layout, channel }).length > 0,
  }))
  const lost = isWhole(scope) ? checkLostChannels(repository, layout) : { findings: [], unread: [] }
  const findings = chosen.flatMap(({ facts, asked, isHidden }) =>
    isHidden ? [] : checkChannel(facts, asked, events !== undefined),
  )
  return {
    findings: unique([...lost.findings, ...findings]),
    events: chosen.reduce((sum, one) => sum + one.asked.length, 0),
    channels: channels.map((one) => one.id),
    unread: uniqueProblems([
      ...problems,
      ...lost.unread,
      ...channels.flatMap((channel) => brokenFiles({ repository, layout, channel })),
      ...repository.unreadable.values(),
    ]),
  }
}

/** Channels that only the frontend still has; one whose other half cannot be read is told by that file. */
function checkLostChannels(repository: Repository, layout: Layout): Pick<CheckResult, 'findings' | 'unread'> {
  const all = findLostChannels(repository, layout).map((lost) => ({
    lost,
    unread: unreadThatSay(repository, layout, [lost.union, lost.envelope]),
  }))
  const { id: rule, severity } = missingPart
  return {
    findings: all
      .filter(({ unread }) => unread.length === 0)
      .map(({ lost }) => ({ rule, severity, ...lostChannelDrift(lost) })),
    unread: all.flatMap(({ unread }) => unread),
  }
}

/**
 * What the rules find in a channel. What an event lacks makes other findings of its presence and flow follow from that,
 * and they are not told; its contract is compared whatever else there is.
 */
function checkChannel(facts: ChannelFacts, asked: readonly Row[], isNamed: boolean): Finding[] {
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

/** Two channels that share a file find the same things in it. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Map(
    findings.map((one) => [
      JSON.stringify([one.rule, one.event?.channel, one.event?.name, one.subject, one.place]),
      one,
    ]),
  )
  return [...seen.values()]
}

function uniqueProblems(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.place?.file} ${one.what}`, one])).values()]
}
