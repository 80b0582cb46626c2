import type { ProblemWords } from '../../errors.js'
import type { Answers } from './answers.js'
import type { Facts } from './facts.js'
import type { Question } from './question.js'

/** What an answer leads to: the next step, this one again, a named one, or the end. */
export type Taken =
  | { readonly answers: Answers; readonly go?: 'next' | 'again' | StepId }
  | { readonly end: End }
  | { readonly problem: ProblemWords }

/** How the wizard ends: nothing of the checkout was written yet. */
export type End = 'write' | 'leave' | 'cancel'

export type StepId =
  | 'name'
  | 'direction'
  | 'fields'
  | 'request'
  | 'requestFields'
  | 'channel'
  | 'channelName'
  | 'description'
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
  /** What its answer stands behind when it is given. */
  readonly label: string
  /** The answers that it is not asked for where flags gave one of them. */
  readonly sets: readonly (keyof Answers)[]
  applies(answers: Answers, facts: Facts): boolean
  question(answers: Answers, facts: Facts): Question
  take(value: string, answers: Answers, facts: Facts): Taken
  /** The answer for people; undefined where another step says it. */
  said(answers: Answers, facts: Facts): string | undefined
  /** Why the repository cannot take what flags gave. */
  check?(answers: Answers, facts: Facts): ProblemWords | undefined
  /** Back inside of the step; undefined where it leads to the one before. */
  back?(answers: Answers): Answers | undefined
}
