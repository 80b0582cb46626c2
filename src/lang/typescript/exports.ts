import { posix } from 'node:path'
import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'
import { originalName, statementsOf } from './grammar.js'
import { type PathAlias, pathsOf } from './imports.js'
import { stringValue } from './literals.js'
import { boundNames, type TsImported } from './query.js'

/** A name where it is declared. */
export interface TsExport {
  readonly module: TsModule
  readonly name: string
}

/** `export { a as b } from './x'` and `export * from './x'`, where `name` is undefined. */
export interface Reexport {
  /** Where the statement begins. */
  readonly start: number
  readonly specifier: string
  readonly name: string | undefined
  readonly as: string | undefined
}

/** What a file passes on from others. */
export const reexportsOf = perModule((module: TsModule): readonly Reexport[] => {
  return statementsOf(module, 'ExportDeclaration').flatMap((statement): Reexport[] => {
    const { start } = statement
    const specifier = stringValue(statement.child('moduleSpecifier'))
    if (specifier === undefined) return []
    const names = statement.child('exportClause')?.list('elements') ?? []
    if (names.length === 0) return [{ start, specifier, name: undefined, as: undefined }]
    return names.map((one) => {
      return { start, specifier, name: originalName(one), as: one.name }
    })
  })
})

/** Gives the parsed file of a path; undefined where there is none. */
export type Open = (path: string) => TsModule | undefined

/** How names of the frontend are followed from file to file. */
export interface NameScope {
  readonly open: Open
  readonly aliases: readonly PathAlias[]
}

/** The declaration behind an imported name, through re-exports; undefined where it is not in the repository. */
export function findExport(
  open: Open,
  from: string,
  imported: TsImported,
  aliases: readonly PathAlias[],
): TsExport | undefined {
  const visited = new Set<string>()
  const search = (path: string, specifier: string, name: string): TsExport | undefined => {
    for (const file of pathsOf(path, specifier, aliases)) {
      const module = visited.has(`${file} ${name}`) ? undefined : open(file)
      if (module === undefined) continue
      visited.add(`${file} ${name}`)
      if (boundNames(module).has(name)) return { module, name }
      for (const one of reexportsOf(module)) {
        if (one.name !== undefined && one.as !== name) continue
        const found = search(posix.normalize(file), one.specifier, one.name ?? name)
        if (found !== undefined) return found
      }
    }
    return undefined
  }
  return search(from, imported.specifier, imported.name)
}

/** A name that a file exports from another one by `export … from`, which one of its own would hide or merge with. */
export function findReexported(
  open: Open,
  module: TsModule,
  name: string,
  aliases: readonly PathAlias[],
): TsExport | undefined {
  for (const one of reexportsOf(module)) {
    if (one.name !== undefined && one.as !== name) continue
    const imported = { name: one.name ?? name, specifier: one.specifier }
    const found = findExport(open, module.source.path, imported, aliases)
    if (found !== undefined) return found
  }
  return undefined
}
