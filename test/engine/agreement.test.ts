import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cachibotWs, copyFixture, snapshot } from '../support/checkout.js'

/** Changes one file of a checkout; the text must be there. */
function change(cwd: string, file: string, from: string | RegExp, to: string): void {
  const path = join(cwd, file)
  const text = readFileSync(path, 'utf8')
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  writeFileSync(path, changed)
}

const SEAT_TAKEN = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?']

async function withSeatTaken(): Promise<string> {
  const cwd = copyFixture('cachibot')
  expect((await cachibotWs(SEAT_TAKEN, { cwd })).exitCode).toBe(0)
  return cwd
}

test('a name alone completes what is missing, with the fields that are there', async () => {
  const cwd = await withSeatTaken()
  const whole = snapshot(cwd)
  change(cwd, 'frontend/src/hooks/useWebSocket.ts', / *case 'seat_taken': \{[\s\S]*?\n {8}\}\n\n?/, '')
  change(cwd, 'frontend/src/types/index.ts', "  | 'seat_taken'\n", '')
  const { exitCode } = await cachibotWs(['add-event', 'seat_taken'], { cwd })
  expect(exitCode).toBe(0)
  expect(snapshot(cwd)).toEqual(whole)
})

test('a pair is completed by the name of its event', async () => {
  const cwd = copyFixture('cachibot')
  await cachibotWs(['add-event', 'curtain_call', '--direction', 'both', '-f', 'scene:str'], { cwd })
  const whole = snapshot(cwd)
  change(cwd, 'frontend/src/api/websocket.ts', /\n\n {2}sendCurtainCallRequest[\s\S]*?\n {2}\}/, '')
  const { exitCode } = await cachibotWs(['add-event', 'curtain_call'], { cwd })
  expect(exitCode).toBe(0)
  expect(snapshot(cwd)).toEqual(whole)
})

test('an edited site is left as it is, and said to be', async () => {
  const cwd = await withSeatTaken()
  change(
    cwd,
    'frontend/src/hooks/useWebSocket.ts',
    'handleSeatTaken(payload)',
    'handleSeatTaken({ ...payload })',
  )
  const before = snapshot(cwd)
  const { stdout } = await cachibotWs(['add-event', 'seat_taken', '--json'], { cwd })
  const run = JSON.parse(stdout) as { exitCode: number; changes: { site: string; reason?: string }[] }
  expect(run.exitCode).toBe(0)
  expect(run.changes.filter((one) => one.reason?.includes('edited')).map((one) => one.site)).toEqual([
    'ts-hook-case',
  ])
  expect(snapshot(cwd)).toEqual(before)
})

test('a duplicate is exit 3 with both places', async () => {
  const cwd = await withSeatTaken()
  change(cwd, 'frontend/src/types/index.ts', "  | 'seat_taken'\n", "  | 'seat_taken'\n  | 'seat_taken'\n")
  const before = snapshot(cwd)
  const { exitCode, stderr } = await cachibotWs(['add-event', 'seat_taken'], { cwd })
  expect(exitCode).toBe(3)
  expect(stderr).toMatch(
    /union member of `seat_taken` stands twice: frontend\/src\/types\/index\.ts:\d+:\d+ and frontend/,
  )
  expect(snapshot(cwd)).toEqual(before)
})

test.each([
  ['another type', '  row: number\n', '  row: boolean\n', 'reads `row` as another type'],
  [
    'a key that is never sent',
    '  row: number\n',
    '  row: number\n  balcony: string\n',
    'reads `balcony`, which is never sent',
  ],
])('a conflict is exit 3 with both places: %s', async (_, from, to, words) => {
  const cwd = await withSeatTaken()
  change(
    cwd,
    'frontend/src/types/index.ts',
    new RegExp(`(interface SeatTakenPayload \\{\\n {2}seatId: string\\n)${from}`),
    `$1${to}`,
  )
  const before = snapshot(cwd)
  const { exitCode, stderr } = await cachibotWs(['add-event', 'seat_taken'], { cwd })
  expect(exitCode).toBe(3)
  expect(stderr).toContain(words)
  expect(stderr).toMatch(/cachibot\/models\/websocket\.py:\d+:\d+/)
  expect(snapshot(cwd)).toEqual(before)
})

test('remove-event says what it removed, and gives the tree back', async () => {
  const cwd = copyFixture('cachibot')
  const before = snapshot(cwd)
  await cachibotWs(SEAT_TAKEN, { cwd })
  const dry = await cachibotWs(['remove-event', 'seat_taken', '--dry-run', '--json'], { cwd })
  const run = JSON.parse(dry.stdout) as {
    ok: boolean
    dryRun: boolean
    changes: { status: string }[]
    diff: string
  }
  expect(run).toMatchObject({ ok: true, dryRun: true })
  expect(new Set(run.changes.map((one) => one.status))).toEqual(new Set(['removed']))
  const { exitCode, stdout } = await cachibotWs(['remove-event', 'seat_taken'], { cwd })
  expect(exitCode).toBe(0)
  expect(stdout).toContain('removed')
  expect(snapshot(cwd)).toEqual(before)
})

test.each([
  [['remove-event', 'seat_takne'], 2, 'did you mean `seat_taken`'],
  [['remove-event', 'error'], 2, 'stands in'],
  [['remove-event', 'tool_start', '--channel', 'main'], 1, '--force'],
] as const)('%j is exit %i', async (args, code, words) => {
  const cwd = await withSeatTaken()
  const before = snapshot(cwd)
  const { exitCode, stderr } = await cachibotWs(args, { cwd })
  expect(exitCode).toBe(code)
  expect(stderr).toContain(words)
  expect(snapshot(cwd)).toEqual(before)
})
