import { type Answers, requestName } from './answers.js'
import { type Facts, isKnown } from './facts.js'
import {
  type AnsweredField,
  changeFields,
  completeField,
  describeType,
  fieldsAt,
  findFieldProblem,
  proposeField,
  readField,
  sayField,
  TYPES,
  withFieldsAt,
} from './fields.js'
import { findMisfit } from './probe.js'
import { type Hint, type Question, sayProblem } from './question.js'
import type { Step, Taken } from './step.js'

/** How much of the fields that are there stands in the question. */
const SHOWN = 24

type Key = 'fields' | 'requestFields'

/** Fields are one question asked again and again: a field of a known name replaces it, `-name` takes it out. */
function fieldsQuestion(answers: Answers, key: Key, owner: string, whenEmpty: string): Question {
  const { within = [] } = answers
  const fields = fieldsAt(answers[key], within)
  const names = fields.map(({ name }) => name).join(', ')
  const shown = names.length > SHOWN ? `… ${names.slice(-SHOWN)}` : names
  const inside = within.length === 0 ? '' : ` of ${within.join('.')}`
  return {
    kind: 'text',
    message:
      fields.length === 0
        ? `First field of ${[owner, ...within].join('.')}`
        : `Next field${inside} (${shown})`,
    label: `Fields${inside}`,
    initial: '',
    hint: (value) => hintField(value, fields, within, whenEmpty),
    complete: (value) => completeField(value, fields, ['{}']),
  }
}

export const fieldsStep: Step = {
  id: 'fields',
  label: 'Fields',
  sets: ['fields'],
  applies: () => true,
  said: ({ fields, ...answers }, facts) =>
    sayFields(fields, isKnown(answers, facts) ? 'as they are' : 'none'),
  question: (answers, facts) =>
    fieldsQuestion(answers, 'fields', answers.name ?? '', isKnown(answers, facts) ? 'as they are' : 'none'),
  take: (value, answers, facts) => takeField(value, answers, 'fields', facts),
  check: (answers, facts) => findMisfit(answers, facts, 'fields'),
  back: (answers) => leaveObject(answers, 'fields'),
}

export const requestFieldsStep: Step = {
  id: 'requestFields',
  label: 'Fields of the request',
  sets: ['requestFields'],
  applies: ({ direction }) => direction === 'bidirectional',
  said: ({ requestFields, name }) => sayFields(requestFields, `the required ones of ${name}`),
  question: (answers) =>
    fieldsQuestion(answers, 'requestFields', requestName(answers), `the required ones of ${answers.name}`),
  take: (value, answers, facts) => takeField(value, answers, 'requestFields', facts),
  back: (answers) => leaveObject(answers, 'requestFields'),
}

function sayFields(fields: readonly AnsweredField[], whenEmpty: string): string {
  return fields.length === 0 ? whenEmpty : fields.map(sayField).join(', ')
}

function takeField(value: string, answers: Answers, key: Key, facts: Facts): Taken {
  const { within = [] } = answers
  const fields = fieldsAt(answers[key], within)
  if (value === '') {
    if (within.length === 0) {
      const problem = findMisfit(answers, facts, key)
      return problem === undefined ? { answers } : { problem }
    }
    if (fields.length === 0)
      return { problem: { what: 'an object needs a field', fix: '< goes back; dict is one of any keys' } }
    return { answers: { ...answers, within: within.slice(0, -1) }, go: 'again' }
  }
  const problem = findFieldProblem(value, fields, within.length > 0)
  if (problem !== undefined) return { problem }
  const next = { ...answers, [key]: withFieldsAt(answers[key], within, changeFields(value, fields)) }
  const field = readField(value)
  const isObject = !value.startsWith('-') && field.fields !== undefined
  return { answers: isObject ? { ...next, within: [...within, field.name] } : next, go: 'again' }
}

/** Back from the fields of an object, which goes again where it has none; undefined outside of any. */
function leaveObject(answers: Answers, key: Key): Answers | undefined {
  const { within = [] } = answers
  const name = within.at(-1)
  if (name === undefined) return undefined
  const around = within.slice(0, -1)
  const isEmpty = fieldsAt(answers[key], within).length === 0
  const kept = fieldsAt(answers[key], around).filter((one) => !isEmpty || one.name !== name)
  return { ...answers, within: around, [key]: withFieldsAt(answers[key], around, kept) }
}

function hintField(
  value: string,
  fields: readonly AnsweredField[],
  within: readonly string[],
  whenEmpty: string,
): Hint {
  const isInside = within.length > 0
  if (value === '') {
    const object = within.at(-1) ?? ''
    const done = isInside
      ? `Enter: ${object} is done · <: back`
      : `Enter: ${fields.length === 0 ? whenEmpty : 'done'} · <: back`
    return {
      isProblem: false,
      text: [
        ...(fields.length === 0 ? [] : [`so far: ${fields.map(sayField).join(', ')}`]),
        `name:type, as seat_id:str${fields.length === 0 ? '' : ' · -name removes one'}`,
        done,
        `${TYPES}\n${isInside ? '' : 'T=default · '}{} object · {}[] list of objects`,
      ].join('\n'),
    }
  }
  const problem = findFieldProblem(value, fields, isInside)
  if (problem !== undefined) {
    const proposal = value.includes(':') ? proposeField(value, isInside) : undefined
    return { isProblem: true, text: sayProblem(problem), ...(proposal === undefined ? {} : { proposal }) }
  }
  if (value.startsWith('-')) return { isProblem: false, text: `removes ${value.slice(1)}` }
  const field = readField(value)
  const known = fields.find(({ name }) => name === field.name)
  const change = known === undefined ? '' : `, in place of ${known.type}`
  return { isProblem: false, text: `${field.name}: ${describeType(field)}${change}` }
}
