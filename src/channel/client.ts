import { lookUp } from '../group.js'
import type { TsModule } from '../lang/module.js'
import { classesOf, type TsClass, type TsMethod } from '../lang/typescript/classes.js'
import { findExport, type TsExport } from '../lang/typescript/exports.js'
import { findImported } from '../lang/typescript/query.js'
import { scopeOf } from '../layout/repository.js'
import { majority } from '../layout/style.js'
import { type OpenChannel, perChannel } from './open-channel.js'
import { sendingMethodsOf, type TsSendingMethod } from './typescript/client-sends.js'

/** The class of a channel's client. */
export interface Client {
  readonly module: TsModule
  readonly one: TsClass
}

/** The class of a channel's client with what its methods send. */
export interface SendingClient extends Client {
  readonly methods: readonly TsSendingMethod[]
}

/** The client class of a channel with what its methods send, if it is still there. */
export const findClient = perChannel((open): SendingClient | undefined => {
  const { repository, layout, channel } = open
  if (channel.client === undefined) return undefined
  const module = repository.typescript(channel.client.file)
  const one = lookUp(classesOf(module), channel.client.name)
  return one === undefined
    ? undefined
    : { module, one, methods: sendingMethodsOf(scopeOf(repository, layout), module, one) }
})

/** The sends of a client whose type cannot be read: calls of what its methods send by. */
export function unreadSends(
  open: OpenChannel,
  client: SendingClient,
): { readonly text: string; readonly method: TsMethod }[] {
  const by = findSender(open)?.name
  return client.methods.flatMap((method) =>
    method.unreadSends.filter((one) => one.by === by).map(({ text }) => ({ text, method })),
  )
}

/** A class and those it extends, as far as the repository holds them, nearest first. */
export function withBases(open: OpenChannel, client: Client): Client[] {
  const found: Client[] = [client]
  for (;;) {
    const last = found[found.length - 1]
    const base = last?.one.base
    const next = last === undefined || base === undefined ? undefined : findClass(open, last.module, base)
    if (next === undefined || found.some((one) => one.one === next.one)) return found
    found.push(next)
  }
}

function findClass({ repository, layout }: OpenChannel, module: TsModule, name: string): Client | undefined {
  const local = lookUp(classesOf(module), name)
  if (local !== undefined) return { module, one: local }
  const imported = findImported(module, name)
  if (imported === undefined) return undefined
  const exported: TsExport | undefined = findExport(
    (path) => repository.findTypescript(path),
    module.source.path,
    imported,
    layout.frontend.aliases,
  )
  const one =
    exported === undefined ? undefined : classesOf(exported.module).find((it) => it.name === exported.name)
  return exported === undefined || one === undefined ? undefined : { module: exported.module, one }
}

/** How a method of the client sends a message. */
export interface Sender {
  /** The method of `this`. */
  readonly name: string
  /** Whether the payload can be left out. */
  readonly isPayloadOptional: boolean
  /** Whether only an object literal fits the payload's type, as with `Record<string, unknown>`. */
  readonly wantsLiteral: boolean
}

/** What the client's methods send by: what they use most, else the method that takes a type of the channel's union. */
export const findSender = perChannel((context): Sender | undefined => {
  const client = findClient(context)
  if (client === undefined) return undefined
  const methods = withBases(context, client).flatMap((one) => one.one.methods)
  const used = majority(client.methods.flatMap((one) => one.sends.map((send) => send.by)))
  const typed = methods.find((one) => one.parameters[0]?.type === context.channel.union?.name)
  const method = methods.find((one) => one.name === used) ?? typed
  const type = method?.parameters[0]?.type
  const takesType = type === context.channel.union?.name || type === 'string'
  return method === undefined || !takesType ? undefined : describe(method)
})

function describe(method: TsMethod): Sender {
  const payload = method.parameters[1]
  return {
    name: method.name,
    isPayloadOptional: payload === undefined || payload.isOptional,
    wantsLiteral: !['unknown', 'any', 'object'].includes(payload?.type ?? 'any'),
  }
}
