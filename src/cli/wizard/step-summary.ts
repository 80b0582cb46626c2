import { toSpecInput } from './answers.js'
import type { Facts } from './facts.js'
import { BACK, type Choice, sayProblem } from './question.js'
import type { End, Step } from './step.js'
import { DIFF } from './walk.js'

/** The dry run of the event, and what to do with it. */
export const summaryStep: Step = {
  id: 'summary',
  label: 'Write this?',
  sets: [],
  applies: () => true,
  said: () => undefined,
  question(answers, facts) {
    const plan = facts.plan(toSpecInput(answers))
    const isPossible = !('problems' in plan) && plan.files.length > 0
    const { saved } = answers
    return {
      kind: 'select',
      message: `${saved === undefined ? '' : `${saved} is saved. `}${isPossible ? 'Write this?' : 'Nothing to write'}`,
      body: facts.describe(plan),
      choices: [...(isPossible ? possible(facts) : []), ...always(saved)],
      initial: isPossible && saved === undefined ? 'write' : saved === undefined ? BACK : 'leave',
    }
  },
  take(value, answers) {
    if (value === 'save') return { answers, go: 'save' }
    if (value === DIFF) return { answers, go: 'again' }
    return { end: value as End }
  },
}

/** Only reached from the summary, and leads back to it. */
export const saveStep: Step = {
  id: 'save',
  label: 'Spec file',
  sets: [],
  applies: () => false,
  said: () => undefined,
  question: ({ name }, facts) => ({
    kind: 'text',
    message: 'File for the spec',
    initial: `${name}.yaml`,
    hint(value) {
      const problem = facts.findSaveProblem(value)
      return problem === undefined
        ? { isProblem: false, text: `cachibot-ws add-event --spec ${value} adds it later` }
        : { isProblem: true, text: sayProblem(problem) }
    },
  }),
  take(value, answers, facts) {
    const problem = facts.findSaveProblem(value)
    return problem === undefined ? { answers: { ...answers, saved: value }, go: 'summary' } : { problem }
  },
}

function always(saved: string | undefined): Choice[] {
  return [
    { value: BACK, title: 'back', description: 'answers are kept', key: 'b' },
    { value: 'save', title: 'save as a spec file', description: 'and go on here', key: 's' },
    saved === undefined
      ? { value: 'cancel', title: 'cancel', description: 'nothing is written', key: 'c' }
      : {
          value: 'leave',
          title: 'leave it at that',
          description: `${saved} is all that is written`,
          key: 'l',
        },
  ]
}

function possible({ isDryRun }: Facts): Choice[] {
  return [
    isDryRun
      ? { value: 'write', title: 'print the diff', description: 'the run writes nothing', key: 'w' }
      : { value: 'write', title: 'write', description: 'all of it, or nothing', key: 'w' },
    { value: DIFF, title: 'show the diff', description: 'then this question again', key: 'd' },
  ]
}
