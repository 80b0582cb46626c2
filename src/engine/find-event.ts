import { findNearest, wrongInput } from '../errors.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { buildLedger, type Ledger } from '../ledger/ledger.js'
import { resolveChannel } from './resolve.js'

/** The channels that a command is about: the one asked for, else all. */
export function channelsOf(
  repository: Repository,
  layout: Layout,
  channelId: string | undefined,
): readonly Channel[] {
  return channelId === undefined ? layout.channels : [resolveChannel(repository, layout, channelId)]
}

/**
 * The channel that an event of a name stands in.
 *
 * @throws Failure with exit code 2 where none has it, or several and no channel was asked for
 */
export function findEvent(
  repository: Repository,
  layout: Layout,
  name: string,
  channelId: string | undefined,
): { readonly channel: Channel; readonly ledger: Ledger } {
  const ledgers = channelsOf(repository, layout, channelId).map((channel) => ({
    channel,
    ledger: buildLedger(repository, layout, channel),
  }))
  const [found, ...others] = ledgers.filter(({ ledger }) => ledger.has(name))
  if (found === undefined) {
    const nearest = findNearest(name, new Set(ledgers.flatMap(({ ledger }) => ledger.events())))
    throw wrongInput({
      what: `\`${name}\` is no event of ${nameChannels(channelId)}`,
      fix:
        nearest === undefined
          ? 'see them all: cachibot-ws list'
          : `did you mean \`${nearest}\`? See them all: cachibot-ws list`,
    })
  }
  if (others.length > 0) {
    const ids = [found, ...others].map(({ channel }) => channel.id)
    throw wrongInput({
      what: `\`${name}\` stands in ${ids.length} channels: ${ids.join(', ')}`,
      fix: `say which one: ${ids.map((id) => `--channel ${id}`).join(' or ')}`,
    })
  }
  return found
}

function nameChannels(channelId: string | undefined): string {
  return channelId === undefined ? 'this repository' : `the channel \`${channelId}\``
}
