import type { CommandDefinition } from '../command.js'
import { addEventCommand } from './add-event.js'
import { completionCommand } from './completion.js'
import { infoCommand } from './info.js'
import { initCommand } from './init.js'
import { listCommand } from './list.js'
import { removeEventCommand } from './remove-event.js'

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandDefinition[] = [
  addEventCommand,
  listCommand,
  removeEventCommand,
  infoCommand,
  initCommand,
  completionCommand,
]
