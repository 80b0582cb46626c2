import type { StoreChoice } from '../../engine/choices.js'
import { isKey, isProblem, parseType } from '../../spec/field-type.js'
import { deriveNames } from '../../spec/names.js'
import { findGrammarProblem } from '../../spec/reserved.js'
import { type Answers, without } from './answers.js'
import { channelOf, type Facts, isKnown } from './facts.js'
import type { AnsweredField } from './fields.js'
import { findProblem, probe } from './probe.js'
import { type Choice, refusedName } from './question.js'
import type { Step } from './step.js'
import { BACK_CHOICE } from './step-direction.js'

const NEW = 'new:'

export const storeStep: Step = {
  id: 'store',
  label: 'Store',
  sets: ['store'],
  said: ({ store, ...answers }, facts) => store ?? (isKnown(answers, facts) ? AS_IT_IS.title : undefined),
  check: (answers, facts) => findProblem(answers, facts, 'store'),
  applies: isServerEvent,
  question: (answers, facts) => ({
    kind: 'search',
    message: 'Store that keeps it',
    choices: () => [
      ...(isKnown(answers, facts) ? [AS_IT_IS] : []),
      ...sortStores(answers, facts).map(storeChoice),
      ...OTHER_STORES,
      BACK_CHOICE,
    ],
    initial: initialStore(answers, facts),
  }),
  take(value, answers, facts) {
    if (value === AS_IT_IS.value) return { answers: without(answers, 'store', 'storeAs') }
    if (value === NEW)
      return { answers: { ...answers, store: answers.store?.startsWith(NEW) ? answers.store : NEW } }
    const kept = value === 'none' ? without(answers, 'storeAs') : answers
    return probe({ ...kept, store: value }, facts, 'store')
  },
}

export const newStoreStep: Step = {
  id: 'newStore',
  label: 'New store',
  sets: ['store'],
  said: () => undefined,
  applies: (answers) => isServerEvent(answers) && answers.store?.startsWith(NEW) === true,
  question: (answers) => ({
    kind: 'text',
    message: 'Name of the new store',
    initial: answers.store?.slice(NEW.length) || (answers.name?.split('_')[0] ?? ''),
    hint(value) {
      const problem = findGrammarProblem(value, 'store')
      return problem === undefined
        ? {
            isProblem: false,
            text: `use${deriveNames(value).pascal}Store in stores/${value.replaceAll('_', '-')}.ts`,
          }
        : refusedName(value, problem, (one) => findGrammarProblem(one, 'store'))
    },
  }),
  take: (value, answers, facts) => probe({ ...answers, store: `${NEW}${value}` }, facts, 'store'),
}

/** Asked where there is something to keep in more than one way. */
export const storeAsStep: Step = {
  id: 'storeAs',
  label: 'Kept as',
  sets: ['storeAs'],
  said: ({ storeAs }) => storeAs,
  check: (answers, facts) => findProblem(answers, facts, 'storeAs'),
  applies: (answers, facts) =>
    isServerEvent(answers) &&
    answers.store !== 'none' &&
    answers.fields.length > 0 &&
    !isKnown(answers, facts),
  question: (answers) => ({
    kind: 'search',
    message: 'What the store keeps',
    choices: () => [
      ...WAYS,
      ...answers.fields.filter(canBeKey).map(({ name }) => upsertChoice(name)),
      BACK_CHOICE,
    ],
    initial: answers.storeAs ?? 'latest',
  }),
  take: (value, answers, facts) => probe({ ...answers, storeAs: value }, facts, 'storeAs'),
}

/** What an event that is there is completed with. */
const AS_IT_IS: Choice = {
  value: 'as-it-is',
  title: 'as it is',
  description: 'where it is kept, or the usual one',
}

const OTHER_STORES: readonly Choice[] = [
  { value: NEW, title: 'a new store', description: 'in the style of the others' },
  { value: 'none', title: 'none', description: 'the case dispatches an event of the window' },
]

const WAYS: readonly Choice[] = [
  { value: 'latest', title: 'latest', description: 'the last one' },
  { value: 'append', title: 'append', description: 'all of them' },
]

function upsertChoice(field: string): Choice {
  return { value: `upsert:${field}`, title: `by ${field}`, description: `the last one for each ${field}` }
}

function storeChoice({ hook, file, holds }: StoreChoice): Choice {
  const shown = holds.length > 4 ? `${holds.slice(0, 4).join(', ')} …` : holds.join(', ')
  return { value: hook, title: hook, description: `${shown === '' ? 'no state' : `holds ${shown}`}; ${file}` }
}

/** The one that the channel uses most is first. */
function sortStores(answers: Answers, facts: Facts): StoreChoice[] {
  const first = defaultStore(answers, facts)
  return facts.stores.toSorted((a, b) => Number(b.hook === first) - Number(a.hook === first))
}

function initialStore(answers: Answers, facts: Facts): string {
  if (answers.store !== undefined) return answers.store.startsWith(NEW) ? NEW : answers.store
  return isKnown(answers, facts) ? AS_IT_IS.value : defaultStore(answers, facts)
}

function defaultStore(answers: Answers, facts: Facts): string {
  return channelOf(facts, answers)?.store ?? facts.stores[0]?.hook ?? 'none'
}

function isServerEvent({ direction }: Answers): boolean {
  return direction !== 'client-to-server'
}

/** Whether a field tells events apart. */
function canBeKey({ type: written }: AnsweredField): boolean {
  const parsed = parseType(written)
  return !isProblem(parsed) && isKey(parsed)
}
