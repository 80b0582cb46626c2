import { isAbsolute, join, posix, relative, sep } from 'node:path'
import { wrongInput } from '../errors.js'
import type { Disk } from './disk.js'
import { readText } from './read-text.js'
import { createSource, type Source } from './source.js'

const SKIPPED_FOLDERS = new Set(['node_modules', '__pycache__', 'dist', 'build', 'venv', 'site-packages'])

/**
 * The files of one checkout, read once and kept. A workspace never writes: `overlay` gives one that
 * shows other texts for some files, which is how a plan is proven before anything is written.
 */
export class Workspace {
  private readonly sources = new Map<string, Source | undefined>()
  private readonly listings = new Map<string, readonly string[]>()

  constructor(
    /** Absolute, symbolic links resolved. */
    readonly root: string,
    readonly disk: Disk,
    private readonly replaced: ReadonlyMap<string, Source> = new Map(),
  ) {}

  /** A workspace in which these sources stand in place of what is on the disk. */
  overlay(sources: Iterable<Source>): Workspace {
    const replaced = new Map(this.replaced)
    for (const source of sources) replaced.set(source.path, source)
    const copy = new Workspace(this.root, this.disk, replaced)
    for (const [path, source] of this.sources) if (!replaced.has(path)) copy.sources.set(path, source)
    for (const [path, listing] of this.listings) copy.listings.set(path, listing)
    return copy
  }

  /**
   * The source of a file, or undefined when there is none.
   *
   * @throws Failure with exit code 2 when it is a pipe, too large, or no valid UTF-8
   */
  find(path: string): Source | undefined {
    const replaced = this.replaced.get(path)
    if (replaced !== undefined) return replaced
    if (!this.sources.has(path)) this.sources.set(path, this.load(path))
    return this.sources.get(path)
  }

  /** The source of a file that a listing named. */
  read(path: string): Source {
    const source = this.find(path)
    if (source === undefined) throw wrongInput({ what: `\`${path}\` does not exist`, place: { file: path } })
    return source
  }

  /** Whether a file is in this workspace and not on the disk. */
  isNew(path: string): boolean {
    return this.replaced.has(path) && this.disk.stat(this.absolute(path)) === undefined
  }

  /** Whether there is a file or folder. */
  exists(path: string): boolean {
    return this.replaced.has(path) || this.disk.stat(this.absolute(path)) !== undefined
  }

  /** Paths of all files below a folder that end in one of the extensions, sorted; hidden and vendored folders are left out. */
  list(folder: string, extensions: readonly string[]): readonly string[] {
    const key = `${folder}\0${extensions.join()}`
    const known = this.listings.get(key)
    if (known !== undefined) return known
    const found: string[] = []
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
          found.push(path)
        }
      }
    }
    if (this.disk.stat(this.absolute(folder))?.kind === 'folder') visit(folder)
    found.sort()
    this.listings.set(key, found)
    return found
  }

  /** The absolute path of a file of this workspace. */
  absolute(path: string): string {
    return join(this.root, ...path.split('/'))
  }

  private load(path: string): Source | undefined {
    const absolute = this.absolute(path)
    if (this.disk.stat(absolute)?.kind === 'folder') return undefined
    const content = readText(this.disk, absolute, path)
    return content === undefined ? undefined : createSource(path, content)
  }
}

/** Whether an absolute path lies in a folder, both with symbolic links resolved. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}
