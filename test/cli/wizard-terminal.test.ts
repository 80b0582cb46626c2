import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { copyFixture, snapshot } from '../support/checkout.js'
import { hasPython } from '../support/python.js'
import { bin, type Keys, session } from '../support/terminal.js'

const DOWN = '\u001b[B'
const ERASE = '\b'.repeat(40)
const SEAT_TAKEN = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?']

/** Every question of the wizard once, the step it belongs to, and a good answer. */
const STEPS: readonly (readonly [step: string, text: string, keys: string])[] = [
  ['name', 'Name of the event', 'curtain_call\r'],
  ['direction', 'Direction', `${DOWN}${DOWN}\r`],
  ['fields', 'First field of curtain_call', 'scene:str\r'],
  ['fields, done', 'Next field (scene)', '\r'],
  ['request', 'Name of the request', '\r'],
  ['requestFields', 'First field of curtain_call_request', '\r'],
  ['channel', 'Channel', `${DOWN}\r`],
  ['channelName', 'Names of room begin with room_', '\r'],
  ['description', 'Description', '\r'],
  ['store', 'Store that keeps it', '\r'],
  ['storeAs', 'What the store keeps', '\r'],
  ['emit', 'Where the server sends it', '\r'],
  ['summary', 'Write this?', 's'],
  ['save', 'File for the spec', 'curtain.yaml\r'],
]

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wizard-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const keysOf = (...steps: readonly (readonly [string, string, string])[]): Keys[] =>
  steps.map(([, text, keys]) => [text, keys])

describe.skipIf(!hasPython)('the wizard in a pseudo-terminal', () => {
  test('bad then good, and back, at every step; the printed command line writes the same', () => {
    const cwd = copyFixture('cachibot')
    const before = snapshot(cwd)
    const ran = session(
      cwd,
      ['add-event'],
      [
        ['Name of the event', 'dict'],
        ['would hide the built-in', `\r${ERASE}curtain_call`],
        ["case 'curtain_call'", '\r'],
        ['Direction', '<'],
        ['Name of the event', '\r'],
        ['Direction', `${DOWN}${DOWN}\r`],
        ['First field of curtain_call', 'scene\r'],
        ['a type is missing', ':str\r'],
        ['Next field (scene)', 'row:int\r'],
        ['Next field (scene, row)', '<\r'],
        ['Direction', '\r'],
        ['Next field (scene, row)', 'row:int=1'],
        ['in place of int', '\r'],
        ['Next field (scene, row)', 'seat:str\r'],
        ['Next field (scene, row, seat)', '-seat\r'],
        ['Next field (scene, row)', '\r'],
        ['Name of the request', 'curtain_call\r'],
        ['the name of its event', `${ERASE}ask_curtain\r`],
        ['First field of ask_curtain', '<\r'],
        ['Name of the request', '\r'],
        ['First field of ask_curtain', 'cls:str\r'],
        ['cannot be a field name', `${ERASE}scene:str\r`],
        ['Next field (scene)', '\r'],
        ['Channel', '<'],
        ['Next field (scene)', '\r'],
        ['Channel', `${DOWN}\r`],
        ['Names of room begin with room_', 'curtain_call\r'],
        ['it does not begin with room_', `${ERASE}<\r`],
        ['Channel', '\u001b[A\r'],
        ['Description', 'The cast comes back.\r'],
        ['Store that keeps it', '<'],
        ['Description', '\r'],
        ['Store that keeps it', '\u001b[A\u001b[A\u001b[A\r'],
        ['Name of the new store', 'Curtain\r'],
        ['no name of a store', `${ERASE}<\r`],
        ['Store that keeps it', '\r'],
        ['Name of the new store', '\r'],
        ['What the store keeps', '<'],
        ['Name of the new store', '\r'],
        ['What the store keeps', `${DOWN}\r`],
        ['Where the server sends it', '<'],
        ['What the store keeps', '\r'],
        ['Where the server sends it', `${DOWN}${DOWN}${DOWN}\r`],
        ['File of the backend', 'cachibot/nowhere.py\r'],
        ['nowhere.py', `${ERASE}<\r`],
        ['Where the server sends it', '\u001b[A\u001b[A\u001b[A\r'],
        ['Write this?', 'b'],
        ['Where the server sends it', '\r'],
        ['Write this?', 'd'],
        ['+++ b/', ''],
        ['Write this?', 'w'],
      ],
    )
    expect(ran.left[0]).toBeUndefined()
    expect(ran.exit).toBe(0)
    const behindDiff = ran.output.split('+++ b/').at(-1) ?? ''
    expect(behindDiff.split('Write this?')[0]).not.toContain('next:')
    expect(snapshot(cwd)).not.toEqual(before)
    const line = /the same without questions:\r?\n\s+(cachibot-ws .*?)\r?\n/.exec(ran.output)?.[1] ?? ''
    expect(line).toContain('--store new:curtain --store-as append')
    const other = copyFixture('cachibot')
    execFileSync('bash', ['-c', line.replace('cachibot-ws', `"${process.execPath}" "${bin}"`)], {
      cwd: other,
    })
    expect(snapshot(other)).toEqual(snapshot(cwd))
  })

  test('saves a spec that writes the same later, and leaves the checkout as it is', () => {
    const cwd = copyFixture('cachibot')
    const before = snapshot(cwd)
    const ran = session(cwd, ['add-event'], [...keysOf(...STEPS), ['curtain.yaml is saved', 'l']])
    expect([ran.exit, ran.left]).toEqual([0, []])
    const after = snapshot(cwd)
    expect(after.get('curtain.yaml')).toContain('name: room_curtain_call')
    after.delete('curtain.yaml')
    expect(after).toEqual(before)
    expect(spawnSync(process.execPath, [bin, 'add-event', '--spec', 'curtain.yaml'], { cwd }).status).toBe(0)
  })

  const leave = { 'Ctrl-C': '\u0003', Esc: '\u001b', 'Ctrl-D': '\u0004', 'a closed terminal': '<hangup>' }
  const cases = [
    ...STEPS.map((step) => ['Ctrl-C', step] as const),
    // A text and a choice stand for the others: keys are known in one place.
    ...(['Esc', 'Ctrl-D', 'a closed terminal'] as const).flatMap((key) =>
      STEPS.filter(([id]) => id === 'fields, done' || id === 'emit' || id === 'summary').map(
        (step) => [key, step] as const,
      ),
    ),
  ]
  test.each(cases.map(([key, step]) => [key, step[0], step] as const))(
    '%s at %s writes nothing',
    (key, _, step) => {
      const cwd = copyFixture('cachibot')
      const before = snapshot(cwd)
      const way = keysOf(...STEPS.slice(0, STEPS.indexOf(step)))
      const ran = session(cwd, ['add-event'], [...way, [step[1], leave[key]]])
      expect([ran.exit, ran.left]).toEqual([key === 'a closed terminal' ? 129 : 130, []])
      expect(snapshot(cwd)).toEqual(before)
    },
  )

  test('what flags gave is not asked again, and without colour nothing is coloured', () => {
    const cwd = copyFixture('reference')
    const flags = ['-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?', '--direction', 's2c']
    const ran = session(
      cwd,
      ['add-event', ...flags],
      [
        ['Name of the event', 'seat_taken\r'],
        ['Description', '\r'],
        ['Store that keeps it', '\r'],
        ['What the store keeps', '\r'],
        ['Where the server sends it', '\r'],
        ['Write this?', 'w'],
      ],
      { NO_COLOR: '1' },
    )
    expect([ran.exit, ran.left]).toEqual([0, []])
    expect(ran.output.split('\u001b[').filter((one) => /^[1-9]\d*m/.test(one))).toEqual([])
    const other = copyFixture('reference')
    expect(spawnSync(process.execPath, [bin, ...SEAT_TAKEN], { cwd: other }).status).toBe(0)
    expect(snapshot(cwd)).toEqual(snapshot(other))
  })

  test('a dry run of the wizard prints the diff and writes nothing', () => {
    const cwd = copyFixture('reference')
    const before = snapshot(cwd)
    const ran = session(
      cwd,
      ['add-event', '--dry-run'],
      [
        ['Name of the event', 'curtain_up\r'],
        ['Direction', '\r'],
        ['First field', '\r'],
        ['Description', '\r'],
        ['Store that keeps it', '\r'],
        ['Where the server sends it', '\r'],
        ['print the diff', 'w'],
      ],
    )
    expect([ran.exit, ran.left]).toEqual([0, []])
    expect(ran.output).toContain("+  | 'curtain_up'")
    expect(snapshot(cwd)).toEqual(before)
  })

  test('the first question is on the screen before the engine is loaded', () => {
    const { root, preload } = { root: copyFixture('cachibot'), preload: join(temporary(), 'preload.cjs') }
    writeFileSync(
      preload,
      `const Module = require('node:module')
      const load = Module._load
      Module._load = (name, ...of) => {
        if (/engine-/.test(name)) process.stderr.write('[engine]')
        return load(name, ...of)
      }`,
    )
    const { output } = session(root, ['add-event'], [['[engine]', '\u0003']], {
      NODE_OPTIONS: `--require ${preload}`,
    })
    expect(output.indexOf('Name of the event')).toBeGreaterThan(-1)
    expect(output.indexOf('[engine]')).toBeGreaterThan(output.indexOf('Name of the event'))
  })

  test('a checkout that cannot be read ends the first question, with the reason', () => {
    const root = copyFixture('cachibot')
    rmSync(join(root, 'cachibot', 'models', 'websocket.py'))
    rmSync(join(root, 'cachibot', 'models', 'room_websocket.py'))
    rmSync(join(root, 'cachibot', 'models', 'voice.py'), { force: true })
    const ran = session(root, ['add-event'], [])
    expect(ran.exit).toBe(2)
    expect(ran.output).toContain('no WebSocket channel')
    expect(ran.output).not.toMatch(/\n\s+at /)
    const outside = session(temporary(), ['add-event'], [])
    expect(outside.exit).toBe(2)
    expect(outside.output).not.toContain('Name of the event')
  })

  test('keys that are no text are not typed, and Ctrl-U empties the line', () => {
    const cwd = copyFixture('reference')
    const [ctrlU, ctrlW, f1] = ['\u0015', '\u0017', '\u001bOP']
    const ran = session(
      cwd,
      ['add-event', '--dry-run'],
      [
        ['Name of the event', 'Seat Taken'],
        ['use `seat_taken`', `${ctrlU}curtain_up${ctrlW}${f1}`],
        ["case 'curtain_up'", '\r'],
        ['Direction', '\u0003'],
      ],
    )
    expect([ran.exit, ran.left]).toEqual([130, []])
  })

  test('a terminal that cannot move its cursor is not asked in, and what is missing is named', () => {
    const cwd = copyFixture('reference')
    const ran = session(cwd, ['add-event'], [], { TERM: 'dumb' })
    expect(ran.exit).toBe(4)
    expect(ran.output).toContain('cachibot-ws add-event <name>')
    expect(ran.output).not.toContain('\u001b')
    expect(session(cwd, SEAT_TAKEN, [], { TERM: 'dumb' }).exit).toBe(0)
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
    expect(readFileSync(join(cwd, 'frontend/src/types/index.ts'), 'utf8')).toContain('seat_id: string')
  })
})
