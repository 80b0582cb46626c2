import type { CommandDefinition } from '../command.js'

export const completionCommand: CommandDefinition = {
  name: 'completion',
  description: 'print the script by which a shell completes commands and values',
  summary: 'print the completion script of a shell',
  arguments: [{ syntax: '<shell>', description: 'bash, zsh or fish', choices: ['bash', 'zsh', 'fish'] }],
  options: [],
  examples: [
    'cachibot-ws completion bash >> ~/.bashrc',
    'cachibot-ws completion zsh >> ~/.zshrc              # behind compinit',
    'cachibot-ws completion fish > ~/.config/fish/completions/cachibot-ws.fish',
  ],
  async run(world, [shell = ''], flags) {
    const { completion } = await import('../completion.js')
    return completion(world, shell, flags)
  },
}
