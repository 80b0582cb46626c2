import { describe, expect, test } from 'vitest'
import { foldProse } from '../../src/report/shown/fold.js'
import { json } from '../../src/report/shown/json.js'
import { block, lines } from '../../src/report/shown/shown.js'

const fold80 = (line: string): string => foldProse(line, 76)

describe('a line that is too long for a terminal', () => {
  test('loses the middle of its path where that is enough', () => {
    expect(
      foldProse('  + Payload model defined  inserted  cachibot/models/deep/room_websocket.py:16', 70),
    ).toBe('  + Payload model defined  inserted  cachibot/…/room_websocket.py:16')
  })

  test('loses more of its path where that is enough, and is left to the terminal where it is a command', () => {
    expect(
      fold80('  + Payload model defined                  inserted   cachibot/models/websocket.py:105'),
    ).toBe('  + Payload model defined                  inserted   …/websocket.py:105')
    const command = `  cachibot-ws add-event seat_taken ${'-f seat_id:str '.repeat(5)}`
    expect(fold80(command)).toBe(command)
  })

  test('is broken between words, under its label, and what is in backticks stays whole', () => {
    expect(
      foldProse('  fix: run the command `cachibot-ws add-event seat_taken` and see what comes', 40),
    ).toBe(
      [
        '  fix: run the command',
        '       `cachibot-ws add-event seat_taken`',
        '       and see what comes',
      ].join('\n'),
    )
  })

  test('takes no room for colours, and keeps a word that no line holds', () => {
    const red = (text: string): string => `\u001b[31m${text}\u001b[39m`
    expect(foldProse(red('twenty characters ok'), 20)).toBe(red('twenty characters ok'))
    expect(foldProse('a wordthatislongerthanaline', 20)).toBe('a\n  wordthatislongerthanaline')
  })

  test.each([
    ['prose', lines(['words of a line that is longer than the rest']), 3],
    ['JSON', json({ words: 'of a value that is longer than the rest' }), 4],
    ['a diff or a script', block('+ words of a line that is longer than the rest\n'), 2],
  ])('%s', (_, shown, count) => {
    expect(shown.fitted(24).split('\n')).toHaveLength(count)
  })
})
