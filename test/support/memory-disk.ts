import { posix } from 'node:path'
import type { Disk, FileStat } from '../../src/workspace/disk.js'

/** Thrown by a disk call that a test makes fail. */
export function diskError(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made to fail, '${path}'`), { code, syscall: 'test' })
}

/** Thrown by the call at which a process is killed, and by every later one. */
class Killed extends Error {}

/** What happens at a call: an error of this code, or the end of the process. */
export type Fault = { readonly code: string } | 'kill before' | 'kill after' | 'torn write'

/** One call of a disk, counted from 1. */
export interface Call {
  readonly number: number
  readonly name: string
  readonly path: string
  readonly isWrite: boolean
}

/** A file, whatever names it has; `saved` is what of it a power loss leaves for sure. */
interface Node {
  content: Buffer
  mode: number
  uid: number
  gid: number
  ino: number
  saved: { readonly content: Buffer; readonly mode: number } | undefined
}

type Entry = Node | 'folder'

/** A change of names in one folder that is not on the disk yet; undefined takes a name away. */
interface Pending {
  readonly folder: string
  readonly names: ReadonlyMap<string, Entry | undefined>
}

const OWNER = 1000
let lastIno = 0

/** A disk in memory: files with several names, folders, and what a power loss would leave of them. */
export class MemoryDisk implements Disk {
  /** Every call that changes something, in order. */
  readonly writes: string[] = []
  /** Called before every write with its number, counted from 1; may throw. */
  onWrite: ((call: number, name: string, path: string) => void) | undefined
  /** Called before every read. */
  onRead: ((path: string) => void) | undefined
  /** What happens at a call. */
  fault: ((call: Call) => Fault | undefined) | undefined
  /** How many calls there were. */
  calls = 0
  isDead = false
  private entries: Map<string, Entry>
  private durable: Map<string, Entry>
  private pending: Pending[] = []
  private readonly opened = new Map<number, { node: Node; path: string }>()

  private constructor(entries: Map<string, Entry>) {
    this.entries = entries
    this.durable = new Map(entries)
  }

  /** A disk with these texts below a root. */
  static of(root: string, texts: ReadonlyMap<string, string>): MemoryDisk {
    const disk = new MemoryDisk(new Map())
    for (const [path, text] of texts) disk.files.set(posix.join(root, path), Buffer.from(text, 'utf8'))
    disk.settle()
    return disk
  }

  /**
   * The disk as another process finds it, everything on it.
   *
   * @param isKept which files and folders
   */
  clone(isKept: (path: string) => boolean = () => true): MemoryDisk {
    const nodes = new Map<Node, Node>()
    const entries = new Map<string, Entry>()
    for (const [path, entry] of this.entries) if (isKept(path)) entries.set(path, copyEntry(entry, nodes))
    const copy = new MemoryDisk(entries)
    copy.settle()
    return copy
  }

  /**
   * The disk after a power loss: names and contents that were not waited for are there or not.
   *
   * @param chance a number from 0 to 1, another one each time
   */
  losePower(chance: () => number): MemoryDisk {
    const left = new Map(this.durable)
    for (const { names } of this.pending) if (chance() < 0.5) apply(left, names)
    const nodes = new Map<Node, Node>()
    const entries = new Map<string, Entry>()
    for (const [path, entry] of left) {
      if (!hasFolders(left, path)) continue
      const isLost = entry !== 'folder' && !nodes.has(entry)
      entries.set(path, copyEntry(entry, nodes))
      if (isLost) lose(nodes.get(entry), entry, chance)
    }
    return new MemoryDisk(entries)
  }

  /** Every file's content, by path. */
  snapshot(): Map<string, string> {
    return new Map([...this.files].map(([path, content]) => [path, content.toString('utf8')]))
  }

  /** The contents by path, as anybody else changes them: a file that is set is a new one in the place of the old. */
  readonly files = {
    get: (path: string): Buffer | undefined => this.nodeAt(path)?.content,
    has: (path: string): boolean => this.nodeAt(path) !== undefined,
    set: (path: string, content: Buffer): void => {
      for (let folder = posix.dirname(path); !this.entries.has(folder); folder = posix.dirname(folder)) {
        this.change(folder, 'folder')
        if (folder === '/') break
      }
      const old = this.nodeAt(path)
      this.change(path, { ...newNode(old?.mode ?? 0o644), content })
    },
    delete: (path: string): void => this.change(path, undefined),
    keys: (): string[] => [...this.entries].filter(([, one]) => one !== 'folder').map(([path]) => path),
    [Symbol.iterator]: (): Iterator<[string, Buffer]> =>
      [...this.entries]
        .flatMap(([path, one]): [string, Buffer][] => (one === 'folder' ? [] : [[path, one.content]]))
        [Symbol.iterator](),
  }

  /** The permission bits by path. */
  readonly modes = {
    get: (path: string): number | undefined => this.nodeAt(path)?.mode,
    set: (path: string, mode: number): void => {
      const node = this.nodeAt(path)
      if (node !== undefined) node.mode = mode
    },
  }

  /** The paths of all folders. */
  folders(): string[] {
    return [...this.entries].filter(([, one]) => one === 'folder').map(([path]) => path)
  }

  /** Writes into a file that is there, as an editor does that keeps the file. */
  saveInPlace(path: string, content: Buffer): void {
    const node = this.nodeAt(path)
    if (node !== undefined) node.content = content
  }

  /** Gives a file to somebody else. */
  giveTo(path: string, uid: number): void {
    const node = this.nodeAt(path)
    if (node !== undefined) node.uid = uid
  }

  read(path: string): Buffer {
    return this.do('read', path, false, () => this.need(path).content)
  }

  openNew(path: string, mode: number): number {
    return this.do('openNew', path, true, () => {
      if (this.entries.has(path)) throw diskError('EEXIST', path)
      this.needFolder(path)
      const node = newNode(mode & ~0o022)
      this.change(path, node)
      const file = this.opened.size + 3
      this.opened.set(file, { node, path })
      return file
    })
  }

  write(file: number, content: Buffer): void {
    const { node, path } = this.file(file)
    const add = (bytes: Buffer): void => {
      node.content = Buffer.concat([node.content, bytes])
    }
    const torn = (): void => add(content.subarray(0, content.length / 2))
    this.do('write', path, true, () => add(content), torn)
  }

  chown(file: number, uid: number, gid: number): void {
    const { node, path } = this.file(file)
    this.do('chown', path, true, () => Object.assign(node, { uid, gid }))
  }

  chmod(file: number, mode: number): void {
    const { node, path } = this.file(file)
    this.do('chmod', path, true, () => {
      node.mode = mode
    })
  }

  sync(file: number): void {
    const { node, path } = this.file(file)
    this.do('sync', path, true, () => {
      node.saved = { content: node.content, mode: node.mode }
    })
  }

  close(file: number): void {
    this.do('close', this.file(file).path, true, () => undefined)
  }

  makeFolder(path: string): void {
    this.do('makeFolder', path, true, () => {
      if (this.entries.has(path)) throw diskError('EEXIST', path)
      this.needFolder(path)
      this.change(path, 'folder')
    })
  }

  removeFolder(path: string): void {
    this.do('removeFolder', path, true, () => {
      if (this.entries.get(path) !== 'folder') throw diskError('ENOENT', path)
      if (this.children(path).length > 0) throw diskError('ENOTEMPTY', path)
      this.change(path, undefined)
    })
  }

  syncFolder(path: string): void {
    this.do('syncFolder', path, true, () => {
      if (this.entries.get(path) !== 'folder') throw diskError('ENOENT', path)
      for (const one of this.pending) if (one.folder === path) apply(this.durable, one.names)
      this.pending = this.pending.filter((one) => one.folder !== path)
    })
  }

  append(path: string, content: Buffer): void {
    this.do('append', path, true, () => {
      const node = this.nodeAt(path) ?? newNode(0o644)
      node.content = Buffer.concat([node.content, content])
      if (!this.entries.has(path)) this.change(path, node)
    })
  }

  link(path: string, name: string): void {
    this.do('link', name, true, () => {
      const node = this.need(path)
      if (this.entries.has(name)) throw diskError('EEXIST', name)
      this.needFolder(name)
      this.change(name, node)
    })
  }

  rename(from: string, to: string): void {
    this.do('rename', to, true, () => {
      const node = this.need(from)
      this.needFolder(to)
      if (this.entries.get(to) === node) return
      this.change(to, node, from)
    })
  }

  remove(path: string): void {
    this.do('remove', path, true, () => {
      if (this.nodeAt(path) !== undefined) this.change(path, undefined)
    })
  }

  stat(path: string): FileStat | undefined {
    return this.do('stat', path, false, () => this.describe(path))
  }

  lstat(path: string): FileStat | undefined {
    return this.do('lstat', path, false, () => this.describe(path))
  }

  list(path: string): { name: string; kind: 'file' | 'folder' }[] {
    return this.do('list', path, false, () => {
      if (this.entries.get(path) !== 'folder') throw diskError('ENOENT', path)
      return this.children(path).map((child) => ({
        name: posix.basename(child),
        kind: this.entries.get(child) === 'folder' ? 'folder' : 'file',
      }))
    })
  }

  realpath(path: string): string {
    return path
  }

  private do<T>(name: string, path: string, isWrite: boolean, act: () => T, torn?: () => void): T {
    if (this.isDead) throw new Killed()
    this.calls++
    if (isWrite) {
      this.writes.push(`${name} ${path}`)
      this.onWrite?.(this.writes.length, name, path)
    } else this.onRead?.(path)
    const fault = this.fault?.({ number: this.calls, name, path, isWrite })
    if (fault === 'kill before') this.die()
    if (fault === 'torn write') {
      torn?.()
      this.die()
    }
    if (typeof fault === 'object') throw diskError(fault.code, path)
    const result = act()
    if (fault === 'kill after') this.die()
    return result
  }

  private die(): never {
    this.isDead = true
    throw new Killed()
  }

  /** Changes a name, and with it the name that a file had before. */
  private change(path: string, entry: Entry | undefined, from?: string): void {
    const names = new Map<string, Entry | undefined>([[path, entry]])
    if (from !== undefined) names.set(from, undefined)
    apply(this.entries, names)
    this.pending.push({ folder: posix.dirname(path), names })
  }

  private settle(): void {
    this.durable = new Map(this.entries)
    this.pending = []
    for (const entry of this.entries.values())
      if (entry !== 'folder') entry.saved = { content: entry.content, mode: entry.mode }
  }

  private describe(path: string): FileStat | undefined {
    const entry = this.entries.get(path)
    if (entry === undefined) return undefined
    if (entry === 'folder')
      return { kind: 'folder', mode: 0o755, identity: path, links: 1, uid: OWNER, gid: OWNER }
    let links = 0
    for (const one of this.entries.values()) if (one === entry) links++
    const { mode, uid, gid, ino } = entry
    return { kind: 'file', mode, identity: String(ino), links, uid, gid }
  }

  private children(folder: string): string[] {
    return [...this.entries.keys()].filter((path) => posix.dirname(path) === folder && path !== folder)
  }

  private nodeAt(path: string): Node | undefined {
    const entry = this.entries.get(path)
    return entry === 'folder' ? undefined : entry
  }

  private need(path: string): Node {
    const node = this.nodeAt(path)
    if (node === undefined) throw diskError('ENOENT', path)
    return node
  }

  private needFolder(path: string): void {
    if (this.entries.get(posix.dirname(path)) !== 'folder') throw diskError('ENOENT', path)
  }

  private file(file: number): { node: Node; path: string } {
    const found = this.opened.get(file)
    if (found === undefined) throw diskError('EBADF', String(file))
    return found
  }
}

function newNode(mode: number): Node {
  return { content: Buffer.alloc(0), mode, uid: OWNER, gid: OWNER, ino: ++lastIno, saved: undefined }
}

function apply(entries: Map<string, Entry>, names: Pending['names']): void {
  for (const [path, entry] of names) {
    if (entry === undefined) entries.delete(path)
    else entries.set(path, entry)
  }
}

function copyEntry(entry: Entry, nodes: Map<Node, Node>): Entry {
  if (entry === 'folder') return entry
  const known = nodes.get(entry)
  if (known !== undefined) return known
  const copy = { ...entry, ino: ++lastIno }
  nodes.set(entry, copy)
  return copy
}

function hasFolders(entries: ReadonlyMap<string, Entry>, path: string): boolean {
  for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder))
    if (entries.get(folder) !== 'folder') return false
  return true
}

/** What is left of a content that was not waited for: all, nothing, the beginning, or zeros. */
function lose(copy: Node | undefined, { content, mode, saved }: Node, chance: () => number): void {
  if (copy === undefined) return
  if (content !== saved?.content) {
    const left = [
      content,
      saved?.content ?? Buffer.alloc(0),
      content.subarray(0, content.length * chance()),
      Buffer.alloc(content.length),
    ]
    copy.content = left[Math.floor(chance() * left.length)] ?? content
  }
  if (mode !== saved?.mode && chance() < 0.5) copy.mode = saved?.mode ?? 0o600
  copy.saved = { content: copy.content, mode: copy.mode }
}
