import type { ProblemWords } from '../../errors.js'
import type { Answers } from './answers.js'
import type { Facts } from './facts.js'
import type { Question } from './question.js'

/** What an answer leads to: the next step, this one again, a named one, or the end. */
export type Taken =
  | { readonly answers: Answers; readonly go?: 'next' | 'again' | StepId }
  | { readonly end: End }
  | { readonly problem: ProblemWords }

/** How the wizard ends: nothing of it was written yet. */
export type End =
  | { readonly kind: 'write' }
  | { readonly kind: 'save'; readonly file: string }
  | { readonly kind: 'cancel' }

export type StepId =
  | 'name'
  | 'direction'
  | 'fields'
  | 'request'
  | 'requestFields'
  | 'channel'
  | 'channelName'
  | 'store'
  | 'newStore'
  | 'storeAs'
  | 'emit'
  | 'emitIn'
  | 'summary'
  | 'save'

/** One step as data: whether it is asked, its question, and what an answer makes of the answers. */
export interface Step {
  readonly id: StepId
  applies(answers: Answers, facts: Facts): boolean
  question(answers: Answers, facts: Facts): Question
  take(value: string, answers: Answers, facts: Facts): Taken
}
