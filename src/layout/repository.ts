import { Failure, type Problem } from '../errors.js'
import type { Language } from '../lang/language.js'
import { isOf, languageOf } from '../lang/languages.js'
import { type LanguageId, type Module, moduleOf, type PythonModule, type TsModule } from '../lang/module.js'
import { Trees } from '../lang/trees.js'
import type { NameScope } from '../lang/typescript/exports.js'
import type { FileChange } from '../workspace/diff.js'
import type { Source } from '../workspace/source.js'
import { Words, wordsIn } from '../workspace/words.js'
import type { Workspace } from '../workspace/workspace.js'
import { faultOf } from './fault.js'
import type { Layout } from './layout.js'

/** A file as it was parsed, with its language. */
export interface ReadFile {
  readonly language: Language
  readonly module: Module
}

/** A cheap test of a text. Where the same function is asked with again, no text is tested again. */
export type TextTest = (text: string) => boolean

/** A workspace with its files parsed, each once. */
export class Repository {
  /** Files that a search had to pass over, with the reason; a run that finds everything elsewhere ignores them. */
  readonly unreadable = new Map<string, Problem>()
  private readonly searched = new Map<string, readonly Source[]>()

  constructor(
    readonly workspace: Workspace,
    private readonly trees: Trees = new Trees(),
    private readonly modules: WeakMap<Source, Module> = new WeakMap(),
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
    const copy = new Repository(workspace, this.trees, this.modules)
    for (const [path, problem] of this.unreadable) copy.unreadable.set(path, problem)
    return copy
  }

  /** A parsed file with its language; undefined for one of a language that is not read here. It must exist. */
  file(path: string): ReadFile | undefined {
    const language = languageOf(path)
    if (language === undefined) return undefined
    const module = memoize(this.modules, this.workspace.read(path), (source) =>
      moduleOf(language.id, source, this.trees.find(language, source)),
    )
    return { language, module }
  }

  /** The parsed Python file; it must exist, and be one. */
  python(path: string): PythonModule {
    return this.moduleIn(path, 'python')
  }

  /** The parsed TypeScript file; it must exist, and be one. */
  typescript(path: string): TsModule {
    return this.moduleIn(path, 'typescript')
  }

  private moduleIn<L extends LanguageId>(path: string, id: L): Module<L> {
    const module = this.file(path)?.module
    if (module?.language !== id) throw new Error(`${path} is no file of ${id}`)
    return module as Module<L>
  }

  /** The parsed TypeScript file; undefined when there is none, or none that can be read, which is told. */
  findTypescript(path: string): TsModule | undefined {
    return isOf(path, 'typescript') && this.findAside(path) !== undefined ? this.typescript(path) : undefined
  }

  /** Why a source is not read as a whole; undefined for a sound one. */
  faultIn(path: string): ReturnType<typeof faultOf> {
    const file = this.file(path)
    return file === undefined ? undefined : faultOf(file.module)
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
  search(folder: string, extensions: readonly string[], test: TextTest, withTests = false): string[] {
    return this.saying(folder, extensions, [test], withTests)
  }

  /**
   * Paths of the files below a folder that may say one of the names, for the words that it is made of stand in them, or
   * that pass one of the tests. Each text is taken apart once, whoever asks.
   *
   * @param withTests whether tests are looked at as well
   */
  saying(
    folder: string,
    extensions: readonly string[],
    signs: readonly (string | TextTest)[],
    withTests = false,
  ): string[] {
    const tests = signs.map((sign) =>
      typeof sign === 'string' ? sayingWordsOf(sign) : (source: Source) => passes(source, sign),
    )
    return this.readable(folder, extensions, withTests)
      .filter((source) => tests.some((test) => test(source)))
      .map(({ path }) => path)
  }

  /** Those of some files that may say one of the names. */
  thatSay(files: readonly string[], names: readonly string[]): string[] {
    return files.filter((file) => names.some((name) => this.says(file, name)))
  }

  /** Whether the words that a name is made of stand in a file: whether it says the name, where that is one word. */
  says(file: string, name: string): boolean {
    return sayingWordsOf(name)(this.workspace.read(file))
  }

  /** Paths of the files below a folder, read or not. */
  files(folder: string, extensions: readonly string[], withTests = false): string[] {
    return this.workspace.list(folder, extensions).filter((path) => withTests || !TEST_FILE.test(path))
  }

  private readable(folder: string, extensions: readonly string[], withTests: boolean): readonly Source[] {
    const key = [folder, withTests, ...extensions].join('\0')
    const known = this.searched.get(key)
    if (known !== undefined) return known
    const sources = this.files(folder, extensions, withTests).flatMap(
      (path) => this.tryRead(path, () => this.workspace.read(path)) ?? [],
    )
    this.searched.set(key, sources)
    return sources
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

const words = new WeakMap<Source, Words>()

function sayingWordsOf(name: string): (source: Source) => boolean {
  const wanted = wordsIn(name)
  return (source) => {
    const own = memoize(words, source, ({ text }) => new Words(text))
    return wanted.every((word) => own.has(word))
  }
}

const passed = new WeakMap<TextTest, WeakMap<Source, boolean>>()

function passes(source: Source, test: TextTest): boolean {
  const answers = passed.get(test) ?? new WeakMap<Source, boolean>()
  passed.set(test, answers)
  return memoize(answers, source, ({ text }) => test(text))
}

function memoize<V>(cache: WeakMap<Source, V>, key: Source, make: (source: Source) => V): V {
  let value = cache.get(key)
  if (value === undefined) {
    value = make(key)
    cache.set(key, value)
  }
  return value
}
