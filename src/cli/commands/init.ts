import type { CommandDefinition } from '../command.js'
import type { InitFlags } from '../init.js'

export const initCommand: CommandDefinition = {
  name: 'init',
  description: 'set a repository up: config, CI job, pre-commit hook, agent skill; each only if asked for',
  summary: 'set up config, CI, pre-commit, agent skill',
  arguments: [],
  options: [
    { flags: '--config-file', description: 'cachibot-ws.config.json at the root' },
    { flags: '--ci', description: 'a GitHub workflow that runs check' },
    { flags: '--pre-commit', description: 'a hook in .pre-commit-config.yaml that runs check' },
    { flags: '--skill', description: 'a skill by which coding agents use this tool' },
    { flags: '--all', description: 'all of them' },
    { flags: '--dry-run', description: 'print a diff, and write nothing' },
  ],
  examples: [
    'cachibot-ws init --all --dry-run',
    'cachibot-ws init --ci --pre-commit',
    'cachibot-ws init                            # asks, on a terminal',
  ],
  notes: 'A file of other content is never overwritten: exit 3 says where and what to do.',
  async run(world, _args, flags) {
    const { init } = await import('../init.js')
    return init(world, flags as InitFlags)
  },
}
