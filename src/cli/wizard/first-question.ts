import type { ChannelChoice } from '../../engine/choices.js'
import type { Terminal } from './ask.js'
import { openTerminal } from './prompts.js'
import type { Question } from './question.js'

/** The first question while nothing is known of the checkout: it is on the screen, and can be answered. */
export interface FirstQuestion {
  /** What was typed; Failure 130 where the person leaves. */
  readonly answer: Promise<string>
  /** Where the next ones are asked. */
  readonly terminal: Terminal
  /** Tells it of the channels, for what it says while a name is typed. */
  tell(channels: readonly ChannelChoice[]): void
  /** Takes the question from the screen, where it is not answered. */
  leave(): void
}

/** Asks the first question, and waits until it is on the screen. */
export async function askFirst(
  question: (channels: () => readonly ChannelChoice[] | undefined) => Question,
  color: boolean,
): Promise<FirstQuestion> {
  const terminal = await openTerminal(color)
  terminal.takeEcho()
  let channels: readonly ChannelChoice[] | undefined
  const answer = terminal.ask(question(() => channels))
  // Whoever waits for it hears of it: a question that is left alone is no failure.
  answer.catch(() => undefined)
  await new Promise(setImmediate)
  return {
    answer,
    terminal,
    tell(found) {
      channels = found
      terminal.refresh()
    },
    leave: () => terminal.leave(),
  }
}
