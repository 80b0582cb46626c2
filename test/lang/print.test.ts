import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pythonBin } from '../../scripts/user-tools.mjs'
import {
  type Doc,
  type Page,
  printAssignment,
  printDoc,
  printDocstring,
  printString,
} from '../../src/lang/python/print.js'
import { hasPython } from '../support/python.js'

/** What `ruff format` makes of a Python text. */
function ruffFormat(text: string, width: number): string {
  const args = ['format', '--isolated', '--line-length', String(width), '-']
  return execFileSync(join(pythonBin() ?? '', 'ruff'), args, { input: text, encoding: 'utf8' })
}

const spaces = (text: string): string => text.replace(/^\t+/gm, (tabs) => ' '.repeat(4 * tabs.length))

describe.skipIf(!hasPython)('what is printed is what ruff format keeps', () => {
  test.each([60, 88, 100])('docstrings of every length at width %i', (width) => {
    const page: Page = { width, indentWidth: 4, column: 0 }
    const lengths = Array.from({ length: 2 * width }, (_, index) => index + 1)
    const texts = [
      ...lengths.map((length) => 'a '.repeat(length).slice(0, length).trim() || 'a'),
      ...lengths.map((length) => `${'word '.repeat(length).slice(0, length).trim()}.`),
      ...lengths.map((length) => 'x'.repeat(length)),
      ...lengths.map((length) => `${'quoted '.repeat(length).slice(0, length).trim()}"`),
      ...lengths.map((length) => `${'back '.repeat(length).slice(0, length).trim()}\\`),
      '"quoted" at both "ends"',
      'a """ b',
      '""""',
      "it's",
      '表'.repeat(60),
      `${'表示 '.repeat(40)}.`,
    ]
    const program = texts
      .map((text, index) => `class A${index}:\n\t${printDocstring(text, page, 1)}\n\n\tx: int\n`)
      .join('\n\n')
    expect(ruffFormat(spaces(program), width)).toBe(spaces(program))
  })

  test.each([60, 88, 100])('chains and comprehensions of every length at width %i', (width) => {
    const page: Page = { width, indentWidth: 4, column: 0 }
    const lengths = Array.from({ length: width }, (_, index) => index + 1)
    const program = lengths.map((length) => {
      const name = 'p'.repeat(length)
      const chain = (type: string): Doc => ({
        chain: [
          { open: `${name}=TypeAdapter(`, items: [type], close: ')' },
          {
            open: '.validate_python(',
            items: [{ open: 'payload.get(', items: [`"${name}"`], close: ')' }],
            close: ')',
          },
        ],
      })
      const items = [
        chain('datetime'),
        chain('list[datetime] | None'),
        {
          open: `${name}x=[`,
          items: [{ parts: ['item.isoformat()', `for item in ${name}`] }],
          close: ']',
          isOne: true,
        },
      ]
      return `${printDoc({ open: 'call(', items, close: ')' }, page)}\n`
    })
    expect(ruffFormat(spaces(program.join('')), width)).toBe(spaces(program.join('')))
  })

  test.each([60, 88, 100])('lists, assignments and strings of every length at width %i', (width) => {
    const page: Page = { width, indentWidth: 4, column: 0 }
    const lengths = Array.from({ length: width }, (_, index) => index + 1)
    const program = [
      ...lengths.map((length) => {
        const items = Array.from(
          { length: Math.ceil(length / 9) },
          (_, index) => `item_${index}_${'y'.repeat(length % 9)}`,
        )
        return `${printDoc({ open: 'call(', items: [{ open: 'inner=[', items, close: ']' }, 'last=1'], close: ')' }, page)}\n`
      }),
      ...lengths.map(
        (length) =>
          `${printAssignment(`name_${'z'.repeat(length % 40)}`, `"${'v'.repeat(length)}"`, page)}\n`,
      ),
      ...['a"b', "a'b", `a"b'c`, 'a\\b', '\t\n', '\u2028', '💺', '\u202e', '""'].map(
        (value) => `x = ${printString(value)}\n`,
      ),
    ].join('')
    expect(ruffFormat(spaces(program), width)).toBe(spaces(program))
  })
})
