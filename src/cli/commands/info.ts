import type { CommandDefinition } from '../command.js'

export const infoCommand: CommandDefinition = {
  name: 'info',
  description: 'print what was discovered, and why',
  summary: 'print what was discovered, and why',
  arguments: [],
  options: [],
  examples: ['cachibot-ws info', 'cachibot-ws info --json | jq .channels'],
  isReading: true,
  async run(world, _args, flags) {
    const { info } = await import('../info.js')
    return info(world, flags)
  },
}
