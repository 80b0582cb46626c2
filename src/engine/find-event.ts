import { findNearest, wrongInput } from '../errors.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { buildLedger, type Ledger } from '../ledger/ledger.js'
import { findOrphanedExports } from './remove/cuts.js'
import { planRemoveEvent } from './remove/remove-event.js'
import { resolveChannel } from './resolve.js'
import type { EventPlan } from './result.js'

/** The channels that a command is about: the one asked for, else all. */
export function channelsOf(
  repository: Repository,
  layout: Layout,
  channelId: string | undefined,
): readonly Channel[] {
  return channelId === undefined ? layout.channels : [resolveChannel(repository, layout, channelId)]
}

/** A channel with what was found in it. */
interface Found {
  readonly channel: Channel
  readonly ledger: Ledger
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
): Found {
  const ledgers = channelsOf(repository, layout, channelId).map((channel) => ({
    channel,
    ledger: buildLedger(repository, layout, channel),
  }))
  const keyed = ledgers.filter(({ ledger }) => ledger.has(name))
  const [found, ...others] = keyed.length > 0 ? keyed : leftOvers(repository, layout, name, ledgers)
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

/**
 * The channels that have something of an event by its derived names alone: those with the longest prefix that the name
 * has, and nothing where something else uses what is left, for then it is no event's.
 */
function leftOvers(
  repository: Repository,
  layout: Layout,
  name: string,
  ledgers: readonly Found[],
): readonly Found[] {
  const found = ledgers
    .map(({ channel }) => ({ channel, ledger: buildLedger(repository, layout, channel, [name]) }))
    .filter(({ channel, ledger }) => {
      const { custom } = ledger
      const context = { repository, layout, channel, custom, rows: ledger }
      if (!name.startsWith(custom.prefix)) return false
      const unit = { event: name, request: undefined }
      return ledger.has(name) || findOrphanedExports(context, unit).length > 0
    })
    .filter(({ channel }) => !isUsed(planRemoveEvent(repository, layout, channel, name, { force: false })))
  const longest = Math.max(...found.map(({ ledger }) => ledger.custom.prefix.length))
  return found.filter(({ ledger }) => ledger.custom.prefix.length === longest)
}

/** Whether something else says what would be taken out. */
function isUsed({ changes }: EventPlan): boolean {
  return changes.some((one) => one.status === 'blocked' && one.reason?.endsWith('is still used there'))
}

function nameChannels(channelId: string | undefined): string {
  return channelId === undefined ? 'this repository' : `the channel \`${channelId}\``
}
