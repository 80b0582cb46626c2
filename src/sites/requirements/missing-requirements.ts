import { readReexport, readReexportCustom } from '../../channel/reexports.js'
import type { Place } from '../../errors.js'
import { spellImport } from '../../lang/python/imports.js'
import { boundNames as pythonBoundNames, readImport } from '../../lang/python/query.js'
import { boundNames as tsBoundNames } from '../../lang/typescript/query.js'
import type { Repository } from '../../layout/repository.js'
import { placeOf } from '../../workspace/place.js'
import { modelName } from '../naming.js'
import { type Half, type Occurrence, type Requirement, type Site, siteKey } from '../site.js'

/**
 * What a site that is there needs and lacks: an import of a name that its own text says and that its file binds nowhere,
 * and the re-export of a model where that is the custom. What a file binds in any way is its author's.
 */
export function missingRequirements(target: Half, site: Site): Requirement[] {
  const { repository } = target
  const found = target.rows.of(target.spec.names.snake, siteKey(site))
  if (found.length === 0) return []
  return site.requirements(target).filter((one) => {
    if (repository.file(one.file)?.module.syntaxErrors.length !== 0) return false
    if (one.kind === 'python-export') return lacksExport(target, one)
    return found.some((occurrence) => says(target, site, occurrence, one)) && !binds(repository, one)
  })
}

/** Where a file fulfils a requirement. */
export function placeOfRequirement(repository: Repository, one: Requirement): Place {
  if (one.kind === 'ts-import') {
    const module = repository.typescript(one.file)
    const node = tsBoundNames(module).get(one.name)
    return node === undefined ? { file: one.file } : placeOf(module.source, node.start)
  }
  const module = repository.python(one.file)
  const node = pythonBoundNames(module).get(nameOf(repository, one))
  return node === undefined ? { file: one.file } : placeOf(module.source, node.start)
}

/** What a requirement binds in its file, as that file says it: `dt` for a `datetime` that is `dt.datetime` there. */
export function nameOf(repository: Repository, one: Requirement): string {
  if (one.kind === 'python-library')
    return spellImport(repository.python(one.file), one, one.usual).text.split('.')[0] ?? one.name
  return one.kind === 'python-import' ? (one.name ?? one.module) : one.name
}

function lacksExport(target: Half, { file, name }: Requirement): boolean {
  const { repository, partner } = target
  const found = name === undefined ? undefined : readReexport(target, name)
  if (found === undefined || name === undefined) return false
  if (found.imported === undefined) return !pythonBoundNames(repository.python(file)).has(name)
  const own = [name, ...(partner === undefined ? [] : [modelName(partner.event)])]
  return found.listed === undefined && readReexportCustom(target, own).isListed
}

/** Whether the text of an occurrence says the name by itself, and not as a member of something. */
function says(target: Half, site: Site, found: Occurrence, one: Requirement): boolean {
  const { repository } = target
  if (found.file !== one.file) return false
  const { text } = repository.workspace.read(found.file)
  const { start, end } = site.unit?.(target, found) ?? found
  const file = repository.file(found.file)
  const words = file?.language.words(file.module) ?? []
  return words.some(
    (word) =>
      !word.isString &&
      word.text === nameOf(repository, one) &&
      start <= word.start &&
      word.end <= end &&
      !/\.\s*$/.test(text.slice(Math.max(0, word.start - 80), word.start)),
  )
}

/** Whether a file binds the name anywhere, inside a function as well, or may by an import of everything. */
function binds(repository: Repository, one: Requirement): boolean {
  const name = nameOf(repository, one)
  if (one.kind === 'ts-import') return tsBoundNames(repository.typescript(one.file)).has(name)
  const module = repository.python(one.file)
  if (pythonBoundNames(module).has(name)) return true
  return module.root.descendants('import_statement', 'import_from_statement').some((node) => {
    const statement = readImport(node)
    const isAll = statement?.isFrom === true && statement.names.length === 0
    return isAll || statement?.names.some((bound) => bound.bound === name) === true
  })
}
