import type { CommandDefinition } from '../command.js'
import { type CheckFlags, FORMATS } from '../formats.js'

export const checkCommand: CommandDefinition = {
  name: 'check',
  description: 'find every place where backend and frontend disagree; read-only',
  summary: 'find where backend and frontend disagree',
  arguments: [{ syntax: '[event...]', description: 'only these events, by their wire names' }],
  options: [
    { flags: '--channel <id>', description: 'only this channel' },
    {
      flags: '--format <format>',
      description: 'text (the default), json, github (the default in GitHub Actions), sarif',
      choices: FORMATS,
    },
    {
      flags: '--output <file>',
      description: 'write the findings there instead of printing them; never over a source',
    },
    {
      flags: '--fail-on <severity>',
      description: 'the least severity that ends in exit code 1: error (the default), warning or info',
      choices: ['error', 'warning', 'info'],
    },
    {
      flags: '--baseline <file>',
      description: 'accept the findings listed there; default: cachibot-ws.baseline.json',
    },
    {
      flags: '--write-baseline',
      description: 'accept what is found now: write the baseline, over nothing else',
    },
  ],
  examples: [
    'cachibot-ws check',
    'cachibot-ws check seat_taken --verbose',
    'cachibot-ws check --channel room --fail-on warning',
    'cachibot-ws check --write-baseline       # from now on only what is new fails',
    'cachibot-ws check --format sarif --output cachibot-ws.sarif',
  ],
  notes: `Ignore one finding in place, at either end, on its line or above it, with why:
  # cachibot-ws: ignore[rule] reason        // cachibot-ws: ignore[rule] reason`,
  isReading: true,
  async run(world, events, flags) {
    const { check } = await import('../check.js')
    return check(world, events, flags as CheckFlags)
  },
}
