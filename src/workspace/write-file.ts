import { randomBytes } from 'node:crypto'
import { collision } from '../errors.js'
import type { Disk } from './disk.js'
import { codeOf } from './errno.js'

/** What a written file is to be, beside its content. */
export interface Attributes {
  /** Permission bits, exact; undefined for those that the process gives to a new file. */
  readonly mode?: number | undefined
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined
}

/** What tells one run, or one file of it, from every other: 16 hexadecimal digits. */
export function randomId(): string {
  return randomBytes(8).toString('hex')
}

/** The name of a file that stands beside another one for a moment; no language claims it. */
export function tempName(): string {
  return `.cachibot-ws-${randomId()}.tmp`
}

/** Whether a name is one that `tempName` gives. */
export function isTempName(name: string): boolean {
  return /^\.cachibot-ws-[0-9a-f]{16}\.tmp$/.test(name)
}

/**
 * Writes a new file and waits until it is on the disk. After an error some of it may be there.
 *
 * @throws Failure 3 where it cannot be given its owner
 */
export function writeFile(disk: Disk, path: string, content: Buffer, attributes: Attributes = {}): void {
  const { mode, owner } = attributes
  const file = disk.openNew(path, mode === undefined ? 0o666 : 0o600)
  try {
    disk.write(file, content)
    if (owner !== undefined) keepOwner(disk, file, path, owner)
    if (mode !== undefined) disk.chmod(file, mode)
    disk.sync(file)
  } finally {
    disk.close(file)
  }
}

function keepOwner(disk: Disk, file: number, path: string, owner: NonNullable<Attributes['owner']>): void {
  const made = disk.lstat(path)
  if (made === undefined || (made.uid === owner.uid && made.gid === owner.gid)) return
  try {
    disk.chown(file, owner.uid, owner.gid)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') throw error
    throw collision({
      code: 'file-not-writable',
      what: `a file belongs to user ${owner.uid} and group ${owner.gid}, which cannot be kept`,
      why: 'a file is written beside it and put in its place, and would belong to who runs this',
      fix: 'run the command as its owner',
    })
  }
}

/** Takes a file away that nobody needs; where that fails there is nothing more to do. */
export function discard(disk: Disk, path: string): void {
  try {
    disk.remove(path)
  } catch {}
}

/** Waits for the names in a folder; file systems that cannot wait for them say so, and are left at that. */
export function syncFolder(disk: Disk, path: string): void {
  try {
    disk.syncFolder(path)
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'EISDIR'].includes(codeOf(error))) throw error
  }
}
