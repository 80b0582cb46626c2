import type { Terminal } from './ask.js'
import { Keyboard } from './keyboard.js'
import type { Question, TextQuestion } from './question.js'

/** Takes the terminal, from now on until it is closed; what knows the keys is loaded behind that. */
export async function openTerminal(color: boolean): Promise<Terminal> {
  const keyboard = new Keyboard(process.stdin, () => process.kill(process.pid, 'SIGINT'))
  const [{ Terminal }] = await Promise.all([import('./ask.js'), keyboard.take()])
  return new Terminal(keyboard, color)
}

/** Asks one question. */
async function askOnce(question: Question, color: boolean): Promise<string> {
  const terminal = await openTerminal(color)
  const answer = await terminal.ask(question)
  terminal.close()
  return answer
}

/** Asks a question of yes or no. */
export async function askYesOrNo(
  message: string,
  color: boolean,
  initial: 'yes' | 'no' = 'yes',
): Promise<boolean> {
  const choices = [
    { value: 'yes', title: 'yes', key: 'y' },
    { value: 'no', title: 'no', key: 'n' },
  ]
  return (await askOnce({ kind: 'select', message, choices, initial }, color)) === 'yes'
}

/** Asks for a line of text. */
export async function askLine(question: TextQuestion, color: boolean): Promise<string> {
  return askOnce(question, color)
}
