import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  isSource,
  MATTERING,
  matters,
  ofRealSize,
  SOURCES,
  withEvents,
  withLines,
} from '../../bench/generate.mjs'
import { growthPicture } from '../../bench/growth-picture.mjs'
import { growthTable, mainTable, page } from '../../bench/page.mjs'
import { ROWS, statesOf } from '../../bench/rows.mjs'
import { marginal, summarize, verdict } from '../../bench/summary.mjs'
import { project } from '../support/fixtures.js'

const sample = (cpu: number, mib = 60) => ({ cpu, wall: cpu + 5, mib, over: false })

/** Three rounds on a machine that becomes twice as slow: what takes so many times of `node -e 0` takes as many of it then. */
const roundsOf = (times: Record<string, number>) =>
  [20, 20, 40].map((base) => ({
    base: [sample(base - 1), sample(base), sample(base * 3)],
    samples: Object.fromEntries(Object.entries(times).map(([name, factor]) => [name, sample(base * factor)])),
  }))

const growth = [100, 1000, 10_000, undefined].flatMap((events) =>
  ['check', 'list', 'dry-run'].map((row) => ({
    ...{ checkout: events === undefined ? 'a long file' : `${events} events`, row, wall: 0, mib: 200 },
    ...(events === undefined ? {} : { events }),
    cpu: (events ?? 5000) * (row === 'list' && events === 10_000 ? 3 : 1),
    over: row === 'list' && events === 10_000,
  })),
)

/** Everything is four times as expensive as `node -e 0`, and so are others. */
const measured = summarize(
  roundsOf({
    bare: 0.5,
    'peer plop': 6,
    ...Object.fromEntries(ROWS.flatMap((row) => statesOf(row).map((state) => [`${row.id} ${state}`, 4]))),
  }),
)
const result = {
  machine: { node: 'v20', platform: 'linux x64', cpu: 'a processor', cores: 2 },
  checkout: { name: 'the house', revision: 'abc', sources: 411 },
  ...{ rounds: 3, measured, peers: ['plop'], growth },
}

/** The cells of the rows of a table, by what they begin with. */
function cells(table: string, first: string): string[] {
  const line = table.split('\n').find((one) => one.startsWith(`| ${first} `)) ?? ''
  return line.split('|').map((cell) => cell.trim())
}

test('a ratio is of one round, and what is told is the median', () => {
  expect(measured['check first']).toEqual({ ratio: 4, quartiles: [4, 4], cpu: 80, wall: 85, mib: 60 })
  expect(measured['base']?.cpu).toBe(39)
})

test.each([
  [3.5, { must: 5, aim: 3.5 }, 'reached'],
  [3.51, { must: 5, aim: 3.5 }, 'held'],
  [5.01, { must: 5, aim: 3.5 }, 'missed'],
  [12, { must: 12 }, 'reached'],
  [12.1, { must: 12 }, 'missed'],
] as const)('%d of %j is %s', (figure, target, word) => {
  expect(verdict(figure, target)).toBe(word)
})

test('the table says of each command what it is to be, what it is, and whether that holds', () => {
  const table = mainTable(result)
  expect(cells(table, '`list`').slice(2, 9)).toEqual([
    ...['5 / 3.5', '4.00 held', '4.00 held', '20', '4.00 reached', '60 reached', '60 reached'],
  ])
  expect(cells(table, '`info`').slice(2, 5)).toEqual(['3.5 / 2.5', '4.00 missed', '4.00 missed'])
  expect(cells(table, '`add-event`').slice(2, 5)).toEqual(['10 / 7', '4.00 reached', '–'])
  expect(cells(table, 'plop, five inserts').slice(2, 5)).toEqual(['', '6.00', ''])
  for (const { label } of ROWS) expect(cells(table, label)).toHaveLength(11)
  expect(new Set(table.split('\n').map((line) => line.length)).size).toBe(1)
})

test('growth is told with what one event more costs, and what was stopped is no figure', () => {
  expect(marginal((events) => events)).toBe(1)
  expect(marginal((events) => events ** 2)).toBe(10)
  const table = growthTable(result)
  expect(cells(table, 'an event at 10,000, to one at 1,000').slice(2, 4)).toEqual(['1.00', 'more than 3.22'])
  expect(cells(table, '10000 events')[3]).toBe('stopped at 30.00 s, 200 MiB')
})

test('the picture shows every figure, and a run that was stopped as an open circle', () => {
  const picture = growthPicture(result)
  expect(picture.match(/<polyline /g)).toHaveLength(6)
  expect(picture.match(/<circle [^>]*stroke=/g)).toHaveLength(18)
  expect(picture.match(/<circle [^>]*fill="none"/g)).toHaveLength(2)
  expect(picture.match(/<rect /g)).toHaveLength(6)
  expect(picture).not.toMatch(/NaN|undefined/)
})

test('docs/performance.md and its picture are what the bench makes of its figures', () => {
  const read = (name: string): string => readFileSync(join(project, 'docs', name), 'utf8')
  const kept = JSON.parse(read('performance.json')) as typeof result
  expect(page(kept)).toBe(read('performance.md'))
  expect(growthPicture(kept)).toBe(read('growth.svg'))
})

test('the generated checkout has the size of CachiBot, and is the same each time', () => {
  const texts: Map<string, string> = ofRealSize()
  const sources = [...texts].filter(([path]) => isSource(path))
  expect(sources).toHaveLength(SOURCES)
  expect(sources.filter(([, text]) => matters(text))).toHaveLength(MATTERING)
  expect(ofRealSize()).toEqual(texts)
})

test('a growing checkout has the events and the lines that it is to have', () => {
  const texts = withEvents(7)
  for (const [path, written] of [
    ['cachibot/models/websocket.py', 'SCENE_6 = "scene_6"'],
    ['frontend/src/types/index.ts', "| 'scene_6'"],
    ['frontend/src/hooks/useWebSocket.ts', "case 'scene_6': {"],
    ['cachibot/api/websocket.py', 'WSMessage.scene_6('],
  ] as const)
    expect(texts.get(path)).toContain(written)
  const lines = Math.max(...[...withLines(100_000).values()].map((text: string) => text.split('\n').length))
  expect(lines).toBeGreaterThan(100_000)
})
