import type { ChannelChoice } from '../../engine/choices.js'
import { Failure, type ProblemWords } from '../../errors.js'
import { lines, type Shown, say, shownOf, widest } from '../../report/shown/shown.js'
import { buildChange, type ChangeInput } from '../../spec/change-spec.js'
import { proposeName } from '../../spec/names.js'
import { changeNameQuestion, channelsOf, findUnknownName } from './change-name.js'
import type { Planned } from './facts.js'
import { completeField, proposeField, TYPES } from './fields.js'
import { type Answered, BACK, type Choice, type Hint, type Question, sayProblem } from './question.js'
import { BACK_CHOICE } from './step-direction.js'
import { DIFF } from './walk.js'

/** A field of an event, for people. */
export interface ShownField {
  /** Its key on the wire. */
  readonly key: string
  readonly type: string
}

/** What the dialogue of a change knows of the checkout. */
export interface ChangeFacts {
  readonly channels: readonly ChannelChoice[]
  readonly isDryRun: boolean
  fieldsOf(name: string, channel: string): readonly ShownField[]
  plan(answers: ChangeAnswers): Planned
  describe(planned: Planned): Shown
}

/** What was answered so far: what the flags of `change-event` say. */
export interface ChangeAnswers extends Omit<ChangeInput, 'pass'> {
  readonly channel: string | undefined
}

const ACTIONS = {
  add: 'add a field',
  remove: 'remove a field',
  rename: 'rename a field',
  setType: 'give a field another type',
  description: 'say something else about it',
} as const
type Action = keyof typeof ACTIONS
const KEYS: Readonly<Record<Action, string>> = {
  add: 'a',
  remove: 'r',
  rename: 'n',
  setType: 't',
  description: 'd',
}

/** Where the dialogue stands. */
export interface ChangeState {
  readonly step: 'name' | 'channel' | 'action' | 'field' | 'value' | 'summary'
  readonly answers: ChangeAnswers
  readonly action?: Action
  readonly field?: string
  readonly problem?: ProblemWords
  readonly end?: 'write' | 'cancel'
}

/**
 * The first question.
 *
 * @param given what flags said
 */
export function startChange(given: Omit<ChangeAnswers, 'name'>): ChangeState {
  return { step: 'name', answers: { ...given, name: '' } }
}

/** What is asked in a state. */
export function changeQuestion(state: ChangeState, facts: ChangeFacts): Question {
  const { answers, step } = state
  switch (step) {
    case 'name':
      return changeNameQuestion(() => facts.channels)
    case 'channel':
      return {
        kind: 'search',
        message: 'Channel',
        choices: () => [
          ...channelsOf(answers.name, facts.channels).map((id) => ({ value: id, title: id })),
          BACK_CHOICE,
        ],
        initial: answers.channel ?? '',
      }
    case 'action':
      return actionQuestion(state, facts)
    case 'field':
      return {
        kind: 'search',
        message: `Which field (${ACTIONS[state.action ?? 'remove']})`,
        choices: () => [
          ...fieldsLeft(state, facts).map(({ key, type }) => ({ value: key, title: key, description: type })),
          BACK_CHOICE,
        ],
        initial: '',
      }
    case 'value':
      return {
        kind: 'text',
        message: valueMessage(state),
        initial: '',
        hint: (value) => hintValue(state, value),
        complete: (value) => completeValue(state, value),
      }
    case 'summary':
      return summaryQuestion(answers, facts)
  }
}

/** What was answered on the way to a state. */
export function changeAnswered(
  { step, answers, action, field }: ChangeState,
  facts: ChangeFacts,
): readonly Answered[] {
  if (step === 'name') return []
  const { name, channel } = answers
  const isOne = channelsOf(name, facts.channels).length === 1
  const changes = step === 'summary' ? changesOf(answers) : []
  return [
    { label: 'Event', answer: name },
    ...(step === 'channel' || isOne || channel === undefined ? [] : [{ label: 'Channel', answer: channel }]),
    ...changes.map((answer) => ({ label: 'Change', answer })),
    ...(step === 'field' || step === 'value' ? [{ label: 'Change', answer: sayAction(action, field) }] : []),
  ]
}

function sayAction(action: Action = 'add', field = ''): string {
  return field === '' ? ACTIONS[action] : `${ACTIONS[action]}, ${field}`
}

/** The state behind an answer; {@link BACK} leads back with every answer kept. */
export function advanceChange(state: ChangeState, value: string, facts: ChangeFacts): ChangeState {
  const { answers, step, action = 'add', field = '' } = state
  const at = (next: ChangeState['step'], more: Partial<ChangeState> = {}): ChangeState => ({
    step: next,
    answers,
    ...more,
  })
  if (value === BACK) return at(before(state, facts), step === 'value' ? { action } : {})
  switch (step) {
    case 'name': {
      const problem = findUnknownName(value, facts.channels)
      if (problem !== undefined) return at('name', { problem })
      const ids = channelsOf(value, facts.channels)
      const isKnown = answers.channel !== undefined && ids.includes(answers.channel)
      const channel = isKnown ? answers.channel : ids.length === 1 ? ids[0] : undefined
      return {
        step: channel === undefined ? 'channel' : 'action',
        answers: { ...answers, name: value, channel },
      }
    }
    case 'channel':
      return { step: 'action', answers: { ...answers, channel: value } }
    case 'action':
      if (value === 'done') return at('summary')
      return at(hasField(value as Action) ? 'field' : 'value', { action: value as Action })
    case 'field':
      if (action === 'remove')
        return { step: 'action', answers: { ...answers, remove: [...answers.remove, value] } }
      return at('value', { action, field: value })
    case 'value': {
      const next = withValue(answers, action, field, value)
      const problem = problemOf(next)
      return problem === undefined
        ? { step: 'action', answers: next }
        : at('value', { action, field, problem })
    }
    case 'summary':
      if (value === DIFF) return at('summary')
      return at('summary', { end: value === 'write' ? 'write' : 'cancel' })
  }
}

function before(
  { step, action }: ChangeState,
  { channels }: Pick<ChangeFacts, 'channels'>,
): ChangeState['step'] {
  if (step === 'summary' || step === 'field') return 'action'
  if (step === 'value') return action !== undefined && hasField(action) ? 'field' : 'action'
  return channels.length === 0 ? step : 'name'
}

function hasField(action: Action): boolean {
  return action === 'remove' || action === 'rename' || action === 'setType'
}

function actionQuestion(state: ChangeState, facts: ChangeFacts): Question {
  const { answers } = state
  const isChanged = changesOf(answers).length > 0
  const actions = (Object.keys(ACTIONS) as Action[]).filter(
    (action) => !hasField(action) || fieldsLeft(state, facts).length > 0,
  )
  const done: Choice = { value: 'done', title: 'see what that comes to', key: 's' }
  return {
    kind: 'select',
    message: isChanged ? 'What else' : `What of ${answers.name}`,
    body: renderFields(answers, facts),
    choices: [
      ...(isChanged ? [done] : []),
      ...actions.map((action) => ({ value: action, title: ACTIONS[action], key: KEYS[action] })),
      BACK_CHOICE,
    ],
    initial: isChanged ? 'done' : 'add',
  }
}

/** The fields that are there, and what becomes of them so far. */
function renderFields(answers: ChangeAnswers, { fieldsOf }: ChangeFacts): Shown {
  const fields = fieldsOf(answers.name, answers.channel ?? '')
  const width = widest(fields.map(({ key }) => shownOf(key)))
  const changes = changesOf(answers)
  return lines([
    '',
    ...(fields.length === 0 ? ['  no fields yet'] : []),
    ...fields.map(({ key, type }) => say`  ${shownOf(key).padEnd(width)}  ${type}`),
    ...changes.map((change) => say`  → ${change}`),
    '',
  ])
}

function changesOf({ add, remove, rename, setType, description }: ChangeAnswers): string[] {
  return [
    ...add.map((one) => `add ${one}`),
    ...remove.map((one) => `remove ${one}`),
    ...rename.map((one) => `rename ${one.replace(':', ' to ')}`),
    ...setType.map((one) => `type ${one}`),
    ...(description === undefined ? [] : [`description: ${description}`]),
  ]
}

/** The fields that nothing is done about yet. */
function fieldsLeft({ answers }: ChangeState, { fieldsOf }: ChangeFacts): readonly ShownField[] {
  const { name, channel = '', remove, rename, setType } = answers
  const touched = new Set([...remove, ...[...rename, ...setType].map((one) => one.split(':')[0] ?? '')])
  return fieldsOf(name, channel).filter(({ key }) => !touched.has(key))
}

function valueMessage({ action, field = '', answers }: ChangeState): string {
  switch (action) {
    case 'rename':
      return `New name of ${field}`
    case 'setType':
      return `Type of ${field}`
    case 'description':
      return `What ${answers.name} says`
    default:
      return `New field of ${answers.name}`
  }
}

const HELP: Readonly<Record<Action, string>> = {
  add: `name:type, as note:str? · <: back\n${TYPES}\nT=default`,
  remove: '',
  rename: 'snake_case · <: back',
  setType: `${TYPES}\nT=default · <: back`,
  description: 'one line for docstrings and comments · <: back',
}

function hintValue({ answers, action = 'add', field = '' }: ChangeState, value: string): Hint {
  if (value === '') return { isProblem: false, text: HELP[action] }
  const next = withValue(answers, action, field, value)
  const problem = problemOf(next)
  if (problem === undefined) return { isProblem: false, text: changesOf(next).at(-1) ?? '' }
  const proposal = proposeValue(action, value, (one) => problemOf(withValue(answers, action, field, one)))
  return { isProblem: true, text: sayProblem(problem), ...(proposal === undefined ? {} : { proposal }) }
}

/** What Tab takes in place of a name that is none. */
function proposeValue(
  action: Action,
  value: string,
  find: (value: string) => ProblemWords | undefined,
): string | undefined {
  const near =
    action === 'add'
      ? [value.includes(':') ? (proposeField(value, false) ?? value) : value]
      : [proposeName(value) ?? value, `${value}_value`]
  return action === 'setType' ? undefined : near.find((one) => one !== value && find(one) === undefined)
}

/** What Tab can make of a value: a type that begins so. */
function completeValue({ action = 'add', field = '' }: ChangeState, value: string): readonly string[] {
  if (action === 'add') return completeField(value, [])
  if (action !== 'setType') return []
  return completeField(`${field}:${value}`, []).map((one) => one.slice(field.length + 1))
}

function withValue(answers: ChangeAnswers, action: Action, field: string, value: string): ChangeAnswers {
  switch (action) {
    case 'rename':
    case 'setType':
      return { ...answers, [action]: [...answers[action], `${field}:${value}`] }
    case 'description':
      return { ...answers, description: value }
    default:
      return { ...answers, add: [...answers.add, value] }
  }
}

function problemOf(answers: ChangeAnswers): ProblemWords | undefined {
  try {
    buildChange({ ...answers, pass: [] })
    return undefined
  } catch (error) {
    if (error instanceof Failure) return error.problems[0]
    throw error
  }
}

function summaryQuestion(answers: ChangeAnswers, facts: ChangeFacts): Question {
  const planned = facts.plan(answers)
  const isPossible = !('problems' in planned) && !planned.isBlocked && planned.files.length > 0
  const write: Choice = facts.isDryRun
    ? { value: 'write', title: 'print the diff', description: 'the run writes nothing', key: 'w' }
    : { value: 'write', title: 'write', description: 'all of it, or nothing', key: 'w' }
  const diff: Choice = {
    value: DIFF,
    title: 'show the diff',
    description: 'then this question again',
    key: 'd',
  }
  return {
    kind: 'select',
    message: isPossible ? 'Write this?' : 'Nothing to write',
    body: facts.describe(planned),
    choices: [
      ...(isPossible ? [write, diff] : []),
      { value: BACK, title: 'back', description: 'answers are kept', key: 'b' },
      { value: 'cancel', title: 'cancel', description: 'nothing is written', key: 'c' },
    ],
    initial: isPossible ? 'write' : BACK,
  }
}
