import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'

/** What one entry of a folder is, symbolic links resolved. */
export interface DiskEntry {
  readonly name: string
  readonly kind: 'file' | 'folder'
}

/**
 * The one door to the file system, with absolute paths. Every call may throw a `NodeJS.ErrnoException`; a
 * test can make each of them do so.
 */
export interface Disk {
  read(path: string): Buffer
  /** Writes a new file with this mode and waits until it is on the disk. */
  writeNew(path: string, content: Buffer, mode: number): void
  /** Makes a folder and those around it, as far as they are not there. */
  makeFolder(path: string): void
  /** Adds to the end of a file, which is made where there is none. */
  append(path: string, content: Buffer): void
  rename(from: string, to: string): void
  remove(path: string): void
  /** Permission bits, and whether anyone may write; `other` is a pipe or a device. Undefined when there is nothing. */
  stat(path: string): { readonly kind: 'file' | 'folder' | 'other'; readonly mode: number } | undefined
  list(path: string): readonly DiskEntry[]
  realpath(path: string): string
}

/** Errors that say that no file can be at a path: too long, links in a circle, a character no path holds. */
const NOTHING_THERE = ['ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']

/** The real file system. */
export const nodeDisk: Disk = {
  read: (path) => readFileSync(path),
  writeNew(path, content, mode) {
    const file = openSync(path, 'wx', mode)
    try {
      let written = 0
      while (written < content.length) written += writeSync(file, content, written)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true })
  },
  append: (path, content) => appendFileSync(path, content),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
  stat(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false })
      if (stats === undefined) return undefined
      const kind = stats.isDirectory() ? 'folder' : stats.isFile() ? 'file' : 'other'
      return { kind, mode: stats.mode & 0o7777 }
    } catch (error) {
      if (NOTHING_THERE.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
      throw error
    }
  },
  list(path) {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry): DiskEntry[] => {
      if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }]
      if (entry.isFile()) return [{ name: entry.name, kind: 'file' }]
      const target = entry.isSymbolicLink() ? statOrNothing(`${path}/${entry.name}`) : undefined
      return target === undefined || target.kind === 'other' ? [] : [{ name: entry.name, kind: target.kind }]
    })
  },
  realpath: (path) => realpathSync(path),
}

/** What a link leads to; nothing for one that dangles or goes in circles. */
function statOrNothing(path: string): ReturnType<Disk['stat']> {
  try {
    return nodeDisk.stat(path)
  } catch {
    return undefined
  }
}
