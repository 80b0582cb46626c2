import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { SCRIPTS, SHELLS, type Shell } from '../../src/cli/completion/scripts.js'
import { RULE_IDS } from '../../src/rules/catalogue.js'
import { SCALARS } from '../../src/spec/field-type.js'
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

test('completes rules, types behind a colon, and what a store keeps, narrowed by what is typed', async () => {
  const cwd = copyFixture('cachibot')
  expect(await words(cwd, 'explain', '')).toEqual([...RULE_IDS])
  expect(await words(cwd, 'explain', 'orphan-')).toEqual(['orphan-action', 'orphan-payload'])
  expect(await words(cwd, 'explain', 'orphan-action', '')).toEqual([])
  const add = ['add-event', 'seat_taken']
  expect(await words(cwd, ...add, '-f', 'seat_id')).toEqual([])
  expect(await words(cwd, ...add, '-f', 'seat_id:')).toEqual(SCALARS.map((type) => `seat_id:${type}`))
  expect(await words(cwd, ...add, '--field=seat_id:d')).toEqual([
    '--field=seat_id:dict',
    '--field=seat_id:datetime',
  ])
  expect(await words(cwd, ...add, '--request-field', 'seat_id:i')).toEqual(['seat_id:int'])
  expect(await words(cwd, ...add, '-f', 'seat_id:str.')).toEqual(
    ['list', 'optional', 'nullable'].map((suffix) => `seat_id:str.${suffix}`),
  )
  const change = ['change-event', 'tool_end']
  expect(await words(cwd, ...change, '--set-type', 're')).toEqual(['result:'])
  expect(await words(cwd, ...change, '--set-type', 'result:s')).toEqual(['result:str'])
  expect(await words(cwd, ...change, '--add-field', 'note:s')).toEqual(['note:str'])
  expect(await words(cwd, ...change, '--remove-field', 'id', '--remove-field', '')).toEqual([
    'result',
    'success',
  ])
  const fields = ['-f', 'seat_id:str', '-f', 'note:str.optional', '--field=row:int', '-f', 'at:datetime']
  expect(await words(cwd, ...add, ...fields, '--store-as', '')).toEqual([
    'latest',
    'append',
    'upsert:seat_id',
    'upsert:row',
  ])
  expect(await words(cwd, ...add, ...fields, '--store-as', 'upsert:r')).toEqual(['upsert:row'])
  expect(await words(cwd, 'add-event', 'tool_end', '--store-as=u')).toEqual(['--store-as=upsert:id'])
})

test('what is typed already narrows what is left', async () => {
  const cwd = copyFixture('cachibot')
  expect(await words(cwd, 'check', '--channel', 'voice', '')).not.toContain('room_chat')
  expect(await words(cwd, 'list', 'tool_end', 'tool_')).toEqual(['tool_start'])
  expect(await words(cwd, 'remove-event', 'tool_end', '')).toEqual([])
  expect(await words(cwd, 'add-event', 'seat_taken', '--channel', 'room', '--ch')).toEqual([])
  expect(await words(cwd, 'add-event', 'seat_taken', '-f', 'row:int', '--fi')).toEqual(['--field'])
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
        ['add-event', 'room_seat_taken -f row:in\t'],
        ['row:int', '--channel roo\t'],
        ['--channel room', '--store useRoo\t'],
        ['useRoomStore', '--store-as upsert:r\t'],
        ['upsert:row', '--dry-run > out.diff; echo exit""ed\r'],
        ['exited', 'cachibot-ws change-event tool_end --rename-field succ\t'],
        ['success:', 'won --dry-run > change.diff; echo chang""ed\r'],
        ['changed', 'exit\r'],
      ],
      env,
      { columns: 200 },
    )
    expect(ran.left).toEqual([])
    expect(readFileSync(join(cwd, 'change.diff'), 'utf8')).toContain('won')
    expect(readFileSync(join(cwd, 'out.diff'), 'utf8')).toMatch(
      /\+\+\+ b\/frontend\/src\/stores\/rooms\.ts(.|\n)*roomSeatTakenById/,
    )
  })
})
