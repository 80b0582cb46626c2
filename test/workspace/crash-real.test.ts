import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { nodeDisk } from '../../src/workspace/disk.js'
import { createSource } from '../../src/workspace/source.js'
import { openTransaction } from '../../src/workspace/transaction.js'
import { assertFinished } from '../../src/workspace/unfinished.js'
import { cachibotWs, copyFixture, snapshot } from '../support/checkout.js'
import { COUNTS, SEED, tell } from '../support/counts.js'
import { project } from '../support/fixtures.js'
import { pass, type Running, seen, start, startCommit } from '../support/program-runs.js'
import { randomFrom } from '../support/random.js'

const EVENT = ['seat_taken', '-f', 'seat_id:str']
const ADD = ['add-event', ...EVENT]
const MARK = '\n# saved by an editor\n'

/** A checkout with a git folder, in which the state is kept. */
function checkout(): string {
  const cwd = copyFixture('cachibot', { keep: true })
  mkdirSync(join(cwd, '.git'))
  return cwd
}

/** Whether a command that reads would say something of it. */
function isWhole(cwd: string): boolean {
  try {
    assertFinished(nodeDisk, cwd)
    return true
  } catch {
    return false
  }
}

const state = (cwd: string): string => join(cwd, '.git', 'cachibot-ws')
const same = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([path, text]) => b.get(path) === text)

const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-plan-'))
const PLAN = join(folder, 'plan.json')
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the program, or a plan's commit. */
function add(cwd: string, index: number): Running {
  return index % COUNTS.programEvery === 0 ? start(cwd, ADD) : startCommit(cwd, PLAN)
}

/** The tree before and after, whose difference is the plan. */
async function both(): Promise<{ old: Map<string, string>; added: Map<string, string>; files: string[] }> {
  const cwd = checkout()
  const old = snapshot(cwd)
  expect((await cachibotWs(ADD, { cwd })).exitCode).toBe(0)
  const added = snapshot(cwd)
  rmSync(join(cwd, '..'), { recursive: true })
  const files = [...added.keys()].filter((path) => old.get(path) !== added.get(path))
  const source = (path: string, text: string | undefined) =>
    text === undefined ? undefined : createSource(path, Buffer.from(text, 'latin1').toString('utf8'))
  const plan = files.map((path) => ({
    before: source(path, old.get(path)),
    after: source(path, added.get(path)),
  }))
  writeFileSync(PLAN, JSON.stringify(plan))
  return { old, added, files }
}

test('kill -9 at a random moment: the next run goes on from the old tree or the new one', async () => {
  const random = randomFrom(SEED)
  const { old, added } = await both()
  const wrong: string[] = []
  let cwd = checkout()
  for (let index = 0; index < COUNTS.kills; index++) {
    const run = add(cwd, index)
    // Some are killed while they plan, most of them while they write.
    if (await seen(join(state(cwd), index % 4 === 0 ? 'lock' : 'journal'), run)) pass(random.below(12_000))
    run.child.kill('SIGKILL')
    await run.ended
    const before = snapshot(cwd)
    if (isWhole(cwd) && !same(before, old) && !same(before, added)) wrong.push(`${index}: read as a whole`)
    if (index % COUNTS.programEvery === 0) expect((await cachibotWs(ADD, { cwd })).exitCode).toBe(0)
    else openTransaction(nodeDisk, cwd, 'the next run').close()
    const after = snapshot(cwd)
    if (!same(after, old) && !same(after, added)) wrong.push(`${index}: a mixture after the next run`)
    if (nodeDisk.stat(state(cwd)) !== undefined) wrong.push(`${index}: something is left behind`)
    if (same(after, old)) continue
    if (index % COUNTS.programEvery === 0) {
      expect((await cachibotWs(['remove-event', 'seat_taken'], { cwd })).exitCode).toBe(0)
      if (!same(snapshot(cwd), old)) wrong.push(`${index}: not removed`)
    }
    rmSync(join(cwd, '..'), { recursive: true })
    cwd = checkout()
  }
  rmSync(join(cwd, '..'), { recursive: true })
  tell(`kill -9 while it plans or writes, seed ${SEED}`, COUNTS.kills, wrong.length)
  expect(wrong).toEqual([])
})

test('an editor saves while the program writes: no save is lost', async () => {
  const random = randomFrom(SEED)
  const { old, added, files } = await both()
  const wrong: string[] = []
  for (let index = 0; index < COUNTS.saves; index++) {
    const cwd = checkout()
    const name = random.pick(files.filter((path) => old.has(path)))
    const path = join(cwd, name)
    const stale = readFileSync(path, 'utf8')
    const run = add(cwd, index)
    if (await seen(join(state(cwd), 'journal'), run)) pass(random.below(12_000))
    const text = (index % 2 === 0 ? stale : readFileSync(path, 'utf8')) + MARK
    if (index % 4 < 2) writeFileSync(path, text)
    else {
      writeFileSync(`${path}.saving`, text)
      renameSync(`${path}.saving`, path)
    }
    const { exitCode } = await run.ended
    const after = snapshot(cwd)
    if (after.get(name)?.includes(MARK) !== true) wrong.push(`${index}: exit ${exitCode}, ${name} is lost`)
    const wanted = exitCode === 0 ? added : old
    const mixed = files.find((one) => one !== name && after.get(one) !== wanted.get(one))
    if (mixed !== undefined) wrong.push(`${index}: exit ${exitCode}, ${mixed} is not as it should be`)
    if (![0, 3, 6].includes(exitCode ?? -1)) wrong.push(`${index}: exit ${exitCode}`)
    rmSync(join(cwd, '..'), { recursive: true })
  }
  tell(`an editor saves while it writes, seed ${SEED}`, COUNTS.saves, wrong.length)
  expect(wrong).toEqual([])
})

test('eight runs at once: each has written all of its event or nothing', async () => {
  const wrong: string[] = []
  for (let round = 0; round < COUNTS.rounds; round++) {
    const cwd = checkout()
    const names = Array.from({ length: 8 }, (_, index) => `seat_taken_${'abcdefgh'[index]}`)
    const runs = names.map((name) => start(cwd, ['add-event', name, '-f', 'seat_id:str']))
    const ended = await Promise.all(runs.map((run) => run.ended))
    const written = [...snapshot(cwd).values()].join('')
    for (const [index, { exitCode, stderr }] of ended.entries()) {
      const name = names[index] ?? ''
      if (exitCode === 3 ? written.includes(name) : exitCode !== 0)
        wrong.push(`${name}: ${exitCode} ${stderr}`)
      if (exitCode !== 0) continue
      const again = await cachibotWs(['add-event', name, '-f', 'seat_id:str', '--dry-run'], { cwd })
      if (again.stdout !== '') wrong.push(`${name}: not all is written`)
    }
    if (!ended.some(({ exitCode }) => exitCode === 0)) wrong.push('nobody wrote')
    if (nodeDisk.stat(state(cwd)) !== undefined) wrong.push('something is left behind')
    rmSync(join(cwd, '..'), { recursive: true })
  }
  tell('rounds of eight runs at once', COUNTS.rounds, wrong.length)
  expect(wrong).toEqual([])
})

test('a full stdout is exit 5, which says that the files are written', async () => {
  const { added } = await both()
  const cwd = checkout()
  const bin = join(project, 'bin', 'cachibot-ws.js')
  const line = `exec node ${bin} ${ADD.join(' ')} > /dev/full`
  const { status, stderr } = spawnSync('sh', ['-c', line], { cwd, encoding: 'utf8' })
  expect([status, stderr]).toEqual([
    5,
    expect.stringMatching(/could not be written: .*; the files are written/),
  ])
  expect(same(snapshot(cwd), added)).toBe(true)
  rmSync(join(cwd, '..'), { recursive: true })
})

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s while it plans ends it with %i, and nothing is written', async (signal, exitCode) => {
    const cwd = checkout()
    const before = snapshot(cwd)
    const run = start(cwd, ADD)
    expect(await seen(join(state(cwd), 'lock'), run)).toBe(true)
    run.child.kill(signal)
    expect((await run.ended).exitCode).toBe(exitCode)
    expect(snapshot(cwd)).toEqual(before)
    expect(nodeDisk.stat(state(cwd))).toBeUndefined()
    rmSync(join(cwd, '..'), { recursive: true })
  })

  test('while it writes is too late: all is written, and the exit code says so', async () => {
    const { added } = await both()
    const cwd = checkout()
    const run = start(cwd, ADD)
    expect(await seen(join(state(cwd), 'journal'), run)).toBe(true)
    run.child.kill('SIGINT')
    expect((await run.ended).exitCode).toBe(0)
    expect(same(snapshot(cwd), added)).toBe(true)
    rmSync(join(cwd, '..'), { recursive: true })
  })
})
