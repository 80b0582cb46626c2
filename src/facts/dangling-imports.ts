import { posix } from 'node:path'
import type { Place } from '../errors.js'
import { importsOf as pythonImportsOf } from '../lang/python/query.js'
import { pathsOf } from '../lang/typescript/imports.js'
import { importsOf } from '../lang/typescript/query.js'
import { word } from '../layout/candidates.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'

/** A name that a part of a channel imports and nothing has. */
export interface DanglingImport {
  readonly name: string
  readonly from: string
  readonly place: Place
}

/** What handler and hook import in vain: of the module of the envelope, and of stores. */
export function danglingImports(context: SurveyContext): DanglingImport[] {
  return [...danglingInHandler(context), ...danglingInHook(context)]
}

function danglingInHandler({ repository, layout, channel }: SurveyContext): DanglingImport[] {
  if (channel.handler === undefined) return []
  const module = repository.python(channel.handler.file)
  const models = [channel.enum.file, channel.envelope.file]
  return pythonImportsOf(module).flatMap(({ module: from, names, isFrom, node }) => {
    const file = fileOf(from, module.source.path, layout.backend.folder)
    if (!isFrom || !models.includes(file)) return []
    const { text } = repository.workspace.read(file)
    return names
      .filter((one) => /^\w+$/.test(one.name) && !word(one.name).test(text))
      .map((one) => ({ name: one.name, from, place: placeOf(module.source, node.start) }))
  })
}

/** The file that a dotted name means, absolute below the package or relative to the file that imports it. */
function fileOf(module: string, importer: string, backend: string): string {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0
  const up = '../'.repeat(Math.max(dots - 1, 0))
  const folder = dots === 0 ? posix.dirname(backend) : posix.join(posix.dirname(importer), up)
  return posix.join(folder, `${module.slice(dots).replaceAll('.', '/')}.py`)
}

function danglingInHook({ repository, layout, channel }: SurveyContext): DanglingImport[] {
  if (channel.hook === undefined) return []
  const { workspace } = repository
  const module = repository.typescript(channel.hook.file)
  return importsOf(module).flatMap(({ specifier, names, start }) => {
    const stores = names.filter((one) => /^use\w*Store$/.test(one.name))
    const paths = pathsOf(module.source.path, specifier, layout.frontend.aliases)
    const isThere = (path: string): boolean => workspace.exists(path) || workspace.exists(`${path}.js`)
    if (stores.length === 0 || paths.length === 0 || paths.some(isThere)) return []
    return stores.map(({ name }) => ({ name, from: specifier, place: placeOf(module.source, start) }))
  })
}
