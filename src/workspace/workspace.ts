import { isAbsolute, join, posix, relative, sep } from 'node:path'
import { Failure, orThrow, wrongInput } from '../errors.js'
import { type FileChange, pathOf } from './diff.js'
import type { Disk } from './disk.js'
import { readText } from './read-text.js'
import { createSource, type Source } from './source.js'

const SKIPPED_FOLDERS = new Set(['node_modules', '__pycache__', 'dist', 'build', 'venv', 'site-packages'])

const CODE = /\.(py|tsx?)$/

/**
 * The files of one checkout, read once and kept. A workspace never writes: `overlay` gives one that
 * shows other texts for some files, which is how a plan is proven before anything is written.
 */
export class Workspace {
  private readonly sources = new Map<string, Source | undefined>()
  private readonly listings = new Map<string, readonly string[]>()
  private readonly eols = new Map<string, Source['eol']>()

  constructor(
    /** Absolute, symbolic links resolved. */
    readonly root: string,
    readonly disk: Disk,
    /** What stands in place of the disk; undefined for a file that is taken away. */
    private readonly replaced: ReadonlyMap<string, Source | undefined> = new Map(),
    private readonly shown: Map<string, Source[]> = new Map(),
  ) {}

  /** A workspace in which these sources stand in place of what is on the disk. */
  overlay(sources: Iterable<Source>): Workspace {
    return this.with(new Map([...sources].map((source) => [source.path, source])))
  }

  /** A workspace in which these changes are made. */
  apply(changes: Iterable<FileChange>): Workspace {
    return this.with(new Map([...changes].map((change) => [pathOf(change), change.after])))
  }

  private with(changed: ReadonlyMap<string, Source | undefined>): Workspace {
    const replaced = new Map(this.replaced)
    for (const [path, source] of changed) replaced.set(path, source && this.once(source))
    const copy = new Workspace(this.root, this.disk, replaced, this.shown)
    for (const [path, source] of this.sources) if (!replaced.has(path)) copy.sources.set(path, source)
    const isSameFiles = [...changed].every(([path, source]) => this.exists(path) === (source !== undefined))
    for (const [folder, eol] of this.eols) copy.eols.set(folder, eol)
    if (isSameFiles) for (const [path, listing] of this.listings) copy.listings.set(path, listing)
    return copy
  }

  /**
   * The source of a file, or undefined when there is none.
   *
   * @throws Failure with exit code 2 when it is a pipe, too large, or no valid UTF-8
   */
  find(path: string): Source | undefined {
    return orThrow(this.look(path))
  }

  /** The source of a file, undefined when there is none, or why it cannot be read. */
  look(path: string): Source | Failure | undefined {
    if (this.replaced.has(path)) return this.replaced.get(path)
    if (!this.sources.has(path)) {
      const source = this.load(path)
      if (source instanceof Failure) return source
      // A file of one line shows no line ending: it gets what is usual around it.
      const isMute = source !== undefined && !source.text.includes('\n')
      const whole = isMute ? { ...source, eol: this.usualEol(posix.dirname(path)) } : source
      this.sources.set(path, whole && this.once(whole))
    }
    return this.sources.get(path)
  }

  /** The source of a file that a listing named. */
  read(path: string): Source {
    const source = this.find(path)
    if (source === undefined)
      throw wrongInput({ code: 'file-not-found', what: `\`${path}\` does not exist`, place: { file: path } })
    return source
  }

  /** Whether a file is in this workspace and not on the disk. */
  isNew(path: string): boolean {
    return this.replaced.get(path) !== undefined && this.disk.stat(this.absolute(path)) === undefined
  }

  /** Whether there is a file or folder. */
  exists(path: string): boolean {
    if (this.replaced.has(path)) return this.replaced.get(path) !== undefined
    return this.disk.stat(this.absolute(path)) !== undefined
  }

  /** Paths of all files below a folder that end in one of the extensions, sorted; hidden and vendored folders are left out. */
  list(folder: string, extensions: readonly string[]): readonly string[] {
    const key = `${folder}\0${extensions.join()}`
    const known = this.listings.get(key)
    if (known !== undefined) return known
    const found = new Set<string>()
    const visited = new Set<string>()
    const visit = (current: string): void => {
      const real = this.disk.realpath(this.absolute(current))
      if (visited.has(real) || !isInside(this.root, real)) return
      visited.add(real)
      for (const entry of this.disk.list(this.absolute(current))) {
        const path = posix.join(current, entry.name)
        if (entry.kind === 'folder') {
          if (!entry.name.startsWith('.') && !SKIPPED_FOLDERS.has(entry.name)) visit(path)
        } else if (extensions.some((extension) => entry.name.endsWith(extension))) {
          found.add(path)
        }
      }
    }
    if (this.disk.stat(this.absolute(folder))?.kind === 'folder') visit(folder)
    for (const [path, source] of this.replaced) {
      const isBelow = folder === '' || path.startsWith(`${folder}/`)
      if (source === undefined) found.delete(path)
      else if (isBelow && extensions.some((extension) => path.endsWith(extension))) found.add(path)
    }
    const sorted = [...found].sort()
    this.listings.set(key, sorted)
    return sorted
  }

  /** The absolute path of a file of this workspace. */
  absolute(path: string): string {
    return join(this.root, ...path.split('/'))
  }

  /** The source that shows a text first, so that whatever is kept of it is found again when a plan comes back to it. */
  private once(source: Source): Source {
    const shown = this.shown.get(source.path) ?? []
    const same = shown.find(
      ({ text, bom, eol }) => text === source.text && bom === source.bom && eol === source.eol,
    )
    if (same === undefined) this.shown.set(source.path, [...shown, source])
    return same ?? source
  }

  /** The line ending of most code of a folder; of the folder around it where that shows none. */
  private usualEol(folder: string): Source['eol'] {
    const known = this.eols.get(folder)
    if (known !== undefined) return known
    const path = folder === '.' ? '' : folder
    const entries = this.disk.list(this.absolute(path)).filter((entry) => entry.kind === 'file')
    const votes = entries
      .filter((entry) => CODE.test(entry.name))
      .flatMap((entry) => this.loadShown(posix.join(path, entry.name)) ?? [])
    const crlf = votes.filter((one) => one.eol === '\r\n').length
    const isTold = votes.length > 0 || path === ''
    const eol = !isTold ? this.usualEol(posix.dirname(path)) : crlf * 2 > votes.length ? '\r\n' : '\n'
    this.eols.set(folder, eol)
    return eol
  }

  /** A file that shows a line ending; undefined for any other, and for one that cannot be read. */
  private loadShown(path: string): Source | undefined {
    const source = this.load(path)
    return !(source instanceof Failure) && source?.text.includes('\n') === true ? source : undefined
  }

  private load(path: string): Source | Failure | undefined {
    const absolute = this.absolute(path)
    const found = this.disk.stat(absolute)
    if (found === undefined || found.kind === 'folder') return undefined
    const content = readText(this.disk, absolute, path, found)
    return typeof content === 'string' ? createSource(path, content) : content
  }
}

/** Whether an absolute path lies in a folder, both with symbolic links resolved. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
