import type { ChannelChoice } from '../../engine/choices.js'
import type { ProblemWords } from '../../errors.js'
import { deriveNames } from '../../spec/names.js'
import { findEventNameProblem } from '../../spec/reserved.js'
import { type Answers, requestName, without } from './answers.js'
import { channelOf, isKnown } from './facts.js'
import { type Hint, refusedName, type TextQuestion } from './question.js'
import type { Step } from './step.js'
import { withoutPrefix } from './step-channel.js'

export const nameStep: Step = {
  id: 'name',
  label: 'Name',
  sets: ['name'],
  applies: () => true,
  said: ({ name }) => name,
  question: (answers, { channels }) => nameQuestion(answers, () => channels),
  take(value, answers) {
    const problem = findNameProblem(value)
    return problem === undefined ? { answers: { ...answers, name: value } } : { problem }
  },
}

/** The question for the name, which is asked before the channels are known. */
export function nameQuestion(
  answers: Answers,
  channels: () => readonly ChannelChoice[] | undefined,
): TextQuestion {
  return {
    kind: 'text',
    message: 'Name of the event',
    label: 'Name',
    initial: answers.name ?? '',
    hint: (value) => hintName(value, answers, channels() ?? []),
  }
}

export const requestStep: Step = {
  id: 'request',
  label: 'Request',
  sets: ['requestName'],
  said: requestName,
  applies: ({ direction }) => direction === 'bidirectional',
  question: (answers) => ({
    kind: 'text',
    message: 'Name of the request',
    initial: requestName(answers),
    hint: (value) => hintRequest(value, answers),
  }),
  take(value, answers) {
    const problem = findRequestProblem(value, answers)
    if (problem !== undefined) return { problem }
    const isDefault = value === `${answers.name}_request`
    return { answers: isDefault ? without(answers, 'requestName') : { ...answers, requestName: value } }
  },
}

/** What a name becomes at the sites of its channel, or the first rule that it breaks. */
function hintName(value: string, answers: Answers, channels: readonly ChannelChoice[]): Hint {
  if (value === '') {
    return {
      isProblem: false,
      text: 'snake_case, what happened: seat_taken · Esc leaves, nothing is written',
    }
  }
  const problem = findNameProblem(value)
  if (problem !== undefined) return refusedName(value, problem, findNameProblem)
  const named = { ...answers, name: value }
  const channel = channelOf({ channels }, named)
  if (isKnown(named, { channels })) {
    const where = channels.length > 1 ? ` (${channel?.id})` : ''
    return {
      isProblem: false,
      text: `${value} is there already${where}: what is missing of it will be written`,
    }
  }
  const { constant, pascal } = deriveNames(value)
  const factory = `${channel?.envelope ?? 'WSMessage'}.${withoutPrefix(channel, value)}()`
  return { isProblem: false, text: [constant, factory, `${pascal}Payload`, `case '${value}'`].join(' · ') }
}

function hintRequest(value: string, answers: Answers): Hint {
  const problem = findRequestProblem(value, answers)
  if (problem !== undefined) return refusedName(value, problem, (one) => findRequestProblem(one, answers))
  const { constant, pascal } = deriveNames(value)
  return { isProblem: false, text: [constant, `send${pascal}()`, `elif … ${constant}`].join(' · ') }
}

function findNameProblem(value: string): ProblemWords | undefined {
  if (value === '') return { what: 'an event needs a name', fix: 'for example seat_taken' }
  return findEventNameProblem(value)
}

function findRequestProblem(value: string, { name }: Answers): ProblemWords | undefined {
  if (value === name) {
    return { what: 'the request cannot have the name of its event', fix: `for example \`${name}_request\`` }
  }
  return value === '' ? { what: 'a request needs a name' } : findEventNameProblem(value, 'request')
}
