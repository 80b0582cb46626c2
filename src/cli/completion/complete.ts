import type { CommandDefinition, OptionDefinition } from '../command.js'
import { GLOBAL_OPTIONS, HELP_OPTIONS } from '../global-options.js'

/** A word that can stand where one is completed. */
export interface Candidate {
  readonly word: string
  readonly description: string
}

/** What completes a word: words, or paths, which shells know best. */
export type Completion = readonly Candidate[] | 'files' | 'folders'

/** What a checkout adds, each read only when a word asks for it. */
export interface Checkout {
  channels(): Promise<readonly Candidate[]>
  stores(): Promise<readonly Candidate[]>
  events(): Promise<readonly Candidate[]>
  /** The fields of the event that the line names. */
  fields(): Promise<readonly Candidate[]>
}

/**
 * The completions of the last word.
 *
 * @param words those behind the program's name; the last one may be empty
 */
export async function complete(
  commands: readonly CommandDefinition[],
  words: readonly string[],
  checkout: Checkout,
): Promise<Completion> {
  const last = words[words.length - 1] ?? ''
  const before = words.slice(0, -1)
  const command = commands.find((one) => before.includes(one.name))
  const options = [...(command?.options ?? []), ...GLOBAL_OPTIONS]
  const [, flag, value] = /^(--[\w-]+)=(.*)$/.exec(last) ?? []
  if (flag !== undefined) {
    const found = await completeValue(options, flag, checkout)
    return typeof found === 'string'
      ? found
      : startingWith(
          last,
          found.map((one) => ({ ...one, word: `${flag}=${one.word}` })),
        )
  }
  const pending = await completeValue(options, before[before.length - 1] ?? '', checkout)
  if (pending.length > 0) return typeof pending === 'string' ? pending : startingWith(value ?? last, pending)
  if (last.startsWith('-')) return startingWith(last, [...options, ...HELP_OPTIONS].flatMap(flagWords))
  if (command === undefined) {
    return startingWith(
      last,
      commands.map((one) => ({ word: one.name, description: one.summary ?? one.description })),
    )
  }
  const [argument] = command.arguments
  return argument === undefined ? [] : startingWith(last, await ofArgument(commands, argument, checkout))
}

/** The values of an option; nothing for what takes none. */
async function completeValue(
  options: readonly OptionDefinition[],
  flag: string,
  checkout: Checkout,
): Promise<Completion> {
  const option = options.find((one) => flag.startsWith('-') && flagsOf(one).includes(flag))
  const placeholder = /<(.+)>/.exec(option?.flags ?? '')?.[1]
  if (option === undefined || placeholder === undefined) return []
  if (option.choices !== undefined) return option.choices.map((word) => ({ word, description: '' }))
  switch (placeholder) {
    case 'id':
      return checkout.channels()
    case 'hook':
      return [...(await checkout.stores()), { word: 'none', description: 'no store' }]
    case 'field':
      return checkout.fields()
    case 'old:new':
    case 'field:type':
      return (await checkout.fields()).map((one) => ({ ...one, word: `${one.word}:` }))
    case 'dir':
      return 'folders'
    default:
      return placeholder.startsWith('file') ? 'files' : []
  }
}

/** The words of an argument; `complete` finds events by the names that the table gives to arguments. */
async function ofArgument(
  commands: readonly CommandDefinition[],
  { syntax, choices }: CommandDefinition['arguments'][number],
  checkout: Checkout,
): Promise<readonly Candidate[]> {
  if (choices !== undefined) return choices.map((word) => ({ word, description: '' }))
  if (/\b(name|event)\b/.test(syntax)) return checkout.events()
  return /\bcommand\b/.test(syntax)
    ? commands.map((one) => ({ word: one.name, description: one.description }))
    : []
}

function flagsOf({ flags }: OptionDefinition): string[] {
  return flags.split(', ').map((one) => one.split(' ')[0] ?? '')
}

function flagWords(option: OptionDefinition): Candidate[] {
  const word = flagsOf(option).at(-1) ?? ''
  return [{ word, description: option.description }]
}

function startingWith(typed: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((one) => one.word.startsWith(typed))
}
