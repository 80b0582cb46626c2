import type { ProblemWords } from '../../errors.js'
import type { Answers } from './answers.js'
import type { Facts } from './facts.js'
import { BACK, type Question } from './question.js'
import type { End, Step, StepId } from './step.js'
import { STEPS } from './steps.js'

/** Where the wizard stands. Every state is kept by none: going back keeps the answers, not the way there. */
export interface State {
  readonly step: StepId
  readonly answers: Answers
  /** Why the last answer was not taken. */
  readonly problem?: ProblemWords
  readonly end?: End
}

/** The first question. */
export function start(answers: Answers): State {
  return { step: 'name', answers }
}

/** What is asked in a state. */
export function questionOf(state: State, facts: Facts): Question {
  return stepOf(state.step).question(state.answers, facts)
}

/** The state behind an answer; {@link BACK} leads to the step before it with every answer kept. */
export function advance(state: State, value: string, facts: Facts): State {
  const { answers, step } = state
  if (value === BACK) return { step: neighbour(step, answers, facts, -1), answers }
  const taken = stepOf(step).take(value, answers, facts)
  if ('problem' in taken) return { step, answers, problem: taken.problem }
  if ('end' in taken) return { step, answers, end: taken.end }
  const { go = 'next' } = taken
  if (go === 'again') return { step, answers: taken.answers }
  if (go !== 'next') return { step: go, answers: taken.answers }
  return { step: neighbour(step, taken.answers, facts, 1), answers: taken.answers }
}

function stepOf(id: StepId): Step {
  const step = STEPS.find((one) => one.id === id)
  if (step === undefined) throw new Error(`there is no step ${id}`)
  return step
}

/** The nearest step in a direction that is asked; the same one where there is none. */
function neighbour(id: StepId, answers: Answers, facts: Facts, way: 1 | -1): StepId {
  const at = STEPS.findIndex((one) => one.id === id)
  for (let index = at + way; index >= 0 && index < STEPS.length; index += way) {
    const step = STEPS[index]
    if (step?.applies(answers, facts) === true) return step.id
  }
  return id
}
