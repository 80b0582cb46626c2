import type { CommandDefinition } from '../command.js'
import { canAsk } from '../context.js'
import type { AddEventFlags } from '../event-flags.js'

export const addEventCommand: CommandDefinition = {
  name: 'add-event',
  description: 'write an event wherever it is missing, and print the checklist',
  summary: 'write an event wherever it is missing',
  arguments: [{ syntax: '[name]', description: 'the wire name, snake_case; asked for on a terminal' }],
  options: [
    {
      flags: '-f, --field <name:type>',
      description: 'a field of the payload; repeatable',
      isRepeatable: true,
    },
    {
      flags: '--direction <direction>',
      description: 'server-to-client (s2c, the default), client-to-server (c2s), bidirectional (both)',
      choices: ['server-to-client', 'client-to-server', 'bidirectional'],
    },
    { flags: '--request <name>', description: "the client's half; default: <name>_request" },
    {
      flags: '--request-field <name:type>',
      description: "a field of it; default: the event's required ones",
      isRepeatable: true,
    },
    { flags: '--description <text>', description: 'one line for docstrings and comments' },
    { flags: '--channel <id>', description: 'the channel; default: main' },
    { flags: '--store <hook>', description: 'a store, new:<name>, none; default: the most used' },
    { flags: '--store-as <way>', description: 'what it keeps: latest, append, upsert:<field>' },
    {
      flags: '--emit <target>',
      description: 'client, all, room, none; default: the most used',
      choices: ['client', 'all', 'room', 'none'],
    },
    { flags: '--emit-in <file:name>', description: 'where it is sent: a module, class or function' },
    { flags: '--spec <file>', description: 'read one event or several from YAML or JSON; - for stdin' },
    { flags: '--dry-run', description: 'print a diff for `git apply`, and write nothing' },
    { flags: '--diff', description: 'print the diff of what was written as well' },
    { flags: '--partial', description: 'write what can be placed despite what is blocked' },
  ],
  examples: [
    "cachibot-ws add-event seat_taken -f seat_id:str -f row:int -f 'note:str?'",
    'cachibot-ws add-event curtain_call --direction bidirectional -f scene:str',
    'cachibot-ws add-event seat_taken -f seat_id:str --dry-run | git apply',
    'cachibot-ws add-event --spec seat_taken.yaml',
    'cachibot-ws add-event                       # asks, on a terminal',
  ],
  notes: `Types: str int float bool any dict datetime   T[]   T?  may be missing   T|null
       "a"|"b"   T=default   or, without quotes: T.list T.optional T.nullable`,
  async run(world, [name], flags) {
    if (name === undefined && (flags as AddEventFlags).spec === undefined && canAsk(world, flags)) {
      const { askForEvent } = await import('../wizard/begin.js')
      return askForEvent(world, flags)
    }
    const { addEvent } = await import('../add-event.js')
    return addEvent(world, name, flags as AddEventFlags)
  },
}
