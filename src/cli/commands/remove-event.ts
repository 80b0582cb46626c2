import type { CommandDefinition } from '../command.js'
import type { RemoveEventFlags } from '../remove-event.js'

export const removeEventCommand: CommandDefinition = {
  name: 'remove-event',
  description: 'take an event out again, both halves of a pair',
  summary: 'take an event out again',
  arguments: [{ syntax: '<name>', description: 'the wire name, of either half of a pair' }],
  options: [
    { flags: '--channel <id>', description: 'the channel, where several have the name' },
    { flags: '--force', description: 'take out what people wrote or edited as well' },
    { flags: '--dry-run', description: 'print a diff for `git apply`, and write nothing' },
    { flags: '--diff', description: 'print the diff of what was written as well' },
  ],
  examples: [
    'cachibot-ws remove-event seat_taken',
    'cachibot-ws remove-event seat_taken --dry-run',
    'cachibot-ws remove-event thinking --channel main --force',
  ],
  notes: `Something that still mentions the event blocks it, with --force as well: every
place is named with its line.`,
  async run(world, [name = ''], flags) {
    const { removeEvent } = await import('../remove-event.js')
    return removeEvent(world, name, flags as RemoveEventFlags)
  },
}
