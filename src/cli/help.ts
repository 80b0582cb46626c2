import type { CommandDefinition, OptionDefinition } from './command.js'
import { EXIT_WORDS } from './exit-codes.js'
import { GLOBAL_OPTIONS, HELP_OPTIONS } from './global-options.js'

/** Help fits a terminal of this width. */
const WIDTH = 80

const DESCRIPTION = 'Writes a WebSocket event wherever a CachiBot repository needs it, and proves it.'

/** The first two things that anybody does. */
const FIRST = ['add-event', 'check']

/** The help of the program, which fits 24 rows: what it is, the first examples, the commands, and what stands everywhere. */
export function renderProgramHelp(commands: readonly CommandDefinition[]): string {
  const first = commands.filter((one) => FIRST.includes(one.name))
  const options = [...GLOBAL_OPTIONS, ...HELP_OPTIONS].map((one) => one.flags)
  const codes = Object.entries(EXIT_WORDS).map(([code, words]) => `${code} ${words}`)
  return [
    DESCRIPTION,
    '',
    ...first.flatMap((one) => one.examples.slice(0, 1)).map((one) => `  ${one}`),
    '',
    'Usage: cachibot-ws <command> [options]',
    ...table(commands.map((one) => [usageOf(one), one.summary ?? one.description])),
    '',
    ...fill('Everywhere: ', options),
    ...fill('Exit codes: ', codes),
    'More: cachibot-ws <command> --help',
    '',
  ].join('\n')
}

/** The help of one command, which fits a screen: what it does, and examples, first. */
export function renderCommandHelp(command: CommandDefinition): string {
  const own = command.options.map(row)
  const args = command.arguments.map((one): [string, string] => [one.syntax, one.description])
  const everywhere = GLOBAL_OPTIONS.map((one) => one.flags.replace(/ <.*/, ''))
  return [
    ...wrap(`${command.name}: ${command.description}`, 2),
    '',
    ...command.examples.map((one) => `  ${one}`),
    '',
    `Usage: cachibot-ws ${usageOf(command)}${own.length === 0 ? '' : ' [options]'}`,
    ...(args.length + own.length === 0 ? [] : ['', ...table([...args, ...own])]),
    ...(command.notes === undefined ? [] : ['', command.notes]),
    '',
    ...fill('Everywhere: ', everywhere),
    '',
  ].join('\n')
}

/** `add-event [name]` */
export function usageOf(command: CommandDefinition): string {
  return [command.name, ...command.arguments.map((one) => one.syntax)].join(' ')
}

function row({ flags, description, default: value }: OptionDefinition): [string, string] {
  return [flags, value === undefined ? description : `${description}; default: ${value}`]
}

/** Two columns; the second is wrapped in its own. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([term]) => term.length)) + 4
  return rows.flatMap(([term, text]) => {
    const lines = wrap(text, 0, WIDTH - width)
    return lines.map((line, index) => `${index === 0 ? `  ${term}`.padEnd(width) : ' '.repeat(width)}${line}`)
  })
}

/** Items that stay whole, two spaces apart, in lines; those behind the first are indented. */
function fill(label: string, items: readonly string[]): string[] {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    if (last === undefined) lines.push(`${label}${item}`)
    else if (last.length + 2 + item.length <= WIDTH) lines[lines.length - 1] = `${last}  ${item}`
    else lines.push(`  ${item}`)
  }
  return lines
}

/** Lines of words, those behind the first indented. */
function wrap(text: string, indent: number, width = WIDTH): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1]
    if (last === undefined) lines.push(word)
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`${' '.repeat(indent)}${word}`)
  }
  return lines
}
