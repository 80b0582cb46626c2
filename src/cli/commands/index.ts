import type { CommandDefinition } from '../command.js'
import { addEventCommand } from './add-event.js'
import { changeEventCommand } from './change-event.js'
import { checkCommand } from './check.js'
import { completionCommand } from './completion.js'
import { explainCommand } from './explain.js'
import { infoCommand } from './info.js'
import { initCommand } from './init.js'
import { listCommand } from './list.js'
import { removeEventCommand } from './remove-event.js'

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandDefinition[] = [
  addEventCommand,
  checkCommand,
  listCommand,
  changeEventCommand,
  removeEventCommand,
  explainCommand,
  infoCommand,
  initCommand,
  completionCommand,
]
