import type { ProblemWords } from '../../errors.js'
import { createPainter } from '../../report/color.js'
import { renderProblems } from '../../report/text.js'
import type { World } from '../context.js'
import { loadPrompts } from './prompts.js'
import { BACK, type Question, sayProblem } from './question.js'

/** Where a dialogue stands; it is over where there is an end. */
interface Standing {
  /** Why the last answer was not taken. */
  readonly problem?: ProblemWords
  readonly end?: unknown
}

/** A dialogue as data: what is asked in a state, and the state behind an answer. */
export interface Dialogue<State extends Standing> {
  question(state: State): Question
  advance(state: State, value: string): State
  /** Shows the diff, where an answer asks for it. */
  showDiff(state: State): void
}

/**
 * Asks question after question, from a state to the first one that is an end.
 *
 * @throws Failure with exit code 130 when the person leaves
 */
export async function walk<State extends Standing>(
  { stderr }: Pick<World, 'stderr'>,
  color: boolean,
  start: State,
  dialogue: Dialogue<State>,
): Promise<State> {
  const ask = await loadPrompts(color)
  let state = start
  let isDiffShown = false
  while (state.end === undefined) {
    const question = dialogue.question(state)
    // Told again behind the diff, the summary would push it off a small screen.
    if (question.kind === 'select' && question.body !== undefined && !isDiffShown) stderr.write(question.body)
    const value = await ask(withRefusal(question, state, dialogue), color)
    isDiffShown = question.kind === 'select' && value === DIFF
    if (isDiffShown) dialogue.showDiff(state)
    state = dialogue.advance(state, value)
    if (state.problem !== undefined) stderr.write(renderProblems([state.problem], createPainter(color)))
  }
  return state
}

/** What a choice answers that asks for the diff. */
export const DIFF = 'diff'

/** A text question that refuses what its step would not take, so that the typed text stays to be mended. */
function withRefusal<State extends Standing>(
  question: Question,
  state: State,
  { advance }: Pick<Dialogue<State>, 'advance'>,
): Question {
  if (question.kind !== 'text') return question
  return {
    ...question,
    refuse(value) {
      const problem = value === BACK ? undefined : advance(state, value).problem
      return problem === undefined ? undefined : sayProblem(problem)
    },
  }
}
