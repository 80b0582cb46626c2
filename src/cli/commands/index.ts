import type { CommandDefinition } from '../command.js'
import { addEventCommand } from './add-event.js'
import { checkCommand } from './check.js'
import { explainCommand } from './explain.js'
import { infoCommand } from './info.js'

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandDefinition[] = [
  addEventCommand,
  checkCommand,
  explainCommand,
  infoCommand,
]
