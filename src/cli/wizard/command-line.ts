import { quoteForShell } from '../../shell.js'
import { printSpec } from '../../spec/print-spec.js'
import { type Answers, toSpecInput } from './answers.js'
import { flagOf } from './fields.js'

/**
 * The command line that asks for the same event, with every word as a shell takes it, in lines. What no flag can say
 * stands in a spec: in the file that was saved, or behind the command.
 */
export function renderCommandLine(answers: Answers): readonly string[] {
  const { fields, requestFields, saved } = answers
  const input = toSpecInput(answers)
  const { channel, direction, store, emit, request } = input
  const asked = request === undefined ? [] : requestFields
  if ([...fields, ...asked].some((field) => flagOf(field) === undefined)) {
    if (saved !== undefined) return [`cachibot-ws add-event --spec ${quoteForShell(saved)}`]
    return [`cachibot-ws add-event --spec - <<'${END}'`, ...printSpec(input).trimEnd().split('\n'), END]
  }
  const words = ['cachibot-ws', 'add-event', answers.name ?? '']
  const add = (flag: string, value: string | undefined): void => {
    if (value !== undefined) words.push(flag, value)
  }
  if (direction !== 'server-to-client') add('--direction', direction)
  for (const field of fields) add('-f', flagOf(field))
  add('--request', request?.name)
  for (const field of asked) add('--request-field', flagOf(field))
  add('--description', answers.description)
  if (channel !== 'main') add('--channel', channel)
  add('--store', store?.hook)
  add('--store-as', store?.as)
  add('--emit', emit?.to)
  add('--emit-in', emit?.in)
  return [words.map(quoteForShell).join(' ')]
}

/** What ends a spec behind a command; no line of YAML is that. */
const END = 'SPEC'
