import { Command, CommanderError } from 'commander'
import { wrongInput } from '../errors.js'
import { readAsset } from '../workspace/assets.js'
import type { AddEventFlags } from './add-event.js'
import type { GlobalFlags, World } from './context.js'
import { EXIT_CODES } from './exit-codes.js'
import { reportError } from './output.js'

const ADD_EVENT_EXAMPLES = `Examples:
  cachibot-ws add-event seat_taken -f seat_id:str -f row:int -f 'note:str?'
  cachibot-ws add-event curtain_call --direction bidirectional -f scene:str
  cachibot-ws add-event seat_taken -f seat_id:str --dry-run | git apply
  cachibot-ws add-event --spec seat_taken.yaml
  cachibot-ws add-event                       # asks, on a terminal
`

const FIELD_TYPES = `
Field types:
  str int float bool any dict datetime   T[]   T?  may be missing   T|null   "a"|"b"   T=default
  str.list, str.optional and str.nullable mean the same and need no quotes in a shell.
`

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
    const flags: GlobalFlags = { ...program.opts<GlobalFlags>(), json: argv.includes('--json') }
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      if (flags.json === true) reportUsage(world, flags, command, error)
      return 2
    }
    if (world.env['CACHIBOT_WS_DEBUG'] && error instanceof Error) world.stderr.write(`${error.stack ?? ''}\n`)
    return reportError(world, flags, command, error)
  }
}

function createProgram(world: World, done: (exitCode: number) => void): Command {
  const { version } = JSON.parse(readAsset('package.json')) as { version: string }
  const program = new Command('cachibot-ws')
  program
    .description('Adds a WebSocket event to every place a CachiBot repository needs it, and proves it.')
    .version(version, '-V, --version', 'print the version')
    .option('-C, --cwd <dir>', 'work on the checkout at or above this folder')
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
    .addHelpText('before', `${ADD_EVENT_EXAMPLES}  cachibot-ws info\n`)
    .addHelpText(
      'after',
      `\nExit codes:\n${Object.entries(EXIT_CODES)
        .map(([code, meaning]) => `  ${code.padEnd(4)} ${meaning}`)
        .join('\n')}`,
    )

  program
    .command('add-event')
    .argument('[name]', 'the wire name, snake_case; asked for on a terminal')
    .description('complete an event: write whatever of it is missing, then print the checklist')
    .option('-f, --field <name:type>', 'a field of the payload; repeatable', collect)
    .option(
      '--direction <direction>',
      'server-to-client (s2c, the default), client-to-server (c2s), bidirectional (both)',
    )
    .option('--request <name>', "the client's half; default: <name>_request")
    .option('--request-field <name:type>', "a field of it; default: the event's required ones", collect)
    .option('--description <text>', 'one line for docstrings and comments')
    .option('--channel <id>', 'the channel', 'main')
    .option('--store <hook>', 'a store, new:<name>, none; default: the most used')
    .option('--store-as <way>', 'what it keeps: latest, append, upsert:<field>')
    .option('--emit <target>', 'client, all, room, none; default: the most used')
    .option('--emit-in <file:name>', 'where it is sent: a module, class or function')
    .option('--spec <file>', 'read the event from YAML or JSON; - for stdin')
    .option('--dry-run', 'print a diff for `git apply`, and write nothing')
    .option('--partial', 'write what can be placed despite what is blocked')
    .addHelpText('before', ADD_EVENT_EXAMPLES)
    .addHelpText('after', FIELD_TYPES)
    .action(async (name: string | undefined, flags: AddEventFlags, command: Command) => {
      const { addEvent } = await import('./add-event.js')
      const given = command.getOptionValueSource('channel') === 'default' ? omitChannel(flags) : flags
      done(await addEvent(world, name, { ...command.parent?.opts<GlobalFlags>(), ...given }))
    })

  program
    .command('info')
    .description('print what was discovered: channels, files, stores, styles; --verbose says why')
    .addHelpText('before', 'Examples:\n  cachibot-ws info\n  cachibot-ws info --json | jq .channels\n')
    .action(async (_flags: GlobalFlags, command: Command) => {
      const { info } = await import('./info.js')
      done(await info(world, command.parent?.opts<GlobalFlags>() ?? {}))
    })

  for (const command of program.commands) {
    command.exitOverride().configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
    })
  }
  return program
}

/** Collects the values of a repeatable option. */
function collect(value: string, list: string[] | undefined): string[] {
  return [...(list ?? []), value]
}

/** Without the default, so that a spec file can name the channel. */
function omitChannel(flags: AddEventFlags): AddEventFlags {
  const { channel: _default, ...rest } = flags
  return rest
}

function reportUsage(world: World, flags: GlobalFlags, command: string, error: CommanderError): void {
  const [message = '', hint] = error.message.replace(/^error: /, '').split('\n')
  const what = error.code === 'commander.help' ? 'a command is missing' : message
  const fix = hint?.replace(/^\(|\)$/g, '')
  reportError(world, flags, command, wrongInput(fix === undefined ? { what } : { what, fix }))
}
