import { describe, expect, test } from 'vitest'
import { COUNTS, SEED, tell } from '../support/counts.js'
import { saveEverywhere } from '../support/editor.js'
import { MemoryDisk } from '../support/memory-disk.js'
import { MUTANTS, type Mutant, withoutLinks } from '../support/mutants.js'
import { losePower } from '../support/power.js'
import {
  attempt,
  foreignLock,
  planTrials,
  STATE,
  type Trial,
  tryDeaths,
  tryFaults,
} from '../support/trial.js'

const trials = await planTrials()

/** As much of a plan as has every kind of change. */
const few = (trial: Trial): Trial => trial.few

describe('whatever happens at a call, the tree is old or new, and the next run mends what is left', () => {
  test.each(Object.values(trials))('$name: a fault at every call, of every kind', (trial) => {
    const { tried, wrong } = tryFaults(trial)
    tell(`${trial.name}: 10 kinds of faults at every call, once and lasting`, tried, wrong.length)
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThan(1_000)
  })

  test('the same where no hard link can be made', () => {
    const { wrong } = tryFaults(few(trials.add), withoutLinks)
    // A lock is not seen whole there, and one that was cut short is told with its path.
    expect(wrong.filter((one) => !one.includes('its lock cannot be read'))).toEqual([])
  })

  test.each(Object.values(trials))('$name: the power is lost', (trial) => {
    const count = Math.ceil(COUNTS.powerLosses / 3)
    const { tried, wrong } = losePower(trial, count, SEED)
    tell(`${trial.name}: power lost, seed ${SEED}`, tried, wrong.length)
    expect(wrong).toEqual([])
  })
})

test.each([few(trials.add), few(trials.remove)])(
  '$name: an editor saves at any call, and no save is lost',
  (trial) => {
    const { tried, wrong } = saveEverywhere(trial)
    tell(`${trial.name}: an editor saves at every call`, tried, wrong.length)
    expect(wrong).toEqual([])
  },
)

describe('every step of the protocol is needed: without it a test is red', () => {
  test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s', (_name, mutant) => {
    expect(wrongWith(mutant)).toBeGreaterThan(0)
  })
})

/** How many wrong trees a harness sees with a step left out; it sees none with all of them. */
function wrongWith({ seenBy, wrap }: Mutant): number {
  const { add } = trials
  const trial = few(add)
  if (seenBy === 'faults') return tryDeaths(trial, wrap).wrong.length
  if (seenBy === 'power') return losePower(trial, 3_000, 1, wrap, 1).wrong.length
  if (seenBy === 'lock') {
    const disk = trial.disk()
    disk.files.set(`${STATE}/lock`, Buffer.from(foreignLock()))
    return attempt(trial, disk, wrap(disk)).exitCode === 3 ? 0 : 1
  }
  return saveEverywhere(trial, wrap).wrong.length
}

test('a lock of a live run, of another machine, or that cannot be read is not taken', () => {
  for (const text of [foreignLock(), foreignLock({ host: 'elsewhere', pid: process.pid }), '']) {
    const disk = trials.add.disk()
    disk.files.set(`${STATE}/lock`, Buffer.from(text))
    const before = disk.snapshot()
    const { exitCode, message } = attempt(trials.add, disk)
    expect([exitCode, message]).toEqual([3, expect.stringMatching(/another run/)])
    expect(disk.snapshot()).toEqual(before)
  }
})

test('a lock of a dead run is taken over, and so is one whose successor died', () => {
  const dead = foreignLock({ pid: 2 ** 22 + 1, id: 'a'.repeat(16) })
  const disk = trials.add.disk()
  disk.files.set(`${STATE}/lock`, Buffer.from(dead))
  disk.files.set(`${STATE}/lock-after-${'a'.repeat(16)}`, Buffer.from(foreignLock({ pid: 2 ** 22 + 2 })))
  expect(attempt(trials.add, disk).exitCode).toBe(0)
  expect(disk.folders()).not.toContain(STATE)
})

test('a disk that is used after a kill says so', () => {
  const disk = MemoryDisk.of('/', new Map([['a', 'b']]))
  disk.fault = () => 'kill before'
  expect(() => disk.read('/a')).toThrow()
  expect(() => disk.read('/a')).toThrow()
})
