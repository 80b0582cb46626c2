import type { Question } from './question.js'

/** The library that asks decides about colour when it is loaded, and asks other variables than we do. */
export async function loadPrompts(color: boolean): Promise<typeof import('./ask.js').ask> {
  if (!color) process.env['NODE_DISABLE_COLORS'] = '1'
  return (await import('./ask.js')).ask
}

/** Asks a question of yes or no. */
export async function askYesOrNo(
  message: string,
  color: boolean,
  initial: 'yes' | 'no' = 'yes',
): Promise<boolean> {
  const ask = await loadPrompts(color)
  const choices = [
    { value: 'yes', title: 'yes', key: 'y' },
    { value: 'no', title: 'no', key: 'n' },
  ]
  return (await ask({ kind: 'select', message, choices, initial }, color)) === 'yes'
}

/** Asks for a line of text. */
export async function askLine(
  question: Extract<Question, { kind: 'text' }>,
  color: boolean,
): Promise<string> {
  const ask = await loadPrompts(color)
  return ask(question, color)
}
