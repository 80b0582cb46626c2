import { readCustom } from '../channel/conventions.js'
import { membersIn } from '../channel/enum.js'
import { readWireCase } from '../channel/envelope.js'
import { defaultStore, readStore } from '../channel/stores.js'
import { Failure } from '../errors.js'
import { python } from '../lang/python/language.js'
import { classesOf } from '../lang/python/query.js'
import { scopesOf } from '../lang/python/scopes.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { directionOf } from '../ledger/direction.js'
import { buildLedger } from '../ledger/ledger.js'
import { surveyChannel } from '../ledger/surveyed.js'
import { wireKey } from '../payload/shape.js'
import type { EmitTarget } from '../spec/event-spec.js'
import { printField } from '../spec/field-type.js'
import { fieldsOf } from './change/resolve.js'

/** What an event can be given to in a checkout: for the wizard and for a shell that completes words. */
export interface ChannelChoice {
  readonly id: string
  readonly endpoint: string | undefined
  readonly envelope: string
  readonly events: readonly string[]
  /** What every wire name begins with; empty where nothing is shared. */
  readonly prefix: string
  /** Whether its factories are named without it. */
  readonly dropsPrefix: boolean
  readonly targets: readonly EmitTarget[]
  /** The hook that its events go to if nothing is said. */
  readonly store: string | undefined
}

export interface StoreChoice {
  readonly hook: string
  readonly file: string
  /** The names of its state, in the order of its type. */
  readonly holds: readonly string[]
}

/** Every channel, with what its events have in common. */
export function gatherChannels(repository: Repository, layout: Layout): ChannelChoice[] {
  return layout.channels.map((channel) => {
    const { prefix, factoryDropsPrefix } = readCustom({ repository, layout, channel })
    return {
      id: channel.id,
      endpoint: channel.handler?.endpoint,
      envelope: channel.envelope.name,
      events: buildLedger(repository, layout, channel).events(),
      prefix,
      dropsPrefix: factoryDropsPrefix,
      targets: targetsOf(channel),
      store: defaultStore({ repository, layout, channel })?.hook,
    }
  })
}

/** Every store, with what it holds. */
export function gatherStores(repository: Repository, layout: Layout): StoreChoice[] {
  return layout.stores.map((store) => {
    const members = readStore(repository, store)?.state?.members ?? []
    return { ...store, holds: members.filter((one) => !one.isFunction).map((one) => one.name) }
  })
}

/** The files of the backend, and the classes and functions of each by their paths. */
export function gatherBackend(
  repository: Repository,
  layout: Layout,
): { files(): readonly string[]; names(file: string): readonly string[] } {
  const files = (): readonly string[] => repository.files(layout.backend.folder, python.extensions)
  return {
    files,
    names(file) {
      if (!files().includes(file) || repository.workspace.look(file) instanceof Failure) return []
      const module = repository.python(file)
      return [...classesOf(module).map((one) => one.name), ...scopesOf(module).map((one) => one.path)]
    },
  }
}

function targetsOf({ manager }: Channel): EmitTarget[] {
  return [...new Set(manager?.methods.map((method) => method.target) ?? [])]
}

/** The fields of the events of a name, by their keys on the wire. */
export function gatherFields(
  repository: Repository,
  layout: Layout,
  event: string,
): readonly { readonly key: string; readonly type: string }[] {
  return layout.channels.flatMap((channel) => {
    if (!membersIn({ repository, layout, channel }).some((one) => one.value === event)) return []
    const context = surveyChannel(repository, layout, channel)
    const direction = directionOf(context.rows, event)?.direction ?? 'server-to-client'
    return fieldsOf(context, event, direction).map((field) => ({
      key: wireKey(field, readWireCase(context)),
      type: printField(field),
    }))
  })
}
