import type { ChannelChoice } from '../../engine/choices.js'
import { findNearest, type ProblemWords } from '../../errors.js'
import { type Hint, type Question, sayProblem } from './question.js'

type Channels = readonly Pick<ChannelChoice, 'id' | 'events'>[]

/** The question for the name, which is asked before the channels are known. */
export function changeNameQuestion(channels: () => Channels): Extract<Question, { kind: 'text' }> {
  return {
    kind: 'text',
    message: 'Event to change',
    initial: '',
    hint: (value) => hintName(value, channels()),
  }
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

/** How many names that begin alike are offered. */
const OFFERED = 6

function hintName(value: string, channels: Channels): Hint {
  const known = [...new Set(channels.flatMap(({ events }) => events))]
  if (known.includes(value) || known.length === 0)
    return {
      isProblem: false,
      text: known.length === 0 ? 'an event that is there · Esc leaves' : `${value} is there`,
    }
  const fitting = known.filter((one) => one.includes(value))
  const shown = fitting.slice(0, OFFERED).join(', ')
  if (fitting.length > 0)
    return {
      isProblem: false,
      text: fitting.length > OFFERED ? `${shown} and ${fitting.length - OFFERED} more` : shown,
    }
  const problem = findUnknownName(value, channels)
  return { isProblem: true, text: problem === undefined ? '' : sayProblem(problem) }
}
