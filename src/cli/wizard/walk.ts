import { Failure, type ProblemWords } from '../../errors.js'
import type { Shown } from '../../report/shown/shown.js'
import type { Terminal } from './ask.js'
import { type Answered, BACK, type Question, sayProblem } from './question.js'

/** Where a dialogue stands; it is over where there is an end. */
interface Standing {
  readonly step: string
  /** Why the last answer was not taken; of another step, why it is asked after all. */
  readonly problem?: ProblemWords
  readonly end?: unknown
}

/** A dialogue as data: what is asked in a state, and the state behind an answer. */
export interface Dialogue<State extends Standing> {
  question(state: State): Question
  advance(state: State, value: string): State
  /** What was answered on the way to a state. */
  answered(state: State): readonly Answered[]
  /** The diff, which {@link DIFF} asks for. */
  diff(state: State): Shown
  /** Does what an answer asks for besides, such as to save a file; Failure where it cannot be done. */
  perform?(state: State, value: string): void
}

/**
 * Asks question after question, from a state to the first one that is an end. What was answered stays on the screen.
 *
 * @throws Failure with exit code 130 when the person leaves
 */
export async function walk<State extends Standing>(
  terminal: Terminal,
  start: State,
  dialogue: Dialogue<State>,
): Promise<State> {
  let state = start
  let isDiffShown = false
  while (state.end === undefined) {
    const question = withRefusal(dialogue.question(state), state, dialogue)
    // Told again behind the diff, all of it would push the diff off a small screen.
    const value: string = isDiffShown
      ? await terminal.ask(withoutBody(question))
      : await terminal.ask(question, dialogue.answered(state))
    isDiffShown = question.kind === 'select' && value === DIFF
    if (isDiffShown) terminal.tell(dialogue.diff(state))
    const next = dialogue.advance(state, value)
    state = tryToPerform(dialogue, state, value, next) ?? next
  }
  terminal.close(isDiffShown ? undefined : dialogue.answered(state))
  return state
}

/** What a choice answers that asks for the diff. */
export const DIFF = 'diff'

/** @returns where it stands if that fails */
function tryToPerform<State extends Standing>(
  { perform }: Dialogue<State>,
  state: State,
  value: string,
  next: State,
): State | undefined {
  try {
    if (value !== BACK && next.step !== state.step) perform?.(state, value)
    return undefined
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const [problem = { what: error.message }] = error.problems
    return { ...state, problem }
  }
}

/** A question that refuses what its step would not take, so that the answer stays to be mended, and says why it is asked again. */
function withRefusal<State extends Standing>(
  question: Question,
  state: State,
  { advance }: Pick<Dialogue<State>, 'advance'>,
): Question {
  return {
    ...question,
    ...(state.problem === undefined ? {} : { problem: sayProblem(state.problem) }),
    refuse(value) {
      if (value === BACK) return undefined
      const { step, problem } = advance(state, value)
      return problem === undefined || step !== state.step ? undefined : sayProblem(problem)
    },
  }
}

function withoutBody(question: Question): Question {
  if (question.kind !== 'select') return question
  const { body, ...rest } = question
  return rest
}
