import { membersIn } from '../../channel/enum.js'
import { type Failure, type Problem, wrongInput } from '../../errors.js'
import { python } from '../../lang/python/language.js'
import type { Channel, Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import type { Rows } from '../../sites/site.js'
import type { EventSpec } from '../../spec/event-spec.js'
import { unknownChoice } from '../../spec/reserved.js'

/**
 * The channel of a spec.
 *
 * @returns a Failure with exit code 2 for one that was not discovered
 */
export function resolveChannel(repository: Repository, layout: Layout, id: string): Channel | Failure {
  const channel = layout.channels.find((one) => one.id === id)
  if (channel !== undefined) return channel
  return wrongInput(...repository.unreadable.values(), missingChannel(repository, layout, id))
}

/**
 * A spec with the channel that it means: one more send that names no channel is of the event that is there, where only
 * one channel has it.
 */
export function withMeantChannel(repository: Repository, layout: Layout, spec: EventSpec): EventSpec {
  if (spec.isChannelGiven || spec.emit.in === undefined || spec.fields !== undefined) return spec
  const having = channelsWith(repository, layout, spec.names.snake)
  const [only] = having
  return only === undefined || having.length > 1 ? spec : { ...spec, channel: only.id, isChannelGiven: true }
}

/** The channels whose enum has an event. */
function channelsWith(repository: Repository, layout: Layout, event: string): Channel[] {
  return layout.channels.filter((channel) =>
    membersIn({ repository, layout, channel }).some(({ value }) => value === event),
  )
}

/**
 * An event that is asked for without a channel, is not in the usual one and is in others.
 *
 * @param rows of the usual channel
 * @returns a Failure with exit code 2
 */
export function checkElsewhere(
  repository: Repository,
  layout: Layout,
  { names, channel, isChannelGiven }: EventSpec,
  rows: Rows,
): Failure | undefined {
  const event = names.snake
  if (isChannelGiven || rows.isKnown(event)) return undefined
  const others = channelsWith(repository, layout, event).filter((one) => one.id !== channel)
  const [first] = others
  if (first === undefined) return undefined
  const ids = others.map(({ id }) => `\`${id}\``).join(' and ')
  return wrongInput({
    code: 'ambiguous-event',
    what: `\`${event}\` is an event of ${ids}, and not of \`${channel}\``,
    why: 'no channel was named, so which one is meant cannot be told',
    fix: `--channel ${first.id} for the one that is there, --channel ${channel} for a new one`,
  })
}

function missingChannel(repository: Repository, layout: Layout, id: string): Problem {
  if (id !== 'main') {
    const known = layout.channels.map((one) => one.id)
    return unknownChoice('unknown-channel', 'channel of this repository', id, known)
  }
  const { folder } = layout.backend
  const candidates = repository.search(
    folder,
    python.extensions,
    (text) => /\bWSMessage(Type)?\b/.test(text) && /^class /m.test(text),
  )
  const fault = candidates.map((file) => repository.faultIn(file)).find((one) => one !== undefined)
  return {
    code: 'unknown-channel',
    what: `the channel \`${id}\` was not found in \`${folder}\``,
    why: `looked for \`class WSMessageType(str, Enum)\` and a class with the fields \`type: WSMessageType\` and \`payload\`${
      fault === undefined ? '' : `; nearest: ${fault.what}`
    }`,
    fix: fault?.fix ?? 'see what was found: cachibot-ws info --verbose',
    ...(fault === undefined ? {} : { place: fault.place }),
  }
}
