import { posix } from 'node:path'
import type { Disk } from '../../src/workspace/disk.js'

/** Thrown by a disk call that a test makes fail. */
export function diskError(code: string, path: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made to fail, '${path}'`), { code, syscall: 'test' })
}

/** A disk in memory. `failAt` makes the n-th call of those that write throw. */
export class MemoryDisk implements Disk {
  readonly modes = new Map<string, number>()
  /** Every call that changes something, in order. */
  readonly writes: string[] = []
  /** Called before every write with its number, counted from 1; may throw. */
  onWrite: ((call: number, name: string, path: string) => void) | undefined
  /** Called before every read. */
  onRead: ((path: string) => void) | undefined

  constructor(readonly files: Map<string, Buffer>) {}

  /** A disk with these texts below a root. */
  static of(root: string, texts: ReadonlyMap<string, string>): MemoryDisk {
    return new MemoryDisk(
      new Map([...texts].map(([path, text]) => [posix.join(root, path), Buffer.from(text, 'utf8')])),
    )
  }

  /** Every file's content, by path. */
  snapshot(): Map<string, string> {
    return new Map([...this.files].map(([path, content]) => [path, content.toString('utf8')]))
  }

  read(path: string): Buffer {
    this.onRead?.(path)
    const content = this.files.get(path)
    if (content === undefined) throw diskError('ENOENT', path)
    return content
  }

  writeNew(path: string, content: Buffer, mode: number): void {
    this.change('writeNew', path)
    if (this.files.has(path)) throw diskError('EEXIST', path)
    this.files.set(path, content)
    this.modes.set(path, mode)
  }

  makeFolder(): void {
    // Folders are where files are.
  }

  append(path: string, content: Buffer): void {
    this.change('append', path)
    this.files.set(path, Buffer.concat([this.files.get(path) ?? Buffer.alloc(0), content]))
  }

  rename(from: string, to: string): void {
    this.change('rename', to)
    const content = this.read(from)
    this.files.set(to, content)
    this.modes.set(to, this.modes.get(from) ?? 0o644)
    this.files.delete(from)
  }

  remove(path: string): void {
    this.change('remove', path)
    this.files.delete(path)
  }

  stat(path: string): { kind: 'file' | 'folder'; mode: number } | undefined {
    if (this.files.has(path)) return { kind: 'file', mode: this.modes.get(path) ?? 0o644 }
    const prefix = path.endsWith('/') ? path : `${path}/`
    for (const file of this.files.keys()) if (file.startsWith(prefix)) return { kind: 'folder', mode: 0o755 }
    return undefined
  }

  list(path: string): { name: string; kind: 'file' | 'folder' }[] {
    const prefix = path.endsWith('/') ? path : `${path}/`
    const entries = new Map<string, 'file' | 'folder'>()
    for (const file of this.files.keys()) {
      if (!file.startsWith(prefix)) continue
      const [name = '', ...rest] = file.slice(prefix.length).split('/')
      entries.set(name, rest.length > 0 ? 'folder' : 'file')
    }
    return [...entries].map(([name, kind]) => ({ name, kind }))
  }

  realpath(path: string): string {
    return path
  }

  private change(name: string, path: string): void {
    this.writes.push(`${name} ${path}`)
    this.onWrite?.(this.writes.length, name, path)
  }
}
