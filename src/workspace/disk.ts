import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
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
  /**
   * Reads a regular file; anything else fails with `ENOTREG` and is never waited for.
   *
   * @param limit bytes that are read at most; a file that has more fails with `EFBIG`
   */
  read(path: string, limit?: number): Buffer
  /** Writes a new file with this mode and waits until it is on the disk. */
  writeNew(path: string, content: Buffer, mode: number): void
  /** Makes a folder and those around it, as far as they are not there. */
  makeFolder(path: string): void
  /** Adds to the end of a regular file, which is made where there is none. */
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
  read(path, limit = Number.MAX_SAFE_INTEGER) {
    return withRegularFile(path, constants.O_RDONLY, (file) => readAll(file, path, limit))
  },
  writeNew(path, content, mode) {
    const file = openSync(path, 'wx', mode)
    try {
      writeAll(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true })
  },
  append(path, content) {
    const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT
    withRegularFile(path, flags, (file) => writeAll(file, content))
  },
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

/** Opens a file and looks at what was opened, so that no pipe that is put there in between is waited for. */
function withRegularFile<T>(path: string, flags: number, use: (file: number) => T): T {
  const file = openSync(path, flags | (constants.O_NONBLOCK ?? 0), 0o666)
  try {
    if (!fstatSync(file).isFile()) throw diskError('ENOTREG', 'no regular file', path)
    return use(file)
  } finally {
    closeSync(file)
  }
}

/** Some files say that they are empty and are not, so what counts is what comes. */
function readAll(file: number, path: string, limit: number): Buffer {
  const { size } = fstatSync(file)
  const chunks: Buffer[] = []
  for (let total = 0, room = size + 1; total <= limit && size <= limit; room = CHUNK) {
    const chunk = Buffer.allocUnsafe(room)
    const length = readSync(file, chunk)
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
