import { readExports, readReexport, readReexportCustom } from '../channel/reexports.js'
import type { Place } from '../errors.js'
import { boundNames, importsOf as pythonImportsOf } from '../lang/python/query.js'
import { wordsOf } from '../lang/python/words.js'
import { resolvesTo } from '../lang/typescript/imports.js'
import { importsOf as tsImportsOf } from '../lang/typescript/query.js'
import { isModuleOf } from '../layout/python-parts.js'
import { unitOf } from '../ledger/pair.js'
import { modelName } from '../sites/naming.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import { eventOfModel } from './payload-names.js'

/** A name that a file imports, or its `__all__` lists, and that is not there. */
export interface LostName {
  readonly name: string
  readonly place: Place
  /** The file that should have it: the imported one, or the package itself. */
  readonly file: string
  readonly isListed: boolean
  /** The event whose payload has a type of that name, and the site at which such an event lacks it. */
  readonly event: string
  readonly site: 'python-payload-model' | 'ts-payload-interface'
}

/** What the package, the hook, the client and the stores of a channel take from the files of its payloads in vain. */
export function findLostNames(context: SurveyContext): LostName[] {
  const found = [
    ...lostInPackage(context).map((one) => ({ ...one, site: 'python-payload-model' as const })),
    ...lostInFrontend(context).map((one) => ({ ...one, site: 'ts-payload-interface' as const })),
  ]
  return found.map((one) => ({ ...one, event: eventOfModel(one.name) }))
}

type Found = Omit<LostName, 'event' | 'site'>

function lostInPackage({ repository, channel }: SurveyContext): Found[] {
  if (channel.reexports === undefined) return []
  const module = repository.python(channel.reexports)
  const target = repository.workspace.read(channel.envelope.file)
  const imports = pythonImportsOf(module)
  const imported = imports
    .filter((one) => one.isFrom && isModuleOf(one.module, channel.envelope.file))
    .flatMap((one) => one.names)
    .filter((one) => /^\w+$/.test(one.name) && !repository.says(target.path, one.name))
    .map((one) => ({
      name: one.name,
      place: placeOf(module.source, one.node.start),
      file: target.path,
      isListed: false,
    }))
  const isOpen =
    /\b__getattr__\b|\bglobals\(\)/.test(module.source.text) ||
    imports.some((one) => one.isFrom && one.names.length === 0)
  const said = new Set(wordsOf(module).flatMap((one) => (one.isString ? [] : [one.text])))
  const listed = readExports(module)
    // A name in lower case may be a module of the package.
    .entries.filter((one) => /^[A-Z]\w*[a-z]/.test(one.value) && !said.has(one.value))
    .map((one) => ({
      name: one.value,
      place: placeOf(module.source, one.node.start),
      file: module.source.path,
      isListed: true,
    }))
  return [...imported, ...(isOpen ? [] : listed)]
}

function lostInFrontend({ repository, layout, channel }: SurveyContext): Found[] {
  const { union, hook, client } = channel
  if (union === undefined) return []
  const target = repository.workspace.read(union.file)
  if (/^\s*export\s+(?:type\s+)?\*/m.test(target.text)) return []
  const files = [hook?.file, client?.file, ...layout.stores.map((one) => one.file)]
  const { aliases } = layout.frontend
  return [...new Set(files.filter((file) => file !== undefined && file !== union.file))].flatMap((file) => {
    const module = repository.typescript(file as string)
    const { path } = module.source
    return tsImportsOf(module)
      .filter((one) => resolvesTo(path, one.specifier, union.file, aliases))
      .flatMap((one) => one.names)
      .filter((one) => /^[A-Z]\w*$/.test(one.name) && !repository.says(union.file, one.name))
      .map((one) => ({
        name: one.name,
        place: placeOf(module.source, one.start),
        file: union.file,
        isListed: false,
      }))
  })
}

/** What of a package's re-export of a payload model is not there, and where it belongs. */
export interface MissingReexport {
  readonly place: Place
  readonly lacks: 'import' | 'entry'
}

/** How the package falls short of its custom for the model of an event: it lacks the import, or the entry in `__all__`. */
export function missingReexport(context: SurveyContext, event: string): MissingReexport | undefined {
  const { channel, rows } = context
  const name = modelName(event)
  const found = readReexport(context, name)
  if (found === undefined) return undefined
  const unit = unitOf(rows, event)
  const own = [unit.event, unit.request ?? unit.event, event].map(modelName)
  const custom = readReexportCustom(context, own)
  const { source } = found.module
  if (found.imported !== undefined) {
    const isLacking = found.listed === undefined && custom.isListed
    return isLacking ? { place: placeOf(source, found.imported.start), lacks: 'entry' } : undefined
  }
  if (!custom.isImported || found.listed !== undefined || boundNames(found.module).has(name)) return undefined
  const statement = pythonImportsOf(found.module).find(
    (one) => one.isFrom && isModuleOf(one.module, channel.envelope.file),
  )
  return { place: placeOf(source, statement?.node.start ?? 0), lacks: 'import' }
}
