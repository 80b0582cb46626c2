import { cachibotWs } from './checkout.js'
import { readFixture } from './fixtures.js'
import { type Fault, MemoryDisk } from './memory-disk.js'
import { Failure } from '../../src/errors.js'
import type { FileChange } from '../../src/workspace/diff.js'
import type { Disk } from '../../src/workspace/disk.js'
import { createSource } from '../../src/workspace/source.js'
import type { Rules } from '../../src/workspace/targets.js'
import { openTransaction } from '../../src/workspace/transaction.js'
import { assertFinished } from '../../src/workspace/unfinished.js'

export const ROOT = '/checkout'
export const STATE = `${ROOT}/.git/cachibot-ws`

/** What a command writes to a checkout, planned once and tried on many disks. */
export interface Trial {
  readonly name: string
  readonly args: readonly string[]
  readonly changes: readonly FileChange[]
  readonly rules: Rules
  /** Another disk each time, everything on it. */
  disk(): MemoryDisk
  readonly old: ReadonlyMap<string, string>
  readonly new: ReadonlyMap<string, string>
}

const SEAT = ['seat_taken', '-f', 'seat_id:str']
const ADD = ['add-event', ...SEAT, '--store', 'new:seat_plan']

/** Plans `add-event` with a new store, `remove-event` and `init` by running them. */
export async function planTrials(): Promise<{ add: Trial; remove: Trial; init: Trial }> {
  const texts = new Map([...readFixture('cachibot'), ['.git/HEAD', 'ref: refs/heads/main\n']])
  const base = MemoryDisk.of(ROOT, texts)
  const add = await planTrial('add', ADD, base, { edits: 'insertions' })
  const added = base.clone()
  await mustRun(ADD, added)
  const remove = await planTrial('remove', ['remove-event', 'seat_taken'], added, { edits: 'deletions' })
  const rules = { edits: 'insertions', isSetup: true } as const
  return { add, remove, init: await planTrial('init', ['init', '--all'], base, rules) }
}

async function planTrial(
  name: string,
  args: readonly string[],
  base: MemoryDisk,
  rules: Rules,
): Promise<Trial> {
  const old = tree(base)
  const done = base.clone()
  await mustRun(args, done)
  const next = tree(done)
  const paths = new Set([...old.keys(), ...next.keys()])
  const changes = [...paths].flatMap((path): FileChange[] => {
    const [before, after] = [old.get(path), next.get(path)]
    if (before === after) return []
    const name = path.slice(ROOT.length + 1)
    return [
      {
        before: before === undefined ? undefined : createSource(name, before),
        after: createSource(name, after ?? ''),
        isRemoved: after === undefined,
      },
    ]
  })
  return { name, args, changes, rules, disk: () => base.clone(), old, new: next }
}

async function mustRun(args: readonly string[], disk: MemoryDisk): Promise<void> {
  const { exitCode, stderr } = await cachibotWs(args, { cwd: ROOT, disk })
  if (exitCode !== 0) throw new Error(`${args.join(' ')}: ${exitCode} ${stderr}`)
}

/** All files but those of git. */
export function tree(disk: MemoryDisk): Map<string, string> {
  return new Map([...disk.snapshot()].filter(([path]) => !path.startsWith(`${ROOT}/.git/`)))
}

/** Files that no commit leaves behind for good. */
export function strays(disk: MemoryDisk): string[] {
  return disk.files.keys().filter((path) => /\.cachibot-ws|\/cachibot-ws\//.test(path))
}

export interface Outcome {
  /** Undefined for a process that was killed. */
  readonly exitCode: number | undefined
  readonly message: string
}

/** One run of a command: lock, recovery, commit. */
export function attempt(trial: Trial, disk: MemoryDisk, seen: Disk = disk): Outcome {
  try {
    const transaction = openTransaction(seen, ROOT, 'cachibot-ws add-event seat_taken')
    try {
      transaction.commit(trial.changes, trial.rules)
    } finally {
      transaction.close()
    }
    return { exitCode: disk.isDead ? undefined : 0, message: '' }
  } catch (error) {
    if (disk.isDead) return { exitCode: undefined, message: '' }
    if (error instanceof Failure) return { exitCode: error.exitCode, message: error.message }
    if (error instanceof Error && 'syscall' in error) return { exitCode: 5, message: error.message }
    throw error
  }
}

const isSame = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([path, text]) => b.get(path) === text)

/** Which of its two trees a disk holds, if it is one of them, whatever stands beside it. */
export function sideOf(trial: Trial, disk: MemoryDisk): 'old' | 'new' | undefined {
  const ignored = new Set(strays(disk))
  const now = new Map([...tree(disk)].filter(([path]) => !ignored.has(path)))
  if (isSame(now, trial.old)) return 'old'
  return isSame(now, trial.new) ? 'new' : undefined
}

/** Whether a command that reads says something of this disk: not where it may be a mixture. */
export function isReadable(disk: MemoryDisk, seen: Disk = disk): boolean {
  try {
    assertFinished(seen, ROOT)
    return true
  } catch (error) {
    if (error instanceof Failure && error.exitCode === 3) return false
    throw error
  }
}

/**
 * What is wrong with a disk on which a run ended somehow: with what readers see, with the next run, and with what is
 * left in the end. Undefined where nothing is.
 */
export function wrongOf(trial: Trial, wreck: MemoryDisk, wrap = (disk: MemoryDisk): Disk => disk): string | undefined {
  if (isReadable(wreck) && sideOf(trial, wreck) === undefined) return 'a mixture that is read as if it were whole'
  const disk = wreck.clone()
  try {
    openTransaction(wrap(disk), ROOT, 'the next run').close()
  } catch (error) {
    return `the next run fails: ${(error as Error).message}`
  }
  const side = sideOf(trial, disk)
  if (side === undefined) return 'a mixture after the next run'
  if (strays(disk).length > 0) return `left behind: ${strays(disk).join(', ')}`
  if (side === 'new') return undefined
  const again = attempt(trial, disk)
  if (again.exitCode !== 0) return `cannot be run again: ${again.message}`
  if (sideOf(trial, disk) !== 'new' || strays(disk).length > 0) return 'another result when run again'
  const empty = disk.folders().filter((folder) => !disk.files.keys().some((path) => path.startsWith(`${folder}/`)))
  return empty.length > 0 ? `folders left behind: ${empty.join(', ')}` : undefined
}

export const ERRORS = ['EIO', 'EACCES', 'ENOSPC', 'EPERM', 'EBUSY', 'EXDEV', 'EMFILE'] as const
export const DEATHS = ['kill before', 'kill after', 'torn write'] as const

/** Every fault that can be tried at a call, and whether it stays. */
export const FAULTS: readonly { readonly fault: Fault; readonly stays: boolean; readonly title: string }[] = [
  ...DEATHS.map((fault) => ({ fault, stays: false, title: fault })),
  ...ERRORS.flatMap((code) =>
    [false, true].map((stays) => ({ fault: { code }, stays, title: `${code} ${stays ? 'that stays' : 'once'}` })),
  ),
]

export interface Tally {
  tried: number
  readonly wrong: string[]
}

/** Tries every fault at every call of a run, the calls that read as well. */
export function tryFaults(trial: Trial, wrap = (disk: MemoryDisk): Disk => disk): Tally {
  const probe = trial.disk()
  const first = attempt(trial, probe, wrap(probe))
  if (first.exitCode !== 0) throw new Error(first.message)
  const tally: Tally = { tried: 0, wrong: [] }
  for (let at = 1; at <= probe.calls; at++) {
    for (const { fault, stays, title } of FAULTS) {
      const disk = trial.disk()
      let where = ''
      disk.fault = ({ number, name, path, isWrite }) => {
        if (number === at) where = `${name} ${path}`
        if (fault === 'torn write' && name !== 'write') return undefined
        return number === at || (stays && number > at && isWrite) ? fault : undefined
      }
      const outcome = attempt(trial, disk, wrap(disk))
      tally.tried++
      const wrong = wrongRun(trial, disk, outcome, stays) ?? wrongOf(trial, revive(disk), wrap)
      if (wrong !== undefined) tally.wrong.push(`${trial.name}, ${title} at call ${at} (${where}): ${wrong}`)
    }
  }
  return tally
}

/** What is wrong with what a run said, seen from the tree it left. */
function wrongRun(trial: Trial, disk: MemoryDisk, outcome: Outcome, stays: boolean): string | undefined {
  if (outcome.exitCode === undefined) return undefined
  const side = sideOf(trial, disk)
  if (outcome.exitCode === 0) return side === 'new' ? undefined : 'exit 0, and not all is written'
  if (side === 'old') return undefined
  const isTold = /could not be put back/.test(outcome.message)
  return stays && isTold ? undefined : `exit ${outcome.exitCode}: ${outcome.message}, and the tree is not as it was`
}

/** A disk after a fault, as the next process finds it. */
function revive(disk: MemoryDisk): MemoryDisk {
  return disk.clone()
}
