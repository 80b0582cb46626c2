import {
  type BigIntStats,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'

/** What one entry of a folder is, symbolic links resolved. */
export interface DiskEntry {
  readonly name: string
  readonly kind: 'file' | 'folder'
}

/** What is at a path; `other` is a pipe or a device, `link` a symbolic link that was not followed. */
export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Permission bits. */
  readonly mode: number
  /** The same for two paths only where they are one file. */
  readonly identity: string
  /** How many names the file has. */
  readonly links: number
  readonly uid: number
  readonly gid: number
}

/**
 * The one door to the file system, with absolute paths. Every call may throw a `NodeJS.ErrnoException`; a
 * test can make each of them do so.
 */
export interface Disk {
  /**
   * Reads a regular file; anything else fails with `ENOTREG` and is never waited for.
   *
   * @param limit bytes that are read at most; a file that has more fails with `EFBIG`
   */
  read(path: string, limit?: number): Buffer
  /**
   * Opens a file that is not there yet.
   *
   * @param mode the process's umask takes away from it
   * @returns a number for the five calls below
   */
  openNew(path: string, mode: number): number
  write(file: number, content: Buffer): void
  chown(file: number, uid: number, gid: number): void
  /** Sets the permission bits, whatever the umask. */
  chmod(file: number, mode: number): void
  /** Waits until content and mode are on the disk. */
  sync(file: number): void
  close(file: number): void
  /** Makes a folder inside of one that is there. */
  makeFolder(path: string): void
  /** Takes an empty folder away. */
  removeFolder(path: string): void
  /** Waits until the names in a folder are on the disk. */
  syncFolder(path: string): void
  /** Gives a file a second name, which must not be there yet. */
  link(path: string, name: string): void
  /** Adds to the end of a regular file, which is made where there is none. */
  append(path: string, content: Buffer): void
  /** Gives a file another name; what had that name is replaced. */
  rename(from: string, to: string): void
  /** Takes a name away, if it is there. */
  remove(path: string): void
  /** What is at a path, symbolic links followed; undefined when there is nothing. */
  stat(path: string): FileStat | undefined
  /** What is at a path itself. */
  lstat(path: string): FileStat | undefined
  list(path: string): readonly DiskEntry[]
  realpath(path: string): string
}

/** Errors that say that no file can be at a path: too long, links in a circle, a character no path holds. */
const NOTHING_THERE = ['ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE']

/** The real file system. */
export const nodeDisk: Disk = {
  read(path, limit = Number.MAX_SAFE_INTEGER) {
    return withRegularFile(path, constants.O_RDONLY, (file, size) => readAll(file, size, path, limit))
  },
  openNew: (path, mode) => openSync(path, 'wx', mode),
  write: writeAll,
  chown: (file, uid, gid) => fchownSync(file, uid, gid),
  chmod: (file, mode) => fchmodSync(file, mode),
  sync: (file) => fsyncSync(file),
  close: (file) => closeSync(file),
  makeFolder: (path) => mkdirSync(path),
  removeFolder: (path) => rmdirSync(path),
  syncFolder(path) {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  },
  link: (path, name) => linkSync(path, name),
  append(path, content) {
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT
    withRegularFile(path, flags, (file) => writeAll(file, content))
  },
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { force: true }),
  stat: (path) => statWith(statSync, path),
  lstat: (path) => statWith(lstatSync, path),
  list(path) {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry): DiskEntry[] => {
      if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }]
      if (entry.isFile()) return [{ name: entry.name, kind: 'file' }]
      const target = entry.isSymbolicLink() ? statOrNothing(`${path}/${entry.name}`) : undefined
      return target?.kind === 'file' || target?.kind === 'folder'
        ? [{ name: entry.name, kind: target.kind }]
        : []
    })
  },
  realpath: (path) => realpathSync(path),
}

type Stat = (path: string, options: { bigint: true; throwIfNoEntry: false }) => BigIntStats | undefined

function statWith(stat: Stat, path: string): FileStat | undefined {
  try {
    const stats = stat(path, { bigint: true, throwIfNoEntry: false })
    return stats === undefined ? undefined : describe(stats)
  } catch (error) {
    if (NOTHING_THERE.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

function describe(stats: BigIntStats): FileStat {
  const kind = stats.isDirectory()
    ? 'folder'
    : stats.isFile()
      ? 'file'
      : stats.isSymbolicLink()
        ? 'link'
        : 'other'
  return {
    kind,
    mode: Number(stats.mode & 0o7777n),
    identity: `${stats.dev}:${stats.ino}`,
    links: Number(stats.nlink),
    uid: Number(stats.uid),
    gid: Number(stats.gid),
  }
}

/** What a link leads to; nothing for one that dangles or goes in circles. */
function statOrNothing(path: string): ReturnType<Disk['stat']> {
  try {
    return nodeDisk.stat(path)
  } catch {
    return undefined
  }
}

/** Opens a file and looks at what was opened, so that no pipe that is put there in between is waited for. */
function withRegularFile<T>(path: string, flags: number, use: (file: number, size: number) => T): T {
  const file = openSync(path, flags | (constants.O_NONBLOCK ?? 0), 0o666)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw diskError('ENOTREG', 'no regular file', path)
    return use(file, stats.size)
  } finally {
    closeSync(file)
  }
}

/** Some files say that they are empty and are not, so what counts is what comes. */
function readAll(file: number, size: number, path: string, limit: number): Buffer {
  const chunks: Buffer[] = []
  for (let total = 0, room = size + 1; total <= limit && size <= limit; room = CHUNK) {
    const chunk = Buffer.allocUnsafe(room)
    const length = readSync(file, chunk)
    // There was room for more than it says that it has.
    if (length === size && chunks.length === 0 && size > 0) return chunk.subarray(0, length)
    if (length === 0) return Buffer.concat(chunks)
    chunks.push(chunk.subarray(0, length))
    total += length
  }
  throw diskError('EFBIG', 'file too large', path)
}

const CHUNK = 64 * 1024

function writeAll(file: number, content: Buffer): void {
  let written = 0
  while (written < content.length) written += writeSync(file, content, written)
}

function diskError(code: string, message: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${message}, '${path}'`), { code, syscall: 'open', path })
}
