import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { meantBy } from '../../src/cli/other-words.js'
import { findMeant, findNearest } from '../../src/errors.js'
import { cachibotWs, copyFixture } from '../support/checkout.js'

async function fixOf(args: readonly string[], cwd = copyFixture('cachibot')): Promise<string> {
  const { stderr } = await cachibotWs(args, { cwd })
  return stderr.split('\n').find((line) => line.startsWith('  fix: ')) ?? ''
}

describe('what was meant', () => {
  test.each([
    ['chta', 'chat'],
    ['chat', 'useChatStore'],
    ['ChatStore', 'useChatStore'],
    ['nope', undefined],
    ['tool', undefined],
  ])('%s', (typed, meant) => {
    const known = ['done', 'tool_end', 'tool_start', 'useChatAssetStore', 'useChatStore']
    expect(findMeant(typed, typed === 'chta' ? ['chat', ...known] : known)).toBe(meant)
  })

  test('of four letters one may be another', () => {
    expect(findNearest('dnoe', ['done'])).toBe('done')
    expect(findNearest('nope', ['done'])).toBeUndefined()
    expect(findNearest('toolend', ['tool_end'])).toBe('tool_end')
  })
})

describe('a command that there is not', () => {
  test.each([
    ['chek', 'did you mean `check`?'],
    ['add', 'did you mean `add-event`?'],
    ['remove-evnt', 'did you mean `remove-event`?'],
    ['list-events', 'did you mean `list`?'],
    ['update-event', '`cachibot-ws change-event <name>`'],
    ['edit', '`cachibot-ws change-event <name>`'],
    ['rename-event', 'no command renames an event'],
    ['renam-evnt', 'no command renames an event'],
    ['show', '`cachibot-ws list <name>` one of them whole'],
    ['delete', '`cachibot-ws remove-event <name>`'],
    ['validate', '`cachibot-ws check`'],
    ['lint', '`cachibot-ws check`'],
    ['undo', '`git restore .`'],
    ['nope', 'use one of add-event, check'],
    ['xyzzy-event', 'use one of add-event, check'],
  ])('%s', async (typed, words) => {
    expect(meantBy(typed, COMMANDS)).toContain(words)
    expect(await fixOf([typed])).toContain(words)
  })

  test('whatever is said to do it is there', () => {
    const words = [
      'show',
      'undo',
      'edit',
      'rename',
      'new',
      'delete',
      'export',
      'channels',
      'lint',
      'fix',
      'setup',
      'why',
      'ask',
      'accept',
    ]
    for (const word of words)
      for (const [, command] of meantBy(word, COMMANDS).matchAll(/`cachibot-ws ([a-z-]+)/g))
        expect(COMMANDS.map(({ name }) => name)).toContain(command)
  })
})

test.each([
  [['check', 'room'], '`--channel room`'],
  [['list', 'room'], '`--channel room`'],
  [['remove-event', 'room'], '`--channel room`'],
  [['check', 'document'], 'did you mean `document_status`?'],
  [['check', 'nope'], 'fix: see them all: cachibot-ws list'],
  [['explain', 'nope'], 'fix: see them all: cachibot-ws explain'],
  [['add-event', 'seat_taken', '--store', 'chat'], 'did you mean `useChatStore`?'],
  [['add-event', 'seat_taken', '-f', 'seats:[{id:str}]'], '`seats: { type: [{ row: int }] }`'],
  [['add-event', 'seat_taken', '-f', 'seats:list'], '`str[]`'],
  [['add-event', 'seat_taken', '-f', 'seats:list[str]'], '`str[]`'],
  [['add-event', 'seat_taken', '-f', 'seat:Optional[str]'], '`str?`'],
  [['add-event', 'seat_taken', '-f', 'seat:Seat'], '`seat: { python: Seat, typescript: Seat }`'],
])('%j: %s', async (args, words) => {
  expect(await fixOf(args)).toContain(words)
})

test.each([
  ['seats: { list: { row: int } }'],
  ['seats: [{ row: int }]'],
  ['seats: { row: int }'],
  ['seats: { type: [{ row: int }, { row: int }] }'],
])('a spec file says how a list of objects is written, and what it says is taken: %s', async (field) => {
  const cwd = copyFixture('cachibot')
  const write = (line: string) =>
    writeFileSync(join(cwd, 'seat.yaml'), `name: seat_taken\npayload:\n  ${line}\n`)
  write(field)
  const fix = await fixOf(['add-event', '--spec', 'seat.yaml'], cwd)
  const example = /a list of objects `(.*)`/.exec(fix)?.[1] ?? ''
  write(example)
  expect((await cachibotWs(['add-event', '--spec', 'seat.yaml', '--dry-run'], { cwd })).exitCode).toBe(0)
})

describe('what a library says of a file', () => {
  /** Words of yaml, JSON.parse, zod and commander that speak of how they work. */
  const LIBRARY =
    /YAML\.|parseAll|[Ff]low (map|sequence)|[Ii]mplicit|in JSON at|Unexpected token|expected \w+, received|[Ii]nvalid input|Unrecognized|too_big|MISSING_CHAR|block collection|scalar/

  test.each([
    ['seat.yaml', 'name: [\n'],
    ['seat.yaml', 'name: a\n  b: c\n'],
    ['seat.yaml', '\tname: seat\n'],
    ['seat.yaml', 'name: "seat\n'],
    ['seat.yaml', 'name: &a\nname: *b\n'],
    ['seat.yaml', '%YAML 9\nname: seat\n'],
    ['seat.yaml', 'name: {a: 1\n'],
    ['seat.yaml', 'name: null\n'],
    ['seat.yaml', 'name: [1]\nstore: 3\nemit: []\nrequest: null\n'],
    ['seat.yaml', 'payload: { seats: { type: [1, 2] } }\n'],
    ['seat.json', '{"name": "seat_taken"'],
    ['seat.json', '{"name": "seat_taken",,}'],
    ['seat.json', '{"name" "seat_taken"}'],
    ['seat.json', '{"name": "seat_taken}'],
    ['seat.json', '{"name": "seat_taken"]'],
    ['seat.json', 'null'],
    ['cachibot-ws.config.json', '{"failOn": null}'],
    ['cachibot-ws.config.json', '{"failOn": "error"'],
    ['cachibot-ws.config.json', '[]'],
    ['cachibot-ws.baseline.json', '{"schemaVersion": 1, "findings": null}'],
    ['cachibot-ws.baseline.json', '{"schemaVersion": 1,'],
  ])('%s: %j is told in words of ours, with the place', async (file, text) => {
    const cwd = copyFixture('cachibot')
    writeFileSync(join(cwd, file), text)
    const args = file.startsWith('seat') ? ['add-event', '--spec', file] : ['check']
    const { exitCode, stdout, stderr } = await cachibotWs(args, { cwd })
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`error: ${file}:`)
    expect(stdout + stderr).not.toMatch(LIBRARY)
  })
})

test('what several sites look for is told once', async () => {
  const cwd = copyFixture('cachibot')
  rmSync(join(cwd, 'frontend/src/hooks/useWebSocket.ts'))
  const { stdout } = await cachibotWs(['add-event', 'seat_taken', '-f', 'seat_id:str'], { cwd })
  expect(stdout).toContain('  x ts-store-member, ts-store-state, ts-store-action')
  const reasons = stdout.split('\n').filter((line) => line.startsWith('      '))
  expect(new Set(reasons).size).toBe(reasons.length)
  expect(readFileSync(join(cwd, 'frontend/src/types/index.ts'), 'utf8')).not.toContain('seat_taken')
})
