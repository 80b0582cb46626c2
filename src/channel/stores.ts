import { lookUp } from '../group.js'
import type { TsModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import type { TsExport } from '../lang/typescript/exports.js'
import { findImported, interfacesOf, type TsInterface } from '../lang/typescript/query.js'
import type { StoreRef } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { findDeclaration } from '../layout/typescript-names.js'
import { type OpenChannel, perChannel } from './open-channel.js'
import { storesOf, storeUses, type TsStore } from './typescript/stores.js'

/** A Zustand store with the type of its state. */
export interface Store {
  readonly module: TsModule
  readonly store: TsStore
  readonly state: TsInterface | undefined
}

/** Reads a store; undefined when the file has none of that name. */
export function readStore(repository: Repository, { file, hook }: StoreRef): Store | undefined {
  return storesIn(repository.typescript(file)).find(({ store }) => store.hook === hook)
}

const storesIn = perModule((module: TsModule): readonly Store[] =>
  storesOf(module).map((store) => {
    return { module, store, state: lookUp(interfacesOf(module), store.stateType ?? '') }
  }),
)

/** The store behind a name that a channel's hook calls it by, by what the hook's file imports it from. */
export function storeBehind(
  { repository, layout, channel }: OpenChannel,
  bound: string,
): StoreRef | undefined {
  if (channel.hook === undefined) return undefined
  const { file } = channel.hook
  const imported = findImported(repository.typescript(file), bound)
  const from =
    imported === undefined
      ? { file, name: bound }
      : declaredAt(findDeclaration(repository, file, imported, layout.frontend.aliases))
  return layout.stores.find((store) => store.file === from?.file && store.hook === from.name)
}

function declaredAt(found: TsExport | undefined): { file: string; name: string } | undefined {
  return found === undefined ? undefined : { file: found.module.source.path, name: found.name }
}

/** The store that a channel's hook uses most; undefined where that one was not found. */
export const defaultStore = perChannel((open): StoreRef | undefined => {
  const [most] = usesOf(open)
  return most === undefined ? undefined : storeBehind(open, most)
})

/** The stores that a channel's hook uses, the most used first. */
export const usedStores = perChannel((open): readonly StoreRef[] =>
  usesOf(open).flatMap((bound) => storeBehind(open, bound) ?? []),
)

function usesOf({ repository, channel }: OpenChannel): readonly string[] {
  return channel.hook === undefined ? [] : storeUses(repository.typescript(channel.hook.file))
}

/** Whether the hook of another channel calls something of a name: wire names repeat across channels. */
export function isOfOtherChannel({ repository, layout, channel }: OpenChannel, name: string): boolean {
  return layout.channels.some(
    ({ id, hook }) =>
      id !== channel.id && hook !== undefined && calledIn(repository.typescript(hook.file)).has(name),
  )
}

const calledIn = perModule(
  ({ source }: TsModule): ReadonlySet<string> => new Set(source.text.match(/[\w$\u0080-\uffff]+(?=\()/g)),
)
