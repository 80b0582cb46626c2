import prompts from 'prompts'
import { listStores } from '../engine/info.js'
import { Failure } from '../errors.js'
import {
  buildSpec,
  DIRECTIONS,
  type Direction,
  type EventSpec,
  type FieldInputs,
  parseFieldFlags,
} from '../spec/event-spec.js'
import { isProblem, parseType } from '../spec/field-type.js'
import { deriveNames } from '../spec/names.js'
import { findEventNameProblem, findFieldNameProblem } from '../spec/reserved.js'
import type { Checkout, GlobalFlags } from './context.js'

type Question = Omit<prompts.PromptObject<'answer'>, 'name'>

/**
 * Asks for an event: name, direction, fields, store.
 *
 * @throws Failure with exit code 130 when the person leaves at any question
 */
export async function askForSpec(
  checkout: Checkout,
  flags: GlobalFlags & { readonly channel?: string },
): Promise<EventSpec> {
  const name = (await ask({
    type: 'text',
    message: 'Name of the event (snake_case)',
    validate: (value: string) => validateName(value),
  })) as string
  const direction = (await ask({
    type: 'select',
    message: 'Direction',
    choices: directionChoices(name),
    initial: 0,
  })) as Direction
  const payload = await askForFields(name)
  const request = direction === 'bidirectional' ? await askForRequest(name) : undefined
  const hook = direction === 'client-to-server' ? undefined : await askForStore(checkout, flags.channel)
  return buildSpec({
    name,
    direction,
    payload,
    ...(request === undefined ? {} : { request }),
    ...(hook === undefined ? {} : { store: { hook } }),
    ...(flags.channel === undefined ? {} : { channel: flags.channel }),
  })
}

function directionChoices(name: string): prompts.Choice[] {
  const { pascal } = deriveNames(name)
  const meaning: Readonly<Record<Direction, string>> = {
    'server-to-client': `WSMessage.${name}() → case '${name}'`,
    'client-to-server': `send${pascal}() → elif msg_type == …`,
    bidirectional: `send${pascal}Request() → WSMessage.${name}() → case '${name}'`,
  }
  return DIRECTIONS.map((value) => ({ title: value, value, description: meaning[value] }))
}

async function askForRequest(event: string): Promise<{ name: string }> {
  const name = (await ask({
    type: 'text',
    message: 'Name of the request that it answers',
    initial: `${event}_request`,
    validate: (value: string) => validateName(value, 'request'),
  })) as string
  return { name }
}

async function askForStore(checkout: Checkout, channel: string | undefined): Promise<string> {
  const stores = listStores(checkout.repository, checkout.layout, channel ?? 'main')
  return (await ask({
    type: 'select',
    message: 'Store that keeps it',
    choices: stores.map((store) => ({ title: store.name, value: store.name, description: store.file })),
    initial: Math.max(
      0,
      stores.findIndex((store) => store.isDefault),
    ),
  })) as string
}

/** Asks whether to write what was shown. Leaving is no. */
export async function askToWrite(): Promise<boolean> {
  return (await ask({ type: 'confirm', message: 'Write this?', initial: true })) as boolean
}

async function askForFields(event: string): Promise<FieldInputs> {
  const flags: string[] = []
  for (;;) {
    const known = flags.map((flag) => flag.split(':')[0] ?? '')
    const answer = (await ask({
      type: 'text',
      message:
        flags.length === 0
          ? `Field of ${deriveNames(event).pascal}Payload as name:type (empty: none)`
          : 'Next field (empty: done)',
      validate: (value: string) => value === '' || validateField(value, known),
    })) as string
    if (answer === '') return parseFieldFlags(flags)
    flags.push(answer)
  }
}

function validateName(value: string, kind = 'event'): true | string {
  const problem = findEventNameProblem(value, kind)
  return (
    problem === undefined ||
    [problem.what, problem.why, problem.fix].filter((part) => part !== undefined).join('; ')
  )
}

function validateField(value: string, known: readonly string[]): true | string {
  const split = value.indexOf(':')
  if (split < 1) return 'write it as name:type, for example seat_id:str'
  const name = value.slice(0, split)
  if (known.includes(name)) return `the field ${name} is there already`
  const problem = findFieldNameProblem(name) ?? parseType(value.slice(split + 1))
  return isProblem(problem)
    ? [problem.what, problem.fix].filter((part) => part !== undefined).join('; ')
    : true
}

/** One question on stderr. prompts answers a cancelled one with nothing at all: that leaves the wizard. */
async function ask(question: Question): Promise<unknown> {
  const answers = await prompts({
    ...question,
    name: 'answer',
    stdout: process.stderr,
  } as prompts.PromptObject<'answer'>)
  if (!('answer' in answers)) throw new Failure(130, [{ what: 'cancelled; nothing was written' }])
  return answers.answer
}
