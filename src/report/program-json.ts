import type { z } from 'zod'
import type { completionSchema, helpSchema, initSchema, versionSchema } from './program-schemas.js'
import { json } from './shown/json.js'
import type { Shown } from './shown/shown.js'

/** What the JSON of a command that did what it should begins with. */
function successOf<T extends string>(command: T) {
  return { schemaVersion: 2, command, ok: true, exitCode: 0, error: null } as const
}

/** One JSON value with the table of commands. */
export function renderHelpJson(
  help: Pick<z.input<typeof helpSchema>, 'commands' | 'globalOptions' | 'exitCodes'>,
): Shown {
  const commands = help.commands.map(({ name, description, arguments: args, options, examples }) => ({
    name,
    description,
    arguments: args,
    options,
    examples,
  }))
  return json({ ...successOf('help'), ...help, commands } satisfies z.input<typeof helpSchema>)
}

export function renderVersionJson(version: string): Shown {
  return json({ ...successOf('version'), version } satisfies z.input<typeof versionSchema>)
}

export function renderCompletionJson(shell: string, script: string): Shown {
  return json({ ...successOf('completion'), shell, script } satisfies z.input<typeof completionSchema>)
}

export function renderInitJson(
  run: Pick<z.input<typeof initSchema>, 'dryRun' | 'files' | 'diff' | 'next' | 'recovered'>,
): Shown {
  return json({ ...successOf('init'), ...run } satisfies z.input<typeof initSchema>)
}
