import type { ChannelChoice } from '../../engine/choices.js'
import { findNearest, type ProblemWords } from '../../errors.js'
import type { SearchQuestion } from './question.js'

type Channels = readonly Pick<ChannelChoice, 'id' | 'events'>[]

/** The question for the name, which is asked before the channels are known. */
export function changeNameQuestion(channels: () => Channels | undefined): SearchQuestion {
  return {
    kind: 'search',
    message: 'Event to change',
    label: 'Event',
    initial: '',
    choices() {
      const known = channels()
      if (known === undefined) return undefined
      const names = [...new Set(known.flatMap(({ events }) => events))]
      return names.map((name) => ({
        value: name,
        title: name,
        description: channelsOf(name, known).join(', '),
      }))
    },
  }
}

/** The channels that have an event of a name. */
export function channelsOf(name: string, channels: Channels): string[] {
  return channels.filter(({ events }) => events.includes(name)).map(({ id }) => id)
}

/** Why there is nothing to change by a name. */
export function findUnknownName(value: string, channels: Channels): ProblemWords | undefined {
  const known = [...new Set(channels.flatMap(({ events }) => events))]
  if (known.includes(value)) return undefined
  const nearest = findNearest(value, known)
  return {
    what: value === '' ? 'a change needs an event' : `there is no event \`${value}\``,
    ...(nearest === undefined ? {} : { fix: `did you mean ${nearest}?` }),
  }
}
