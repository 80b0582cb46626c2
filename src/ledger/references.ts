import { groupBy } from '../group.js'
import type { Word } from '../lang/language.js'
import type { Module } from '../lang/module.js'
import type { ReadFile, Repository } from '../layout/repository.js'

/** A place of the code that says a name: an identifier, or a string that is the name and nothing else. */
export interface Reference {
  readonly name: string
  readonly file: string
  readonly start: number
  readonly end: number
  readonly isString: boolean
}

export interface ReferenceScope {
  /** Folder to look below; '' for the whole checkout. */
  readonly folder: string
  readonly extensions: readonly string[]
  /** Whether tests count: they break with what they mention, and they call nothing that users reach. */
  readonly withTests: boolean
}

/**
 * Every reference to the names below a folder, in the order of files and offsets; comments are none. A cheap test
 * of the text decides which files are parsed.
 */
export function findReferences(
  repository: Repository,
  names: readonly string[],
  { folder, extensions, withTests }: ReferenceScope,
): Reference[] {
  if (names.length === 0) return []
  const wanted = [...new Set(names)]
  const files = repository.saying(folder, extensions, names, withTests)
  return files.flatMap((file) => {
    const read = repository.file(file)
    const words = read === undefined ? undefined : wordsByText(read)
    return wanted
      .flatMap((name) => words?.get(name) ?? [])
      .sort((a, b) => a.start - b.start)
      .map(({ text, ...place }) => ({ name: text, file, ...place }))
  })
}

const words = new WeakMap<Module, ReadonlyMap<string, readonly Word[]>>()

/** The words of a file by what they say. */
function wordsByText({ language, module }: ReadFile): ReadonlyMap<string, readonly Word[]> {
  const found = words.get(module) ?? groupBy(language.words(module), ({ text }) => text)
  words.set(module, found)
  return found
}
