import { type Answers, requestName, without } from './answers.js'
import { channelOf, type Facts } from './facts.js'
import { findProblem, probe } from './probe.js'
import { type Choice, type Hint, sayProblem } from './question.js'
import type { Step } from './step.js'
import { BACK_CHOICE } from './step-direction.js'

const DEFAULT = 'default'
const ELSEWHERE = 'elsewhere'

const TARGETS: Readonly<Record<string, Choice>> = {
  client: { value: 'client', title: 'to one client', description: 'by a helper beside the manager' },
  room: { value: 'room', title: 'to a room', description: 'by a helper beside the manager' },
  all: { value: 'all', title: 'to everyone', description: 'every connected client gets it' },
}

export const emitStep: Step = {
  id: 'emit',
  label: 'Sent',
  sets: ['emit', 'emitIn'],
  applies: ({ direction }) => direction !== 'client-to-server',
  said: (answers, facts) => {
    if (answers.emitIn !== undefined) return answers.emitIn === '' ? ELSEWHERE : `in ${answers.emitIn}`
    return choicesOf(answers, facts).find((one) => one.value === (answers.emit ?? DEFAULT))?.title
  },
  question: (answers, facts) => ({
    kind: 'search',
    message: 'Where the server sends it',
    choices: () => [...choicesOf(answers, facts), BACK_CHOICE],
    initial: answers.emitIn === undefined ? (answers.emit ?? DEFAULT) : ELSEWHERE,
  }),
  take(value, answers, facts) {
    if (value === ELSEWHERE) return { answers: { ...without(answers, 'emit'), emitIn: answers.emitIn ?? '' } }
    const bare = without(answers, 'emit', 'emitIn')
    return probe(value === DEFAULT ? bare : { ...bare, emit: value }, facts, 'emitIn')
  },
  check: (answers, facts) => findProblem(answers, facts, 'emitIn'),
}

export const emitInStep: Step = {
  id: 'emitIn',
  label: 'Sent in',
  sets: ['emitIn'],
  applies: ({ direction, emitIn }) => direction !== 'client-to-server' && emitIn !== undefined,
  said: () => undefined,
  question: (answers, facts) => ({
    kind: 'text',
    message: 'File of the backend',
    initial: answers.emitIn ?? '',
    hint: (value) => hintPlace(value, facts),
    complete: (value) => completePlace(value, facts),
  }),
  take(value, answers, facts) {
    if (value === '') return { problem: { what: 'a file is missing', fix: 'or go back with <' } }
    return probe({ ...answers, emitIn: value }, facts, 'emitIn')
  },
}

function choicesOf(answers: Answers, facts: Facts): Choice[] {
  return [
    defaultChoice(answers),
    ...(channelOf(facts, answers)?.targets ?? []).flatMap((one) => TARGETS[one] ?? []),
    { value: ELSEWHERE, title: 'elsewhere', description: 'in a module, class or function you name' },
    { value: 'none', title: 'nowhere yet', description: 'only the factory is written' },
  ]
}

function defaultChoice(answers: Answers): Choice {
  const title = answers.direction === 'bidirectional' ? 'as the answer' : 'as usual'
  const description =
    answers.direction === 'bidirectional'
      ? `in the branch of ${requestName(answers)}`
      : 'by a helper, to whom the channel mostly sends'
  return { value: DEFAULT, title, description }
}

/** `FILE:NAME` in its two halves; the name is undefined where there is no colon yet. */
function splitTyped(value: string): { file: string; name: string | undefined } {
  const path = value.replace(/^(?:\.\/)+/, '')
  const at = path.indexOf(':')
  return at === -1 ? { file: path, name: undefined } : { file: path.slice(0, at), name: path.slice(at + 1) }
}

/**
 * What Tab can make of a place: the next folder or file of a path, the files that hold what was typed, or the classes
 * and functions of a file.
 */
function completePlace(value: string, { backend }: Facts): readonly string[] {
  const { file, name } = splitTyped(value)
  const files = backend.files()
  if (name !== undefined || files.includes(file))
    return namesOf(file, name ?? '', backend).map((one) => `${file}:${one}`)
  const inside = files.filter((one) => one.startsWith(file))
  if (inside.length === 0) return files.filter((one) => one.includes(file))
  const next = inside.map((one) => one.slice(0, one.indexOf('/', file.length) + 1 || one.length))
  return [...new Set(next)]
}

/** The classes and functions of a file whose paths begin with what was typed, or go on with it. */
function namesOf(file: string, typed: string, { names }: Facts['backend']): readonly string[] {
  const all = names(file)
  const whole = all.filter((one) => one.startsWith(typed))
  return whole.length > 0 ? whole : all.filter((one) => one.includes(`.${typed}`))
}

const NAMED = 4

function hintPlace(value: string, facts: Facts): Hint {
  const { file, name } = splitTyped(value)
  if (value === '')
    return {
      isProblem: false,
      text: 'FILE or FILE:NAME, as cachibot/services/job_runner.py:JobRunner\nTab completes paths, classes and functions',
    }
  const isFile = facts.backend.files().includes(file)
  const found = completePlace(value, facts)
  if (isFile && name === undefined)
    return { isProblem: false, text: `the file as a whole, or one of it with :NAME (Tab: ${found.length})` }
  if (isFile && found.includes(value)) return { isProblem: false, text: `${name} of ${file}` }
  if (found.length === 0) {
    const what = isFile
      ? `${file} has no class or function ${name}`
      : `no Python file of the backend is called ${file}`
    return { isProblem: true, text: sayProblem({ what, fix: 'shorten it, and Tab shows what there is' }) }
  }
  const shown = found.slice(0, NAMED).map((one) => (isFile ? one.slice(file.length + 1) : one))
  const more = found.length - shown.length
  return { isProblem: false, text: `Tab: ${shown.join(' ')}${more > 0 ? ` and ${more} more` : ''}` }
}
