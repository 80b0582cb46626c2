import { dirname, join } from 'node:path'
import type { Disk } from './disk.js'
import { cannotLink, codeOf } from './errno.js'
import type { JournalFile } from './journal.js'
import { changed, type Target } from './targets.js'
import { writeFile } from './write-file.js'

/** A target with its entry in the journal. */
export interface Entry {
  readonly target: Target
  readonly file: JournalFile
}

/** Writes every new text beside its target: a full disk and a missing permission show here. */
export function stage(disk: Disk, entries: readonly Entry[]): void {
  for (const { target, file } of entries) {
    if (target.after === undefined) continue
    const stat = target.before?.stat
    writeFile(disk, beside(target, file.staged), target.after, { mode: stat?.mode, owner: stat })
  }
}

/**
 * Puts every new text in its place, with nothing in between that could wait.
 *
 * @throws Failure 3 for a file that somebody else changed
 */
export function publish(disk: Disk, entries: readonly Entry[]): void {
  for (const { target, file } of entries) {
    const staged = beside(target, file.staged)
    const witness = beside(target, file.witness)
    if (target.before === undefined) publishNew(disk, target, staged)
    else if (target.after === undefined) takeAway(disk, target, witness)
    else replace(disk, target, staged, witness)
  }
}

/**
 * Looks whether every file is what was written, and every witness what was there before.
 *
 * @throws Failure 3 for a file that somebody else changed while it was replaced
 */
export function verify(disk: Disk, entries: readonly Entry[]): void {
  for (const { target, file } of entries) {
    const witness = beside(target, file.witness)
    if (target.after !== undefined) assertContent(disk, target, target.file, target.after)
    else if (disk.lstat(target.file) !== undefined) throw surprise(target)
    if (target.before !== undefined && disk.lstat(witness) !== undefined)
      assertContent(disk, target, witness, target.before.content)
  }
}

/** Takes away what stands beside the targets. */
export function unstage(disk: Disk, entries: readonly Entry[]): void {
  for (const { target, file } of entries) {
    disk.remove(beside(target, file.staged))
    disk.remove(beside(target, file.witness))
  }
}

/** The witness is a second name of what is replaced: a save that came in between stands in it. */
function replace(disk: Disk, target: Target, staged: string, witness: string): void {
  if (target.before === undefined) return
  assertContent(disk, target, target.file, target.before.content)
  if (tryLink(disk, target.file, witness)) {
    const linked = disk.lstat(witness)?.identity
    if (disk.lstat(target.file)?.identity !== linked) throw surprise(target)
  }
  disk.rename(staged, target.file)
}

/** A link, unlike a rename, never replaces what came to be there. */
function publishNew(disk: Disk, target: Target, staged: string): void {
  if (disk.lstat(target.file) !== undefined) throw surprise(target)
  try {
    if (!tryLink(disk, staged, target.file)) disk.rename(staged, target.file)
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? surprise(target) : error
  }
}

function takeAway(disk: Disk, target: Target, witness: string): void {
  if (target.before === undefined) return
  assertContent(disk, target, target.file, target.before.content)
  disk.rename(target.file, witness)
}

function assertContent(disk: Disk, target: Target, path: string, content: Buffer): void {
  if (disk.lstat(path)?.kind !== 'file' || !disk.read(path).equals(content)) throw surprise(target)
}

function surprise({ path }: Target): Error {
  return changed(path, 'changed while it was written', 'that change was kept, and all else put back')
}

/** @returns false where links cannot be made */
function tryLink(disk: Disk, path: string, name: string): boolean {
  try {
    disk.link(path, name)
    return true
  } catch (error) {
    if (cannotLink(error)) return false
    throw error
  }
}

function beside({ file }: Target, name: string): string {
  return join(dirname(file), name)
}
