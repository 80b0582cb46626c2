import { toSpecInput } from './answers.js'
import type { Facts } from './facts.js'
import { BACK, type Choice, sayProblem } from './question.js'
import type { Step } from './step.js'

/** The dry run of the event, and what to do with it. */
export const summaryStep: Step = {
  id: 'summary',
  applies: () => true,
  question(answers, facts) {
    const plan = facts.plan(toSpecInput(answers))
    const isPossible = !('problems' in plan) && plan.files.length > 0
    return {
      kind: 'select',
      message: isPossible ? 'Write this?' : 'Nothing to write',
      body: facts.describe(plan),
      choices: [...(isPossible ? possible(facts) : []), ...ALWAYS],
      initial: isPossible ? 'write' : BACK,
    }
  },
  take(value, answers) {
    if (value === 'save') return { answers, go: 'save' }
    if (value === 'diff') return { answers, go: 'again' }
    return { end: { kind: value === 'write' ? 'write' : 'cancel' } }
  },
}

/** Only reached from the summary. */
export const saveStep: Step = {
  id: 'save',
  applies: () => false,
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
  take(value, _answers, facts) {
    const problem = facts.findSaveProblem(value)
    return problem === undefined ? { end: { kind: 'save', file: value } } : { problem }
  },
}

const ALWAYS: readonly Choice[] = [
  { value: BACK, title: 'back', description: 'answers are kept', key: 'b' },
  { value: 'save', title: 'save as a spec file', description: 'write it later, or in a script', key: 's' },
  { value: 'cancel', title: 'cancel', description: 'nothing is written', key: 'c' },
]

function possible({ isDryRun }: Facts): Choice[] {
  return [
    isDryRun
      ? { value: 'write', title: 'print the diff', description: 'the run writes nothing', key: 'w' }
      : { value: 'write', title: 'write', description: 'all of it, or nothing', key: 'w' },
    { value: 'diff', title: 'show the diff', description: 'then this question again', key: 'd' },
  ]
}
