import type { CommandDefinition, OptionDefinition } from '../command.js'

/** What a command line says in front of the word that is completed. */
export interface Line {
  /** The command's own arguments. */
  readonly args: readonly string[]
  /** The values of an option by any of its spellings, in their order. */
  valuesOf(flag: string): readonly string[]
  /** Whether an option is there. */
  has(option: OptionDefinition): boolean
}

/**
 * Reads the words of a command line, as far as it is typed.
 *
 * @param words those behind the program's name, in front of the one that is completed
 * @param options those that can stand there
 */
export function readLine(
  words: readonly string[],
  command: CommandDefinition | undefined,
  options: readonly OptionDefinition[],
): Line {
  const args: string[] = []
  const given: { readonly option: OptionDefinition; readonly value: string | undefined }[] = []
  let isCommandSeen = command === undefined
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const [, spelled = word, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? []
    const option = options.find((one) => flagsOf(one).includes(spelled))
    if (option !== undefined) {
      const isNext = value === undefined && takesValue(option)
      if (isNext) index++
      given.push({ option, value: isNext ? words[index] : value })
    } else if (!isCommandSeen && word === command?.name) isCommandSeen = true
    else if (!word.startsWith('-')) args.push(word)
  }
  return {
    args,
    valuesOf: (flag) =>
      given.flatMap(({ option, value }) => (flagsOf(option).includes(flag) ? (value ?? []) : [])),
    has: (sought) => given.some(({ option }) => option === sought),
  }
}

/** `-f` and `--field` of `-f, --field <name:type>`. */
export function flagsOf({ flags }: OptionDefinition): string[] {
  return flags.split(', ').map((one) => one.split(' ')[0] ?? '')
}

/** `name:type` of `-f, --field <name:type>`. */
export function placeholderOf({ flags }: OptionDefinition): string | undefined {
  return /<(.+)>/.exec(flags)?.[1]
}

function takesValue(option: OptionDefinition): boolean {
  return placeholderOf(option) !== undefined
}
