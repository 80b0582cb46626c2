import { Failure, type Problem } from '../errors.js'
import type { PythonModule, TsModule } from '../lang/module.js'
import { parsePython } from '../lang/python/parse.js'
import type { NameScope } from '../lang/typescript/exports.js'
import { parseTypeScript } from '../lang/typescript/parser/parse.js'
import type { FileChange } from '../workspace/diff.js'
import type { Source } from '../workspace/source.js'
import type { Workspace } from '../workspace/workspace.js'
import { faultOf } from './fault.js'
import type { Layout } from './layout.js'

/** A workspace with its files parsed, each once. */
export class Repository {
  /** Files that a search had to pass over, with the reason; a run that finds everything elsewhere ignores them. */
  readonly unreadable = new Map<string, Problem>()

  constructor(
    readonly workspace: Workspace,
    private readonly pythonModules: WeakMap<Source, PythonModule> = new WeakMap(),
    private readonly tsModules: WeakMap<Source, TsModule> = new WeakMap(),
  ) {}

  /** The repository with these sources in place of those on the disk; what is unchanged is not parsed again. */
  overlay(sources: Iterable<Source>): Repository {
    return this.with(this.workspace.overlay(sources))
  }

  /** The repository in which these changes are made. */
  apply(changes: Iterable<FileChange>): Repository {
    return this.with(this.workspace.apply(changes))
  }

  private with(workspace: Workspace): Repository {
    const copy = new Repository(workspace, this.pythonModules, this.tsModules)
    for (const [path, problem] of this.unreadable) copy.unreadable.set(path, problem)
    return copy
  }

  /** The parsed Python file; it must exist. */
  python(path: string): PythonModule {
    return memoize(this.pythonModules, this.workspace.read(path), parsePython)
  }

  /** The parsed TypeScript file; it must exist. */
  typescript(path: string): TsModule {
    return memoize(this.tsModules, this.workspace.read(path), parseTypeScript)
  }

  /** The parsed TypeScript file; undefined when there is none, or none that can be read, which is told. */
  findTypescript(path: string): TsModule | undefined {
    return this.findAside(path) === undefined ? undefined : this.typescript(path)
  }

  /** The parsed file; undefined for one of a language whose grammar is not known here, as that of the mobile app. */
  parsed(path: string): PythonModule | TsModule | undefined {
    if (path.endsWith('.py')) return this.python(path)
    return /\.[cm]?[jt]sx?$/.test(path) ? this.typescript(path) : undefined
  }

  /** Why a source is not read as a whole; undefined for a sound one. */
  faultIn(path: string): ReturnType<typeof faultOf> {
    const module = this.parsed(path)
    return module === undefined ? undefined : faultOf(module)
  }

  /** A file that helps and that nothing needs; one that cannot be read is told, and is as good as none. */
  findAside(path: string): Source | undefined {
    return this.tryRead(path, () => this.workspace.find(path))
  }

  /**
   * Paths of the files below a folder whose text passes a cheap test, so that only those are parsed.
   *
   * @param withTests whether tests are looked at as well
   */
  search(
    folder: string,
    extensions: readonly string[],
    test: (text: string) => boolean,
    withTests = false,
  ): string[] {
    return this.workspace.list(folder, extensions).filter((path) => {
      if (!withTests && TEST_FILE.test(path)) return false
      return this.tryRead(path, () => test(this.workspace.read(path).text)) ?? false
    })
  }

  private tryRead<T>(path: string, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      for (const problem of error.problems) this.unreadable.set(path, problem)
      return undefined
    }
  }
}

/** How names of the frontend are followed from file to file. */
export function scopeOf(repository: Repository, { frontend }: Pick<Layout, 'frontend'>): NameScope {
  return { open: (path) => repository.findTypescript(path), aliases: frontend.aliases }
}

/** Tests repeat what they test, and are no place an event lives in. */
const TEST_FILE =
  /(^|\/)(__tests__|__mocks__|tests?)\/|\.(test|spec|stories)\.tsx?$|\.d\.ts$|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/

function memoize<V>(cache: WeakMap<Source, V>, key: Source, make: (source: Source) => V): V {
  let value = cache.get(key)
  if (value === undefined) {
    value = make(key)
    cache.set(key, value)
  }
  return value
}
