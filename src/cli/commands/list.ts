import type { CommandDefinition } from '../command.js'
import type { ListFlags } from '../list.js'

export const listCommand: CommandDefinition = {
  name: 'list',
  description: 'print the events, one a row, or named ones whole',
  summary: 'list the events, or named ones whole',
  arguments: [{ syntax: '[event...]', description: 'only these events, whole' }],
  options: [
    { flags: '--channel <id>', description: 'the events of one channel only' },
    {
      flags: '--format <format>',
      description: 'table (the default), markdown, json; of named events spec, which add-event --spec takes',
      choices: ['table', 'markdown', 'json', 'spec'],
    },
  ],
  examples: [
    'cachibot-ws list',
    'cachibot-ws list seat_taken',
    'cachibot-ws list seat_taken --format spec > seat_taken.yaml',
    'cachibot-ws list --channel main --format markdown > docs/events.md',
    "cachibot-ws list --json | jq '.events[].name'",
  ],
  isReading: true,
  async run(world, events, flags) {
    const { list } = await import('../list.js')
    return list(world, events, flags as ListFlags)
  },
}
