import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { beforeAll, describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { EXIT_CODES } from '../../src/cli/exit-codes.js'
import { copyFixture, snapshot } from '../support/checkout.js'
import { assertSchema } from '../support/json-schemas.js'
import { hasPython } from '../support/python.js'
import { bin, session } from '../support/terminal.js'

/**
 * How long a command may take that has nobody to ask. The slowest is `check`: 1.1 s of one core, 3 s on two cores that
 * a dozen others want, and 15 s when it is run six times at once there. So 5 s would fail where nothing hangs; what
 * hangs does so for ever.
 */
const SOON = process.env['CI'] ? 15_000 : 10_000

/** By command: the arguments that leave out what it needs, and how it ends then; whatever it asks for is named. */
const WITHOUT: Readonly<
  Record<string, readonly [args: readonly string[], exitCode: number, named?: RegExp]>
> = {
  'add-event': [[], 4, /cachibot-ws add-event <name>/],
  'change-event': [[], 4, /cachibot-ws change-event <name>/],
  'remove-event': [[], 2, /`<name>`/],
  list: [[], 0],
  check: [[], 0],
  explain: [[], 0],
  info: [[], 0],
  init: [[], 4, /--config-file, --ci, --pre-commit, --skill, or --all/],
  completion: [[], 2, /`<shell>`/],
}

/** What stdin is: none of these ever answers. */
const STDIN = {
  'an open pipe that says nothing': (command: string) => ({ command, stdio: 'pipe' as const }),
  '/dev/null': (command: string) => ({ command: `${command} < /dev/null`, stdio: 'ignore' as const }),
  'a closed stdin': (command: string) => ({ command: `${command} <&-`, stdio: 'ignore' as const }),
}

let cwd: string
beforeAll(() => {
  cwd = copyFixture('cachibot', { keep: true })
})

function shell(script: string, timeout = SOON): SpawnSyncReturns<string> {
  return spawnSync('bash', ['-o', 'pipefail', '-c', script], {
    cwd,
    encoding: 'utf8',
    timeout,
    maxBuffer: 64 * 1024 * 1024,
  })
}

const run = (...args: readonly string[]): string =>
  [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ')

describe.each(COMMANDS.map((one) => one.name))('%s', (name) => {
  const [args, exitCode, named] = WITHOUT[name] ?? [[], -1]

  test.each(Object.entries(STDIN))('ends with its exit code: %s', async (_, make) => {
    const before = snapshot(cwd)
    const { command, stdio } = make(run(name, ...args))
    const child = spawn('bash', ['-c', `exec ${command}`], {
      cwd,
      stdio: [stdio, 'ignore', 'pipe'],
      timeout: SOON,
    })
    const stderr = text(child.stderr as Readable)
    const [status] = (await once(child, 'exit')) as [number | null]
    expect(status).toBe(exitCode)
    if (named !== undefined) expect(await stderr).toMatch(named)
    expect(snapshot(cwd)).toEqual(before)
  })

  test.skipIf(!hasPython)('ends with its exit code: a terminal in CI', () => {
    const ran = session(cwd, [name, ...args], [], { CI: 'true' })
    expect(ran.exit).toBe(exitCode)
  })

  test('prints its help to a reader that goes away', () => {
    const ran = shell(`${run(name, '--help')} | head -1`)
    expect([ran.status, ran.stdout, ran.stderr]).toEqual([0, expect.stringMatching(/^[\w-]+: .+\n$/), ''])
  })
})

test('4 MiB of JSON come whole through a slow pipe, and head -1 takes the first line of them', () => {
  // A problem for each field, which is much to say for little work.
  const fields = Array.from({ length: 14_000 }, (_, index) => `  field_${index}: str`)
  writeFileSync(join(cwd, '..', 'huge.yaml'), `name: seat_taken\npayload:\n${fields.join('\n')}\n`)
  const command = run('add-event', '--spec', '../huge.yaml', '--dry-run', '--json')
  const slow = shell(`${command} | { sleep 2; cat; }`, 120_000)
  expect(slow.status).toBe(2)
  expect(slow.stdout.length).toBeGreaterThan(4 * 1024 * 1024)
  expect((JSON.parse(slow.stdout) as { ok: boolean }).ok).toBe(false)
  const first = shell(`${command} | head -1`, 120_000)
  expect([first.stdout, first.stderr]).toEqual(['{\n', ''])
})

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const)('%s ends it with exit code %i', async (signal, exitCode) => {
  const before = snapshot(cwd)
  const child = spawn(process.execPath, [bin, 'add-event', '--spec', '-', '--json'], {
    cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const said = child.stdout.toArray()
  const ended = once(child, 'exit')
  child.stdin.on('error', () => undefined)
  // More than a pipe holds: the program is there and reads when all of it is gone.
  await new Promise((done) => child.stdin.write('#'.repeat(1024 * 1024), done))
  child.kill(signal)
  expect((await ended)[0]).toBe(exitCode)
  expect(Object.keys(EXIT_CODES)).toContain(String(exitCode))
  const stdout = Buffer.concat(await said).toString()
  assertSchema(stdout, exitCode)
  expect(JSON.parse(stdout)).toMatchObject({ command: 'add-event', error: { code: 'interrupted' } })
  expect(snapshot(cwd)).toEqual(before)
})

test('stdout that is closed is no error, and one that is full is', () => {
  expect(shell(`${run('info')} >&-`).status).not.toBeNull()
  const full = shell(`${run('info', '--json')} > /dev/full`)
  expect(full.status).toBe(5)
  expect(full.stderr).toContain('could not be written')
})
