import type { PythonModule } from '../../lang/module.js'
import { callArguments } from '../../lang/python/query.js'
import { type PyScope, scopeAt, scopesOf } from '../../lang/python/scopes.js'
import type { Node } from '../../lang/tree.js'
import type { Channel } from '../../layout/layout.js'
import { majority } from '../../layout/style.js'
import type { SendContext } from './context.js'

/** A use of the channel's envelope: `WSMessage.`. */
export function mentionOf({ envelope }: Channel): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_])${envelope.name}\\.`)
}

/** The functions of a module that send messages of the channel. */
export function neighboursOf({ channel }: SendContext, module: PythonModule): PyScope[] {
  const names = sendingNames(channel)
  const mention = mentionOf(channel)
  return scopesOf(module).filter(
    (scope) =>
      mention.test(scope.function.node.text) &&
      sendsOf(scope.function.node, names).length > 0 &&
      !scopesOf(module).some(
        (inner) => inner.around[0] === scope.function && mention.test(inner.function.node.text),
      ),
  )
}

function sendingNames({ manager }: Channel): string[] {
  return (manager?.methods ?? []).map((method) => method.name)
}

/** The methods of the manager that are called below a node. */
function sendsOf(node: Node, names: readonly string[]): string[] {
  return node.descendants('call').flatMap((call) => calledName(call, names))
}

function calledName(call: Node, names: readonly string[]): string[] {
  const name = /(?:^|\.)(\w+)$/.exec((call.child('function') ?? call).text)?.[1] ?? ''
  return names.includes(name) && callArguments(call).length > 0 ? [name] : []
}

/** The methods of the manager that are called in the function around an offset. */
export function sendsAround(channel: Channel, module: PythonModule, offset: number): string[] {
  const scope = scopeAt(module, offset)
  return sendsOf(scope?.function.node ?? module.root, sendingNames(channel))
}

/** The method of the manager that a message at an offset is given to; else the first one in the function around it. */
export function sendAt(channel: Channel, module: PythonModule, offset: number): string | undefined {
  const names = sendingNames(channel)
  const around = module.root.pathTo(offset).filter((node) => node.kind === 'call')
  const given = around.flatMap((call) => calledName(call, names))
  return given.at(-1) ?? sendsAround(channel, module, offset)[0]
}

/** How often a file sends by each method of the manager. */
export function countSends(target: SendContext, file: string): ReadonlyMap<string, number> {
  const module = target.repository.python(file)
  const counts = new Map<string, number>()
  for (const { function: one } of neighboursOf(target, module))
    for (const name of sendsOf(one.node, sendingNames(target.channel)))
      counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

/** Whether sends of a module are guarded: as its neighbours are; without any, wherever no request waits for it. */
export function isGuarded(target: SendContext, module: PythonModule): boolean {
  const { handler, manager } = target.channel
  if ([handler?.file, manager?.file].includes(module.source.path)) return false
  const neighbours = neighboursOf(target, module)
  if (neighbours.length > 0) {
    const guarded = neighbours.filter((one) => one.function.node.descendants('except_clause').length > 0)
    return guarded.length * 2 > neighbours.length
  }
  const isApi = scopesOf(module).some((one) =>
    one.function.decorators.some((text) => /\.(get|post|put|patch|delete|websocket)\s*\(/.test(text)),
  )
  return !isApi
}

const SENDER_NAME = /^(_?(?:broadcast|send|notify|emit|publish)_)\w+$/

/** The name of a new function, as those of its neighbours begin: `_broadcast_seat_taken`. */
export function nameLike(target: SendContext, module: PythonModule): string {
  const event = target.spec.names.snake
  const beginnings = neighboursOf(target, module).flatMap(
    (one) => SENDER_NAME.exec(one.function.name)?.[1] ?? [],
  )
  return (majority(beginnings) ?? 'send_') + event
}
