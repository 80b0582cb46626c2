import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openCache } from '../../src/cache/cache.js'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { LANGUAGES } from '../../src/lang/languages.js'
import { readTree, writeTree } from '../../src/lang/tree-bytes.js'
import { Trees } from '../../src/lang/trees.js'
import { readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cached-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const ADD = 'add-event seat_taken -f seat_id:str'
const LINES = [
  'list',
  'list --format json',
  'check',
  'check tool_start --format json',
  'info --verbose',
  ADD,
  `${ADD} --direction both --json`,
  `${ADD} --dry-run`,
  'add-event tool_start',
  'change-event document_status --add-field note:str? --yes',
  'remove-event tool_start --force',
  'remove-event usage --force',
  'explain never-sent',
  'init --config --dry-run',
  'completion bash',
  '__complete remove-event ',
]

/** What a command says and leaves, in a fresh checkout. */
async function outcomeOf(line: string, trees?: Trees) {
  const checkout = memoryCheckout(readFixture('cachibot'), trees)
  const ran = await checkout.run(...line.split(' '))
  trees?.keep()
  return { ...ran, tree: checkout.tree() }
}

const cached = (line: string) => outcomeOf(line, new Trees(openCache('trees', folder)))
const entries = () => readdirSync(join(folder, 'trees'))
const spyOnParsers = () => LANGUAGES.map((language) => vi.spyOn(language, 'parse'))

test('every command is tried', () => {
  for (const { name } of COMMANDS) expect(LINES.some((line) => line.split(' ')[0] === name)).toBe(true)
})

test.each(LINES)('%s is the same with trees of earlier runs, with damaged ones and without', async (line) => {
  const expected = await outcomeOf(line)
  expect(await cached(line)).toEqual(expected)
  expect(await cached(line)).toEqual(expected)
  if (['explain', 'init', 'completion'].includes(line.split(' ')[0] ?? '')) return
  for (const name of entries()) {
    const path = join(folder, 'trees', name)
    writeFileSync(path, readFileSync(path).subarray(0, -1))
  }
  expect(await cached(line)).toEqual(expected)
})

test('a second run parses nothing that it only reads', async () => {
  await cached('check')
  const parses = spyOnParsers()
  await cached('check')
  for (const parse of parses) expect(parse).not.toHaveBeenCalled()
})

test.each([ADD, `${ADD} --dry-run`, 'remove-event tool_start --force'])(
  '%s parses what it changes, as it is and as it is to be',
  async (line) => {
    await cached(line)
    const parses = spyOnParsers()
    const { tree } = await cached(line)
    const parsed = new Set(
      parses.flatMap(({ mock }) => mock.calls.map(([{ path, text }]) => `${path}\n${text}`)),
    )
    const before = readFixture('cachibot')
    const written = line.endsWith('--dry-run') ? (await cached(ADD)).tree : tree
    const changed = [...before].filter(([path, text]) => written.get(path) !== text)
    expect(changed.length).toBeGreaterThan(3)
    for (const [path, text] of changed) {
      expect(parsed).toContain(`${path}\n${text}`)
      expect(parsed).toContain(`${path}\n${written.get(path)}`)
    }
  },
)

test.each([ADD, 'remove-event tool_start --force'])(
  '%s writes what it writes without them where trees are wrong',
  async (line) => {
    const expected = await outcomeOf(line)
    await cached(line)
    for (const name of entries()) {
      const cache = openCache('trees', folder)
      const tree = readTree(cache.read(name) ?? new Uint8Array())
      // Whatever stands last in a file ends one character later.
      const end = tree.end.map((one, row) => (row > 0 && one >= (tree.end[0] ?? 0) - 1 ? one - 1 : one))
      cache.write(name, writeTree({ ...tree, end }))
    }
    expect(await cached(line)).toEqual(expected)
  },
)
