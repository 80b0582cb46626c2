import { basename, dirname } from 'node:path'
import type { Disk } from '../../src/workspace/disk.js'
import { diskError, type MemoryDisk } from './memory-disk.js'
import { ROOT, STATE } from './trial.js'

/** A way to leave one step of the protocol out: what becomes of a call. */
export interface Mutant {
  readonly name: string
  /** The harness that must see it. */
  readonly seenBy: 'faults' | 'power' | 'editor' | 'editor without links' | 'lock'
  wrap(disk: MemoryDisk): Disk
}

type Change = (disk: MemoryDisk, path: string, count: number) => boolean

const isBeside = (path: string): boolean => !path.startsWith(STATE) && path.endsWith('.tmp')
const isTarget = (path: string): boolean => path.startsWith(ROOT) && !path.includes('cachibot-ws')

/** Leaves calls of one name out where `isLeftOut` says so; counts from 1, by path. */
function without(call: 'sync' | 'syncFolder' | 'rename' | 'remove', isLeftOut: Change) {
  return (disk: MemoryDisk): Disk => {
    const counts = new Map<string, number>()
    const paths = new Map<number, string>()
    return seenThrough(disk, {
      openNew(path: string, mode: number) {
        const file = disk.openNew(path, mode)
        paths.set(file, path)
        return file
      },
      [call](first: string & number, second: string) {
        const path = call === 'sync' ? (paths.get(first) ?? '') : call === 'rename' ? second : first
        const count = (counts.get(path) ?? 0) + 1
        counts.set(path, count)
        if (isLeftOut(disk, path, count)) return
        const act = disk[call] as (...args: unknown[]) => void
        act.call(disk, first, second)
      },
    })
  }
}

/** Shows what was read first in place of what is there now, or the first identity. */
function blind(call: 'read' | 'lstat', isBlind: Change) {
  return (disk: MemoryDisk): Disk => {
    const counts = new Map<string, number>()
    const first = new Map<string, unknown>()
    return seenThrough(disk, {
      [call](path: string) {
        const count = (counts.get(path) ?? 0) + 1
        counts.set(path, count)
        const found = disk[call](path)
        if (isBlind(disk, path, count)) return first.get(path) ?? found
        first.set(path, found)
        return found
      },
    })
  }
}

function seenThrough(disk: MemoryDisk, instead: Partial<Disk>): Disk {
  return new Proxy(disk, {
    get(target, name) {
      const own = instead[name as keyof Disk]
      if (own !== undefined) return own
      const value = target[name as keyof MemoryDisk]
      return typeof value === 'function' ? value.bind(target) : value
    },
  }) as Disk
}

const isArmed = (disk: MemoryDisk): boolean => disk.files.has(`${STATE}/journal`)
const isLocked = (disk: MemoryDisk): boolean => disk.files.has(`${STATE}/lock`)
const withoutLinks = (disk: MemoryDisk): Disk =>
  seenThrough(disk, {
    link: (_path, name) => {
      throw diskError('EPERM', name)
    },
  })

export { withoutLinks }

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'fsync of the lock',
    seenBy: 'power',
    wrap: without('sync', (disk, path) => path.startsWith(STATE) && !isLocked(disk)),
  },
  {
    name: 'fsync of the before-images',
    seenBy: 'power',
    wrap: without('sync', (_disk, path) => /\/[0-9a-f]{16}-\d+-/.test(path)),
  },
  {
    name: 'fsync of the journal',
    seenBy: 'power',
    wrap: without('sync', (disk, path) => path.startsWith(STATE) && path.endsWith('.tmp') && isLocked(disk)),
  },
  {
    name: 'fsync of the folder of the journal',
    seenBy: 'power',
    wrap: without('syncFolder', (disk, path) => path === STATE && isArmed(disk)),
  },
  {
    name: 'fsync of the parent of that folder',
    seenBy: 'power',
    wrap: without('syncFolder', (_disk, path) => path === dirname(STATE)),
  },
  {
    name: 'fsync of the staged texts',
    seenBy: 'power',
    wrap: without('sync', (_disk, path) => isBeside(path)),
  },
  {
    name: 'fsync of the folders of the targets',
    seenBy: 'power',
    wrap: without('syncFolder', (_disk, path) => isTarget(path) && path !== dirname(STATE)),
  },
  {
    name: 'fsync after the commit point',
    seenBy: 'power',
    wrap: without('syncFolder', (disk, path) => path === STATE && !isArmed(disk)),
  },
  {
    name: 'rename of the journal into force',
    seenBy: 'faults',
    wrap: without('rename', (_disk, path) => path === `${STATE}/journal`),
  },
  {
    name: 'rename of a staged text over its target',
    seenBy: 'faults',
    wrap: without('rename', (_disk, path) => isTarget(path)),
  },
  {
    name: 'unlink of the journal, the commit point',
    seenBy: 'faults',
    wrap: without('remove', (_disk, path) => path === `${STATE}/journal`),
  },
  {
    name: 'unlink of what stands beside the targets',
    seenBy: 'faults',
    wrap: without('remove', (_disk, path) => isBeside(path)),
  },
  { name: 'link of the witness', seenBy: 'editor', wrap: withoutLinks },
  {
    name: 'look before a target is replaced',
    seenBy: 'editor without links',
    wrap: (disk) => noLinks(blind('read', (_disk, path, count) => isTarget(path) && count === 2)(disk)),
  },
  { name: 'look whether the witness is the target', seenBy: 'editor', wrap: sameIdentity },
  {
    name: 'look at the target once it is replaced',
    seenBy: 'editor',
    wrap: blind('read', (disk, path, count) => isTarget(path) && count === 3 && isArmed(disk)),
  },
  { name: 'look at the witness', seenBy: 'editor', wrap: blindWitness },
  { name: 'rename that puts a file back', seenBy: 'faults', wrap: inRecovery('rename', isTarget) },
  {
    name: 'fsync of a text that is put back from its copy',
    seenBy: 'power',
    wrap: inRecovery('sync', (path, journal) => isBeside(path) && journal.includes(basename(path))),
  },
  {
    name: 'fsync of the folders of what is put back',
    seenBy: 'power',
    wrap: inRecovery('syncFolder', (path) => isTarget(path) && path !== dirname(STATE)),
  },
  { name: 'link of the lock, which one run alone can make', seenBy: 'lock', wrap: overLock },
]

/** Leaves a call of the recovery out, and none of the run that was cut short or of what comes behind. */
function inRecovery(
  call: 'sync' | 'syncFolder' | 'rename',
  isMeant: (path: string, journal: string) => boolean,
) {
  return (disk: MemoryDisk): Disk => {
    const journal = disk.files.get(`${STATE}/journal`)?.toString('utf8')
    return without(
      call,
      (_disk, path, count) => journal !== undefined && count === 1 && isMeant(path, journal),
    )(disk)
  }
}

function noLinks(disk: Disk): Disk {
  return new Proxy(disk, {
    get: (target, name) =>
      name === 'link'
        ? (_path: string, to: string) => {
            throw diskError('EPERM', to)
          }
        : target[name as keyof Disk],
  })
}

/** Every file of the checkout is taken for every other. */
function sameIdentity(disk: MemoryDisk): Disk {
  return seenThrough(disk, {
    lstat: (path) => {
      const stat = disk.lstat(path)
      return stat === undefined || !path.startsWith(ROOT) ? stat : { ...stat, identity: 'one' }
    },
  })
}

/** The witness is taken away before it is looked at. */
function blindWitness(disk: MemoryDisk): Disk {
  let isPublished = false
  return seenThrough(disk, {
    rename(from, to) {
      disk.rename(from, to)
      isPublished ||= isTarget(to)
    },
    lstat: (path) => (isPublished && isBeside(path) ? undefined : disk.lstat(path)),
  })
}

/** The lock is put over that of another run. */
function overLock(disk: MemoryDisk): Disk {
  return seenThrough(disk, {
    link(path, name) {
      if (name.endsWith('/lock')) disk.remove(name)
      disk.link(path, name)
    },
  })
}
