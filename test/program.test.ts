import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pythonBin } from '../scripts/user-tools.mjs'
import { copyFixture, snapshot } from './support/checkout.js'
import { project } from './support/fixtures.js'
import { hasPython } from './support/python.js'

const bin = join(project, 'bin', 'cachibot-ws.js')
const SEAT_TAKEN = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?']

describe('the program without a terminal', () => {
  test.each([
    ['an open pipe that says nothing', 'pipe'],
    ['/dev/null', 'ignore'],
  ] as const)('never asks: %s', (_, stdin) => {
    const cwd = copyFixture('reference')
    const before = snapshot(cwd)
    const script =
      stdin === 'pipe'
        ? `sleep 20 | "${process.execPath}" "${bin}" add-event; exit $?`
        : `"${process.execPath}" "${bin}" add-event < /dev/null`
    const started = Date.now()
    const ran = spawnSync(
      'bash',
      ['-c', stdin === 'pipe' ? script.replace('sleep 20', '{ sleep 20 & echo -n; wait; }') : script],
      {
        cwd,
        encoding: 'utf8',
        timeout: 60_000,
      },
    )
    expect(ran.status).toBe(4)
    expect(ran.stderr).toContain('cachibot-ws add-event <name>')
    expect(Date.now() - started).toBeLessThan(60_000)
    expect(snapshot(cwd)).toEqual(before)
  })

  test('a reader that goes away is no error', () => {
    const cwd = copyFixture('cachibot')
    const ran = spawnSync(
      'bash',
      ['-c', `set -o pipefail; "${process.execPath}" "${bin}" info --json | head -1`],
      { cwd, encoding: 'utf8' },
    )
    expect(ran.stdout).toBe('{\n')
    expect(ran.stderr).toBe('')
  })

  test('output through a slow pipe is whole', () => {
    const cwd = copyFixture('cachibot')
    const command = `"${process.execPath}" "${bin}" info --json | { sleep 1; cat; }`
    const ran = spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
    expect(() => JSON.parse(ran.stdout)).not.toThrow()
  })
})

interface Session {
  readonly exit: number | null
  readonly output: string
  readonly left: readonly unknown[]
}

/** Runs the program in a pseudo-terminal. */
function session(
  cwd: string,
  args: readonly string[],
  steps: readonly (readonly [string, string])[],
  env: Record<string, string> = {},
): Session {
  const task = {
    argv: [process.execPath, bin, ...args],
    cwd,
    env: { TERM: 'xterm', ...env },
    unset: env['CI'] === undefined ? ['CI'] : [],
    steps,
  }
  const output = execFileSync(
    join(pythonBin() ?? '', 'python'),
    [join(project, 'test', 'support', 'terminal.py')],
    {
      input: JSON.stringify(task),
      encoding: 'utf8',
      timeout: 90_000,
    },
  )
  return JSON.parse(output) as Session
}

describe.skipIf(!hasPython)('the wizard in a pseudo-terminal', () => {
  const name: [string, string] = ['Name of the event', 'seat_taken\r']
  const direction: [string, string] = ['Direction', '\r']
  const fields: [string, string][] = [
    ['Field of SeatTakenPayload', 'seat_id:str\r'],
    ['Next field', 'row:int\r'],
    ['Next field', 'note:str?\r'],
    ['Next field', '\r'],
  ]
  const store: [string, string] = ['Store that keeps it', '\r']

  test('asks, shows the diff, writes on yes, and writes what the flags write', () => {
    const cwd = copyFixture('reference')
    const ran = session(cwd, ['add-event'], [name, direction, ...fields, store, ['Write this?', 'y']])
    expect(ran.left).toEqual([])
    expect(ran.exit).toBe(0)
    expect(ran.output).toContain('+++ b/src/cachibot/models/websocket.py')
    const other = copyFixture('reference')
    expect(spawnSync(process.execPath, [bin, ...SEAT_TAKEN], { cwd: other }).status).toBe(0)
    expect(snapshot(cwd)).toEqual(snapshot(other))
  })

  test('a bad name and a bad field are told at once and asked again', () => {
    const cwd = copyFixture('reference')
    const ran = session(
      cwd,
      ['add-event'],
      [
        ['Name of the event', 'dict\r'],
        ['would hide the built-in', '\b\b\b\bseat_taken\r'],
        direction,
        ['Field of SeatTakenPayload', 'seat\r'],
        ['write it as name:type', '_id:str\r'],
        ['Next field', '\r'],
        store,
        ['Write this?', 'y'],
      ],
    )
    expect(ran.left).toEqual([])
    expect(ran.exit).toBe(0)
    expect(readFileSync(join(cwd, 'frontend/src/types/index.ts'), 'utf8')).toContain('seat_id: string')
  })

  test('no writes nothing', () => {
    const cwd = copyFixture('reference')
    const before = snapshot(cwd)
    const ran = session(cwd, ['add-event'], [name, direction, ...fields, store, ['Write this?', 'n']])
    expect(ran.exit).toBe(130)
    expect(snapshot(cwd)).toEqual(before)
  })

  const questions = [name, direction, fields[0], fields[1], store, ['Write this?', 'y']] as [string, string][]
  const answers: [string, string][] = [name, direction, ...fields, store, ['Write this?', 'y']]
  const keys = { 'Ctrl-C': '\u0003', Esc: '\u001b', 'Ctrl-D': '\u0004', 'a closed terminal': '<hangup>' }
  describe.each(Object.entries(keys))('%s', (_, key) => {
    test.each(questions)('at "%s" writes nothing', (question) => {
      const cwd = copyFixture('reference')
      const before = snapshot(cwd)
      const at = answers.findIndex(([text]) => text === question)
      const ran = session(cwd, ['add-event'], [...answers.slice(0, at), [question, key]])
      expect(ran.left).toEqual([])
      if (key !== '<hangup>') expect(ran.exit).toBe(130)
      expect(snapshot(cwd)).toEqual(before)
    })
  })

  test('in CI it does not ask, terminal or not', () => {
    const ran = session(copyFixture('reference'), ['add-event'], [], { CI: 'true' })
    expect(ran.exit).toBe(4)
  })

  test('with everything given it shows the diff and asks once; --yes does not ask', () => {
    const cwd = copyFixture('reference')
    const asked = session(cwd, SEAT_TAKEN, [['Write this?', 'n']])
    expect([asked.exit, asked.left]).toEqual([130, []])
    const ran = session(cwd, [...SEAT_TAKEN, '--yes'], [])
    expect(ran.exit).toBe(0)
    expect(ran.output).not.toContain('Write this?')
  })
})

test('the package, installed elsewhere from its tarball, completes an event', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-pack-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const npm = (...args: string[]): string =>
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
  const entry = (Array.isArray(packed) ? packed[0] : Object.values(packed)[0]) as {
    filename: string
    files: { path: string }[]
  }
  const tops = new Set(entry.files.map((file) => file.path.split('/')[0]))
  expect([...tops].toSorted()).toEqual([
    'LICENSE',
    'README.md',
    'bin',
    'dist',
    'docs',
    'package.json',
    'schemas',
    'templates',
  ])
  npm('init', '-y')
  npm('install', '--no-audit', '--no-fund', join(folder, entry.filename))
  const cwd = copyFixture('cachibot')
  const ran = spawnSync(join(folder, 'node_modules', '.bin', 'cachibot-ws'), [...SEAT_TAKEN, '--json'], {
    cwd,
    encoding: 'utf8',
  })
  expect(ran.status).toBe(0)
  expect((JSON.parse(ran.stdout) as { ok: boolean }).ok).toBe(true)
})
