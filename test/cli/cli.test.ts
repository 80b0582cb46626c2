import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { infoSchema, runSchema } from '../../src/report/schemas.js'
import { cachibotWs, copyFixture, git, snapshot } from '../support/checkout.js'
import { FIXTURES, project } from '../support/fixtures.js'

const SEAT_TAKEN = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?']

/** The one JSON value of a run, checked against the schema that ships. */
function json(text: string) {
  return runSchema.parse(JSON.parse(text))
}

/** Everything that is wrong, as JSON says it. */
function problemsOf(text: string) {
  const { error } = json(text)
  return error === null ? [] : [error, ...error.more]
}

describe.each(FIXTURES)('add-event in %s', (fixture) => {
  test('completes the event at every site and says so', async () => {
    const cwd = copyFixture(fixture)
    const { exitCode, stdout, stderr } = await cachibotWs([...SEAT_TAKEN, '--json'], { cwd })
    expect(stderr).toBe('')
    expect(exitCode).toBe(0)
    const run = json(stdout)
    expect(run).toMatchObject({ ok: true, command: 'add-event', dryRun: false, error: null })
    expect(run.event).toEqual({
      channel: 'main',
      name: 'seat_taken',
      direction: 'server-to-client',
      fields: [
        { name: 'seat_id', type: 'str', optional: false },
        { name: 'row', type: 'int', optional: false },
        { name: 'note', type: 'str', optional: true },
      ],
    })
    expect(run.changes.map((change) => `${change.site} ${change.status}`)).toEqual([
      'python-enum-member inserted',
      'python-payload-model inserted',
      'python-factory inserted',
      'python-send inserted',
      'ts-union-member inserted',
      'ts-payload-interface inserted',
      'ts-hook-case inserted',
      'ts-store-member inserted',
      'ts-store-member inserted',
      'ts-store-state inserted',
      'ts-store-action inserted',
      'python-send advised',
    ])
    for (const change of run.changes) {
      if (change.status !== 'inserted') continue
      const line =
        readFileSync(join(cwd, change.file ?? ''), 'utf8').split('\n')[(change.line ?? 0) - 1] ?? ''
      expect(change.text?.split('\n').some((one) => line.includes(one.trim()) && one.trim() !== '')).toBe(
        true,
      )
    }
    expect(run.checklist).toHaveLength(8)
  })

  test('a second run changes nothing', async () => {
    const cwd = copyFixture(fixture)
    await cachibotWs(SEAT_TAKEN, { cwd })
    const before = snapshot(cwd)
    const { exitCode, stdout } = await cachibotWs([...SEAT_TAKEN, '--diff', '--json'], { cwd })
    expect(exitCode).toBe(0)
    expect(json(stdout).diff).toBe('')
    expect(new Set(json(stdout).changes.map((change) => change.status))).toEqual(
      new Set(['present', 'advised']),
    )
    expect(snapshot(cwd)).toEqual(before)
  })

  test('a dry run writes nothing, and git apply makes of it what the real run writes', async () => {
    const cwd = copyFixture(fixture)
    const before = snapshot(cwd)
    const dry = await cachibotWs([...SEAT_TAKEN, '--dry-run'], { cwd })
    expect(dry.exitCode).toBe(0)
    expect(dry.stderr).toContain('WSMessageType enum extended')
    expect(snapshot(cwd)).toEqual(before)
    const other = copyFixture(fixture)
    git(other, 'init', '-q')
    execFileSync('git', ['apply'], { cwd: other, input: dry.stdout })
    const real = await cachibotWs([...SEAT_TAKEN, '--diff', '--json'], { cwd })
    expect(json(real.stdout).diff).toBe(dry.stdout)
    expect(snapshot(other)).toEqual(snapshot(cwd))
  })

  test('with only a name it completes what is there, by the shape that is there', async () => {
    const cwd = copyFixture(fixture)
    await cachibotWs(SEAT_TAKEN, { cwd })
    const whole = snapshot(cwd)
    const types = join(cwd, 'frontend/src/types/index.ts')
    const text = readFileSync(types, 'utf8')
    writeFileSync(types, text.replace(/\n\nexport interface SeatTakenPayload \{[^}]*\}/, ''))
    const { exitCode } = await cachibotWs(['add-event', 'seat_taken'], { cwd })
    expect(exitCode).toBe(0)
    expect(snapshot(cwd)).toEqual(whole)
  })

  test('given another shape than it has: exit 3 with both places, tree untouched', async () => {
    const cwd = copyFixture(fixture)
    await cachibotWs(SEAT_TAKEN, { cwd })
    const before = snapshot(cwd)
    const { exitCode, stdout } = await cachibotWs(
      ['add-event', 'seat_taken', '-f', 'seat_id:int', '--json'],
      { cwd },
    )
    expect(exitCode).toBe(3)
    const files = problemsOf(stdout).map((problem) => problem.file)
    expect(files?.some((file) => file?.endsWith('.py'))).toBe(true)
    expect(files?.some((file) => file?.endsWith('.ts'))).toBe(true)
    expect(snapshot(cwd)).toEqual(before)
  })

  test.each([
    [2, ['add-event', 'dict']],
    [2, ['add-event', 'SeatTaken']],
    [2, ['add-event', 'seat_taken', '-f', 'cls:str']],
    [2, ['add-event', 'seat_taken', '-f', 'seat_id:strr']],
    [2, ['add-event', 'seat_taken', '-f', 'seat_id']],
    [2, ['add-event', 'seat_taken', '--store', 'useChatStor']],
    [2, ['add-event', 'seat_taken', '--channel', 'mian']],
    [2, ['add-event', 'seat_taken', '--direction', 'sideways']],
    [2, ['add-event', 'seat_taken', '--emit', 'moon']],
    [2, ['add-event', 'seat_taken', '--emit', 'room']],
    [2, ['add-event', 'seat_taken', '-f', 'row:int', '--store', 'none', '--store-as', 'append']],
    [2, ['add-event', 'seat_taken', '-f', 'props:dict', '--store-as', 'upsert:props']],
    [2, ['add-event', 'seat_taken', '--description', 'a\nb']],
    [2, ['add-event', 'seat_taken', '--spec', 'missing.yaml']],
    [2, ['add-event', 'seat_taken', '--filed', 'a:str']],
    [2, ['add-evnt', 'seat_taken']],
    [2, ['add-event', 'seat_taken', 'extra']],
    [2, ['add-event', 'seat_taken', '--cwd', 'nowhere']],
    [3, ['add-event', 'chat']],
    [3, ['add-event', 'approval', '-f', 'id:str']],
    [3, ['add-event', 'thinking', '-f', 'thought:str']],
    [4, ['add-event']],
    [4, ['add-event', '-f', 'seat_id:str']],
  ])('exit %i for %j, with one JSON value and an untouched tree', async (exitCode, args) => {
    const cwd = copyFixture(fixture)
    const before = snapshot(cwd)
    const ran = await cachibotWs([...args, '--json'], { cwd })
    expect(ran.exitCode).toBe(exitCode)
    const { error, ok } = json(ran.stdout)
    expect(ok).toBe(false)
    expect(error?.what).toBeTruthy()
    expect(ran.stdout + ran.stderr).not.toMatch(/\n\s+at .*:\d+:\d+\)?\n/)
    const words = await cachibotWs(args, { cwd })
    expect(words.exitCode).toBe(exitCode)
    expect(words.stdout).toBe('')
    expect(words.stderr).toContain('error: ')
    expect(snapshot(cwd)).toEqual(before)
  })

  test('an event that people wrote is completed, never replaced', async () => {
    const cwd = copyFixture(fixture)
    const before = snapshot(cwd)
    const { exitCode, stdout } = await cachibotWs(['add-event', 'thinking', '--json'], { cwd })
    expect(exitCode).toBe(0)
    expect(json(stdout).changes.filter((change) => change.status === 'inserted')).toEqual([])
    expect(snapshot(cwd)).toEqual(before)
  })

  test('blocked: exit 1, nothing written, each block with what was looked for; --partial writes the rest', async () => {
    const cwd = copyFixture(fixture)
    const api = fixture === 'reference' ? 'src/cachibot/api/websocket.py' : 'cachibot/api/websocket.py'
    const text = readFileSync(join(cwd, api), 'utf8')
    writeFileSync(
      join(cwd, api),
      text.replace('manager = ConnectionManager()', 'manager: "ConnectionManager"'),
    )
    const before = snapshot(cwd)
    const blocked = await cachibotWs([...SEAT_TAKEN, '--json'], { cwd })
    expect(blocked.exitCode).toBe(1)
    expect(json(blocked.stdout).changes.find((change) => change.status === 'blocked')).toMatchObject({
      site: 'python-send',
      reason: expect.stringContaining('looked for'),
    })
    expect(json(blocked.stdout).diff).toBeUndefined()
    expect(json(blocked.stdout).changes.some((change) => change.status === 'inserted')).toBe(false)
    const words = await cachibotWs([...SEAT_TAKEN, '--dry-run'], { cwd })
    expect(words.stdout).toBe('')
    expect(words.stderr).toContain('looked for')
    expect(snapshot(cwd)).toEqual(before)
    const partial = await cachibotWs([...SEAT_TAKEN, '--partial', '--json'], { cwd })
    expect(partial.exitCode).toBe(1)
    expect(json(partial.stdout).changes.filter((change) => change.status === 'inserted')).toHaveLength(10)
    expect(snapshot(cwd)).not.toEqual(before)
  })

  test('info finds the main channel and every part of it', async () => {
    const cwd = copyFixture(fixture)
    const { exitCode, stdout } = await cachibotWs(['info', '--json'], { cwd })
    expect(exitCode).toBe(0)
    const info = infoSchema.parse(JSON.parse(stdout))
    expect(info.channels.map((channel) => channel.id)).toEqual(
      fixture === 'reference' ? ['main'] : ['main', 'room', 'voice'],
    )
    expect(info.channels[0]?.parts.filter((part) => part.found === null).map((part) => part.part)).toEqual(
      fixture === 'reference' ? ['re-exports'] : [],
    )
    const words = await cachibotWs(['info', '--verbose'], { cwd })
    for (const part of info.channels[0]?.parts ?? []) expect(words.stdout).toContain(part.why)
  })
})

test('a spec comes from a file, from stdin, and is found from below the root', async () => {
  const cwd = copyFixture('cachibot')
  const spec = 'name: seat_taken\npayload:\n  seat_id: str\n  row: int\n  note: str?\n'
  const below = join(cwd, 'frontend', 'src')
  const flags = await cachibotWs([...SEAT_TAKEN, '--dry-run'], { cwd })
  const stdin = await cachibotWs(['add-event', '--spec', '-', '--dry-run'], { cwd: below, stdin: spec })
  expect(stdin.stdout).toBe(flags.stdout)
  writeFileSync(join(cwd, 'seat.yaml'), spec)
  const file = await cachibotWs(['--cwd', cwd, 'add-event', '--spec', 'seat.yaml', '--dry-run'], { cwd })
  expect(file.stdout).toBe(flags.stdout)
  const both = await cachibotWs(['add-event', 'other_name', '--spec', 'seat.yaml'], { cwd })
  expect(both.exitCode).toBe(2)
})

test('a model calls a field as it is on the wire, and by its own name where that can be no name', async () => {
  const cwd = copyFixture('cachibot')
  const spec =
    'name: seat_taken\npayload:\n  seat_row: { type: int, wire: row }\n  seat_json: { type: str, wire: json }\n  seat_class: { type: str, wire: class }\n'
  expect((await cachibotWs(['add-event', '--spec', '-'], { cwd, stdin: spec })).exitCode).toBe(0)
  const models = readFileSync(join(cwd, 'cachibot', 'models', 'websocket.py'), 'utf8')
  const [, model = ''] = models.split('class SeatTakenPayload')
  expect(model.split('\n\n\n')[0]?.match(/^ {4}\w+: \w+$/gm)).toEqual([
    '    row: int',
    '    seat_json: str',
    '    seat_class: str',
  ])
})

test.each(['latest', 'append', 'upsert:seat_id'])('what its store keeps is known again: %s', async (way) => {
  const cwd = copyFixture('cachibot')
  await cachibotWs(['add-event', 'seat_taken', '-f', 'seat_id:str', '--store-as', way], { cwd })
  const written = snapshot(cwd)
  const again = await cachibotWs(['add-event', 'seat_taken'], { cwd })
  expect([again.stderr, again.exitCode]).toEqual(['', 0])
  expect(snapshot(cwd)).toEqual(written)
})

test.each([
  ['an unknown channel', 'name: seat_taken\nchannel: mian\n', '2:10', 'did you mean `main`'],
  [
    'an unknown store',
    'name: seat_taken\nstore:\n  hook: useChatStor\n',
    '3:9',
    'did you mean `useChatStore`',
  ],
  [
    'a field that tells nothing apart',
    'name: seat_taken\npayload: { row: int?, seat_id: str }\nstore: { as: "upsert:row" }\n',
    '3:14',
    'row',
  ],
  [
    'a place that is not there',
    'name: seat_taken\nemit: { in: cachibot/nowhere.py }\n',
    '2:13',
    'nowhere.py',
  ],
  ['two at once', 'name: dict\ndirection: sideways\n', '1:7', '2:12'],
  ['a value of another type', '{"name": "seat_taken",\n "payload": {"row": 3}}', '2:21', 'payload.row'],
])('a spec file with %s: exit 2 with line and column', async (_, spec, place, words) => {
  const cwd = copyFixture('cachibot')
  const stdin = await cachibotWs(['add-event', '--spec', '-'], { cwd, stdin: spec })
  expect(stdin.exitCode).toBe(2)
  expect(stdin.stderr).toContain(`stdin:${place}: `)
  expect(stdin.stderr).toContain(words)
  writeFileSync(join(cwd, 'seat.yaml'), spec)
  const file = await cachibotWs(['add-event', '--spec', 'seat.yaml', '--json'], { cwd })
  const [line, column] = place.split(':').map(Number)
  expect(json(file.stdout).error).toMatchObject({ file: 'seat.yaml', line, column })
})

test('outside of a checkout: exit 2, what was looked for and where', async () => {
  const cwd = join(copyFixture('reference'), '..')
  const { exitCode, stderr } = await cachibotWs(['info'], { cwd })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('cachibot/models')
  expect(stderr).toContain('frontend/src')
  expect(stderr).toContain(cwd)
})

test('a checkout without a channel: exit 2, what was looked for', async () => {
  const cwd = copyFixture('reference')
  writeFileSync(join(cwd, 'src/cachibot/models/websocket.py'), '')
  const { exitCode, stderr } = await cachibotWs(['info'], { cwd })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('str, Enum')
})

test('a file that does not parse, or is not UTF-8, is named with its place', async () => {
  const cwd = copyFixture('cachibot')
  const store = join(cwd, 'frontend/src/stores/bots.ts')
  const text = readFileSync(store, 'utf8')
  writeFileSync(store, `${text}\nexport const = 3\n`)
  const broken = await cachibotWs(SEAT_TAKEN, { cwd })
  expect(broken.exitCode).toBe(1)
  expect(broken.stdout).toMatch(
    /blocked frontend\/src\/stores\/bots\.ts:\d+:\d+\n\s+looked for a file that parses/,
  )
  writeFileSync(store, Buffer.from([0xff, 0xfe, 0x00]))
  const binary = await cachibotWs(SEAT_TAKEN, { cwd })
  expect(binary.exitCode).toBe(1)
  expect(binary.stdout).toContain('`frontend/src/stores/bots.ts` is not valid UTF-8')
})

test('a read-only file: exit 3 and an untouched tree', async () => {
  const cwd = copyFixture('cachibot')
  chmodSync(join(cwd, 'frontend/src/types/index.ts'), 0o444)
  const before = snapshot(cwd)
  const { exitCode, stderr } = await cachibotWs(SEAT_TAKEN, { cwd })
  expect(exitCode).toBe(3)
  expect(stderr).toContain('read-only')
  expect(snapshot(cwd)).toEqual(before)
})

test('colour only where it is wanted, and control characters are shown', async () => {
  const cwd = copyFixture('cachibot')
  const plain = await cachibotWs([...SEAT_TAKEN, '--dry-run'], { cwd })
  expect(plain.stdout + plain.stderr).not.toContain('\u001b')
  const forced = await cachibotWs([...SEAT_TAKEN, '--dry-run'], { cwd, env: { FORCE_COLOR: '1' } })
  expect(forced.stderr).toContain('\u001b[')
  expect(forced.stdout).not.toContain('\u001b')
  const refused = await cachibotWs([...SEAT_TAKEN, '--dry-run'], {
    cwd,
    env: { FORCE_COLOR: '1', NO_COLOR: '1' },
  })
  expect(refused.stderr).not.toContain('\u001b')
  const hostile = await cachibotWs(['add-event', 'a\u001b[31mb'], { cwd })
  expect(hostile.stderr).not.toContain('\u001b')
})

test('existing types on both sides, with their imports', async () => {
  const cwd = copyFixture('cachibot')
  mkdirSync(join(cwd, 'frontend/src/types/extra'))
  writeFileSync(join(cwd, 'frontend/src/types/extra/seat.ts'), "export type SeatKind = 'box' | 'stalls'\n")
  writeFileSync(
    join(cwd, 'cachibot/models/seat.py'),
    '"""Seats."""\n\nfrom enum import Enum\n\n\nclass SeatKind(str, Enum):\n    BOX = "box"\n',
  )
  const spec = JSON.stringify({
    name: 'seat_taken',
    payload: { kind: { python: 'SeatKind', typescript: 'SeatKind' } },
  })
  const { exitCode, stdout } = await cachibotWs(['add-event', '--spec', '-', '--dry-run'], {
    cwd,
    stdin: spec,
  })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('+from cachibot.models.seat import SeatKind')
  expect(stdout).toContain("+import type { SeatKind } from './extra/seat'")
  const unknown = JSON.stringify({
    name: 'seat_taken',
    payload: { kind: { python: 'SeatKin', typescript: 'SeatKind' } },
  })
  const refused = await cachibotWs(['add-event', '--spec', '-'], { cwd, stdin: unknown })
  expect(refused.exitCode).toBe(3)
  expect(refused.stderr).toContain('did you mean `SeatKind`')
})

test("help says first what a command does; the version is the package's", async () => {
  const help = await cachibotWs(['add-event', '--help'], { cwd: project })
  expect(help.exitCode).toBe(0)
  expect(help.stdout.split('\n')[0]).toMatch(/^add-event: /)
  const version = await cachibotWs(['--version'], { cwd: project })
  expect(version.stdout.trim()).toBe(
    (JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as { version: string }).version,
  )
})

test('files that have nothing to do with the event may be anything', async () => {
  const cwd = copyFixture('cachibot')
  const clean = await cachibotWs([...SEAT_TAKEN, '--dry-run'], { cwd })
  writeFileSync(join(cwd, 'frontend/src/odd.ts'), Buffer.from([0xff, 0xfe]))
  writeFileSync(join(cwd, 'frontend/src/huge.ts'), 'x'.repeat(5_000_000))
  writeFileSync(join(cwd, 'cachibot/broken.py'), 'def (:\n')
  symlinkSync('nowhere', join(cwd, 'frontend/src/dangling.ts'))
  symlinkSync('circle', join(cwd, 'frontend/src/circle'))
  symlinkSync('/', join(cwd, 'cachibot/everything'))
  const run = await cachibotWs([...SEAT_TAKEN, '--dry-run'], { cwd })
  expect(run).toEqual(clean)
})

test('a linked folder and a linked file inside the root are written through', async () => {
  const cwd = copyFixture('cachibot')
  renameSync(join(cwd, 'frontend/src/stores'), join(cwd, 'frontend/kept'))
  symlinkSync('../kept', join(cwd, 'frontend/src/stores'))
  renameSync(join(cwd, 'frontend/src/types/index.ts'), join(cwd, 'frontend/kept/types.ts'))
  symlinkSync('../../kept/types.ts', join(cwd, 'frontend/src/types/index.ts'))
  expect((await cachibotWs(SEAT_TAKEN, { cwd })).exitCode).toBe(0)
  expect(lstatSync(join(cwd, 'frontend/src/types/index.ts')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(cwd, 'frontend/kept/types.ts'), 'utf8')).toContain('SeatTakenPayload')
  expect(readFileSync(join(cwd, 'frontend/kept/bots.ts'), 'utf8')).toContain('handleSeatTaken')
})

test('state that nothing reads yet is said by the run, and then found by check', async () => {
  const cwd = copyFixture('cachibot')
  const run = (...line: string[]) => cachibotWs(line, { cwd })
  const args = ['add-event', 'seat_taken', '-f', 'seat_id:str', '--store', 'new:seat_plan']
  expect((await run(...args)).stdout).toContain(
    'next: read it in a component: const lastSeatTaken = useSeatPlanStore((state) => state.lastSeatTaken)\n',
  )
  expect((await run('check', 'seat_taken')).stdout).toContain('state-never-read')
  // Where the store is read as a whole, nobody knows what is read of it.
  expect((await run('add-event', 'seat_left', '-f', 'seat_id:str')).stdout).not.toContain(
    'read it in a component',
  )
})

test('--store new: makes a store of its own, once, and refuses a name that is none or taken', async () => {
  const cwd = copyFixture('cachibot')
  const args = ['add-event', 'seat_taken', '-f', 'seat_id:str', '--store', 'new:seat_plan']
  const dry = await cachibotWs([...args, '--dry-run'], { cwd })
  expect(dry.stdout).toContain('--- /dev/null\n+++ b/frontend/src/stores/seat-plan.ts')
  git(cwd, 'init', '-q')
  writeFileSync(join(cwd, 'dry.diff'), dry.stdout)
  const ran = await cachibotWs(args, { cwd })
  expect(ran.exitCode).toBe(0)
  const written = snapshot(cwd)
  const again = await cachibotWs([...args, '--diff', '--json'], { cwd })
  expect(json(again.stdout).diff).toBe('')
  expect(snapshot(cwd)).toEqual(written)
  const other = copyFixture('cachibot')
  git(other, 'init', '-q')
  git(other, 'apply', join(cwd, 'dry.diff'))
  expect(snapshot(other).get('frontend/src/stores/seat-plan.ts')).toBe(
    written.get('frontend/src/stores/seat-plan.ts'),
  )
  for (const [store, exitCode] of [
    ['new:../x', 2],
    ['new:', 2],
    ['new:chat', 3],
    ['new:bots', 3],
  ] as const) {
    const refused = await cachibotWs(['add-event', 'seat_lost', '--store', store], { cwd })
    expect([store, refused.exitCode]).toEqual([store, exitCode])
  }
  expect(snapshot(cwd)).toEqual(written)
})

test.each([
  [
    'upsert by a field that only the event has',
    ['-f', 'seat_id:str', '-f', 'row:int=1', '--store-as', 'upsert:row'],
  ],
  ['append where only the event has fields', ['-f', 'note:str?', '--store-as', 'append']],
])('the store of a pair keeps the event and asks nothing of the request: %s', async (_, args) => {
  const cwd = copyFixture('cachibot')
  const ran = await cachibotWs(['add-event', 'seat_taken', '--direction', 'both', ...args], { cwd })
  expect([ran.stderr, ran.exitCode]).toEqual(['', 0])
})

test('of thousands of problems the first are told, and how many more there are; JSON has all', async () => {
  const fields = Array.from({ length: 3000 }, (_, index) => `  seat${index}: strr\n`).join('')
  const stdin = `name: seat_taken\npayload:\n${fields}`
  const cwd = copyFixture('reference')
  const { exitCode, stderr } = await cachibotWs(['add-event', '--spec', '-'], { cwd, stdin })
  expect(exitCode).toBe(2)
  expect(stderr.match(/^error:/gm)).toHaveLength(20)
  expect(stderr).toMatch(/\nand 2980 more; --json has all of them\n$/)
  const all = await cachibotWs(['add-event', '--spec', '-', '--json'], { cwd, stdin })
  expect(problemsOf(all.stdout)).toHaveLength(3000)
})

test('of many choices the nearest is told, and the first of the others', async () => {
  const cwd = copyFixture('cachibot')
  for (let index = 0; index < 20; index++) {
    const [file, hook] = [`frontend/src/stores/stage-${index}.ts`, `useStage${index}Store`]
    writeFileSync(
      join(cwd, file),
      `import { create } from 'zustand'\n\nexport const ${hook} = create<{ seats: number }>()(() => ({ seats: 0 }))\n`,
    )
  }
  const { stderr } = await cachibotWs(['add-event', 'seat_taken', '--store', 'useChatStor'], { cwd })
  expect(stderr).toMatch(/did you mean `useChatStore`\? One of (\w+, ){11}\w+ and \d+ more\n/)
})
