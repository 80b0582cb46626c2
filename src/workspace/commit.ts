import { dirname, join, relative, sep } from 'node:path'
import { Failure, internalError, needsPerson } from '../errors.js'
import type { FileChange } from './diff.js'
import type { Disk } from './disk.js'
import { codeOf, reasonOf } from './errno.js'
import { hashOf } from './hash.js'
import { hasJournal, imageName, type Journal, removeJournal, writeJournal } from './journal.js'
import type { Lock } from './lock.js'
import { type Entry, publish, stage, unstage, verify } from './publish.js'
import { rollBack } from './roll-back.js'
import { findTargets, type Rules, type Target } from './targets.js'
import { discard, randomId, syncFolder, tempName, writeFile } from './write-file.js'

/**
 * Writes all changes or none, whatever happens: an error puts everything back at once, a killed run is put back by the
 * next one that writes. Synchronous, so that nothing of this process comes in between.
 *
 * @param lock held by the caller, in whose state folder no journal is
 * @throws Failure 2 for a file that may not be written, 3 for one that changed meanwhile or cannot be kept as it is, 5
 *   for an I/O error, 6 for a file that changed so that it could not be put back
 */
export function commit(
  disk: Disk,
  root: string,
  lock: Lock,
  changes: readonly FileChange[],
  rules: Rules,
): void {
  const targets = findTargets(disk, root, changes, rules)
  const journal = describe(disk, root, lock, targets)
  const entries = journal.files.map((file, index): Entry => ({ file, target: targets[index] as Target }))
  try {
    arm(disk, lock.folder, journal, targets)
    for (const folder of journal.folders) makeFolder(disk, join(root, ...folder.split('/')))
    stage(disk, entries)
    publish(disk, entries)
    verify(disk, entries)
    unstage(disk, entries)
    syncTargets(disk, root, journal, targets)
    removeJournal(disk, lock.folder)
  } catch (error) {
    throw undo(disk, root, lock.folder, journal, error)
  }
  forget(disk, lock.folder, journal)
}

function describe(disk: Disk, root: string, lock: Lock, targets: readonly Target[]): Journal {
  const id = randomId()
  const files = targets.map(({ file, before, after }, index) => ({
    path: fromRoot(root, file),
    staged: tempName(),
    witness: tempName(),
    before: before === undefined ? null : describeBefore(id, index, file, before),
    after: after === undefined ? null : hashOf(after),
  }))
  const folders = new Set(targets.flatMap(({ file }) => missingFolders(disk, dirname(file))))
  return {
    version: 1,
    id,
    command: lock.holder.command,
    folders: [...folders].map((folder) => fromRoot(root, folder)),
    files,
  }
}

function describeBefore(id: string, index: number, file: string, before: NonNullable<Target['before']>) {
  const { mode, uid, gid } = before.stat
  return { image: imageName(id, index, file), hash: hashOf(before.content), mode, uid, gid }
}

/** Makes sure that whatever comes now can be undone. */
function arm(disk: Disk, folder: string, journal: Journal, targets: readonly Target[]): void {
  for (const [index, { before }] of targets.entries()) {
    const image = journal.files[index]?.before?.image
    if (before !== undefined && image !== undefined) writeFile(disk, join(folder, image), before.content)
  }
  writeJournal(disk, folder, journal)
}

/** A folder that came to be there is as good. */
function makeFolder(disk: Disk, path: string): void {
  try {
    disk.makeFolder(path)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

/** The folders around a path that are not there, outer ones first. */
function missingFolders(disk: Disk, folder: string): string[] {
  if (disk.lstat(folder) !== undefined) return []
  return [...missingFolders(disk, dirname(folder)), folder]
}

function syncTargets(disk: Disk, root: string, journal: Journal, targets: readonly Target[]): void {
  const made = journal.folders.map((folder) => dirname(join(root, ...folder.split('/'))))
  for (const folder of new Set([...targets.map(({ file }) => dirname(file)), ...made]))
    syncFolder(disk, folder)
}

/** The error to end with, once everything is put back. */
function undo(disk: Disk, root: string, folder: string, journal: Journal, error: unknown): unknown {
  try {
    const { kept } = rollBack(disk, root, folder, journal)
    if (kept.length > 0) return needsPerson(...kept)
  } catch (second) {
    if (isArmed(disk, folder))
      return internalError({
        code: 'io',
        what: `writing failed, and what was written could not be put back: ${reasonOf(second)}`,
        why: `it began with: ${reasonOf(error)}`,
        fix: 'see to the disk, then run the command again: it puts everything back first',
      })
  }
  if (error instanceof Failure || codeOf(error) === '') return error
  return internalError({ code: 'io', what: `writing failed and nothing was changed: ${reasonOf(error)}` })
}

/** Whether a journal says what is to be put back; where that cannot be told, one may. */
function isArmed(disk: Disk, folder: string): boolean {
  try {
    return hasJournal(disk, folder)
  } catch {
    return true
  }
}

/** Takes the copies away once it is sure that the journal is gone; where it is not, the next run does. */
function forget(disk: Disk, folder: string, journal: Journal): void {
  try {
    syncFolder(disk, folder)
  } catch {
    return
  }
  for (const { before } of journal.files) if (before !== null) discard(disk, join(folder, before.image))
}

function fromRoot(root: string, path: string): string {
  return relative(root, path).split(sep).join('/')
}
