import { Command, CommanderError } from 'commander'
import { type Problem, wrongInput } from '../errors.js'
import { block, type Shown } from '../report/shown/shown.js'
import type { CommandDefinition, OptionDefinition } from './command.js'
import { COMMANDS } from './commands/index.js'
import { printCandidates } from './completion/print.js'
import { COMPLETE } from './completion/words.js'
import type { GlobalFlags, World } from './context.js'
import { EXIT_CODES } from './exit-codes.js'
import { GLOBAL_OPTIONS, HELP_OPTIONS } from './global-options.js'
import { renderCommandHelp, renderProgramHelp } from './help.js'
import { readVersion } from './version.js'

/**
 * Runs the program.
 *
 * @param argv the arguments behind the program's name
 * @returns the exit code
 */
export async function run(argv: readonly string[], world: World): Promise<number> {
  if (argv[0] === COMPLETE)
    return world.answers.give(world, argv, (heard) => printCandidates(heard, COMMANDS, argv.slice(1)))
  let exitCode = 0
  const version = readVersion()
  const json = asksForJson(argv)
  const program = createProgram(
    version,
    json ? { ...world, stdout: NOWHERE } : world,
    ({ isReading, run }) =>
      async (...of) => {
        const known = { ...world, argv }
        exitCode =
          isReading === true
            ? await world.answers.give(known, argv, (heard) => run(heard, ...of))
            : await run(known, ...of)
      },
  )
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return exitCode
  } catch (error) {
    const command = namedIn(argv)
    const flags: GlobalFlags = { ...program.opts<GlobalFlags>(), json }
    if (error instanceof CommanderError) {
      if (error.exitCode !== 0) return reportUsage(world, flags, command, error)
      if (json) world.stdout.write(await answerInJson(error, version, command))
      return 0
    }
    if (world.env['CACHIBOT_WS_DEBUG'] && error instanceof Error)
      world.stderr.write(block(`${error.stack ?? ''}\n`))
    return report(world, flags, command, error)
  }
}

/** The command that a command line is of; the program where none is named. */
export function commandIn(argv: readonly string[]): string {
  return namedIn(argv) ?? 'cachibot-ws'
}

function namedIn(argv: readonly string[]): string | undefined {
  return argv.find((word) => COMMANDS.some((one) => one.name === word))
}

/** Says an error; what says it is loaded for it. */
async function report(
  world: World,
  flags: GlobalFlags,
  command: string | undefined,
  error: unknown,
): Promise<number> {
  const { reportError } = await import('./output.js')
  return reportError(world, flags, command ?? 'cachibot-ws', error)
}

/** Whether JSON was asked for, known even where the arguments do not parse. */
export function asksForJson(argv: readonly string[]): boolean {
  const isJson = (word: string, index: number): boolean =>
    word === '--json' || word === '--format=json' || (word === '--format' && argv[index + 1] === 'json')
  return argv.some(isJson)
}

const NOWHERE = { write: () => undefined }

type Wrap = (definition: CommandDefinition) => (args: readonly string[], flags: GlobalFlags) => Promise<void>

function createProgram(version: string, { stdout }: Pick<World, 'stdout'>, wrap: Wrap): Command {
  const program = quiet(new Command('cachibot-ws'), stdout, () => renderProgramHelp(COMMANDS))
  const [, versionOption] = HELP_OPTIONS
  program.version(version, versionOption?.flags, versionOption?.description)
  for (const option of GLOBAL_OPTIONS) addOption(program, option)
  for (const definition of COMMANDS) addCommand(program, definition, stdout, wrap(definition))
  return program
}

function addCommand(
  program: Command,
  definition: CommandDefinition,
  stdout: World['stdout'],
  run: ReturnType<Wrap>,
): void {
  const command = quiet(program.command(definition.name), stdout, () => renderCommandHelp(definition))
  for (const { syntax, description } of definition.arguments) command.argument(syntax, description)
  for (const option of definition.options) addOption(command, option)
  command.action(async () => {
    const args = command.processedArgs.flat().filter((one) => one !== undefined)
    await run(args, { ...program.opts<GlobalFlags>(), ...command.opts() })
  })
}

/** A command whose errors are thrown and not printed: words are made in one place. */
function quiet(command: Command, stdout: World['stdout'], help: () => string): Command {
  return command
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(block(text)), writeErr: () => undefined })
    .configureHelp({ formatHelp: help })
    .showSuggestionAfterError()
}

function addOption(
  command: Command,
  { flags, description, default: value, isRepeatable }: OptionDefinition,
): void {
  if (isRepeatable === true) command.option(flags, description, collect)
  else command.option(flags, description, value)
}

/** Collects the values of a repeatable option. */
function collect(value: string, list: string[] | undefined): string[] {
  return [...(list ?? []), value]
}

async function answerInJson(
  error: CommanderError,
  version: string,
  command: string | undefined,
): Promise<Shown> {
  const { renderHelpJson, renderVersionJson } = await import('../report/program-json.js')
  if (error.code === 'commander.version') return renderVersionJson(version)
  return renderHelpJson({
    commands: COMMANDS.filter((one) => command === undefined || one.name === command),
    globalOptions: GLOBAL_OPTIONS,
    exitCodes: { ...EXIT_CODES },
  })
}

/** Exit 2 for a command line that cannot be read, with what was meant, or where to read on. */
async function reportUsage(
  world: World,
  flags: GlobalFlags,
  command: string | undefined,
  error: CommanderError,
): Promise<number> {
  const hint = /\n\(Did you mean (.*)\?\)$/.exec(error.message)
  const message = error.message.slice(0, hint?.index)
  if (error.code === 'commander.help') {
    const missing = wrongInput({
      code: 'missing-argument',
      what: 'a command is missing',
      fix: helpOf(undefined),
    })
    if (flags.json === true) return report(world, flags, undefined, missing)
    world.stderr.write(block(renderProgramHelp(COMMANDS)))
    return 2
  }
  const meant = hint === null ? helpOf(command) : `did you mean \`${hint[1]}\`?`
  const fix = error.code === 'commander.unknownCommand' ? await fixOfUnknown(message) : meant
  return report(world, flags, command, wrongInput({ ...describeUsage(error.code, message), fix }))
}

/** What cannot be read of a command line, in words of ours; of the parser's own come the names and the numbers. */
function describeUsage(code: string, message: string): Pick<Problem, 'code' | 'what'> {
  const name = /'(.*)'/s.exec(message)?.[1]
  const [, takes, given] = /Expected (\d+) arguments? but got (\d+)\.$/.exec(message) ?? []
  switch (code) {
    case 'commander.unknownOption':
      return { code: 'unknown-option', what: `there is no option \`${name}\`` }
    case 'commander.unknownCommand':
      return { code: 'unknown-command', what: `there is no command \`${name}\`` }
    case 'commander.missingArgument':
      return { code: 'missing-argument', what: `the argument \`<${name}>\` is missing` }
    case 'commander.optionMissingArgument':
      return { code: 'missing-argument', what: `the option \`${name}\` has no value` }
    case 'commander.excessArguments':
      return {
        code: 'too-many-arguments',
        what: `\`${name ?? 'cachibot-ws'}\` takes ${takes === '1' ? '1 argument' : `${takes} arguments`}, and got ${given}`,
      }
    default:
      return { code: 'missing-argument', what: 'the command line cannot be read' }
  }
}

function helpOf(command: string | undefined): string {
  return `see cachibot-ws ${command === undefined ? '' : `${command} `}--help`
}

/** How to go on behind an unknown command. */
async function fixOfUnknown(message: string): Promise<string> {
  const { meantBy } = await import('./other-words.js')
  return meantBy(/'(.*)'/s.exec(message)?.[1] ?? '', COMMANDS)
}
