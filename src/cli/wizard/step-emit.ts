import { type Answers, requestName, without } from './answers.js'
import { channelOf } from './facts.js'
import type { Choice } from './question.js'
import type { Step } from './step.js'
import { BACK_CHOICE } from './step-direction.js'
import { probe } from './step-store.js'

const DEFAULT = 'default'
const ELSEWHERE = 'elsewhere'

const TARGETS: Readonly<Record<string, Choice>> = {
  client: { value: 'client', title: 'to one client', description: 'by a helper beside the manager' },
  room: { value: 'room', title: 'to a room', description: 'by a helper beside the manager' },
  all: { value: 'all', title: 'to everyone', description: 'every connected client gets it' },
}

export const emitStep: Step = {
  id: 'emit',
  applies: ({ direction }) => direction !== 'client-to-server',
  question: (answers, facts) => ({
    kind: 'select',
    message: 'Where the server sends it',
    choices: [
      defaultChoice(answers),
      ...(channelOf(facts, answers.channel)?.targets ?? []).flatMap((one) => TARGETS[one] ?? []),
      { value: ELSEWHERE, title: 'elsewhere', description: 'in a module, class or function you name' },
      { value: 'none', title: 'nowhere yet', description: 'only the factory is written' },
      BACK_CHOICE,
    ],
    initial: answers.emitIn === undefined ? (answers.emit ?? DEFAULT) : ELSEWHERE,
  }),
  take(value, answers, facts) {
    if (value === ELSEWHERE) return { answers: { ...without(answers, 'emit'), emitIn: answers.emitIn ?? '' } }
    const bare = without(answers, 'emit', 'emitIn')
    return probe(value === DEFAULT ? bare : { ...bare, emit: value }, facts)
  },
}

export const emitInStep: Step = {
  id: 'emitIn',
  applies: ({ direction, emitIn }) => direction !== 'client-to-server' && emitIn !== undefined,
  question: (answers) => ({
    kind: 'text',
    message: 'File of the backend, and the name in it',
    initial: answers.emitIn ?? '',
    hint: () => ({
      isProblem: false,
      text: 'FILE or FILE:NAME, as in cachibot/services/job_runner.py:JobRunner',
    }),
  }),
  take(value, answers, facts) {
    if (value === '') return { problem: { what: 'a file is missing', fix: 'or go back with <' } }
    return probe({ ...answers, emitIn: value }, facts)
  },
}

function defaultChoice(answers: Answers): Choice {
  const title = answers.direction === 'bidirectional' ? 'as the answer' : 'as usual'
  const description =
    answers.direction === 'bidirectional'
      ? `in the branch of ${requestName(answers)}`
      : 'by a helper, to whom the channel mostly sends'
  return { value: DEFAULT, title, description }
}
