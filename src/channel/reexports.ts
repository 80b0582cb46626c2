import type { PythonModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { stringValue } from '../lang/python/literals.js'
import { assignmentsOf, classesOf, importsOf, type PyImport } from '../lang/python/query.js'
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
  const statements = ownImports(open)
  if (statements.some((one) => one.names.length === 0)) return undefined
  return {
    module,
    imported: statements.flatMap((one) => one.names).find((one) => one.bound === name)?.node,
    listed: readExports(module).entries.find((one) => one.value === name)?.node,
  }
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
  const models = classesOf(open.repository.python(open.channel.envelope.file))
    .map((one) => one.name)
    .filter((name) => name.endsWith('Payload') && !own.includes(name))
  const found = models.flatMap((name) => readReexport(open, name) ?? [])
  const imported = found.filter((one) => one.imported !== undefined)
  const listed = imported.filter((one) => one.listed !== undefined)
  return {
    isImported: imported.length * 2 > models.length,
    isListed: listed.length * 2 > imported.length,
  }
}

/** The imports of a package from the module of the channel's envelope. */
const ownImports = perChannel(({ repository, channel }): readonly PyImport[] => {
  const { reexports, envelope } = channel
  const all = reexports === undefined ? [] : importsOf(repository.python(reexports))
  return all.filter((one) => one.isFrom && isModuleOf(one.module, envelope.file))
})

/** A list of names that a module passes on. */
interface Exports {
  readonly list: Node | undefined
  readonly entries: readonly { readonly value: string; readonly node: Node }[]
  readonly isSorted: boolean
}

/** The last filled list of names that `__all__` is made of. */
export const readExports = perModule((module: PythonModule): Exports => {
  const value = assignmentsOf(module).find((one) => one.name === '__all__')?.value
  const lists = value === undefined ? [] : [value, ...value.descendants('list', 'tuple')]
  const literals = lists.map((list) => ({ list, entries: entriesOf(list) }))
  const { list, entries } = literals.findLast((one) => one.entries.length > 0) ?? { list: value, entries: [] }
  const isSorted =
    entries.length > 1 &&
    entries.every((entry, index) => index === 0 || (entries[index - 1]?.value ?? '') <= entry.value)
  return { list, entries, isSorted }
})

function entriesOf(list: Node): { value: string; node: Node }[] {
  return list.children.flatMap((node) => {
    const value = stringValue(node)
    return value === undefined ? [] : [{ value, node }]
  })
}
