import { Command, CommanderError } from 'commander'
import { wrongInput } from '../errors.js'
import { readAsset } from '../workspace/assets.js'
import type { CommandDefinition } from './command.js'
import { COMMANDS } from './commands/index.js'
import type { GlobalFlags, World } from './context.js'
import { EXIT_CODES } from './exit-codes.js'
import { reportError } from './output.js'

/** How many examples of each command the program's own help shows. */
const EXAMPLES_EACH = 2

/**
 * Runs the program.
 *
 * @param argv the arguments behind the program's name
 * @returns the exit code
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  let exitCode = 0
  const program = createProgram(world, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    const command = argv.find((word) => program.commands.some((one) => one.name() === word)) ?? 'cachibot-ws'
    const flags: GlobalFlags = { ...program.opts<GlobalFlags>(), json: asksForJson(argv) }
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      if (flags.json === true) reportUsage(world, flags, command, error)
      return 2
    }
    if (world.env['CACHIBOT_WS_DEBUG'] && error instanceof Error) world.stderr.write(`${error.stack ?? ''}\n`)
    return reportError(world, flags, command, error)
  }
}

/** Whether JSON was asked for, known even where the arguments do not parse. */
function asksForJson(argv: readonly string[]): boolean {
  const isJson = (word: string, index: number): boolean =>
    word === '--json' || word === '--format=json' || (word === '--format' && argv[index + 1] === 'json')
  return argv.some(isJson)
}

function createProgram(world: World, done: (exitCode: number) => void): Command {
  const { version } = JSON.parse(readAsset('package.json')) as { version: string }
  const program = new Command('cachibot-ws')
  program
    .description('Adds a WebSocket event to every place a CachiBot repository needs it, and proves it.')
    .version(version, '-V, --version', 'print the version')
    .option('-C, --cwd <dir>', 'work on the checkout at or above this folder')
    .option('--config <file>', 'read this config; default: cachibot-ws.config.json at the root')
    .option('--json', 'print one JSON value')
    .option('--quiet', 'print errors only')
    .option('--verbose', 'print every site, and why')
    .option('--color', 'colour the output')
    .option('--no-color', 'never colour the output')
    .option('--no-input', 'never ask')
    .option('-y, --yes', 'write without asking')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
    })
    .showSuggestionAfterError()
    .addHelpText('before', printExamples(COMMANDS.flatMap((one) => one.examples.slice(0, EXAMPLES_EACH))))
    .addHelpText(
      'after',
      `\nExit codes:\n${Object.entries(EXIT_CODES)
        .map(([code, meaning]) => `  ${code.padEnd(4)} ${meaning}`)
        .join('\n')}`,
    )

  for (const definition of COMMANDS) addCommand(program, definition, world, done)
  return program
}

/** Collects the values of a repeatable option. */
function collect(value: string, list: string[] | undefined): string[] {
  return [...(list ?? []), value]
}

function addCommand(
  program: Command,
  definition: CommandDefinition,
  world: World,
  done: (exitCode: number) => void,
): void {
  const command = program
    .command(definition.name)
    .description(definition.description)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
    })
    .addHelpText('before', printExamples(definition.examples))
  for (const { syntax, description } of definition.arguments) command.argument(syntax, description)
  for (const { flags, description, default: value, isRepeatable } of definition.options) {
    if (isRepeatable === true) command.option(flags, description, collect)
    else command.option(flags, description, value)
  }
  if (definition.notes !== undefined) command.addHelpText('after', `\n${definition.notes}\n`)
  command.action(async () => {
    const args = command.processedArgs.flat().filter((one) => one !== undefined)
    done(await definition.run(world, args, { ...program.opts<GlobalFlags>(), ...command.opts() }))
  })
}

function printExamples(examples: readonly string[]): string {
  return `Examples:\n${examples.map((one) => `  ${one}\n`).join('')}`
}

function reportUsage(world: World, flags: GlobalFlags, command: string, error: CommanderError): void {
  const [message = '', hint] = error.message.replace(/^error: /, '').split('\n')
  const what = error.code === 'commander.help' ? 'a command is missing' : message
  const fix = hint?.replace(/^\(|\)$/g, '')
  reportError(world, flags, command, wrongInput(fix === undefined ? { what } : { what, fix }))
}
