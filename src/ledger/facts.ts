import { type Emit, findEmits } from '../channel/emits.js'
import { eventOfMember, membersIn } from '../channel/enum.js'
import { readWireCase } from '../channel/envelope.js'
import { Failure, type Problem } from '../errors.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import type { WireCase } from '../payload/shape.js'
import type { SurveyContext } from '../sites/site.js'
import { absorbMisspelled } from './misspelled.js'
import { Row } from './row.js'
import { surveyChannel } from './surveyed.js'
import { brokenFiles } from './unread.js'

/** What the rules know of one channel. */
export interface ChannelFacts {
  readonly context: SurveyContext
  readonly channel: Channel
  readonly wireCase: WireCase
  /** The rows that are checked: those asked for, without those that a finding stands for already. */
  readonly rows: readonly Row[]
  /** Every row of the channel. */
  readonly all: readonly Row[]
  readonly emits: readonly Emit[]
  /** Files of the channel that do not parse, so that nothing can be said of what is missing in them. */
  readonly broken: ReadonlySet<string>
}

/** Reads a channel for the rules. */
function readFacts(repository: Repository, layout: Layout, channel: Channel): ChannelFacts {
  const context = surveyChannel(repository, layout, channel)
  const emits = ownEmits(context)
  const broken = new Set(brokenFiles(repository, layout, channel).map((one) => one.place?.file ?? ''))
  const all = absorbMisspelled(context.rows.events().map((event) => new Row(context, event, emits)))
  return { context, channel, wireCase: readWireCase(repository, channel), rows: all, all, emits, broken }
}

/** Emits of this channel: a message that is a bare dict is its only where no other channel has such an event. */
function ownEmits(context: SurveyContext): Emit[] {
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

/** A channel that was read for the rules: its facts, or why there are none. */
export type ReadChannel = { readonly channel: Channel } & (
  | { readonly facts: ChannelFacts }
  | { readonly problems: readonly Problem[] }
)

/** Reads a channel for the rules; a file of it that cannot be read is told. */
export function readChannel(repository: Repository, layout: Layout, channel: Channel): ReadChannel {
  try {
    return { channel, facts: readFacts(repository, layout, channel) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return { channel, problems: error.problems }
  }
}
