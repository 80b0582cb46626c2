import { quoteForShell } from '../../shell.js'
import { type Answers, toSpecInput } from './answers.js'

/** The command line that asks for the same event, with every word as a shell takes it. */
export function renderCommandLine(answers: Answers): string {
  const { channel, direction, store, emit, request } = toSpecInput(answers)
  const words = ['cachibot-ws', 'add-event', answers.name ?? '']
  const add = (flag: string, value: string | undefined): void => {
    if (value !== undefined) words.push(flag, value)
  }
  if (direction !== 'server-to-client') add('--direction', direction)
  for (const field of answers.fields) add('-f', field)
  add('--request', request?.name)
  if (request !== undefined) for (const field of answers.requestFields) add('--request-field', field)
  add('--description', answers.description)
  if (channel !== 'main') add('--channel', channel)
  add('--store', store?.hook)
  add('--store-as', store?.as)
  add('--emit', emit?.to)
  add('--emit-in', emit?.in)
  return words.map(quoteForShell).join(' ')
}
