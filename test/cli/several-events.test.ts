import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { runSchema } from '../../src/report/schemas.js'
import type { SpecInput } from '../../src/spec/event-spec.js'
import { inputOf } from '../../src/spec/input-of.js'
import { cachibotWs, copyFixture, git, snapshot } from '../support/checkout.js'
import { FIXTURES, readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'
import { randomFrom } from '../support/random.js'
import { randomSpec } from '../support/random-spec.js'
import { schemaErrors } from '../support/schemas.js'

const EVENTS: readonly SpecInput[] = [
  { name: 'seat_taken', payload: { seat_id: 'str', row: 'int?' } },
  {
    name: 'curtain_call',
    direction: 'bidirectional',
    payload: { scene: 'str' },
    store: { hook: 'new:curtain' },
  },
  { name: 'seat_claim', direction: 'client-to-server', payload: { seat_id: 'str' } },
  { name: 'curtain_down', payload: { scene: 'str' }, store: { hook: 'new:curtain', as: 'append' } },
]
const OF_CHANNELS: readonly SpecInput[] = [
  ...EVENTS,
  { name: 'room_seat_moved', channel: 'room', payload: { seat_id: 'str' } },
]

const list = (events: readonly SpecInput[]): string => stringify(events)
const documents = (events: readonly SpecInput[]): string =>
  `---\n${events.map((one) => stringify(one)).join('---\n')}`
const json = (events: readonly SpecInput[]): string => JSON.stringify(events, undefined, 2)

function checkout(fixture: (typeof FIXTURES)[number]) {
  const files = memoryCheckout(readFixture(fixture))
  return {
    ...files,
    add: (stdin: string, ...flags: readonly string[]) =>
      files.runIn({ stdin }, 'add-event', '--spec', '-', ...flags),
  }
}

describe.each(FIXTURES)('several events in %s', (fixture) => {
  const events = fixture === 'cachibot' ? OF_CHANNELS : EVENTS

  test.each([
    ['a list', list],
    ['documents', documents],
    ['a JSON array', json],
  ])('as %s are what they are one after the other', async (_, print) => {
    const apart = checkout(fixture)
    for (const event of events) expect((await apart.add(stringify(event))).exitCode).toBe(0)
    const together = checkout(fixture)
    const ran = await together.add(print(events))
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
    expect(together.tree()).toEqual(apart.tree())
    const again = await together.add(print(events), '--diff', '--json')
    expect(runSchema.parse(JSON.parse(again.stdout)).diff).toBe('')
  })

  test('random ones as well, in any direction and channel', async () => {
    const channels = fixture === 'cachibot' ? ['main', 'room', 'voice'] : ['main']
    for (let seed = 0; seed < 6; seed++) {
      const random = randomFrom(seed)
      const apart = checkout(fixture)
      const taken: SpecInput[] = []
      for (const spec of Array.from({ length: 4 }, () => randomSpec(random, channels))) {
        const input = inputOf(spec)
        const isKnown = taken.some(({ name }) => name === input.name)
        if (!isKnown && (await apart.add(stringify(input))).exitCode === 0) taken.push(input)
      }
      expect(taken.length).toBeGreaterThan(1)
      const together = checkout(fixture)
      const ran = await together.add(list(taken))
      expect([seed, ran.exitCode, ran.stderr]).toEqual([seed, 0, ''])
      expect(together.tree()).toEqual(apart.tree())
    }
  })
})

test('a dry run shows one diff, and git apply makes of it what the run writes', async () => {
  const cwd = copyFixture('cachibot')
  const other = copyFixture('cachibot')
  writeFileSync(join(cwd, 'events.yaml'), list(OF_CHANNELS))
  const dry = await cachibotWs(['add-event', '--spec', 'events.yaml', '--dry-run'], { cwd })
  expect(dry.exitCode).toBe(0)
  expect(dry.stderr.match(/Payload model defined/g)).toHaveLength(OF_CHANNELS.length)
  const files = dry.stdout.match(/^\+\+\+ .*/gm) ?? []
  expect(new Set(files).size).toBe(files.length)
  git(other, 'init', '-q')
  execFileSync('git', ['apply'], { cwd: other, input: dry.stdout })
  writeFileSync(join(other, 'events.yaml'), list(OF_CHANNELS))
  await cachibotWs(['add-event', '--spec', 'events.yaml'], { cwd })
  expect(snapshot(other)).toEqual(snapshot(cwd))
})

test('JSON has each event with its checklist, and every place as the run leaves it', async () => {
  const files = checkout('cachibot')
  const { stdout } = await files.add(list(OF_CHANNELS), '--json')
  const run = runSchema.parse(JSON.parse(stdout))
  expect(schemaErrors('run', JSON.parse(stdout))).toEqual([])
  expect([run.event, run.checklist]).toEqual([null, []])
  expect(run.events?.map(({ channel, name }) => [channel, name])).toEqual(
    OF_CHANNELS.map(({ channel = 'main', name }) => [channel, name]),
  )
  for (const event of run.events ?? []) expect(event.checklist).toHaveLength(8)
  const inserted = run.changes.filter(({ status, text }) => status === 'inserted' && text !== undefined)
  expect(inserted.length).toBeGreaterThan(40)
  for (const { file = '', line = 0, text = '', channel } of inserted) {
    expect(channel).toBeDefined()
    const found = files.tree().get(file)?.split('\n')[line - 1]?.trim() ?? ''
    expect([
      file,
      line,
      text.split('\n').some((one) => one.trim() !== '' && found.includes(one.trim())),
    ]).toEqual([file, line, true])
  }
  const one = await checkout('cachibot').add(list(EVENTS.slice(0, 1)), '--json')
  expect(runSchema.parse(JSON.parse(one.stdout))).toMatchObject({ event: { name: 'seat_taken' } })
  expect(one.stdout).not.toContain('"events"')
})

test('list prints them again as documents, which add what they were printed of', async () => {
  const files = checkout('cachibot')
  await files.add(list(EVENTS))
  const written = files.tree()
  const names = ['seat_taken', 'seat_claim']
  const { stdout } = await files.run('list', ...names, '--format', 'spec')
  expect(stdout.split('---\n')).toHaveLength(names.length)
  expect((await files.add(stdout)).exitCode).toBe(0)
  expect(files.tree()).toEqual(written)
  const other = checkout('cachibot')
  expect((await other.add(stdout)).exitCode).toBe(0)
  const { stdout: again } = await other.run('list', ...names, '--format', 'spec')
  expect(again.split('---\n').toSorted()).toEqual(stdout.split('---\n').toSorted())
})

test('what is there of one of them is completed', async () => {
  const apart = checkout('cachibot')
  await apart.add(list(EVENTS))
  const half = checkout('cachibot')
  half.write('frontend/src/types/index.ts', (text) =>
    text.replace(/^( +)\| 'tool_start'\n/m, "$1| 'tool_start'\n$1| 'seat_taken'\n"),
  )
  const { stdout } = await half.add(list(EVENTS), '--json')
  const union = runSchema
    .parse(JSON.parse(stdout))
    .changes.find(({ event, site }) => event === 'seat_taken' && site === 'ts-union-member')
  expect(union?.status).toBe('present')
})

describe('all or nothing', () => {
  const OTHER = { name: 'tool_end', payload: { nope: 'str' } }

  test('one that the repository does not take: the others are not written, and the place is told', async () => {
    const files = checkout('cachibot')
    const before = files.tree()
    const text = list([...EVENTS, OTHER])
    const line = text.split('\n').findIndex((one) => one.includes('tool_end')) + 1
    const ran = await files.add(text, '--json')
    const { error } = runSchema.parse(JSON.parse(ran.stdout))
    expect([ran.exitCode, error?.code]).toEqual([3, 'payload-differs'])
    expect(error?.what).toMatch(/^event 5, tool_end: `tool_end` exists with another payload/)
    expect(files.tree()).toEqual(before)
    const store = await files.add(`- name: seat_taken\n- name: seat_left\n  store: { hook: useNope }\n`)
    expect([store.exitCode, store.stderr]).toEqual([
      2,
      expect.stringContaining('error: stdin:3:18: event 2, seat_left: `useNope` is no store'),
    ])
    expect(line).toBeGreaterThan(1)
  })

  test('one that is blocked: nothing is written, and with --partial whatever can be', async () => {
    const files = checkout('cachibot')
    files.remove('frontend/src/hooks/useRoomWebSocket.ts')
    const before = files.tree()
    const ran = await files.add(list(OF_CHANNELS), '--json')
    const run = runSchema.parse(JSON.parse(ran.stdout))
    expect([ran.exitCode, run.error?.code]).toEqual([1, 'blocked'])
    expect(run.error?.what).toContain('of `room_seat_moved`')
    expect(run.changes.filter(({ status }) => status === 'inserted')).toEqual([])
    expect(files.tree()).toEqual(before)
    const dry = await files.add(list(OF_CHANNELS), '--dry-run')
    expect([dry.exitCode, dry.stdout]).toEqual([1, ''])
    const partial = await files.add(list(OF_CHANNELS), '--partial', '--json')
    expect(runSchema.parse(JSON.parse(partial.stdout)).error?.code).toBe('blocked-in-part')
    const apart = checkout('cachibot')
    apart.remove('frontend/src/hooks/useRoomWebSocket.ts')
    for (const event of OF_CHANNELS) await apart.add(stringify(event), '--partial')
    expect(files.tree()).toEqual(apart.tree())
  })

  test.each([
    ['- name: seat_taken\n- name: seat_taken\n', 'stdin:2:9: `seat_taken` is given twice: at stdin:1:9'],
    [
      '- name: curtain_call\n  direction: both\n- name: curtain_call_request\n  direction: c2s\n',
      'stdin:3:9: `curtain_call_request` is given twice',
    ],
    ['- name: seat_taken\n- nam: seat_left\n', 'stdin:2:8: event 2: '],
    ['name: seat_taken\n---\nname: seat_left\npayload: { row: strr }\n', 'stdin:4:17: event 2, seat_left: '],
    ['[{"name": "seat_taken"},\n {"name": "Seat"}]', 'stdin:2:11: event 2, Seat: '],
    ['name: seat_taken\n---\nname: [\n', 'stdin:'],
    ['[]', 'stdin:1:1: the spec is empty'],
    ['- seat_taken\n', 'stdin:1:3: the spec is text, and has to be a mapping'],
  ])('%j is exit 2 at its place', async (text, words) => {
    const files = checkout('cachibot')
    const before = files.tree()
    const ran = await files.add(text)
    expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(`error: ${words}`)])
    expect(files.tree()).toEqual(before)
  })

  test.each([[['seat_taken']], [['--description', 'It rises.']], [['--request', 'seat_claim']]])(
    '%j is of one event only',
    async (flags) => {
      const ran = await checkout('cachibot').add(list(EVENTS), ...flags)
      expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining('has several events')])
    },
  )
})

test('the schema takes one event and a list of them', () => {
  expect(schemaErrors('event', EVENTS[1])).toEqual([])
  expect(schemaErrors('event', OF_CHANNELS)).toEqual([])
  expect(schemaErrors('event', [])).not.toEqual([])
  expect(schemaErrors('event', [{ nam: 'seat_taken' }])).not.toEqual([])
  expect(readFileSync(new URL('../../schemas/event.schema.json', import.meta.url), 'utf8')).toContain('anyOf')
})
