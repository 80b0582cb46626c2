import type { CommandDefinition, OptionDefinition } from '../command.js'
import { GLOBAL_OPTIONS, HELP_OPTIONS } from '../global-options.js'
import type { Candidate } from './candidate.js'
import { flagsOf, type Line, placeholderOf, readLine } from './line.js'

/** What completes a word: words, or paths, which shells know best. */
export type Completion = readonly Candidate[] | 'files' | 'folders'

/** What a checkout adds, each read only when a word asks for it. */
export interface Checkout {
  channels(): Promise<readonly Candidate[]>
  stores(): Promise<readonly Candidate[]>
  /** Those of the channel that the line names, if it names one. */
  events(channel: string | undefined): Promise<readonly Candidate[]>
  /** The fields of the event of a name, each with its type as its description. */
  fields(event: string | undefined): Promise<readonly Candidate[]>
}

/**
 * The completions of the last word, narrowed by the words in front of it.
 *
 * @param words those behind the program's name; the last one may be empty
 * @param rules the rules that there are, loaded only when a word asks for them
 */
export async function complete(
  commands: readonly CommandDefinition[],
  words: readonly string[],
  checkout: Checkout,
  rules: () => Promise<readonly Candidate[]>,
): Promise<Completion> {
  const last = words[words.length - 1] ?? ''
  const before = words.slice(0, -1)
  const command = commands.find((one) => before.includes(one.name))
  const options = [...(command?.options ?? []), ...GLOBAL_OPTIONS]
  const line = readLine(before, command, options)
  const values = new Values(line, checkout)
  const [, flag, value] = /^(--[\w-]+)=(.*)$/s.exec(last) ?? []
  if (flag !== undefined) {
    const found = await values.of(options, flag, value ?? '')
    return typeof found === 'string'
      ? found
      : startingWith(
          last,
          (found ?? []).map((one) => ({ ...one, word: `${flag}=${one.word}` })),
        )
  }
  const pending = await values.of(options, before[before.length - 1] ?? '', last)
  if (pending !== undefined) return typeof pending === 'string' ? pending : startingWith(last, pending)
  if (last.startsWith('-')) {
    const left = options.filter((one) => one.isRepeatable === true || !line.has(one))
    return startingWith(last, [...left, ...HELP_OPTIONS].flatMap(flagWords))
  }
  if (command === undefined) {
    return startingWith(
      last,
      commands.map((one) => ({ word: one.name, description: one.summary ?? one.description })),
    )
  }
  const found = await ofArgument(command, line, checkout, rules)
  return startingWith(last, found)
}

/** The values of options, as far as the line in front of them says. */
class Values {
  constructor(
    private readonly line: Line,
    private readonly checkout: Checkout,
  ) {}

  /** The values of an option; undefined for what takes none. */
  async of(
    options: readonly OptionDefinition[],
    flag: string,
    typed: string,
  ): Promise<Completion | undefined> {
    const option = options.find((one) => flag.startsWith('-') && flagsOf(one).includes(flag))
    const placeholder = option === undefined ? undefined : placeholderOf(option)
    if (option === undefined || placeholder === undefined) return undefined
    if (option.choices !== undefined) return option.choices.map((word) => ({ word, description: '' }))
    const { checkout, line } = this
    const [event] = line.args
    switch (placeholder) {
      case 'id':
        return checkout.channels()
      case 'hook':
        return [...(await checkout.stores()), { word: 'none', description: 'no store' }]
      case 'way':
        return this.storeWays(event)
      case 'name:type':
        return (await import('./values.js')).fieldTypes(typed)
      case 'field':
        return without(await checkout.fields(event), line.valuesOf(flag))
      case 'field:type':
        if (typed.includes(':')) return (await import('./values.js')).fieldTypes(typed)
        return (await checkout.fields(event)).map((one) => ({ ...one, word: `${one.word}:` }))
      case 'old:new':
        return (await checkout.fields(event)).map((one) => ({ ...one, word: `${one.word}:` }))
      case 'dir':
        return 'folders'
      default:
        return placeholder.startsWith('file') ? 'files' : []
    }
  }

  /** By the fields that the line gives, or those that the event has. */
  private async storeWays(event: string | undefined): Promise<readonly Candidate[]> {
    const { fieldsGiven, storeWays } = await import('./values.js')
    const given = fieldsGiven(this.line.valuesOf('--field'))
    if (given.length > 0) return storeWays(given)
    const there = await this.checkout.fields(event)
    return storeWays(there.map(({ word, description }) => ({ name: word, type: description })))
  }
}

/** The words of the argument that comes next; events and rules are found by the names that the table gives to arguments. */
async function ofArgument(
  command: CommandDefinition,
  { args, valuesOf }: Line,
  checkout: Checkout,
  rules: () => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  const [argument] = command.arguments
  const isList = argument?.syntax.includes('...') === true
  if (argument === undefined || (args.length > 0 && !isList)) return []
  if (argument.choices !== undefined) return argument.choices.map((word) => ({ word, description: '' }))
  if (/\brule\b/.test(argument.syntax)) return rules()
  return /\b(name|event)\b/.test(argument.syntax)
    ? without(await checkout.events(valuesOf('--channel')[0]), args)
    : []
}

function without(candidates: readonly Candidate[], words: readonly string[]): readonly Candidate[] {
  return candidates.filter(({ word }) => !words.includes(word))
}

function flagWords(option: OptionDefinition): Candidate[] {
  const word = flagsOf(option).at(-1) ?? ''
  return [{ word, description: option.description }]
}

function startingWith(typed: string, candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((one) => one.word.startsWith(typed))
}
