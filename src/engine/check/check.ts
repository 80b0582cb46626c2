import { type Problem, wrongInput } from '../../errors.js'
import { findLostChannels } from '../../facts/lost-channels.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { brokenFiles, hidingFiles, unreadThatSay } from '../../ledger/unread.js'
import type { Finding } from '../../rules/finding.js'
import { lostChannelDrift, missingPart } from '../../rules/missing-part.js'
import { findingsOf } from '../channel-findings.js'
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
    isHidden ? [] : findingsOf(facts, asked, events !== undefined),
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
