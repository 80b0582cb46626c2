import { join, resolve } from 'node:path'
import type { Disk } from './disk.js'
import { codeOf } from './errno.js'
import { writeFile } from './write-file.js'

/** The folder at the root, where there is no git folder that can be written. */
const AT_ROOT = '.cachibot-ws'
const IGNORE = '.gitignore'

/**
 * The folders that may hold lock and journal of a checkout, the first one that can be written being the one to use.
 * Readers look in all. Git is not asked: the variables of a hook would point elsewhere.
 *
 * @param root absolute, symbolic links resolved
 */
export function stateFolders(disk: Disk, root: string): readonly string[] {
  const git = gitFolder(disk, root)
  return [...(git === undefined ? [] : [join(git, 'cachibot-ws')]), join(root, AT_ROOT)]
}

/** Makes a state folder, if it is not there. */
export function makeStateFolder(disk: Disk, folder: string): void {
  try {
    disk.makeFolder(folder)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

/** Keeps git from seeing a state folder at the root. To be called by the holder of its lock. */
export function hideStateFolder(disk: Disk, folder: string): void {
  const file = join(folder, IGNORE)
  if (folder.endsWith(AT_ROOT) && disk.lstat(file) === undefined) writeFile(disk, file, Buffer.from('*\n'))
}

/**
 * Takes a state folder away in which nothing but a lock is left, the lock last.
 *
 * @param lock the file name of the caller's lock
 */
export function leaveStateFolder(disk: Disk, folder: string, lock: string): void {
  const others = disk.list(folder).filter(({ name }) => name !== IGNORE && name !== lock)
  if (others.length === 0) disk.remove(join(folder, IGNORE))
  disk.remove(join(folder, lock))
  try {
    disk.removeFolder(folder)
  } catch (error) {
    // Another run is there already, or something is kept for a person.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error
  }
}

/** The folder that git keeps of a checkout: `.git`, or what a file of that name says in a worktree or a submodule. */
export function gitFolder(disk: Disk, root: string): string | undefined {
  const path = join(root, '.git')
  const kind = disk.stat(path)?.kind
  if (kind === 'folder') return path
  if (kind !== 'file') return undefined
  const named = /^gitdir: (.+?)\r?\n?$/.exec(disk.read(path).toString('utf8'))?.[1]
  const folder = named === undefined ? undefined : resolve(root, named)
  return folder !== undefined && disk.stat(folder)?.kind === 'folder' ? folder : undefined
}
