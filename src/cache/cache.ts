import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  futimesSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { isOwnFolder, makeOwnFolder } from './folder.js'

/** Results that can be computed again, kept between runs. Nothing here ever throws: what goes wrong is not kept. */
export interface Cache {
  /**
   * @param key as it was written; letters, digits, dots and dashes
   * @returns exactly the bytes that were written, aligned to 8; undefined where they are not there, or damaged
   */
  read(key: string): Buffer | undefined
  /** Keeps bytes until they are the oldest and the room is needed. To be called once the answer is out. */
  write(key: string, data: Uint8Array): void
}

/** What all entries of a user may take together, in bytes. */
export const BOUND = 64 * 1024 * 1024

/**
 * The entries of one kind. The key must name all that the bytes depend on, the version of their form as well: an
 * entry is never stale, and another version's is not found.
 *
 * @param kind the name of a folder
 * @param folder the one of `cacheFolder`; undefined to keep nothing
 */
export function openCache(kind: string, folder: string | undefined, bound = BOUND): Cache {
  if (folder === undefined) return { read: () => undefined, write: () => undefined }
  const place = join(folder, kind)
  let taken: number | undefined
  return {
    read: (key) => orNothing(() => (isOwnFolder(folder) ? readEntry(join(place, key), key) : undefined)),
    write(key, data) {
      orNothing(() => {
        if (data.length > bound / 2) return
        makeOwnFolder(folder)
        if (!isOwnFolder(folder)) return
        mkdirSync(place, { recursive: true, mode: 0o700 })
        const size = CHECKSUM + data.length
        taken = (taken ?? sizeOf(entriesIn(folder))) + size
        if (taken > bound) taken = makeRoom(folder, bound * ROOM - size) + size
        writeEntry(join(place, key), key, data)
      })
    },
  }
}

function orNothing<T>(get: () => T): T | undefined {
  try {
    return get()
  } catch {
    return undefined
  }
}

/** An entry is the checksum of its key and its bytes, and the bytes. */
const CHECKSUM = 32

function checksumOf(key: string, data: Uint8Array): Buffer {
  return createHash('sha256').update(`${key}\0`).update(data).digest()
}

function readEntry(path: string, key: string): Buffer | undefined {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0))
  try {
    const stats = fstatSync(file)
    if (!stats.isFile() || stats.size < CHECKSUM || stats.size > BOUND) return undefined
    const content = Buffer.allocUnsafeSlow(stats.size)
    if (readSync(file, content) !== content.length) return undefined
    const data = content.subarray(CHECKSUM)
    if (!checksumOf(key, data).equals(content.subarray(0, CHECKSUM))) return undefined
    if (Date.now() - stats.mtimeMs > DAY) orNothing(() => futimesSync(file, new Date(), new Date()))
    return data
  } finally {
    closeSync(file)
  }
}

/** What is used is young again, to the day. */
const DAY = 24 * 60 * 60 * 1000

/** Writes beside and renames, so that nobody reads half an entry. A crash may leave one: the checksum finds it. */
function writeEntry(path: string, key: string, data: Uint8Array): void {
  const beside = `${path}.${randomUUID()}`
  try {
    const file = openSync(beside, 'wx', 0o600)
    try {
      writeFileSync(file, checksumOf(key, data))
      writeFileSync(file, data)
    } finally {
      closeSync(file)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** How full the cache is left, so that not every write makes room. */
const ROOM = 0.75

interface Entry {
  readonly path: string
  readonly size: number
  readonly used: number
}

/** Takes the oldest entries away; what a killed run left of one is an entry as well. */
function makeRoom(folder: string, wanted: number): number {
  const entries = entriesIn(folder).sort((a, b) => a.used - b.used)
  let taken = sizeOf(entries)
  for (const { path, size } of entries) {
    if (taken <= wanted) break
    rmSync(path, { force: true })
    taken -= size
  }
  return taken
}

function sizeOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0)
}

function entriesIn(folder: string): Entry[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((kind) => kind.isDirectory())
    .flatMap(({ name: kind }) => readdirSync(join(folder, kind)).map((name) => join(folder, kind, name)))
    .flatMap((path) => {
      const stats = lstatSync(path, { throwIfNoEntry: false })
      return stats?.isFile() === true ? [{ path, size: stats.size, used: stats.mtimeMs }] : []
    })
}
