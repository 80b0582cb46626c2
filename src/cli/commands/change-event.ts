import type { CommandDefinition } from '../command.js'
import { canAsk } from '../context.js'
import type { ChangeEventFlags } from '../event-flags.js'

export const changeEventCommand: CommandDefinition = {
  name: 'change-event',
  description: 'change the fields of an event wherever they stand',
  summary: 'add, remove, rename or retype the fields of an event',
  arguments: [{ syntax: '[name]', description: 'the wire name; without it, questions are asked' }],
  options: [
    {
      flags: '--add-field <name:type>',
      description: 'a field that comes in; repeatable',
      isRepeatable: true,
    },
    { flags: '--remove-field <field>', description: 'a field that goes; repeatable', isRepeatable: true },
    { flags: '--rename-field <old:new>', description: 'another key; repeatable', isRepeatable: true },
    { flags: '--set-type <field:type>', description: 'another type; repeatable', isRepeatable: true },
    {
      flags: '--pass <place=expr>',
      description: 'what the call at FILE:LINE[:COL] gives; repeatable',
      isRepeatable: true,
    },
    { flags: '--description <text>', description: 'one line for docstrings and comments' },
    { flags: '--channel <id>', description: 'the channel, where several have the name' },
    { flags: '--dry-run', description: 'print a diff for `git apply`, and write nothing' },
    { flags: '--diff', description: 'print the diff of what was written as well' },
  ],
  examples: [
    "cachibot-ws change-event tool_end --add-field 'duration_ms:int?'",
    "cachibot-ws change-event done --add-field 'cost:float?' --dry-run | git apply",
    'cachibot-ws change-event platform_message --rename-field sender:author',
    "cachibot-ws change-event platform_message --set-type 'sender:str|null'",
    'cachibot-ws change-event usage --remove-field prompt_tokens',
  ],
  notes: `A field is named by its key on the wire, as chunk_count or chunkCount. Types are
those of add-event. What reads a field that goes is named, and nothing written.`,
  async run(world, [name], flags) {
    if (name === undefined && canAsk(world, flags)) {
      const { askForChange } = await import('../wizard/begin.js')
      return askForChange(world, flags as ChangeEventFlags)
    }
    const { changeEvent } = await import('../change-event.js')
    return changeEvent(world, name, flags as ChangeEventFlags)
  },
}
