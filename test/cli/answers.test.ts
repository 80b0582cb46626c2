import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCache } from '../../src/cache/cache.js'
import { KeptAnswers } from '../../src/cli/answers.js'
import { COMMANDS } from '../../src/cli/commands/index.js'
import type { Answers } from '../../src/cli/context.js'
import type { TestWorld } from '../support/checkout.js'
import { readFixture } from '../support/fixtures.js'
import { memoryCheckout } from '../support/memory-checkout.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answers-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const LINES = [
  'list',
  'list --channel main --format json',
  'list --format markdown',
  'check',
  'check tool_start --verbose',
  'check --format json',
  'check --format github',
  'check --format sarif',
  'info --verbose',
  'info --json',
  '__complete remove-event ',
  '__complete add-event --store ',
]

/** Answers that count how often a command had to be run. */
function counting(build = 'one') {
  const kept = new KeptAnswers(openCache('answers', folder), build)
  let runs = 0
  const answers: Answers = {
    give: (world, argv, run) =>
      kept.give(world, argv, (heard) => {
        runs += 1
        return run(heard)
      }),
  }
  return { answers, keep: () => kept.keep(), runs: () => runs }
}

type Checkout = ReturnType<typeof memoryCheckout>

/** What a command says, and whether it was run for that. */
async function ask(checkout: Checkout, line: string, world: Partial<TestWorld> = {}, build?: string) {
  const { answers, keep, runs } = counting(build)
  const said = await checkout.runIn({ ...world, answers }, ...line.split(' '))
  keep()
  return { said, isRun: runs() > 0 }
}

const fixture = (): Checkout => memoryCheckout(readFixture('cachibot'))

test('every command that only reads is tried', () => {
  for (const { name, isReading } of COMMANDS)
    expect(LINES.some((line) => line.split(' ')[0] === name)).toBe(isReading === true)
})

test.each(LINES)('%s is said again where nothing changed', async (line) => {
  const checkout = fixture()
  const said = await checkout.run(...line.split(' '))
  expect(await ask(checkout, line)).toEqual({ said, isRun: true })
  expect(await ask(checkout, line)).toEqual({ said, isRun: false })
})

/** Ways in which one file of a checkout can be another one. */
const CHANGES: readonly ((checkout: Checkout, path: string) => void)[] = [
  (checkout, path) => checkout.write(path, (text) => `${text}\n`),
  (checkout, path) => checkout.write(path, (text) => text.replace(/\w/, 'x')),
  (checkout, path) => checkout.remove(path),
  (checkout, path) => checkout.write(path.replace(/(\.\w+)?$/, '_two$1'), () => 'x = 1\n'),
]

test.each(['check --format json', 'list --format json', 'info --json', '__complete check '])(
  '%s after any change of any file is what it is without answers',
  async (line) => {
    const paths = [...readFixture('cachibot').keys()]
    const changed = paths.flatMap((path) => CHANGES.map((change) => ({ path, change })))
    let runs = 0
    // Every seventeenth: many of them are tried by the lines together.
    for (const { path, change } of changed.filter((_, index) => index % 17 === line.length % 17)) {
      const checkout = fixture()
      await ask(checkout, line)
      change(checkout, path)
      const expected = await checkout.run(...line.split(' '))
      const { said, isRun } = await ask(checkout, line)
      expect(said).toEqual(expected)
      runs += Number(isRun)
    }
    expect(runs).toBeGreaterThan(10)
  },
)

test('another terminal, another variable that is asked for, another folder and another build are other answers', async () => {
  const checkout = fixture()
  await ask(checkout, 'check')
  expect((await ask(checkout, 'check', { columns: 40 })).isRun).toBe(true)
  expect((await ask(checkout, 'check', { columns: 40 })).isRun).toBe(false)
  expect((await ask(checkout, 'check', { columns: 60 })).isRun).toBe(true)
  expect((await ask(checkout, 'check', { env: { GITHUB_ACTIONS: 'true' } })).isRun).toBe(true)
  expect((await ask(checkout, 'check', { env: { GITHUB_ACTIONS: 'true', OTHER: '1' } })).isRun).toBe(false)
  expect((await ask(checkout, 'check', { cwd: '/checkout/frontend' })).isRun).toBe(true)
  expect((await ask(checkout, 'check', {}, 'two')).isRun).toBe(true)
})

test('what a run writes is written again', async () => {
  for (const line of ['check --output found.txt', 'check --write-baseline']) {
    const checkout = fixture()
    const before = new Set(checkout.tree().keys())
    await ask(checkout, line)
    const written = [...checkout.tree().keys()].filter((path) => !before.has(path))
    expect(written).toHaveLength(1)
    for (const path of written) checkout.remove(path)
    expect((await ask(checkout, line)).isRun).toBe(true)
    expect(checkout.tree().has(written[0] ?? '')).toBe(true)
  }
})

test('an error is found again, and not kept', async () => {
  const checkout = fixture()
  for (const line of ['check no_such_event', 'list --channel nowhere']) {
    const first = await ask(checkout, line)
    expect(first.said.exitCode).toBe(2)
    expect(await ask(checkout, line)).toEqual(first)
  }
})

test.each(['', '{}', '{"asked":[],"said":[]}', 'no JSON'])(
  'bytes that are no answer (%s) are none',
  async (text) => {
    const checkout = fixture()
    const { said } = await ask(checkout, 'check')
    for (const name of readdirSync(join(folder, 'answers')))
      openCache('answers', folder).write(name, Buffer.from(text))
    expect(await ask(checkout, 'check')).toEqual({ said, isRun: true })
  },
)

test('a damaged answer is none', async () => {
  const checkout = fixture()
  const { said } = await ask(checkout, 'check')
  for (const name of readdirSync(join(folder, 'answers'))) {
    const path = join(folder, 'answers', name)
    writeFileSync(path, readFileSync(path, 'latin1').replace('"said"', '"sAid"'), 'latin1')
  }
  expect(await ask(checkout, 'check')).toEqual({ said, isRun: true })
})
