import type { ProblemWords } from '../../errors.js'
import { type Answers, toSpecInput, without } from './answers.js'
import { channelOf, type Facts, isKnown } from './facts.js'

/** The answers that a plan is made of, in the order they are asked; each is checked without those behind it. */
const PLANNED = [
  'direction',
  'fields',
  'requestName',
  'requestFields',
  'channel',
  'description',
  'store',
  'storeAs',
  'emit',
  'emitIn',
] as const
type Planned = (typeof PLANNED)[number]

/** The answers, unless the repository cannot take them up to one of them. */
export function probe(
  answers: Answers,
  facts: Facts,
  last: Planned,
): { readonly answers: Answers } | { readonly problem: ProblemWords } {
  const problem = findProblem(answers, facts, last)
  return problem === undefined ? { answers } : { problem }
}

/** Why the repository cannot take the answers up to one of them. */
export function findProblem(answers: Answers, facts: Facts, last: Planned): ProblemWords | undefined {
  const later = PLANNED.slice(PLANNED.indexOf(last) + 1)
  const { fields = [], requestFields = [], ...kept }: Partial<Answers> = without(answers, ...later)
  const plan = facts.plan(toSpecInput({ ...kept, fields, requestFields }))
  return 'problems' in plan ? plan.problems[0] : undefined
}

/** Why an event that is there cannot be completed by the answers up to one of them; its channel may not be asked for yet. */
export function findMisfit(answers: Answers, facts: Facts, last: Planned): ProblemWords | undefined {
  if (!isKnown(answers, facts)) return undefined
  const { id: channel = 'main' } = channelOf(facts, answers) ?? {}
  return findProblem(answers, { ...facts, plan: (input) => facts.plan({ ...input, channel }) }, last)
}
