import { posix } from 'node:path'
import { instancesOf } from '../lang/typescript/classes.js'
import { typescript } from '../lang/typescript/language.js'
import { escapeRegExp } from '../layout/candidates.js'
import { scopeOf } from '../layout/repository.js'
import { frameOf, type Written } from '../values/typescript/frame.js'
import { findClient, findSender } from './client.js'
import { type OpenChannel, perChannel } from './open-channel.js'
import { sendsOfCall, sendsWith, type TsSend, type TsSendingMethod } from './typescript/client-sends.js'
import { type TsMethodUse, usesOf } from './typescript/method-uses.js'

/** A place that calls a method of the client, or hands it on. */
export interface ClientUse extends TsMethodUse {
  readonly file: string
}

/** Where the frontend uses a method of the client: the client's own file, the hook's, and those that have to do with the client. */
export function usesOfMethod(open: OpenChannel, method: string): ClientUse[] {
  const { repository } = open
  return repository
    .thatSay(filesOfClient(open), [method])
    .flatMap((file) => usesOf(repository.typescript(file), method).map((one) => ({ ...one, file })))
}

const filesOfClient = perChannel(({ repository, layout, channel }): readonly string[] => {
  const client = channel.client
  if (client === undefined) return []
  const instances = instancesOf(repository.typescript(client.file)).map((one) => one.name)
  const names = [client.name, ...instances].map(escapeRegExp).join('|')
  const stem = escapeRegExp(posix.basename(client.file).replace(/\.tsx?$/, ''))
  const mention = new RegExp(`\\b(?:${names})\\b|/${stem}['"]`)
  return repository
    .search(`${layout.frontend.folder}/src`, typescript.extensions, () => true)
    .filter((file) => file === channel.hook?.file || mention.test(repository.workspace.read(file).text))
})

/** What is sent past the client's methods, by whoever calls what they send by: `wsClient.send('name', payload)`. */
export const directSends = perChannel((open): readonly TsSend[] => {
  const sender = findSender(open)
  if (sender === undefined) return []
  return usesOfMethod(open, sender.name)
    .filter((one) => one.on !== 'this')
    .flatMap((use) => sendsOfCall(callOf(open, use), sender.name))
})

/** A call of a method of the client, with what the method sends by it. */
export interface ClientCall {
  readonly use: ClientUse
  readonly sends: readonly TsSend[]
}

/** What a method of the client sends by each of its calls; undefined where it is handed on, so that nobody knows them all. */
export function callsOfMethod(open: OpenChannel, method: TsSendingMethod): ClientCall[] | undefined {
  const client = findClient(open)
  const uses = usesOfMethod(open, method.name)
  if (client === undefined || uses.length === 0 || uses.some((one) => one.call === undefined))
    return undefined
  const scope = scopeOf(open.repository, open.layout)
  return uses.map((use) => {
    const { node, frame } = callOf(open, use)
    const given = node.list('arguments').map((one) => ({ node: one, frame }))
    return { use, sends: sendsWith(scope, client.module, client.one, method, given) }
  })
}

function callOf({ repository, layout }: OpenChannel, { call, node, file }: ClientUse): Written {
  return { node: call ?? node, frame: frameOf(scopeOf(repository, layout), repository.typescript(file)) }
}
