import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listSchema } from '../../src/report/schemas.js'
import { cachibotWs, copyFixture, snapshot } from '../support/checkout.js'
import { FIXTURES, project } from '../support/fixtures.js'

/** Compares with a golden, byte for byte; a missing one fails, `UPDATE_GOLDENS=1` writes it. */
function expectGolden(path: string, text: string): void {
  const file = join(project, 'test/goldens', path)
  if (process.env['UPDATE_GOLDENS']) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  expect(existsSync(file), `${path} is missing`).toBe(true)
  expect(text).toBe(readFileSync(file, 'utf8'))
}

test('--json and another format contradict each other', async () => {
  const { exitCode, stdout } = await cachibotWs(['list', '--json', '--format', 'markdown'], { cwd: '/' })
  expect([exitCode, stdout]).toEqual([2, expect.stringContaining('contradict each other')])
})

describe.each(FIXTURES)('list in %s', (fixture) => {
  test('the table has a line an event, and fits 100 columns', async () => {
    const cwd = copyFixture(fixture)
    const { exitCode, stdout } = await cachibotWs(['list'], { cwd })
    expect(exitCode).toBe(0)
    expectGolden(`${fixture}/list.txt`, stdout)
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100)
  })

  test('the Markdown is the reference table of the events, made from the code', async () => {
    const cwd = copyFixture(fixture)
    const { stdout } = await cachibotWs(['list', '--format', 'markdown'], { cwd })
    expectGolden(`${fixture}/events.md`, stdout)
  })

  test('JSON has every site of every event, and nothing is written', async () => {
    const cwd = copyFixture(fixture)
    const before = snapshot(cwd)
    const { stdout } = await cachibotWs(['list', '--json'], { cwd })
    const { events } = listSchema.parse(JSON.parse(stdout))
    const thinking = events.find((one) => one.name === 'thinking' && one.channel === 'main')
    expect(thinking).toMatchObject({ direction: 'server-to-client', partner: null })
    expect(thinking?.sites.map((one) => one.site)).toContain('ts-hook-case')
    expect(snapshot(cwd)).toEqual(before)
  })
})

test('a field that the type of the client lacks stays behind those that it follows on the wire', async () => {
  const cwd = copyFixture('cachibot')
  await cachibotWs(['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'note:str?'], { cwd })
  const file = join(cwd, 'frontend/src/types/index.ts')
  const text = readFileSync(file, 'utf8')
  const without = text.replace(
    /(interface SeatTakenPayload \{\n {2}seatId: string\n) {2}note\?: string\n/,
    '$1',
  )
  expect(without).not.toBe(text)
  writeFileSync(file, without)
  const { stdout } = await cachibotWs(['list', '--format', 'markdown'], { cwd })
  expect(stdout).toContain('| `seat_taken` | `{ seatId, note? }` |')
})

test('a new event is as it would be written, and half of one has missing sites', async () => {
  const cwd = copyFixture('cachibot')
  await cachibotWs(['add-event', 'curtain_call', '--direction', 'both', '-f', 'scene:str'], { cwd })
  const file = join(cwd, 'frontend/src/hooks/useWebSocket.ts')
  const rows = async () =>
    listSchema.parse(JSON.parse((await cachibotWs(['list', '--json'], { cwd })).stdout)).events
  const statuses = async (name: string) =>
    Object.fromEntries(
      ((await rows()).find((one) => one.name === name)?.sites ?? []).map((one) => [one.site, one.status]),
    )
  expect(new Set(Object.values(await statuses('curtain_call')))).toEqual(new Set(['present']))
  expect(new Set(Object.values(await statuses('curtain_call_request')))).toEqual(new Set(['present']))
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace(/ *case 'curtain_call': \{[\s\S]*?\n {8}\}\n\n?/, ''))
  expect(await statuses('curtain_call')).toMatchObject({
    'ts-hook-case': 'missing',
    'ts-union-member': 'present',
    'ts-store-action': 'present',
  })
})

test.each([
  [['list', '--channel', 'romm'], 'did you mean `room`?'],
  [['list', '--format', 'yaml'], '`yaml` is no format'],
])('%j is exit 2 with what is meant', async (args, words) => {
  const { exitCode, stderr } = await cachibotWs(args, { cwd: copyFixture('cachibot') })
  expect(exitCode).toBe(2)
  expect(stderr).toContain(words)
})
