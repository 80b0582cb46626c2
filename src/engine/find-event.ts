import { findMeant, orThrow, type Problem, wrongInput } from '../errors.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { type Surveyed, surveyChannel } from '../ledger/surveyed.js'
import { resolveChannel } from './resolve/channel.js'

/**
 * The channels that a command is about: the one asked for, else all.
 *
 * @throws Failure with exit code 2 for one that was not discovered
 */
export function channelsOf(
  repository: Repository,
  layout: Layout,
  channelId: string | undefined,
): readonly Channel[] {
  return channelId === undefined ? layout.channels : [orThrow(resolveChannel(repository, layout, channelId))]
}

/**
 * The channels that a command is about, surveyed.
 *
 * @throws Failure with exit code 2 for one that was not discovered
 */
export function surveyChannels(
  repository: Repository,
  layout: Layout,
  channelId: string | undefined,
): readonly Surveyed[] {
  return channelsOf(repository, layout, channelId).map((channel) =>
    surveyChannel(repository, layout, channel),
  )
}

/** Where an event of a name stands: in one channel, in none, or in several. */
export type Sought<In> =
  | { readonly kind: 'found'; readonly in: In }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] }

/** The channel, of those that were read, that an event of a name stands in. */
export function findEvent<In extends { readonly channel: Channel }>(
  channels: readonly In[],
  has: (one: In) => boolean,
): Sought<In> {
  const [found, ...others] = channels.filter(has)
  if (found === undefined) return { kind: 'unknown' }
  if (others.length === 0) return { kind: 'found', in: found }
  return { kind: 'ambiguous', ids: [found, ...others].map(({ channel }) => channel.id) }
}

/**
 * The channel that an event of a name stands in, of those that were surveyed.
 *
 * @throws Failure with exit code 2 where none has it, or several
 */
export function channelOf(
  channels: readonly Surveyed[],
  name: string,
  channelId: string | undefined,
): Surveyed {
  const sought = findEvent(channels, ({ rows }) => rows.has(name))
  if (sought.kind === 'found') return sought.in
  if (sought.kind === 'ambiguous') throw wrongInput(ambiguousEvent(name, sought.ids, 'say which one'))
  throw wrongInput(nearestEvent(channels, name, channelId))
}

/** What is wrong with the name of an event that none of the channels has, with the nearest one that is there. */
export function nearestEvent(
  channels: readonly Surveyed[],
  name: string,
  channelId: string | undefined,
): Problem {
  return unknownEvent(
    name,
    channelId,
    channels.map(({ channel, rows }) => ({ id: channel.id, events: rows.events() })),
  )
}

/**
 * What is wrong with the name of an event that no channel has, with what may be meant.
 *
 * @param channels those that were looked in
 */
export function unknownEvent(
  name: string,
  channelId: string | undefined,
  channels: readonly { readonly id: string; readonly events: Iterable<string> }[],
): Problem {
  const all = 'see them all: cachibot-ws list'
  const nearest = findMeant(name, new Set(channels.flatMap(({ events }) => [...events])))
  const isChannel = channelId === undefined && channels.some(({ id }) => id === name)
  const fix = isChannel
    ? `it is a channel: \`--channel ${name}\` names it, and \`cachibot-ws list --channel ${name}\` prints its events`
    : nearest === undefined
      ? all
      : `did you mean \`${nearest}\`? S${all.slice(1)}`
  const where = channelId === undefined ? 'this repository' : `the channel \`${channelId}\``
  return { code: 'unknown-event', what: `\`${name}\` is no event of ${where}`, fix }
}

/** What is wrong with the name of an event that several channels have. */
export function ambiguousEvent(name: string, ids: readonly string[], ask: string): Problem {
  return {
    code: 'ambiguous-event',
    what: `\`${name}\` stands in ${ids.length} channels: ${ids.join(', ')}`,
    fix: `${ask}: ${ids.map((id) => `--channel ${id}`).join(' or ')}`,
  }
}
