import { hostname } from 'node:os'
import { Failure } from '../../src/errors.js'
import { WRITABLE } from '../../src/lang/languages.js'
import { type FileChange, pathOf } from '../../src/workspace/diff.js'
import type { Disk } from '../../src/workspace/disk.js'
import { createSource } from '../../src/workspace/source.js'
import type { Rules } from '../../src/workspace/targets.js'
import { openTransaction } from '../../src/workspace/transaction.js'
import { assertFinished } from '../../src/workspace/unfinished.js'
import { cachibotWs, FROM } from './checkout.js'
import { readFixture } from './fixtures.js'
import { type Fault, MemoryDisk } from './memory-disk.js'

// A stack is never looked at here, and costs more than a commit.
Error.stackTraceLimit = 0

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
  readonly old: Tree
  readonly new: Tree
  /** The same with as few files as have every kind of change. */
  readonly few: Trial
}

/** Contents by path, and the folders around them. */
interface Tree {
  readonly files: ReadonlyMap<string, Buffer>
  readonly folders: ReadonlySet<string>
}

const SEAT = ['seat_taken', '-f', 'seat_id:str']
const ADD = ['add-event', ...SEAT, '--store', 'new:seat_plan']

/** Plans `add-event` with a new store, `remove-event` and `init` by running them. */
export async function planTrials(): Promise<{ add: Trial; remove: Trial; init: Trial }> {
  const texts = new Map([...readFixture('cachibot'), ['.git/HEAD', 'ref: refs/heads/main\n']])
  const base = MemoryDisk.of(ROOT, texts)
  const add = await planTrial('add', ADD, base, { edits: 'insertions', extensions: WRITABLE })
  const added = base.clone()
  await mustRun(ADD, added)
  const remove = await planTrial('remove', ['remove-event', 'seat_taken'], added, {
    edits: 'deletions',
    extensions: WRITABLE,
  })
  const rules = { edits: 'insertions', extensions: undefined } as const
  return { add, remove, init: await planTrial('init', ['init', '--all', '--from', FROM], base, rules) }
}

async function planTrial(
  name: string,
  args: readonly string[],
  base: MemoryDisk,
  rules: Rules,
): Promise<Trial> {
  const done = base.clone()
  await mustRun(args, done)
  const paths = [...new Set([...base.files.keys(), ...done.files.keys()])]
  const changed = paths.filter((path) => text(base, path) !== text(done, path))
  // A few files are enough for a commit, and many disks of them are made.
  const few = [...changed, `${ROOT}/.git/HEAD`, ...paths.slice(0, 2)]
  const isFew = (path: string): boolean => few.some((one) => one === path || one.startsWith(`${path}/`))
  const isOther = (path: string): boolean => done.files.has(path) || base.files.has(path)
  const part = (disk: MemoryDisk): MemoryDisk =>
    disk.clone((path) => path === '/' || isFew(path) || (!isOther(path) && !base.folders().includes(path)))
  const small = part(base)
  const changes = changed.map((path): FileChange => {
    const [before, after] = [text(base, path), text(done, path)]
    const name = path.slice(ROOT.length + 1)
    const source = before === undefined ? undefined : createSource(name, before)
    if (after === undefined && source !== undefined) return { before: source, after: undefined }
    return { before: source, after: createSource(name, after ?? '') }
  })
  const trial = {
    name,
    args,
    changes,
    rules,
    disk: () => small.clone(),
    old: tree(small),
    new: tree(part(done)),
  }
  return { ...trial, few: shorten(trial) }
}

/** One edit of each kind: of a file that is there, of one that is new, of one that goes. */
function shorten(trial: Omit<Trial, 'few'>): Trial {
  const kinds = trial.changes.map(({ before, after }) => `${before === undefined} ${after === undefined}`)
  const changes = trial.changes.filter((_, index) => kinds.indexOf(kinds[index] ?? '') >= index - 1)
  const isLeft = (path: string): boolean =>
    trial.changes.some((one) => `${ROOT}/${pathOf(one)}` === path && !changes.includes(one))
  const keep = ({ files, folders }: Tree): Tree => ({
    files: new Map([...files].filter(([path]) => !isLeft(path))),
    folders,
  })
  const base = trial.disk().clone((path) => !isLeft(path))
  const short = { ...trial, changes, disk: () => base.clone(), old: keep(trial.old), new: keep(trial.new) }
  return Object.assign(short, { few: short as unknown as Trial })
}

const text = (disk: MemoryDisk, path: string): string | undefined => disk.files.get(path)?.toString('utf8')

async function mustRun(args: readonly string[], disk: MemoryDisk): Promise<void> {
  const { exitCode, stderr } = await cachibotWs(args, { cwd: ROOT, disk })
  if (exitCode !== 0) throw new Error(`${args.join(' ')}: ${exitCode} ${stderr}`)
}

/** All but what belongs to the tool. */
function tree(disk: MemoryDisk): Tree {
  return {
    files: new Map([...disk.files].filter(([path]) => !OWN.test(path))),
    folders: new Set(disk.folders().filter((path) => !OWN.test(path))),
  }
}

/** What no commit leaves behind for good. */
const OWN = /\/\.?cachibot-ws(\/|$)|\/\.cachibot-ws-[0-9a-f]{16}\.tmp$/

/** What of the tool is on a disk. */
function strays(disk: MemoryDisk): string[] {
  return [...disk.files.keys(), ...disk.folders()].filter((path) => OWN.test(path))
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

function isSame(a: Tree, b: Tree): boolean {
  if (a.files.size !== b.files.size || a.folders.size !== b.folders.size) return false
  for (const folder of a.folders) if (!b.folders.has(folder)) return false
  for (const [path, content] of a.files) {
    const other = b.files.get(path)
    if (other === undefined || (other !== content && !other.equals(content))) return false
  }
  return true
}

/** What of a disk the tool sees. */
export type Wrap = (disk: MemoryDisk) => Disk

/** A lock that another process holds; by default this one's parent, which is alive. */
export function foreignLock(of: { pid?: number; host?: string; id?: string } = {}): string {
  const holder = {
    id: 'b'.repeat(16),
    pid: process.ppid,
    host: hostname(),
    command: 'cachibot-ws',
    since: Date.now(),
  }
  return JSON.stringify({ ...holder, ...of })
}

/** Which of its two trees a disk holds, if it is one of them, whatever of the tool stands beside it. */
export function sideOf(trial: Trial, disk: MemoryDisk): 'old' | 'new' | undefined {
  const now = tree(disk)
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
export function wrongOf(trial: Trial, wreck: MemoryDisk, wrap: Wrap = (disk) => disk): string | undefined {
  const before = sideOf(trial, wreck)
  if (isReadable(wreck) && before === undefined) return 'a mixture that is read as if it were whole'
  // Nothing tells such a disk from one that no run was on.
  if (before !== undefined && strays(wreck).length === 0) return undefined
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
  return undefined
}

const ERRORS = ['EIO', 'EACCES', 'ENOSPC', 'EPERM', 'EBUSY', 'EXDEV', 'EMFILE'] as const
const DEATHS = ['kill before', 'kill after', 'torn write'] as const

/** Every fault that can be tried at a call, and whether it stays. */
const FAULTS: readonly { readonly fault: Fault; readonly stays: boolean; readonly title: string }[] = [
  ...DEATHS.map((fault) => ({ fault, stays: false, title: fault })),
  ...ERRORS.flatMap((code) =>
    [false, true].map((stays) => ({
      fault: { code },
      stays,
      title: `${code} ${stays ? 'that stays' : 'once'}`,
    })),
  ),
]

export interface Tally {
  tried: number
  readonly wrong: string[]
}

/** Kills a run at every call. */
export function tryDeaths(trial: Trial, wrap: Wrap): Tally {
  return tryFaults(
    trial,
    wrap,
    FAULTS.filter(({ fault }) => typeof fault === 'string'),
  )
}

/** Tries every fault at every call of a run, the calls that read as well. */
export function tryFaults(trial: Trial, wrap: Wrap = (disk) => disk, faults = FAULTS): Tally {
  const probe = trial.disk()
  const first = attempt(trial, probe, wrap(probe))
  if (first.exitCode !== 0 || sideOf(trial, probe) !== 'new') return { tried: 1, wrong: [first.message] }
  const tally: Tally = { tried: 0, wrong: [] }
  for (let at = 1; at <= probe.calls; at++) {
    for (const { fault, stays, title } of faults) {
      const disk = trial.disk()
      let where = ''
      disk.fault = ({ number, name, path, isWrite }) => {
        if (number === at) where = `${name} ${path}`
        if (fault === 'torn write' && name !== 'write') return undefined
        return number === at || (stays && number > at && isWrite) ? fault : undefined
      }
      const outcome = attempt(trial, disk, wrap(disk))
      tally.tried++
      const wrong = wrongRun(trial, disk, outcome, stays) ?? wrongOf(trial, disk.clone(), wrap)
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
  return stays && isTold
    ? undefined
    : `exit ${outcome.exitCode}: ${outcome.message}, and the tree is not as it was`
}
