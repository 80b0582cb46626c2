import { posix } from 'node:path'
import { findExport, reexportsOf, type TsExport } from '../lang/typescript/exports.js'
import { type PathAlias, resolvesTo } from '../lang/typescript/imports.js'
import { typescript } from '../lang/typescript/language.js'
import { findImported, importsOf, type TsImported } from '../lang/typescript/query.js'
import { word } from './candidates.js'
import type { Repository } from './repository.js'
import { FRONTEND_FOLDER } from './root.js'

/** A name of the frontend and the file that declares it. */
export interface TsName {
  readonly name: string
  readonly file: string
}

/** Where an imported name is declared, through re-exports of either kind; undefined outside of the repository. */
export function findDeclaration(
  repository: Repository,
  file: string,
  imported: TsImported,
  aliases: readonly PathAlias[],
): TsExport | undefined {
  const open = (path: string) => repository.findTypescript(path)
  let found = findExport(open, file, imported, aliases)
  for (let hops = 0; found !== undefined && hops < 8; hops++) {
    const onward = findImported(found.module, found.name)
    if (onward === undefined) return found
    found = findExport(open, found.module.source.path, onward, aliases)
  }
  return found
}

/** Whether a file declares one of the names or imports it from where it is declared: a mention is not enough. */
export function bindsAny(
  repository: Repository,
  file: string,
  names: readonly TsName[],
  aliases: readonly PathAlias[],
): boolean {
  const { text } = repository.workspace.read(file)
  return names.some((target) => {
    if (target.file === file) return true
    if (!word(target.name).test(text)) return false
    return importsOf(repository.typescript(file)).some(({ specifier, names: imported }) =>
      imported.some((one) => {
        if (one.name !== target.name) return false
        const found = findDeclaration(repository, file, { name: one.name, specifier }, aliases)
        return found?.module.source.path === target.file
      }),
    )
  })
}

/** The files of the frontend that import one of the names, those that declare them aside. */
export function importersOf(
  repository: Repository,
  names: readonly TsName[],
  aliases: readonly PathAlias[],
): string[] {
  return repository
    .saying(
      `${FRONTEND_FOLDER}/src`,
      typescript.extensions,
      names.map((one) => one.name),
    )
    .filter((file) => names.every((one) => one.file !== file) && bindsAny(repository, file, names, aliases))
}

/** Whether another file of the frontend imports anything from a file, or passes it on. */
export function isImported(repository: Repository, file: string, aliases: readonly PathAlias[]): boolean {
  const bare = posix.basename(file).replace(/\.tsx?$/, '')
  const stem = bare === 'index' ? posix.basename(posix.dirname(file)) : bare
  return repository.saying(`${FRONTEND_FOLDER}/src`, typescript.extensions, [stem]).some((path) => {
    if (path === file) return false
    const module = repository.typescript(path)
    const specifiers = [...importsOf(module), ...reexportsOf(module)].map((one) => one.specifier)
    return specifiers.some((one) => resolvesTo(path, one, file, aliases))
  })
}
