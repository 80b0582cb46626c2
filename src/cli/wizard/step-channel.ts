import type { ChannelChoice } from '../../engine/choices.js'
import { findEventNameProblem, unknownChoice } from '../../spec/reserved.js'
import { type Answers, without } from './answers.js'
import { channelOf, type Facts } from './facts.js'
import { type Choice, type Hint, refusedName } from './question.js'
import type { Step } from './step.js'
import { BACK_CHOICE } from './step-direction.js'

export const channelStep: Step = {
  id: 'channel',
  label: 'Channel',
  sets: ['channel'],
  said: (answers, facts) => channelOf(facts, answers)?.id,
  applies: (_, { channels }) => channels.length > 1,
  question: (answers, facts) => ({
    kind: 'search',
    message: 'Channel',
    choices: () => [...facts.channels.map(channelChoice), BACK_CHOICE],
    initial: channelOf(facts, answers)?.id ?? 'main',
  }),
  take: (value, answers) => ({ answers: { ...answers, channel: value } }),
  check({ channel = 'main' }, { channels }) {
    const ids = channels.map(({ id }) => id)
    return ids.includes(channel) ? undefined : unknownChoice('unknown-channel', 'channel', channel, ids)
  },
}

/** Asked where all names of the channel begin alike and this one does not. */
export const channelNameStep: Step = {
  id: 'channelName',
  label: 'Name on its channel',
  sets: [],
  said: () => undefined,
  applies: (answers, facts) => missingPrefix(answers, facts) !== undefined,
  question(answers, facts) {
    const prefix = missingPrefix(answers, facts) ?? ''
    return {
      kind: 'text',
      message: `Names of ${answers.channel} begin with ${prefix}; name it`,
      initial: `${prefix}${answers.name}`,
      hint: (value) => hintPrefixed(value, prefix),
    }
  },
  take(value, answers, facts) {
    const prefix = missingPrefix(answers, facts) ?? ''
    const hint = hintPrefixed(value, prefix)
    if (hint.isProblem) return { problem: { what: hint.text } }
    return { answers: { ...without(answers, 'requestName'), name: value } }
  },
}

/** A name as the factories of a channel with a prefix have it. */
export function withoutPrefix(channel: ChannelChoice | undefined, name: string): string {
  const prefix = channel?.prefix ?? ''
  return channel?.dropsPrefix === true && name.startsWith(prefix) ? name.slice(prefix.length) : name
}

function channelChoice({ id, endpoint, events, prefix }: ChannelChoice): Choice {
  const names = prefix === '' ? '' : `, names begin with ${prefix}`
  return {
    value: id,
    title: id,
    description: `${endpoint ?? 'no endpoint'}, ${events.length} events${names}`,
  }
}

function missingPrefix(answers: Answers, facts: Facts): string | undefined {
  const prefix = channelOf(facts, answers)?.prefix ?? ''
  return answers.name?.startsWith(prefix) === true ? undefined : prefix
}

function hintPrefixed(value: string, prefix: string): Hint {
  const problem = findEventNameProblem(value)
  if (problem !== undefined) return refusedName(value, problem, findEventNameProblem)
  if (value.startsWith(prefix)) return { isProblem: false, text: `${value} on this channel` }
  const proposal = `${prefix}${value}`
  return { isProblem: true, text: `it does not begin with ${prefix}; use ${proposal}`, proposal }
}
