import { DIRECTIONS, type Direction } from '../../spec/event-spec.js'
import { deriveNames } from '../../spec/names.js'
import { findMisfit } from './probe.js'
import { BACK, type Choice } from './question.js'
import type { Step } from './step.js'

export const directionStep: Step = {
  id: 'direction',
  label: 'Direction',
  sets: ['direction'],
  said: ({ direction }) => direction,
  applies: () => true,
  question: ({ name = '', direction }) => ({
    kind: 'search',
    message: 'Direction',
    choices: () => [...directionChoices(name), BACK_CHOICE],
    initial: direction ?? 'server-to-client',
  }),
  take(value, answers, facts) {
    const taken = { ...answers, direction: value as Direction }
    const problem = findMisfit(taken, facts, 'direction')
    return problem === undefined ? { answers: taken } : { problem }
  },
  check: (answers, facts) => findMisfit(answers, facts, 'direction'),
}

/** The last choice of every question that has choices. */
export const BACK_CHOICE: Choice = { value: BACK, title: 'back', description: 'answers are kept', key: BACK }

function directionChoices(name: string): Choice[] {
  const { pascal } = deriveNames(name)
  const meaning: Readonly<Record<Direction, string>> = {
    'server-to-client': `the server tells the client: case '${name}'`,
    'client-to-server': `the client asks the server: send${pascal}()`,
    bidirectional: `the client asks with a request, ${name} is the answer`,
  }
  return DIRECTIONS.map((value) => ({ value, title: value, description: meaning[value] }))
}
