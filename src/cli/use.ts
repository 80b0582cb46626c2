import { COMMANDS } from './commands/index.js'
import { COMPLETE } from './completion/words.js'

/** What of the program a command line uses: a command and flags, and nothing that is the user's own. */
export function useOf(argv: readonly string[]): string {
  if (argv[0] === COMPLETE) return COMPLETE
  const command = COMMANDS.find(({ name }) => argv.includes(name))?.name
  const flags = argv.flatMap((word) => /^(?:--[a-z-]+|-[a-zA-Z])/.exec(word) ?? [])
  return [command ?? '', ...new Set(flags.toSorted())].join(' ')
}
