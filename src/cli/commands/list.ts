import type { CommandDefinition } from '../command.js'
import type { ListFlags } from '../list.js'

export const listCommand: CommandDefinition = {
  name: 'list',
  description: 'list the events, one a row, with their fields and the sites they stand at',
  summary: 'list the events with their fields and sites',
  arguments: [],
  options: [
    { flags: '--channel <id>', description: 'the events of one channel only' },
    {
      flags: '--format <format>',
      description: 'table (the default), markdown, json',
      choices: ['table', 'markdown', 'json'],
    },
  ],
  examples: [
    'cachibot-ws list',
    'cachibot-ws list --channel main --format markdown > docs/events.md',
    "cachibot-ws list --json | jq '.events[].name'",
  ],
  isReading: true,
  async run(world, _args, flags) {
    const { list } = await import('../list.js')
    return list(world, flags as ListFlags)
  },
}
