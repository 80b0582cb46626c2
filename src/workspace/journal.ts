import { basename, dirname, join, posix } from 'node:path'
import type { Disk } from './disk.js'
import { discard, isTempName, syncFolder, tempName, writeFile } from './write-file.js'

const JOURNAL = 'journal'

/** A file as it was before a commit. */
export interface Before {
  /** The file name of its copy in the state folder. */
  readonly image: string
  readonly hash: string
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** What a commit does to one file. Paths are relative to the root, with forward slashes. */
export interface JournalFile {
  /** Symbolic links resolved. */
  readonly path: string
  /** File names beside it: of the new text while it is staged, and of the second name of the old file. */
  readonly staged: string
  readonly witness: string
  /** Null for a file that is new. */
  readonly before: Before | null
  /** The hash of the new text; null for a file that goes. */
  readonly after: string | null
}

/** All that recovery has to know. */
export interface Journal {
  readonly version: 1
  readonly id: string
  /** The words that the run was started with. */
  readonly command: string
  /** Folders that the commit makes, outer ones first. */
  readonly folders: readonly string[]
  readonly files: readonly JournalFile[]
}

/** Puts a journal into force: from here on a killed run is rolled back. It appears whole. */
export function writeJournal(disk: Disk, folder: string, journal: Journal): void {
  const temp = join(folder, tempName())
  try {
    writeFile(disk, temp, Buffer.from(`${JSON.stringify(journal, undefined, 1)}\n`))
    disk.rename(temp, join(folder, JOURNAL))
  } catch (error) {
    discard(disk, temp)
    throw error
  }
  syncFolder(disk, folder)
  syncFolder(disk, dirname(folder))
}

/** Ends a commit or its recovery, for good when this returns. */
export function removeJournal(disk: Disk, folder: string): void {
  disk.remove(join(folder, JOURNAL))
}

/** Puts a journal aside for a person, with the copies that it names. */
export function keepJournal(disk: Disk, folder: string, id: string): string {
  const kept = join(folder, `${id}-${JOURNAL}`)
  disk.rename(join(folder, JOURNAL), kept)
  syncFolder(disk, folder)
  return kept
}

/** Whether a run left a journal in a state folder. */
export function hasJournal(disk: Disk, folder: string): boolean {
  return disk.lstat(join(folder, JOURNAL)) !== undefined
}

/** @returns undefined for one that is no journal of this version, or claims what no commit writes */
export function readJournal(disk: Disk, folder: string): Journal | undefined {
  const text = disk.read(join(folder, JOURNAL)).toString('utf8')
  try {
    const journal = JSON.parse(text) as Journal
    return isJournal(journal) ? journal : undefined
  } catch {
    return undefined
  }
}

/**
 * Takes away what is left of runs that ended: temps, copies that no journal claims, and what followed a lock that is no
 * more. To be called by the holder of the lock.
 */
export function sweep(disk: Disk, folder: string): void {
  const names = disk.list(folder).map(({ name }) => name)
  const isKept = names.some((name) => name.endsWith(`-${JOURNAL}`))
  for (const name of names) {
    if (isTempName(name) || /^lock-after-/.test(name) || (!isKept && /^[0-9a-f]{16}-\d+-/.test(name)))
      discard(disk, join(folder, name))
  }
}

/** The file name of a copy of a file. */
export function imageName(id: string, index: number, path: string): string {
  return `${id}-${index}-${basename(path).slice(-100)}`
}

function isJournal(journal: Journal): boolean {
  const { version, id, command, folders, files } = journal
  return (
    version === 1 &&
    /^[0-9a-f]{16}$/.test(id) &&
    typeof command === 'string' &&
    folders.every(isPlace) &&
    files.every(
      ({ path, staged, witness, before, after }) =>
        isPlace(path) &&
        isTempName(staged) &&
        isTempName(witness) &&
        (before === null || (isImage(before.image, id) && isHash(before.hash) && isMode(before))) &&
        (after === null || isHash(after)),
    )
  )
}

/** A path that a commit may name: a journal can be a file that somebody put there. */
function isPlace(path: string): boolean {
  const parts = path.split('/')
  return (
    path === posix.normalize(path) &&
    !parts.some((part) => part === '' || part === '..' || part.toLowerCase() === '.git')
  )
}

const isImage = (name: string, id: string): boolean => name.startsWith(`${id}-`) && basename(name) === name
const isHash = (hash: string): boolean => /^[0-9a-f]{64}$/.test(hash)
const isMode = ({ mode, uid, gid }: Before): boolean => [mode, uid, gid].every(Number.isSafeInteger)
