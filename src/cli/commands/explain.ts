import type { CommandDefinition } from '../command.js'

export const explainCommand: CommandDefinition = {
  name: 'explain',
  description: 'print what a rule of check means, why it matters and how to fix it',
  summary: 'print what a rule of check means and how to fix it',
  arguments: [{ syntax: '[rule]', description: 'the id of a rule; without it all rules are listed' }],
  options: [],
  examples: ['cachibot-ws explain unused-suppression', 'cachibot-ws explain'],
  async run(world, [rule], flags) {
    const { explain } = await import('../explain.js')
    return explain(world, rule, flags)
  },
}
