import type { CommandDefinition, OptionDefinition } from './command.js'
import { EXIT_CODES } from './exit-codes.js'
import { GLOBAL_OPTIONS, HELP_OPTIONS } from './global-options.js'

/** Help fits a terminal of this width. */
const WIDTH = 80

const DESCRIPTION = 'Writes a WebSocket event wherever a CachiBot repository needs it, and proves it.'

/** The help of the program: an example of each command first. */
export function renderProgramHelp(commands: readonly CommandDefinition[]): string {
  return [
    ...examples(commands.flatMap((one) => one.examples.slice(0, 1))),
    '',
    DESCRIPTION,
    '',
    'Usage: cachibot-ws <command> [options]',
    '',
    'Commands:',
    ...table(commands.map((one) => [usageOf(one), one.summary ?? one.description])),
    '',
    'Options, before or after those of a command:',
    ...table([...GLOBAL_OPTIONS, ...HELP_OPTIONS].map(row)),
    '',
    'Exit codes:',
    ...table(Object.entries(EXIT_CODES)),
    '',
  ].join('\n')
}

/** The help of one command: examples first, at most a screen. */
export function renderCommandHelp(command: CommandDefinition): string {
  const own = command.options.map(row)
  const args = command.arguments.map((one): [string, string] => [one.syntax, one.description])
  return [
    ...examples(command.examples),
    '',
    ...wrap(`${command.name}: ${command.description}`, 2),
    '',
    `Usage: cachibot-ws ${usageOf(command)}${own.length === 0 ? '' : ' [options]'}`,
    ...(args.length + own.length === 0 ? [] : ['', ...table([...args, ...own])]),
    ...(command.notes === undefined ? [] : ['', command.notes]),
    '',
    ...wrap(`Everywhere: ${GLOBAL_OPTIONS.map((one) => one.flags.replace(/ <.*/, '')).join('  ')}`, 2),
    '',
  ].join('\n')
}

/** `add-event [name]` */
export function usageOf(command: CommandDefinition): string {
  return [command.name, ...command.arguments.map((one) => one.syntax)].join(' ')
}

function examples(lines: readonly string[]): string[] {
  return ['Examples:', ...lines.map((one) => `  ${one}`)]
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
