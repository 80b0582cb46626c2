import type { ProblemWords } from '../../errors.js'
import { type Field, isProblem, parseType, printField } from '../../spec/field-type.js'
import { findFieldNameProblem } from '../../spec/reserved.js'
import { type Answers, fieldName, requestName } from './answers.js'
import { channelOf } from './facts.js'
import { type Hint, type Question, sayProblem } from './question.js'
import type { Step, Taken } from './step.js'

const HELP = 'name:type adds or changes one · -name removes it · Enter: done · <: back'

/** How much of the fields that are there stands in the question. */
const SHOWN = 24

/** Fields are one question asked again and again: a field of a known name replaces it, `-name` takes it out. */
function fieldsQuestion(owner: string, fields: readonly string[], whenEmpty: string): Question {
  const names = fields.map(fieldName).join(', ')
  const shown = names.length > SHOWN ? `… ${names.slice(-SHOWN)}` : names
  return {
    kind: 'text',
    message: fields.length === 0 ? `First field of ${owner}` : `Next field (${shown})`,
    initial: '',
    hint: (value) => hintField(value, fields, whenEmpty),
  }
}

export const fieldsStep: Step = {
  id: 'fields',
  applies: () => true,
  question({ name = '', fields, channel }, facts) {
    const isKnown = channelOf(facts, channel)?.events.includes(name) === true
    return fieldsQuestion(name, fields, isKnown ? 'as they are' : 'none')
  },
  take: (value, answers) => takeField(value, answers, 'fields'),
}

export const requestFieldsStep: Step = {
  id: 'requestFields',
  applies: ({ direction }) => direction === 'bidirectional',
  question: (answers) =>
    fieldsQuestion(requestName(answers), answers.requestFields, `the required ones of ${answers.name}`),
  take: (value, answers) => takeField(value, answers, 'requestFields'),
}

function takeField(value: string, answers: Answers, key: 'fields' | 'requestFields'): Taken {
  if (value === '') return { answers }
  const problem = findProblem(value, answers[key])
  if (problem !== undefined) return { problem }
  return { answers: { ...answers, [key]: changeFields(value, answers[key]) }, go: 'again' }
}

function changeFields(value: string, fields: readonly string[]): readonly string[] {
  if (value.startsWith('-')) return fields.filter((one) => fieldName(one) !== value.slice(1))
  const isKnown = fields.some((one) => fieldName(one) === fieldName(value))
  return isKnown
    ? fields.map((one) => (fieldName(one) === fieldName(value) ? value : one))
    : [...fields, value]
}

function findProblem(value: string, fields: readonly string[]): ProblemWords | undefined {
  if (value.startsWith('-')) {
    const isKnown = fields.some((one) => fieldName(one) === value.slice(1))
    if (isKnown) return undefined
    const known = fields.map(fieldName).join(', ')
    return {
      what: `there is no field \`${value.slice(1)}\` to remove`,
      ...(known === '' ? {} : { fix: `there are ${known}` }),
    }
  }
  if (!value.includes(':')) {
    return { what: 'a type is missing', fix: `write it as name:type, for example ${value}:str` }
  }
  const name = findFieldNameProblem(fieldName(value))
  if (name !== undefined) return name
  const parsed = parseType(value.slice(fieldName(value).length + 1))
  return isProblem(parsed) ? parsed : undefined
}

function hintField(value: string, fields: readonly string[], whenEmpty: string): Hint {
  if (value === '') {
    const listed = fields.length === 0 ? whenEmpty : fields.join(', ')
    return { isProblem: false, text: `fields: ${listed} · ${HELP}` }
  }
  const problem = findProblem(value, fields)
  if (problem !== undefined) return { isProblem: true, text: sayProblem(problem) }
  if (value.startsWith('-')) return { isProblem: false, text: `removes ${value.slice(1)}` }
  const name = fieldName(value)
  const parsed = parseType(value.slice(name.length + 1))
  if (isProblem(parsed)) return { isProblem: true, text: sayProblem(parsed) }
  const known = fields.find((one) => fieldName(one) === name)
  const change = known === undefined ? '' : `, in place of ${known.slice(name.length + 1)}`
  return { isProblem: false, text: `${name}: ${describeType({ name, ...parsed })}${change}` }
}

function describeType(field: Field): string {
  const { optional, default: value, ...base } = field
  const type = printField({ ...base, optional: false })
  if (optional) return `${type}, may be missing`
  return value === undefined ? `${type}, always sent` : `${type}, ${JSON.stringify(value)} by default`
}
