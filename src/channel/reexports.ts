import { lookUp } from '../group.js'
import type { PythonModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { stringValue } from '../lang/python/literals.js'
import { assignmentsOf, classesOf, importsOf } from '../lang/python/query.js'
import type { Node } from '../lang/tree.js'
import { isModuleOf } from '../layout/python-parts.js'
import { type OpenChannel, perChannel } from './open-channel.js'

/** How the package of a channel passes one name of the envelope's module on. */
export interface Reexport {
  readonly module: PythonModule
  /** Its name in an import from that module. */
  readonly imported: Node | undefined
  /** Its entry in `__all__`. */
  readonly listed: Node | undefined
}

/** What the package says of a name; undefined where the channel has no package, or one that passes everything on. */
export function readReexport(open: OpenChannel, name: string): Reexport | undefined {
  const { repository, channel } = open
  if (channel.reexports === undefined) return undefined
  const module = repository.python(channel.reexports)
  const imported = ownImports(open)
  return imported && { module, imported: imported.get(name), listed: readExports(module).listed.get(name) }
}

/**
 * Whether payload models of a channel are re-exported by its package: more than half of those beside the envelope are,
 * and as many of these are listed.
 *
 * @param own models that say nothing of the custom, because it is they that are asked about
 */
export function readReexportCustom(
  open: OpenChannel,
  own: readonly string[],
): { readonly isImported: boolean; readonly isListed: boolean } {
  const all = countModels(open)
  const left = { models: all.models, imported: all.imported, listed: all.listed }
  for (const name of new Set(own)) {
    const one = all.byName.get(name)
    if (one === undefined) continue
    left.models -= one.models
    left.imported -= one.imported
    left.listed -= one.listed
  }
  return { isImported: left.imported * 2 > left.models, isListed: left.listed * 2 > left.imported }
}

/** How many payload models stand beside the envelope, are re-exported, and listed. */
interface ModelCount {
  models: number
  imported: number
  listed: number
}

const countModels = perChannel((open): ModelCount & { readonly byName: ReadonlyMap<string, ModelCount> } => {
  const all: ModelCount = { models: 0, imported: 0, listed: 0 }
  const byName = new Map<string, ModelCount>()
  for (const { name } of classesOf(open.repository.python(open.channel.envelope.file))) {
    if (!name.endsWith('Payload')) continue
    const found = readReexport(open, name)
    const own = byName.get(name) ?? { models: 0, imported: 0, listed: 0 }
    byName.set(name, own)
    for (const count of [all, own]) {
      count.models++
      if (found?.imported === undefined) continue
      count.imported++
      if (found.listed !== undefined) count.listed++
    }
  }
  return { ...all, byName }
})

/** What a package imports from the module of the channel's envelope; undefined where that is everything. */
const ownImports = perChannel(({ repository, channel }): ReadonlyMap<string, Node> | undefined => {
  const { reexports, envelope } = channel
  const all = reexports === undefined ? [] : importsOf(repository.python(reexports))
  const statements = all.filter((one) => one.isFrom && isModuleOf(one.module, envelope.file))
  if (statements.some((one) => one.names.length === 0)) return undefined
  return firstBy(
    statements.flatMap((one) => one.names),
    (one) => one.bound,
  )
})

/** The node of the first one of each name. */
function firstBy<T extends { readonly node: Node }>(
  all: readonly T[],
  nameOf: (one: T) => string,
): ReadonlyMap<string, Node> {
  return new Map(all.toReversed().map((one) => [nameOf(one), one.node]))
}

/** A list of names that a module passes on. */
interface Exports {
  readonly list: Node | undefined
  readonly entries: readonly { readonly value: string; readonly node: Node }[]
  readonly listed: ReadonlyMap<string, Node>
  readonly isSorted: boolean
}

/** The last filled list of names that `__all__` is made of. */
export const readExports = perModule((module: PythonModule): Exports => {
  const value = lookUp(assignmentsOf(module), '__all__')?.value
  const lists = value === undefined ? [] : [value, ...value.descendants('list', 'tuple')]
  const literals = lists.map((list) => ({ list, entries: entriesOf(list) }))
  const { list, entries } = literals.findLast((one) => one.entries.length > 0) ?? { list: value, entries: [] }
  const isSorted =
    entries.length > 1 &&
    entries.every((entry, index) => index === 0 || (entries[index - 1]?.value ?? '') <= entry.value)
  return { list, entries, listed: firstBy(entries, (one) => one.value), isSorted }
})

function entriesOf(list: Node): { value: string; node: Node }[] {
  return list.children.flatMap((node) => {
    const value = stringValue(node)
    return value === undefined ? [] : [{ value, node }]
  })
}
