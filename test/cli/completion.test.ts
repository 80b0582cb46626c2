import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { SCRIPTS, SHELLS, type Shell } from '../../src/cli/completion/scripts.js'
import { cachibotWs, copyFixture } from '../support/checkout.js'
import { hasPython } from '../support/python.js'
import { bin, type } from '../support/terminal.js'

/** The words that complete the last of these. */
async function words(cwd: string, ...typed: string[]): Promise<string[]> {
  const { stdout, exitCode, stderr } = await cachibotWs(['__complete', ...typed], { cwd })
  expect([exitCode, stderr]).toEqual([0, ''])
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : (line.split('\t')[0] ?? '')))
}

test('completes commands, flags, values, channels, stores and events from the table and the checkout', async () => {
  const cwd = copyFixture('cachibot')
  expect(await words(cwd, '')).toEqual(COMMANDS.map((one) => one.name))
  expect(await words(cwd, 'add')).toEqual(['add-event'])
  expect(await words(cwd, 'add-event', '--dir')).toEqual(['--direction'])
  expect(await words(cwd, 'add-event', '--direction', 'b')).toEqual(['bidirectional'])
  expect(await words(cwd, 'add-event', '--direction=b')).toEqual(['--direction=bidirectional'])
  expect(await words(cwd, 'add-event', '--channel', '')).toEqual(['main', 'room', 'voice'])
  expect(await words(cwd, 'add-event', 'seat_taken', '--store', 'useCh')).toEqual(['useChatStore'])
  expect(await words(cwd, 'add-event', 'thin')).toEqual(['thinking'])
  expect(await words(cwd, 'add-event', '--spec', '')).toEqual([':files'])
  expect(await words(cwd, '-C', '')).toEqual([':folders'])
  expect(await words(cwd, 'completion', '')).toEqual([...SHELLS])
  expect(await words(join(cwd, '..'), '-C', cwd, 'add-event', '--channel', 'r')).toEqual(['room'])
})

test('completes nothing, and says nothing, where there is no checkout', async () => {
  expect(await words(tmpdir(), 'add-event', '--channel', '')).toEqual([])
})

test('prints the script of a shell, and refuses another', async () => {
  for (const shell of SHELLS)
    expect((await cachibotWs(['completion', shell], { cwd: '/' })).stdout).toBe(SCRIPTS[shell])
  expect((await cachibotWs(['completion', 'zhs'], { cwd: '/' })).stderr).toContain('did you mean `zsh`')
})

const INTERACTIVE: Readonly<Record<Shell, { argv: readonly string[]; setup: string }>> = {
  bash: {
    argv: ['bash', '--norc', '--noprofile', '-i'],
    setup: 'PS1="ready> "; bind "set bell-style none"; eval "$(cachibot-ws completion bash)"',
  },
  zsh: {
    argv: ['zsh', '-f', '-i'],
    setup: 'PS1="ready> "; autoload -U compinit; compinit -u -D; source <(cachibot-ws completion zsh)',
  },
  fish: {
    argv: ['fish', '--no-config', '-i'],
    setup: 'function fish_prompt; echo "ready> "; end; cachibot-ws completion fish | source',
  },
}

describe.each(SHELLS)('in a real %s', (shell) => {
  const path = ['/bin', '/usr/bin'].map((folder) => join(folder, shell)).find(existsSync)
  if (path === undefined && process.env['CI']) throw new Error(`CI needs ${shell}: apt-get install ${shell}`)

  test.skipIf(path === undefined || !hasPython)('Tab completes what the checkout has', () => {
    const cwd = copyFixture('cachibot')
    const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-shell-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const command = join(folder, 'cachibot-ws')
    writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`)
    chmodSync(command, 0o755)
    const { argv, setup } = INTERACTIVE[shell]
    const env = { PATH: `${folder}:${process.env['PATH']}`, HOME: folder, XDG_CONFIG_HOME: folder }
    const ran = type(
      argv,
      cwd,
      [
        ['', `${setup}; echo set""up\r`],
        ['setup', 'cachibot-ws add-ev\t'],
        ['add-event', 'room_seat_taken --channel roo\t'],
        ['--channel room', '--store useRoo\t'],
        ['useRoomStore', '--dry-run > out.diff; echo exit""ed\r'],
        ['exited', 'exit\r'],
      ],
      env,
      { columns: 200 },
    )
    expect(ran.left).toEqual([])
    expect(readFileSync(join(cwd, 'out.diff'), 'utf8')).toContain('+++ b/frontend/src/stores/rooms.ts')
  })
})
