import { classesOf, instancesOf, type TsClass, type TsMethod } from '../../lang/typescript/classes.js'
import { findExport, type TsExport } from '../../lang/typescript/exports.js'
import type { TsModule } from '../../lang/typescript/parser.js'
import { findImported } from '../../lang/typescript/query.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { majority } from '../../layout/style.js'
import type { SurveyContext } from '../site.js'

/** The class of a channel's client. */
export interface Client {
  readonly module: TsModule
  readonly one: TsClass
}

/** The client class of a channel, if it is still there. */
export function findClient({ repository, channel }: SurveyContext): Client | undefined {
  if (channel.client === undefined) return undefined
  const module = repository.typescript(channel.client.file)
  const one = classesOf(module).find((candidate) => candidate.name === channel.client?.name)
  return one === undefined ? undefined : { module, one }
}

/** A class and those it extends, as far as the repository holds them, nearest first. */
export function withBases(
  { repository, layout }: Pick<SurveyContext, 'repository' | 'layout'>,
  client: Client,
): Client[] {
  const found: Client[] = [client]
  for (;;) {
    const last = found[found.length - 1]
    const base = last?.one.base
    const next =
      last === undefined || base === undefined ? undefined : findClass(repository, layout, last.module, base)
    if (next === undefined || found.some((one) => one.one === next.one)) return found
    found.push(next)
  }
}

function findClass(
  repository: Repository,
  layout: Layout,
  module: TsModule,
  name: string,
): Client | undefined {
  const local = classesOf(module).find((one) => one.name === name)
  if (local !== undefined) return { module, one: local }
  const imported = findImported(module, name)
  if (imported === undefined) return undefined
  const exported: TsExport | undefined = findExport(
    (path) => (repository.workspace.find(path) === undefined ? undefined : repository.typescript(path)),
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
export function findSender(context: SurveyContext, client: Client): Sender | undefined {
  const methods = withBases(context, client).flatMap((one) => one.one.methods)
  const used = majority(client.one.methods.flatMap((one) => one.sends.map((send) => send.by)))
  const typed = methods.find((one) => one.parameters[0]?.type === context.channel.union?.name)
  const method = methods.find((one) => one.name === used) ?? typed
  if (method === undefined) return undefined
  return describe(method)
}

function describe(method: TsMethod): Sender {
  const payload = method.parameters[1]
  return {
    name: method.name,
    isPayloadOptional: payload === undefined || payload.isOptional,
    wantsLiteral: /^Record</.test(payload?.type ?? ''),
  }
}

/** The exported instance of the client that others call. */
export function findInstance(client: Client): string | undefined {
  return instancesOf(client.module).find((one) => one.className === client.one.name)?.name
}
