import type { ChannelChoice } from '../../engine/choices.js'
import { loadPrompts } from './prompts.js'
import type { Question } from './question.js'

/** The first question while nothing is known of the checkout: it is on the screen, and can be answered. */
export interface FirstQuestion {
  /** What was typed; Failure 130 where the person leaves. */
  readonly answer: Promise<string>
  /** Tells it of the channels, for what it says while a name is typed. */
  tell(channels: readonly ChannelChoice[]): void
  /** Takes the question from the screen, where it is not answered. */
  leave(): void
}

/** Asks the first question, and waits until it is on the screen. */
export async function askFirst(
  question: (channels: () => readonly ChannelChoice[]) => Extract<Question, { kind: 'text' }>,
  color: boolean,
): Promise<FirstQuestion> {
  const ask = await loadPrompts(color)
  let channels: readonly ChannelChoice[] = []
  const leaving = new AbortController()
  const answer = ask(
    question(() => channels),
    color,
    leaving.signal,
  )
  // Whoever waits for it hears of it: a question that is left alone is no failure.
  answer.catch(() => undefined)
  await new Promise(setImmediate)
  return {
    answer,
    tell(found) {
      channels = found
    },
    leave: () => leaving.abort(),
  }
}
