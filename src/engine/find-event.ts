import { orThrow, type Problem } from '../errors.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
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

/** What is wrong with the name of an event that no channel has; how to go on is for each command to say. */
export function unknownEvent(name: string, channelId: string | undefined, fix: string): Problem {
  const where = channelId === undefined ? 'this repository' : `the channel \`${channelId}\``
  return { what: `\`${name}\` is no event of ${where}`, fix }
}

/** What is wrong with the name of an event that several channels have. */
export function ambiguousEvent(name: string, ids: readonly string[], ask: string): Problem {
  return {
    what: `\`${name}\` stands in ${ids.length} channels: ${ids.join(', ')}`,
    fix: `${ask}: ${ids.map((id) => `--channel ${id}`).join(' or ')}`,
  }
}
