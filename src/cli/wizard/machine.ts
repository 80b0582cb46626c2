import type { ProblemWords } from '../../errors.js'
import { type Answers, without } from './answers.js'
import type { Facts } from './facts.js'
import { type Answered, BACK, type Question } from './question.js'
import type { End, Step, StepId } from './step.js'
import { STEPS } from './steps.js'

/** Where the wizard stands. Every state is kept by none: going back keeps the answers, not the way there. */
export interface State {
  readonly step: StepId
  readonly answers: Answers
  /** The steps that flags answered. */
  readonly given: readonly StepId[]
  /** Why the last answer was not taken, or what a flag gave. */
  readonly problem?: ProblemWords
  readonly end?: End
}

/**
 * The first question.
 *
 * @param answers what flags said, which is not asked again unless the repository cannot take it
 */
export function start(answers: Answers): State {
  return { step: 'name', answers, given: STEPS.filter((step) => isGiven(step, answers)).map(({ id }) => id) }
}

/** What is asked in a state. */
export function questionOf({ step: id, answers }: State, facts: Facts): Question {
  const step = stepOf(id)
  return { label: step.label, ...step.question(answers, facts) }
}

/** What was answered on the way to a state, by flags as well. */
export function answeredOf({ step: id, answers, given }: State, facts: Facts): readonly Answered[] {
  const before = STEPS.slice(0, STEPS.indexOf(stepOf(id))).filter((step) => step.applies(answers, facts))
  return before.flatMap((step) => {
    const answer = step.said(answers, facts)
    if (answer === undefined) return []
    return [{ label: step.label, answer: given.includes(step.id) ? `${answer} (as given)` : answer }]
  })
}

/** The state behind an answer; {@link BACK} leads to the step before it with every answer kept. */
export function advance(state: State, value: string, facts: Facts): State {
  const { answers, step: id, given } = state
  const step = stepOf(id)
  if (value === BACK) {
    const inside = step.back?.(answers)
    return inside === undefined ? move(state, answers, facts, -1) : { step: id, answers: inside, given }
  }
  const taken = step.take(value, answers, facts)
  if ('problem' in taken) return { step: id, answers, given, problem: taken.problem }
  if ('end' in taken) return { step: id, answers, given, end: taken.end }
  const { go = 'next' } = taken
  const next = {
    step: go === 'next' || go === 'again' ? id : go,
    answers: forgetSaved(answers, taken.answers),
    given,
  }
  return go === 'next' ? move(next, next.answers, facts, 1) : next
}

function isGiven({ id, sets }: Step, answers: Answers): boolean {
  if (id === 'newStore' && answers.store?.startsWith('new:') !== true) return false
  return sets.some((key) => (answers[key] ?? []).length > 0)
}

/** A spec file does not hold what was answered later. */
function forgetSaved(before: Answers, after: Answers): Answers {
  const isSame = JSON.stringify(without(before, 'saved')) === JSON.stringify(without(after, 'saved'))
  return isSame ? after : without(after, 'saved')
}

function stepOf(id: StepId): Step {
  const step = STEPS.find((one) => one.id === id)
  if (step === undefined) throw new Error(`there is no step ${id}`)
  return step
}

/** The nearest step in a direction that is asked; the same one where there is none. */
function move({ step: id, given }: State, answers: Answers, facts: Facts, way: 1 | -1): State {
  const at = STEPS.findIndex((one) => one.id === id)
  for (let index = at + way; index >= 0 && index < STEPS.length; index += way) {
    const step = STEPS[index]
    if (step?.applies(answers, facts) !== true) continue
    if (!given.includes(step.id)) return { step: step.id, answers, given }
    const problem = step.check?.(answers, facts)
    if (problem === undefined) continue
    return { step: step.id, answers, given: given.filter((one) => one !== step.id), problem }
  }
  return { step: id, answers, given }
}
