import { groupBy } from '../group.js'
import type { PythonModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { casesOf, chainsOf } from '../lang/python/branches.js'
import { callArguments, type PyFunction, statementsOf } from '../lang/python/query.js'
import { completes, scopesOf } from '../lang/python/scopes.js'
import { isKind, type Node } from '../lang/tree.js'
import type { Shape } from '../payload/shape.js'
import { boundTo } from '../values/python/bound.js'
import { functionNamed, givenTo } from '../values/python/calls.js'
import { bare, definitionOf, type Frame, frameAt } from '../values/python/frame.js'
import { partsAround } from '../workspace/span.js'
import { comparisonIn, eventsIn, eventsOfCondition, eventsOfPattern, eventsOfRefusal } from './conditions.js'
import { findHandlerChain, isRunByEndpoint, PAYLOAD, payloadNames } from './handler.js'
import { markedEvent } from './marks.js'
import type { OpenChannel } from './open-channel.js'
import { perChannel } from './open-channel.js'
import type { RequestNames } from './request-names.js'
import { type RequestReads, readRequest } from './request-reads.js'

/** One branch of the handler, by the event that it is for. */
export interface HandlerBranch extends RequestReads {
  readonly event: string
  readonly start: number
  readonly end: number
  /** The keys that it reads; undefined where some of what it does with the payload is not read. */
  readonly shape: Shape | undefined
  /** Whether it does nothing but log. */
  readonly isPlaceholder: boolean
  /** The event that people are to answer with in it, where it only logs yet. */
  readonly owes: string | undefined
  /** The chain of `if` that it stands in and that takes each message once; undefined where it is of none. */
  readonly chain: number | undefined
}

/** Every branch of the handler that is for an event of the channel: of an `if`, a `match`, a table of functions. */
export const branchesOf = perChannel((open): readonly HandlerBranch[] => {
  const { repository, channel } = open
  if (channel.handler === undefined) return []
  const module = repository.python(channel.handler.file)
  return [
    ...branchesOfIfs(open, module),
    ...branchesBehindRefusals(open, module),
    ...branchesOfCases(open, module),
    ...branchesOfTables(open, module),
    ...branchesOfDecorators(open, module),
  ]
})

/** The branches that are for an event. */
export function branchesOfEvent(open: OpenChannel, event: string): readonly HandlerBranch[] {
  return branchesByEvent(open).get(event) ?? []
}

const branchesByEvent = perChannel((open) => groupBy(branchesOf(open), (one) => one.event))

/** The branches around an offset of the handler's file. */
export function branchesAround(open: OpenChannel, offset: number): readonly HandlerBranch[] {
  return branchesByOffset(open)(offset)
}

const branchesByOffset = perChannel((open) => partsAround(branchesOf(open)))

function branchesOfIfs(open: OpenChannel, module: PythonModule): HandlerBranch[] {
  const handler = findHandlerChain(open)
  const subject = handler?.subject
  const own = handler?.owner.node
  return chainsOf(module)
    .filter((chain) => chain.owner?.node === own || isRunByEndpoint(module, chain.owner, chain.start))
    .filter((chain) =>
      chain.branches.some((one) => {
        const found = comparisonIn(open, module, one.condition)
        return found !== undefined && (subject === undefined || found.subject === subject)
      }),
    )
    .flatMap((chain) =>
      chain.branches.flatMap((branch) => {
        const isPlain = comparisonIn(open, module, branch.condition) !== undefined
        return eventsOfCondition(open, module, branch.condition).map((event) => ({
          event,
          chain: isPlain ? chain.start : undefined,
          ...readBranch(open, module, branch, branch.condition),
        }))
      }),
    )
}

/** `if msg_type != WSMessageType.APPROVAL: continue`: what stands behind it is the branch. */
function branchesBehindRefusals(open: OpenChannel, module: PythonModule): HandlerBranch[] {
  return module.root.descendants('if_statement').flatMap((node): HandlerBranch[] => {
    const condition = node.child('condition')
    const events = condition === undefined ? [] : eventsOfRefusal(open, module, condition)
    const refused = statementsOf(node.child('consequence'))
    if (events.length === 0 || refused.every((one) => completes(module, one))) return []
    const block = statementsOf(node.parent)
    const body = block.slice(block.indexOf(node) + 1)
    const branch = { body, start: node.start, end: body.at(-1)?.end ?? node.end }
    return events.map((event) => ({ event, chain: undefined, ...readBranch(open, module, branch) }))
  })
}

function branchesOfCases(open: OpenChannel, module: PythonModule): HandlerBranch[] {
  return casesOf(module).flatMap(({ pattern, clause }) => {
    const body = statementsOf(clause.child('consequence'))
    const branch = { body, start: clause.start, end: clause.end }
    return eventsOfPattern(open, module, pattern).map((event) => ({
      event,
      chain: undefined,
      ...readBranch(open, module, branch),
    }))
  })
}

/** `HANDLERS[msg_type](client_id, payload)`: each entry of the table is the branch of its event. */
function branchesOfTables(open: OpenChannel, module: PythonModule): HandlerBranch[] {
  const names = namesIn(module)
  return module.root.descendants('subscript', 'call').flatMap((look) => {
    const frame = frameAt(open, module, look)
    const table = tableOf(frame, look)
    if (table === undefined) return []
    const calls = callsOf(look)
    return table.node.descendants('pair').flatMap((pair): HandlerBranch[] => {
      const [key, value] = [pair.child('key'), pair.child('value')]
      const events = key === undefined ? [] : eventsIn(open, table.frame, key)
      const runs = value === undefined ? undefined : functionNamed(table.frame, value.text)
      if (runs === undefined) return []
      const one = runs.function
      const inner: Frame = { ...frameAt(open, runs.module, one.body[0] ?? one.node), depth: 1 }
      const given = calls.flatMap((call) => [...givenTo(one, frame, call)])
      const isOne = (set: ReadonlySet<string>, node: Node): boolean => set.has(bare(node).text)
      const payloads = given.filter(
        ([, written]) => isOne(names.payloads, written.node) || isPayloadOf(written.node),
      )
      const messages = given.filter(([, written]) => isOne(names.messages, written.node))
      const reads = readRequest(inner, one.body, {
        payloads: new Set(payloads.map(([name]) => name)),
        messages: new Set(messages.map(([name]) => name)),
      })
      return branchesRunning(one, events, pair, reads)
    })
  })
}

/** `@on(WSMessageType.APPROVAL)`: the function that a decorator takes note of is the branch. */
function branchesOfDecorators(open: OpenChannel, module: PythonModule): HandlerBranch[] {
  return scopesOf(module).flatMap(({ function: one }) => {
    const calls = one.node.children
      .filter((child) => isKind(child, 'decorator'))
      .flatMap((child) => child.children.filter((inner) => isKind(inner, 'call')))
    const frame = frameAt(open, module, one.body[0] ?? one.node)
    const events = calls.flatMap((call) =>
      callArguments(call).flatMap(({ value }) => eventsIn(open, frameAt(open, module, call), value)),
    )
    if (events.length === 0) return []
    const payload = one.parameters.find(({ name }) => /^(?:payload|data|body)$/.test(name))
    const reads = readRequest(frame, one.body, {
      payloads: new Set(payload === undefined ? [] : [payload.name]),
      messages: new Set(),
    })
    return branchesRunning(one, events, one.node, reads)
  })
}

/** The branches of events that a function is run for, at the place that says so. */
function branchesRunning(
  one: PyFunction,
  events: readonly string[],
  { start, end }: Node,
  { reads, unread }: RequestReads,
): HandlerBranch[] {
  const shape = unread.length > 0 ? undefined : reads
  const shared = {
    start,
    end,
    chain: undefined,
    reads,
    unread,
    shape,
    isPlaceholder: isPlaceholder(one.body),
    owes: undefined,
  }
  return events.map((event) => ({ event, ...shared }))
}

/** Whether a look-up is in a table of which every entry is for events that are read, and a function that is. */
export function isReadTable(open: OpenChannel, module: PythonModule, look: Node): boolean {
  const table = tableOf(frameAt(open, module, look), look)
  if (table === undefined) return false
  const entries = table.node.children.filter((one) => one.isNamed && one.kind !== 'comment')
  return entries.every((one) => {
    const [key, value] = isKind(one, 'pair') ? [one.child('key'), one.child('value')] : []
    if (key === undefined || value === undefined) return false
    return eventsIn(open, table.frame, key).length > 0 && functionNamed(table.frame, value.text) !== undefined
  })
}

/** `data.get("payload", {})`, `data["payload"]` */
function isPayloadOf(node: Node): boolean {
  return PAYLOAD.test(`payload = ${bare(node).text}`)
}

/** The table that an expression looks something up in, where that is a dict which is written out. */
function tableOf(frame: Frame, look: Node): { node: Node; frame: Frame } | undefined {
  const callee = look.child('function')
  const isGet = isKind(callee, 'attribute') && callee.textOf('attribute') === 'get'
  const owner = isKind(look, 'subscript') ? look.child('value') : isGet ? callee.child('object') : undefined
  const key = isKind(look, 'subscript') ? look.child('subscript') : callArguments(look)[0]?.value
  if (!isKind(owner, 'identifier') || !/type/i.test(key?.text ?? '') || /^["']/.test(key?.text ?? '"'))
    return undefined
  const bound = boundTo(frame, owner)
  const definition = bound === undefined ? definitionOf(frame, owner.text) : undefined
  const value = bound === undefined ? definition?.value : bound.values[0]?.node
  if (!isKind(value, 'dictionary')) return undefined
  return {
    node: value,
    frame: definition === undefined ? frame : { ...frame, module: definition.module, scope: undefined },
  }
}

/** The calls of what was looked up: at once, or by the name that it is given. */
function callsOf(look: Node): Node[] {
  const { parent } = look
  if (isKind(parent, 'call') && look.field === 'function') return [parent]
  const name = parent?.child('left')?.text ?? parent?.child('name')?.text
  const around = look.closest('function_definition')
  return (around?.descendants('call') ?? []).filter((one) => one.textOf('function') === name)
}

function readBranch(
  open: OpenChannel,
  module: PythonModule,
  { body, start, end }: { readonly body: readonly Node[]; readonly start: number; readonly end: number },
  condition?: Node,
): Omit<HandlerBranch, 'event' | 'chain'> {
  const frame = frameAt(open, module, body[0] ?? module.root)
  const statements = condition === undefined ? body : [condition, ...body]
  const { reads, unread } = readRequest(frame, statements, namesIn(module))
  const found = [...new Map([...reads].reverse().map((one) => [one.key, one])).values()].reverse()
  return {
    start,
    end,
    reads,
    unread,
    shape: unread.length > 0 ? undefined : found,
    isPlaceholder: isPlaceholder(body),
    owes: isPlaceholder(body) ? markedEvent(module.source.text.slice(start, end)) : undefined,
  }
}

/** What a module calls payloads and messages. */
const namesIn = perModule((module: PythonModule): RequestNames => {
  const statements = module.root.descendants('assignment', 'named_expression')
  const messages = statements.flatMap((one) => {
    const right = (one.child('right') ?? one.child('value'))?.text ?? ''
    const name = one.textOf('left') || one.textOf('name')
    return /\.receive_json\(|(?:^|\W)(?:or)?json\.loads\(/.test(right) && /^\w+$/.test(name) ? [name] : []
  })
  return { payloads: payloadNames(module), messages: new Set(messages) }
})

/** Whether a branch looks at the payload and logs it, and that is all. */
function isPlaceholder(body: readonly Node[]): boolean {
  const statements = body.filter((one) => one.isNamed && one.kind !== 'comment')
  return (
    statements.length > 0 &&
    statements.every((one) => {
      const text = one.text
      return (
        /\.debug\(/.test(text.split('\n')[0] ?? '') ||
        text === 'pass' ||
        PAYLOAD.test(text) ||
        /^if not isinstance\(\w+, dict\):\s+\w+ = \{\}$/.test(text)
      )
    })
  )
}
