import { join } from 'node:path'
import { type Failure, internalError, needsPerson } from '../errors.js'
import { commit } from './commit.js'
import type { FileChange } from './diff.js'
import type { Disk } from './disk.js'
import { codeOf, reasonOf } from './errno.js'
import { hasJournal, type Journal, keepJournal, readJournal, sweep } from './journal.js'
import { acquireLock, findHolder, isLockName } from './lock.js'
import { type RolledBack, rollBack } from './roll-back.js'
import { leaveStateFolder } from './state-folder.js'
import type { Rules } from './targets.js'
import { randomId } from './write-file.js'

/** A run that may write to a checkout, and is the only one. */
export interface Transaction {
  /** The files that were put back first, because a run had been killed. */
  readonly recovered: readonly string[]
  /** Writes all or nothing; see `commit`. */
  commit(changes: readonly FileChange[], rules: Rules): void
  close(): void
}

/**
 * Takes the lock of a checkout and puts back what a killed run left, before anything is read.
 *
 * @param root absolute, symbolic links resolved
 * @param command the words that the run was started with
 * @throws Failure 3 where another run is going on, 5 for an I/O error, 6 for a file that a person must look at
 */
export function openTransaction(disk: Disk, root: string, command: string): Transaction {
  const lock = acquireLock(disk, root, command)
  try {
    const recovered = [lock.folder, ...lock.others].flatMap((folder) => recover(disk, root, folder))
    for (const folder of lock.others) tidy(disk, folder)
    return {
      recovered,
      commit: (changes, rules) => commit(disk, root, lock, changes, rules),
      close: lock.release,
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** @returns the files that were put back */
function recover(disk: Disk, root: string, folder: string): readonly string[] {
  if (disk.stat(folder)?.kind !== 'folder') return []
  if (!hasJournal(disk, folder)) {
    sweep(disk, folder)
    return []
  }
  const journal = readJournal(disk, folder)
  if (journal === undefined) throw unreadable(keepJournal(disk, folder, randomId()))
  const { files, kept } = tryRollBack(disk, root, folder, journal)
  if (kept.length > 0) throw needsPerson(...kept)
  sweep(disk, folder)
  return files
}

function tryRollBack(disk: Disk, root: string, folder: string, journal: Journal): RolledBack {
  try {
    return rollBack(disk, root, folder, journal)
  } catch (error) {
    if (codeOf(error) === '') throw error
    throw internalError({
      code: 'io',
      what: `what a killed run left could not be put back: ${reasonOf(error)}`,
      why: 'some files are old and others new, and nothing else was written',
      fix: 'see to the disk, then run the command again: it goes on where this one stopped',
    })
  }
}

function unreadable(kept: string): Failure {
  return needsPerson({
    code: 'person-needed',
    what: 'a run was cut short, and its journal cannot be read',
    why: 'some files may be written and others not',
    fix: `look at them: git status; the journal is \`${kept}\`, its copies stand beside it`,
  })
}

/** Takes a dead lock and its folder away from where this run does not hold its own. */
function tidy(disk: Disk, folder: string): void {
  if (disk.stat(folder)?.kind !== 'folder' || findHolder(disk, folder) !== undefined) return
  try {
    const locks = disk.list(folder).filter(({ name }) => isLockName(name))
    for (const { name } of locks.slice(1)) disk.remove(join(folder, name))
    leaveStateFolder(disk, folder, locks[0]?.name ?? 'lock')
  } catch {
    // It is in nobody's way, and may not be this user's.
  }
}
