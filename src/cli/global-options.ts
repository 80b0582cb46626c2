import type { OptionDefinition } from './command.js'

/** The options that stand everywhere, before or after a command's own arguments. */
export const GLOBAL_OPTIONS: readonly OptionDefinition[] = [
  { flags: '-C, --cwd <dir>', description: 'work on the checkout at or above this folder' },
  { flags: '--config <file>', description: 'read this config; default: cachibot-ws.config.json' },
  { flags: '--json', description: 'print one JSON value' },
  { flags: '--quiet', description: 'print errors only' },
  { flags: '--verbose', description: 'print every site, and why' },
  { flags: '--color', description: 'colour the output' },
  { flags: '--no-color', description: 'never colour the output' },
  { flags: '--no-input', description: 'never ask' },
  { flags: '-y, --yes', description: 'write without asking' },
]

/** What the parser itself answers. */
export const HELP_OPTIONS: readonly OptionDefinition[] = [
  { flags: '-h, --help', description: 'print this help' },
  { flags: '-V, --version', description: 'print the version' },
]
