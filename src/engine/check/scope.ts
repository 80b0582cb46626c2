import { findNearest, type Problem, wrongInput } from '../../errors.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { tryFacts } from '../../ledger/facts.js'
import { channelsOf } from '../find-event.js'

/** What a run is about: everything, a channel, or some events. */
export interface Scope {
  readonly channel?: string
  readonly events?: readonly string[]
}

/** Whether a scope is everything. */
export function isWhole(scope: Scope): boolean {
  return scope.channel === undefined && scope.events === undefined
}

/** Whether an event is in a scope; what belongs to no event is in the whole alone. */
export function scopeHolds(scope: Scope, channel: string | undefined, event: string | undefined): boolean {
  if (scope.channel !== undefined && scope.channel !== channel) return false
  return scope.events === undefined || (event !== undefined && scope.events.includes(event))
}

/**
 * The scope that a user named.
 *
 * @throws Failure with exit code 2 for an unknown channel or event, and for one that stands in several channels
 */
export function resolveScope(
  repository: Repository,
  layout: Layout,
  names: readonly string[],
  channel: string | undefined,
): Scope {
  const channels = channelsOf(repository, layout, channel)
  if (names.length === 0) return channel === undefined ? {} : { channel }
  const rows = channels.map((one) => {
    const read = tryFacts(repository, layout, one)
    return { id: one.id, events: 'facts' in read ? read.facts.all.map((row) => row.event) : [] }
  })
  const problems = names.flatMap((name): Problem[] => {
    const ids = rows.filter((row) => row.events.includes(name)).map((row) => row.id)
    if (ids.length === 1) return []
    return [ids.length === 0 ? unknownEvent(name, rows, channel) : ambiguousEvent(name, ids)]
  })
  if (problems.length > 0) throw wrongInput(...problems)
  return { ...(channel === undefined ? {} : { channel }), events: names }
}

function unknownEvent(
  name: string,
  rows: readonly { readonly events: readonly string[] }[],
  channel: string | undefined,
): Problem {
  const known = [...new Set(rows.flatMap((row) => row.events))].toSorted()
  const nearest = findNearest(name, known)
  return {
    what: `\`${name}\` is no event of ${channel === undefined ? 'this repository' : `the channel \`${channel}\``}`,
    fix: nearest === undefined ? `use one of ${known.join(', ')}` : `did you mean \`${nearest}\`?`,
  }
}

function ambiguousEvent(name: string, channels: readonly string[]): Problem {
  return {
    what: `\`${name}\` stands in ${channels.length} channels: ${channels.join(', ')}`,
    fix: `name one: ${channels.map((id) => `--channel ${id}`).join(' or ')}`,
  }
}
