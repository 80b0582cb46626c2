import { type Problem, wrongInput } from '../../errors.js'
import { type ReadChannel, readChannel } from '../../facts/read-channel.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { ambiguousEvent, channelsOf, findEvent, unknownEvent } from '../find-event.js'

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

/** A scope with its channels as they were read, which is once a run. */
export interface ReadScope extends Scope {
  readonly channels: readonly ReadChannel[]
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
): ReadScope {
  const channels = channelsOf(repository, layout, channel).map((one) =>
    readChannel({ repository, layout, channel: one }),
  )
  const problems = names.flatMap((name): Problem[] => {
    const sought = findEvent(channels, (one) => eventsOf(one).includes(name))
    if (sought.kind === 'found') return []
    if (sought.kind === 'ambiguous') return [ambiguousEvent(name, sought.ids, 'name one')]
    const known = channels.map((one) => ({ id: one.channel.id, events: eventsOf(one) }))
    return [unknownEvent(name, channel, known)]
  })
  if (problems.length > 0) throw wrongInput(...problems)
  return {
    channels,
    ...(channel === undefined ? {} : { channel }),
    ...(names.length === 0 ? {} : { events: names }),
  }
}

function eventsOf(channel: ReadChannel): readonly string[] {
  return 'facts' in channel ? channel.facts.rows.map((row) => row.event) : []
}
