import type { EventSpec, SpecInput } from '../../spec/event-spec.js'
import { type AnsweredField, inputsOf } from './fields.js'

/** What was answered so far. What is undefined was not asked yet, or is left to the defaults. */
export interface Answers {
  readonly name?: string
  readonly direction?: NonNullable<EventSpec['direction']>
  readonly fields: readonly AnsweredField[]
  readonly requestName?: string
  readonly requestFields: readonly AnsweredField[]
  /** The object whose fields are asked for, by the names from the outside in. */
  readonly within?: readonly string[]
  readonly channel?: string
  /** `useChatStore`, `new:<name>`, `none`. */
  readonly store?: string
  readonly storeAs?: string
  readonly emit?: string
  readonly emitIn?: string
  readonly description?: string
  /** The spec file that holds all of it. */
  readonly saved?: string
}

/** The name of the request that a bidirectional event answers. */
export function requestName(answers: Answers): string {
  return answers.requestName ?? `${answers.name ?? ''}_request`
}

/** The answers without some of them, so that their defaults hold again. */
export function without(answers: Answers, ...keys: (keyof Answers)[]): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([key]) => !keys.includes(key as keyof Answers)),
  ) as unknown as Answers
}

/** The spec that the answers are; an answer without a meaning for the direction is left out. */
export function toSpecInput(answers: Answers): SpecInput {
  const isServerEvent = answers.direction !== 'client-to-server'
  const request =
    answers.direction !== 'bidirectional'
      ? undefined
      : defined({
          name: answers.requestName,
          payload: answers.requestFields.length === 0 ? undefined : inputsOf(answers.requestFields),
        })
  const store = isServerEvent ? defined({ hook: answers.store, as: answers.storeAs }) : undefined
  const emit = isServerEvent ? defined({ to: answers.emit, in: answers.emitIn || undefined }) : undefined
  return {
    name: answers.name ?? '',
    ...defined({
      direction: answers.direction,
      channel: answers.channel,
      description: answers.description,
      payload: answers.fields.length === 0 ? undefined : inputsOf(answers.fields),
      request,
      store,
      emit,
    }),
  }
}

function defined<T extends object>(object: T): Partial<T> | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : (Object.fromEntries(entries) as Partial<T>)
}
