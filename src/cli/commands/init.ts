import type { CommandDefinition } from '../command.js'
import type { InitFlags } from '../init.js'

export const initCommand: CommandDefinition = {
  name: 'init',
  description: 'set up config, CI job, pre-commit hook, agent skill: what is asked for',
  summary: 'set up config, CI, pre-commit, agent skill',
  arguments: [],
  options: [
    { flags: '--config-file', description: 'cachibot-ws.config.json at the root' },
    { flags: '--ci', description: 'a GitHub workflow that runs check' },
    { flags: '--pre-commit', description: 'a hook in .pre-commit-config.yaml that runs check' },
    { flags: '--skill', description: 'a skill by which coding agents use this tool' },
    { flags: '--all', description: 'all of them' },
    {
      flags: '--from <package>',
      description: 'what they install this tool from: a git commit, a tarball or a folder',
    },
    { flags: '--force', description: 'replace a file of other content; the diff shows what goes' },
    { flags: '--dry-run', description: 'print a diff, and write nothing' },
  ],
  examples: [
    "cachibot-ws init --all --from 'github:owner/cachibot-ws#v0.1.0' --dry-run",
    'cachibot-ws init --ci --from https://example.com/cachibot-ws-0.1.0.tgz',
    'cachibot-ws init                            # asks, on a terminal',
  ],
  notes:
    'Without --from: what this copy was installed from. All is written or nothing:\na file of other content is exit 3 with its diff, and what to add.',
  async run(world, _args, flags) {
    const { init } = await import('../init.js')
    return init(world, flags as InitFlags)
  },
}
