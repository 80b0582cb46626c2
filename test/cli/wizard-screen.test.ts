import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copyFixture, snapshot } from '../support/checkout.js'
import { hasPython } from '../support/python.js'
import { ScreenReader } from '../support/screen.js'
import { bin, type Keys, session } from '../support/terminal.js'

const SIZES = [
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
] as const
const DOWN = '\u001b[B'
const CTRL_U = '\u0015'

/** Runs the program with all steps done, and gives the screen as it was when each typed its keys, and at the end. */
function screens(
  cwd: string,
  args: readonly string[],
  steps: readonly Keys[],
  size: { readonly columns: number; readonly rows: number; readonly early?: string } = SIZES[0],
): { readonly exit: number | null; readonly output: string; readonly at: readonly ScreenReader[] } {
  const { exit, output, left, marks } = session(cwd, args, steps, {}, size)
  expect(left).toEqual([])
  const at = [...marks, output.length].map((end) =>
    ScreenReader.of(output.slice(0, end), size.columns, size.rows),
  )
  return { exit, output, at }
}

const show = (screen: ScreenReader | undefined): string => screen?.lines.join('\n') ?? ''

/** Every question once, of an event that the client asks for, in a room, with nested objects. */
const ALL: readonly Keys[] = [
  ['Name of the event', 'curtain_call\r'],
  ['Direction', 'bidi\r'],
  ['First field of curtain_call', 'scene:str\r'],
  ['Next field (scene)', 'seats:{}[]\r'],
  ['First field of curtain_call.seats', 'id:str\r'],
  ['Next field of seats (id)', '\r'],
  ['Next field (scene, seats)', '\r'],
  ['Name of the request', '\r'],
  ['First field of curtain_call_request', 'scene:str\r'],
  ['Next field (scene)', '\r'],
  ['Channel ›', 'room\r'],
  ['Names of room begin with', '\r'],
  ['Description ›', 'The cast comes back on stage.\r'],
  ['Store that keeps it', 'room\r'],
  ['What the store keeps', '\r'],
  ['Where the server sends it', 'else\r'],
  ['File of the backend', 'cachibot/api/room\t'],
  ['cachibot/api/room_websocket.py', CTRL_U],
  ['File of the backend', '<\r'],
  ['Where the server sends it', '\u001b[A\u001b[A\u001b[A\r'],
  ['Write this?', 's'],
  ['File for the spec', '\r'],
  ['is saved. Write this?', 'd'],
  ['is saved. Write this?', 'b'],
  ['Where the server sends it', '\r'],
  ['is saved. Write this?', 'l'],
]

describe.skipIf(!hasPython)('the wizard on a screen of', () => {
  test.each(SIZES)('$columns columns and $rows rows stands as a whole at every question', (size) => {
    const { exit, at } = screens(copyFixture('cachibot'), ['add-event'], ALL, size)
    expect(exit).toBe(0)
    const behindDiff = ALL.findIndex(([, keys]) => keys === 'd') + 1
    for (const [index, [text]] of ALL.entries()) {
      const { lines, scrolled, hasWrapped } = at[index] ?? ScreenReader.of('', 1, 1)
      const asked = lines.filter((line) => line.startsWith('? '))
      expect([asked.length, asked[0], hasWrapped && index < behindDiff]).toEqual([
        1,
        expect.stringContaining(text.split(' ›')[0] ?? text),
        false,
      ])
      const answered = lines.filter((line) => line.startsWith('✔ '))
      expect(answered).toEqual([...new Set(answered)])
      if (index < behindDiff) expect(scrolled).toBe(0)
    }
  })
})

describe.skipIf(!hasPython)('on the screen', () => {
  test('what was answered is gone after going back, and what was typed last is there again', () => {
    const { at } = screens(
      copyFixture('reference'),
      ['add-event'],
      [
        ['Name of the event', 'seat_taken\r'],
        ['Direction', '\r'],
        ['First field', 'row:int\r'],
        ['Next field (row)', '\r'],
        ['Description', '<\r'],
        ['Next field (row)', '<\r'],
        ['Direction', '<'],
        ['Name of the event', '\u0003'],
      ],
    )
    expect(at[4]?.lines.slice(0, 4)).toEqual([
      '✔ Name › seat_taken',
      '✔ Direction › server-to-client',
      '✔ Fields › row:int',
      '? Description ›',
    ])
    expect(at[5]?.lines.slice(0, 3)).toEqual([
      '✔ Name › seat_taken',
      '✔ Direction › server-to-client',
      '? Next field (row) ›',
    ])
    expect(at[7]?.lines[0]).toBe('? Name of the event › seat_taken')
    expect(show(at[7])).not.toContain('✔')
  })

  test.each([
    ['a word', 'seat_ta', '? Name of the event › seat_taken'],
    ['arrows', '\u001b[A\u001b[A', '? Name of the event › ken'],
    ['a whole answer', 'curtain_up\r', '✔ Name › curtain_up'],
  ])('%s that is typed before the first question is not shown raw', (_, early, first) => {
    const steps: Keys[] = early.endsWith('\r')
      ? [['Direction', '\u0003']]
      : [
          ['Name of the event', 'ken'],
          ['ken', '\u0003'],
        ]
    const { at } = screens(copyFixture('reference'), ['add-event'], steps, { ...SIZES[0], early })
    expect(at.at(-2)?.lines[0]).toBe(first)
    expect(show(at.at(-2))).not.toContain('^[')
  })

  test('what is typed while the checkout is read is not shown, and answers the next question', () => {
    const { at } = screens(
      copyFixture('reference'),
      ['add-event'],
      [
        ['Name of the event', 'seat_taken\rclient\r'],
        ['First field', '\u0003'],
      ],
    )
    expect(at[1]?.lines.slice(0, 3)).toEqual([
      '✔ Name › seat_taken',
      '✔ Direction › client-to-server',
      '? First field of seat_taken ›',
    ])
  })

  test('what is typed before the summary is seen writes nothing', () => {
    const cwd = copyFixture('reference')
    const before = snapshot(cwd)
    const flags = ['--direction', 's2c', '-f', 'row:int', '--store', 'none', '--emit', 'none']
    const { exit } = screens(
      cwd,
      ['add-event', ...flags],
      [
        ['Name of the event', 'seat_taken\r'],
        ['Description', '\r\rw'],
        ['Write this?', '\u001b'],
      ],
    )
    expect(exit).toBe(130)
    expect(snapshot(cwd)).toEqual(before)
  })

  test('typing narrows the stores, the nearest first, and nothing that is not there is taken', () => {
    const { at } = screens(
      copyFixture('cachibot'),
      ['add-event', '--direction', 's2c', '-f', 'row:int', '--channel', 'main'],
      [
        ['Name of the event', 'seat_taken\r'],
        ['Description', '\r'],
        ['Store that keeps it', 'zzz\r'],
        ['nothing matches zzz', `${CTRL_U}ROOM`],
        ['Enter takes', '\t'],
        ['› useRoomStore', '\r'],
        ['What the store keeps', '\u0003'],
      ],
    )
    expect(show(at[3])).toContain('nothing matches zzz')
    expect(at[4]?.lines.find((line) => line.startsWith('❯'))).toMatch(/^❯ {2}useRoomStore\b/)
    expect(show(at[6])).toContain('✔ Store › useRoomStore')
  })

  test('Tab completes the place it is sent from, and what is wrong there is told there', () => {
    const { at } = screens(
      copyFixture('cachibot'),
      ['add-event', '--direction', 's2c', '-f', 'row:int', '--channel', 'main', '--store', 'none'],
      [
        ['Name of the event', 'seat_taken\r'],
        ['Description', '\r'],
        ['Where the server sends it', 'elsewhere\r'],
        ['File of the backend', 'nowhere\r'],
        ['no Python file of the backend', `${CTRL_U}room_websocket.py\t`],
        ['api/room_websocket.py models/room_websocket.py', `${CTRL_U}callb\t`],
        ['cachibot/services/callboard.py', ':\t'],
        ['announce of', 'nope\r'],
        ['has no class or function', CTRL_U],
        ['FILE or FILE:NAME', '\u0003'],
      ],
    )
    expect(show(at[6])).toContain('› cachibot/services/callboard.py')
    expect(show(at[8])).toContain('nope')
  })

  test('Tab takes a name that is proposed', () => {
    const { at } = screens(
      copyFixture('cachibot'),
      ['add-event'],
      [
        ['Name of the event', 'Seat Taken'],
        ['Tab takes seat_taken', '\t'],
        ['› seat_taken', `${CTRL_U}dict`],
        ['Tab takes dict_changed', '\t\r'],
        ['Direction', '\r'],
        ['First field', 'Row No:int'],
        ['Tab takes row_no:int', '\t\r'],
        ['Next field (row_no)', 'items:[{id:str}]'],
        ['Tab takes items:{}[]', '\t\r'],
        ['First field of dict_changed.items', '<\r'],
        ['Next field (row_no)', 'at:dat\t'],
        ['› at:datetime', '\r'],
        ['Next field (row_no, at)', '\r'],
        ['Channel', 'room\r'],
        ['Names of room begin with room_', '\t'],
        ['room_dict_changed', '\u0003'],
      ],
    )
    expect(show(at[9])).not.toContain('so far')
  })

  test('what flags gave is shown and not asked; what the repository does not take is asked, with the reason', () => {
    const { at } = screens(
      copyFixture('cachibot'),
      ['add-event', '--direction', 's2c', '-f', 'row:int', '--channel', 'rom', '--store', 'useRomStore'],
      [
        ['Name of the event', 'seat_taken\r'],
        ['`rom` is no channel', 'main\r'],
        ['Description', '\r'],
        ['useRomStore', 'room\r'],
        ['What the store keeps', '\u0003'],
      ],
    )
    expect(at[1]?.lines.slice(0, 4)).toEqual([
      '✔ Name › seat_taken',
      '✔ Direction › server-to-client (as given)',
      '✔ Fields › row:int (as given)',
      '? Channel ›',
    ])
    expect(show(at[4])).toContain('✔ Store › useRoomStore')
  })

  test('the types are listed before anything is typed', () => {
    const { at } = screens(
      copyFixture('reference'),
      ['add-event'],
      [
        ['Name of the event', 'seat_taken\r'],
        ['Direction', '\r'],
        ['First field', '\u0003'],
      ],
    )
    expect(show(at[2])).toContain('types: str int float bool any dict datetime')
    expect(show(at[2])).toContain('{} object')
  })

  test('nested objects are what a spec file says, and the printed command writes the same', () => {
    const cwd = copyFixture('reference')
    const { exit, output } = screens(
      cwd,
      ['add-event', '--store', 'none', '--emit', 'none', '--description', 'Who sits where.'],
      [
        ['Name of the event', 'seat_map\r'],
        ['Direction', '\r'],
        ['First field of seat_map', 'seats:{}[]\r'],
        ['First field of seat_map.seats', 'id:str\r'],
        ['Next field of seats (id)', 'at:{}?\r'],
        ['First field of seat_map.seats.at', 'row:int=1\r'],
        ['has no default', `${CTRL_U}row:int\r`],
        ['Next field of seats.at (row)', '\r'],
        ['Next field of seats (id, at)', '\r'],
        ['Next field (seats)', '\r'],
        ['Write this?', 'w'],
      ],
    )
    expect(exit).toBe(0)
    expect(readFileSync(join(cwd, 'frontend/src/types/index.ts'), 'utf8')).toContain(
      'seats: { id: string; at?: { row: number } }[]',
    )
    const printed = /(cachibot-ws add-event --spec - <<'SPEC'\n[\s\S]*?\nSPEC)\n/.exec(
      output.replaceAll('\r', ''),
    )?.[1]
    const other = copyFixture('reference')
    const line = printed?.replace('cachibot-ws', `"${process.execPath}" "${bin}"`) ?? 'false'
    execFileSync('bash', ['-c', line], { cwd: other, stdio: ['ignore', 'pipe', 'pipe'] })
    expect(snapshot(other)).toEqual(snapshot(cwd))
    const again = copyFixture('reference')
    writeFileSync(join(again, 'seat.yaml'), printed?.split('\n').slice(1, -1).join('\n') ?? '')
    expect(
      spawnSync(process.execPath, [bin, 'add-event', '--spec', 'seat.yaml'], { cwd: again }).status,
    ).toBe(0)
  })

  test('an event to change is found by a part of its name, and so is a field', () => {
    const { at } = screens(
      copyFixture('cachibot'),
      ['change-event'],
      [
        ['Event to change', 'docu'],
        ['Enter takes', '\r'],
        ['What of document_status', 't'],
        ['Which field', `${DOWN}\r`],
        ['Type of', '\t'],
        ['str int float', 's\t'],
        ['› str', `${CTRL_U}<\r`],
        ['Which field', '<'],
        ['What of document_status', '\u0003'],
      ],
    )
    expect(show(at[1])).toContain('❯  document_')
    for (const screen of at) expect(screen.hasWrapped).toBe(false)
  })
})
