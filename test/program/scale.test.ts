import { expect, test } from 'vitest'
import { factoriesOfChannel } from '../../src/channel/envelope.js'
import { ownersOfModels } from '../../src/sites/naming.js'
import type { Rows } from '../../src/sites/site.js'
import { cachibotWs } from '../support/checkout.js'
import { open, readFixture } from '../support/fixtures.js'
import { MemoryDisk } from '../support/memory-disk.js'

const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const UNION = 'frontend/src/types/index.ts'
const HANDLER = 'cachibot/api/websocket.py'
const ENUM = 'cachibot/models/websocket.py'

const texts = readFixture('cachibot')
const many = (count: number, make: (index: number) => string, between = ''): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(between)

/** What stands at the end of a file, or behind a line of it. */
type Shape = readonly [file: string, make: (count: number) => string, behind?: string]

const SHAPES: Readonly<Record<string, Shape>> = {
  'operands in TypeScript': [HOOK, (n) => `\nconst x = ${many(n, () => 'a', ' + ')}\n`],
  'operands in Python': [HANDLER, (n) => `\nX = ${many(n, () => 'a', ' + ')}\n`],
  'members of a type': [HANDLER, (n) => `\nX = ${many(n, (i) => `A${i}`, ' | ')}\n`],
  'else if': [
    HOOK,
    (n) => `\nfunction q(a: number) {\n  ${many(n, (i) => `if (a === ${i}) return 1`, '\n  else ')}\n}\n`,
  ],
  elif: [
    HANDLER,
    (n) => `\ndef q(a):\n    if a:\n        pass\n${many(n, (i) => `    elif a == ${i}:\n        pass\n`)}`,
  ],
  'calls in a chain': [HOOK, (n) => `\nconst x = a${many(n / 2, () => '.b()')}\n`],
  'blank lines': [HANDLER, (n) => '\n'.repeat(n * 10)],
  'spaces in a line': [HANDLER, (n) => `\nX = 1${' '.repeat(n * 10)}\n`],
  'comments in TypeScript': [HOOK, (n) => many(n, () => '// what\n')],
  'members of the enum': [
    ENUM,
    (n) => many(n / 4, (i) => `    BIG_${i} = "big_${i}"\n`),
    'class WSMessageType(str, Enum):\n',
  ],
  'members of the union': [
    UNION,
    (n) => many(n / 4, (i) => `  | 'big_${i}'\n`),
    'export type WSMessageType =\n',
  ],
  'cases of the switch': [
    HOOK,
    (n) => many(n / 4, (i) => `      case 'big_${i}':\n        break\n`),
    'switch (msg.type) {\n',
  ],
}

/** The time of the processor that a check of the fixture with so many takes, the better of two; other programs do not count. */
async function costOf([file, make, behind]: Shape, count: number): Promise<number> {
  const text = texts.get(file) ?? ''
  const at = behind === undefined ? text.length : text.indexOf(behind) + behind.length
  const files = new Map([...texts, [file, text.slice(0, at) + make(count) + text.slice(at)]])
  const costs: number[] = []
  for (let time = 0; time < 2; time++) {
    const disk = MemoryDisk.of('/checkout', files)
    const before = process.cpuUsage()
    const ran = await cachibotWs(['check'], { cwd: '/checkout', disk })
    const { user, system } = process.cpuUsage(before)
    expect(ran.stderr).toBe('')
    costs.push(user + system)
  }
  return Math.min(...costs)
}

test('each row of a ledger is looked at once to tell who has the payload of another', () => {
  const events = Array.from({ length: 500 }, (_, index) => `big_${index}`)
  let looks = 0
  const rows: Rows = {
    size: 0,
    events: () => events,
    isKnown: () => true,
    of: () => {
      looks++
      return []
    },
  }
  const ownerOf = ownersOfModels(rows)
  for (const event of events) ownerOf(event)
  expect(looks).toBeLessThanOrEqual(2 * events.length)
})

test('the factories of an envelope are read once, whoever asks', async () => {
  const { repository, layout } = await open(texts)
  for (const channel of layout.channels)
    expect(factoriesOfChannel({ repository, layout, channel })).toBe(
      factoriesOfChannel({ repository, layout, channel }),
    )
})

/** A ratio of times, which a busy machine can spoil: `CACHIBOT_WS_TORTURE=1` asks for it. */
const asked = test.runIf(process.env['CACHIBOT_WS_TORTURE'] === '1')

asked.each(Object.entries(SHAPES))(
  'twice as many %s cost less than three times as much',
  async (_, shape) => {
    const [once, twice] = [await costOf(shape, 1600), await costOf(shape, 3200)]
    expect(twice / once).toBeLessThan(3)
  },
)
