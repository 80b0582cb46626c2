import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../../src/error-codes.js'
import { runSchema } from '../../src/report/schemas.js'
import { cachibotWs, copyFixture } from '../support/checkout.js'
import { project } from '../support/fixtures.js'
import { schemaErrors } from '../support/schemas.js'

const SEAT_TAKEN = ['add-event', 'seat_taken', '-f', 'seat_id:str']

async function json(args: readonly string[], cwd: string) {
  const ran = await cachibotWs([...args, '--json'], { cwd })
  const value: unknown = JSON.parse(ran.stdout)
  expect(schemaErrors('run', value)).toEqual([])
  return { ...ran, keys: Object.keys(value as object), value: runSchema.parse(value) }
}

describe('the codes of errors', () => {
  const sources = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'error-codes.ts')
    .map((name) => readFileSync(join(project, 'src', name), 'utf8'))
    .join('\n')

  test.each(Object.keys(ERROR_CODES))('%s is words with hyphens, and some error has it', (code) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(sources).toContain(`'${code}'`)
  })

  test.each([
    [['add-event', 'seat_taken', '-f', 'row:strr'], 'invalid-field-type'],
    [['add-event', 'seat_taken', '-f', 'row'], 'invalid-field'],
    [['add-event', 'Seat'], 'invalid-name'],
    [['add-event', 'class'], 'reserved-name'],
    [['add-event'], 'answer-needed'],
    [['add-event', 'seat_taken', '--nope'], 'unknown-option'],
    [['add-event', 'seat_taken', '--store', 'useNope'], 'unknown-store'],
    [['add-event', 'seat_taken', '--channel', 'nope'], 'unknown-channel'],
    [['add-event', 'seat_taken', '--direction', 'up'], 'unknown-choice'],
    [['add-event', 'seat_taken', '--request', 'seat_claim'], 'contradicting-options'],
    [['add-event', 'tool_end', '-f', 'nope:str'], 'payload-differs'],
    [['add-event', '--spec', 'nope.yaml'], 'file-not-found'],
    [['add-event', '--spec', 'bad.yaml'], 'does-not-parse'],
    [['add-event', '--spec', 'odd.yaml'], 'invalid-spec'],
    [['check', 'nope'], 'unknown-event'],
    [['check', '--format'], 'missing-argument'],
    [['check', '--config', 'odd.yaml'], 'invalid-config'],
    [['list', 'nope'], 'unknown-event'],
    [['explain', 'nope'], 'unknown-rule'],
    [['remove-event', 'a', 'b'], 'too-many-arguments'],
    [['remove-event', 'nope'], 'unknown-event'],
    [['change-event', 'tool_end'], 'nothing-to-change'],
    [['change-event', 'tool_end', '--remove-field', 'nope'], 'unknown-field'],
    [['nope'], 'unknown-command'],
    [['info', '--cwd', '/'], 'not-a-repository'],
  ])('%j: %s', async (args, code) => {
    const cwd = copyFixture('cachibot')
    writeFileSync(join(cwd, 'bad.yaml'), 'name: [')
    writeFileSync(join(cwd, 'odd.yaml'), 'nope: 1\nname: seat_taken\n')
    const { value, stderr } = await json(args, cwd)
    expect([value.ok, value.error?.code, stderr]).toEqual([false, code, ''])
  })
})

test('what a program needs first comes first, and the diff last', async () => {
  const cwd = copyFixture('cachibot')
  const { keys, value } = await json([...SEAT_TAKEN, '--dry-run'], cwd)
  expect(keys.slice(0, 7)).toEqual(['schemaVersion', 'command', 'ok', 'exitCode', 'error', 'next', 'event'])
  expect([value.schemaVersion, keys.at(-1)]).toEqual([2, 'diff'])
})

test('the diff is there with --dry-run or --diff, and without them not', async () => {
  const cwd = copyFixture('cachibot')
  const dry = await cachibotWs([...SEAT_TAKEN, '--dry-run'], { cwd })
  expect((await json([...SEAT_TAKEN, '--dry-run'], cwd)).value.diff).toBe(dry.stdout)
  expect((await json([...SEAT_TAKEN, '--diff'], cwd)).value.diff).toBe(dry.stdout)
  expect((await json(SEAT_TAKEN, cwd)).keys).not.toContain('diff')
  const change = ['change-event', 'seat_taken', '--add-field', 'note:str?']
  expect((await json([...change, '--diff'], cwd)).value.diff).toContain('+++ b/')
  const { stdout } = await cachibotWs(['remove-event', 'seat_taken', '--diff'], { cwd })
  expect(stdout).toMatch(/^--- a\/(.|\n)*\n\nremoves `seat_taken`/)
  const quiet = await cachibotWs([...SEAT_TAKEN, '--diff', '--quiet'], { cwd })
  expect(quiet.stdout).toBe(dry.stdout)
})

test('a check that fails has what a check has', async () => {
  const cwd = copyFixture('cachibot')
  const good = await json(['check'], cwd)
  const failed = await json(['check', 'nope'], cwd)
  expect(failed.keys).toEqual(good.keys)
  expect(failed.value).toMatchObject({ command: 'check', findings: [], summary: null })
})

test('an error stands once', async () => {
  const cwd = copyFixture('cachibot')
  const { stdout, value } = await json(['check', 'nope', 'neither'], cwd)
  expect(value.error?.more).toHaveLength(1)
  expect(stdout.split('`nope` is no event')).toHaveLength(2)
  const blocked = await json(['change-event', 'tool_end', '--remove-field', 'success'], cwd)
  const reasons = blocked.value.changes.flatMap(({ status, reason }) =>
    status === 'blocked' ? [reason] : [],
  )
  expect([blocked.value.error?.code, reasons.length > 0]).toEqual(['blocked', true])
  for (const reason of reasons) expect(blocked.value.error?.what).not.toContain(reason)
})
