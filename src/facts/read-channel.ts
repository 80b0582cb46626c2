import { type Emit, findEmits } from '../channel/emits.js'
import { eventOfMember, membersIn } from '../channel/enum.js'
import type { OpenChannel } from '../channel/open-channel.js'
import { Failure, type Problem } from '../errors.js'
import type { Channel } from '../layout/layout.js'
import { surveyChannel } from '../ledger/surveyed.js'
import { brokenFiles } from '../ledger/unread.js'
import type { SurveyContext } from '../sites/site.js'
import { ChannelFacts } from './channel-facts.js'

/** A channel that was read for the rules: its facts, or why there are none. */
export type ReadChannel = { readonly channel: Channel } & (
  | { readonly facts: ChannelFacts }
  | { readonly problems: readonly Problem[] }
)

/** Reads a channel for the rules; a file of it that cannot be read is told. */
export function readChannel(open: OpenChannel): ReadChannel {
  const { repository, layout, channel } = open
  try {
    return { channel, facts: readFacts(surveyChannel(repository, layout, channel)) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { channel, problems: error.problems }
  }
}

/** The facts of a channel that was surveyed. */
export function readFacts(context: SurveyContext): ChannelFacts {
  const broken = new Set(brokenFiles(context).map((one) => one.place?.file ?? ''))
  return new ChannelFacts(context, ownEmits(context), broken)
}

/** Emits of this channel: a message that is a bare dict is its only where no other channel has such an event. */
export function ownEmits(context: SurveyContext): Emit[] {
  const { layout, channel, rows } = context
  const others = layout.channels
    .filter((one) => one.id !== channel.id)
    .flatMap((one) => membersIn({ ...context, channel: one }).map((member) => member.value))
  const isOwn = (emit: Emit): boolean => {
    if (emit.kind !== 'dict') return true
    const events = rows.events()
    const event = events.includes(emit.name) ? emit.name : eventOfMember(context, emit.name)
    return events.includes(event) && (emit.place.file === channel.handler?.file || !others.includes(event))
  }
  return findEmits(context).filter(isOwn)
}
