import type { Place } from '../errors.js'
import type { TsModule } from '../lang/module.js'
import { isKind, type Node } from '../lang/tree.js'
import { spanOf } from '../lang/typescript/grammar.js'
import { rankDispatch, takenBy } from '../layout/hook-part.js'
import { scopeOf } from '../layout/repository.js'
import { frameOf, running, type Written } from '../values/typescript/frame.js'
import { placeOf } from '../workspace/place.js'
import type { Span } from '../workspace/span.js'
import { findClient } from './client.js'
import { usesOfMethod } from './client-calls.js'
import { membersIn } from './enum.js'
import { type OpenChannel, perChannel } from './open-channel.js'
import { registeredOf } from './registered.js'
import { type Branch, type Taking, takingOf, type UnreadTaking } from './typescript/branches.js'
import { dispatchesOf, type TsDispatch } from './typescript/dispatches.js'
import { payloadUseOf, type TsPayloadUse } from './typescript/payload-uses.js'

/** A branch of the client that takes messages, with what it does with their payload. */
export interface ReceivingBranch extends Branch {
  /** The types that it takes, as far as they can be told. */
  readonly values: readonly string[]
  readonly file: string
  readonly use: TsPayloadUse
}

/** A place where the client may take messages in a way that cannot be followed. */
export interface UnreadReceiving {
  readonly kind: 'case' | 'handler'
  /** What stands there, and why it cannot be followed. */
  readonly text: string
  readonly reason: string
  readonly place: Place
  readonly module: TsModule
  /** What may be an event's, and the expression that says which. */
  readonly span: Span
  readonly expression: string
}

/** How the client takes the messages of a channel. */
export interface Receiving {
  /** Where the hook takes them apart. */
  readonly main: (TsDispatch & { readonly module: TsModule }) | undefined
  readonly branches: readonly ReceivingBranch[]
  readonly unread: readonly UnreadReceiving[]
}

/** Everything of the frontend that takes messages of a channel: the hook, and other handlers that the client is given. */
export const findReceiving = perChannel((open): Receiving => {
  const main = mainOf(open)
  const own =
    main === undefined
      ? []
      : [takingOf(main.message, { node: main.around, frame: frameAt(open, main.module) })]
  const others = registeredOf(open).map((one) => takingOfHandler(one, main))
  const takings = [...own, ...others, ...subscriptionsOf(open)]
  // A function that two of them lead to is one.
  const branches = uniqueBranches(takings.flatMap((one) => one.branches))
  return {
    main,
    branches: branches.map(receivingBranch),
    unread: [...branches.flatMap(unreadLabels), ...takings.flatMap((one) => one.unread).map(unreadReceiving)],
  }
})

/**
 * What is given to a method of the client that takes messages of one type alone, each call by itself:
 * `wsClient.on('seat_taken', show)`, where `on` compares `msg.type` with its parameter.
 */
function subscriptionsOf(open: OpenChannel): Taking[] {
  const client = findClient(open)
  if (client === undefined) return []
  const frame = frameAt(open, client.module)
  return dispatchesOf(client.module).flatMap(({ message, around }) => {
    const method = client.one.methods.find(({ node }) => node !== around && node.holds(around))
    const unbound = takingOf(message, { node: around, frame }).branches
    if (method === undefined || !unbound.some(({ labels }) => labels.some((one) => one.values === undefined)))
      return []
    return usesOfMethod(open, method.name).flatMap(({ call, file }): Taking[] => {
      if (call === undefined) return []
      const at = frameAt(open, open.repository.typescript(file))
      const given = call.list('arguments').map((node) => ({ node, frame: at }))
      const types = call.list('typeArguments').map((node) => ({ node, frame: at }))
      const run = running({ node: method.node, frame }, given, types)
      const { branches } = takingOf(message, { node: around, frame: run.frame })
      return [{ branches: branches.map((one) => ({ ...one, at, ...spanOf(call) })), unread: [] }]
    })
  })
}

/** The branches that take an event, those that are there to do something in front. */
export function branchesTaking(open: OpenChannel, event: string): readonly ReceivingBranch[] {
  return branchesByEvent(open).get(event) ?? []
}

const branchesByEvent = perChannel((open): ReadonlyMap<string, readonly ReceivingBranch[]> => {
  const found = new Map<string, ReceivingBranch[]>()
  for (const branch of findReceiving(open).branches)
    for (const event of new Set(branch.values)) {
      const own = found.get(event)
      if (own === undefined) found.set(event, [branch])
      else own.push(branch)
    }
  return found
})

/** Where the hook or the client takes an event and lets nothing behind see it, though it does nothing with it. */
export function takenAway(open: OpenChannel, event: string): Place | undefined {
  const own = branchesTaking(open, event).filter((one) => !isCase(one))
  const found = [...own, ...takenByClient(open)].find((one) => one.isLast && one.values.includes(event))
  return found === undefined ? undefined : placeOf(found.at.module.source, found.start)
}

/** What the client itself takes in front of its handlers. */
const takenByClient = perChannel((open): readonly ReceivingBranch[] => {
  const { repository, channel } = open
  if (channel.client === undefined) return []
  const module = repository.typescript(channel.client.file)
  const frame = frameAt(open, module)
  return dispatchesOf(module)
    .flatMap(({ message, around }) => takingOf(message, { node: around, frame }).branches)
    .map(receivingBranch)
})

/** Whether a branch is more than a look at a message that goes on. */
export function isCase({ kind, use }: ReceivingBranch): boolean {
  return kind === 'case' || use.doesSomething
}

/** What takes the messages of the hook's file apart: in a `use…` function, calling stores, knowing most of the channel. */
function mainOf(open: OpenChannel): Receiving['main'] {
  const { repository, channel } = open
  if (channel.hook === undefined) return undefined
  const module = repository.typescript(channel.hook.file)
  const events = membersIn(open).map(({ value }) => value)
  const frame = frameAt(open, module)
  const rank = (one: TsDispatch): number => rankDispatch(one.owner, takenBy(one, frame), events)
  const best = dispatchesOf(module)
    .map((one) => ({ one, rank: rank(one) }))
    .toSorted((a, b) => b.rank - a.rank)[0]
  return best === undefined ? undefined : { ...best.one, module }
}

const NOTHING: Taking = { branches: [], unread: [] }

function takingOfHandler(
  { node, frame, handler }: { readonly handler: Written | undefined } & Written,
  main: Receiving['main'],
): Taking {
  if (handler === undefined) {
    const reason = 'nothing is known of what it does'
    return { branches: [], unread: [{ kind: 'handler', reason, node, frame }] }
  }
  const [first] = handler.node.list('parameters')
  const body = handler.node.child('body')
  if (first === undefined || body === undefined || first === main?.message.declaration) return NOTHING
  const named = first.child('name')
  const text = isKind(named, 'Identifier') ? named.text : ''
  return takingOf({ declaration: first, text }, { node: body, frame: handler.frame })
}

function uniqueBranches(branches: readonly Branch[]): readonly Branch[] {
  const placed = branches.map((one) => [`${one.at.module.source.path}:${one.start}`, one] as const)
  return [...new Map(placed.toReversed()).values()].toReversed()
}

/** The labels of a branch that may be anything. */
function unreadLabels({ kind, labels, start, end }: Branch): UnreadReceiving[] {
  return labels
    .filter((one) => one.values === undefined)
    .map(({ node, frame }) => {
      const said = kind === 'case' ? `case ${node.text}` : firstLine(node)
      const unread = unreadReceiving({ kind: 'case', reason: 'a type that cannot be told', node, frame })
      return { ...unread, text: `\`${said}\``, span: { start, end } }
    })
}

function unreadReceiving({ kind, reason, node, frame }: UnreadTaking): UnreadReceiving {
  const { module } = frame
  const place = placeOf(module.source, node.start)
  const span = { start: node.start, end: node.end }
  return { kind, text: `\`${firstLine(node)}\``, reason, place, module, span, expression: node.text }
}

function firstLine(node: Node): string {
  return node.text.split('\n')[0] ?? ''
}

function receivingBranch(branch: Branch): ReceivingBranch {
  return {
    ...branch,
    values: branch.labels.flatMap((one) => one.values ?? []),
    file: branch.at.module.source.path,
    use: payloadUseOf(branch),
  }
}

function frameAt({ repository, layout }: OpenChannel, module: TsModule) {
  return frameOf(scopeOf(repository, layout), module)
}
