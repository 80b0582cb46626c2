import { groupBy } from '../group.js'
import type { PythonModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { chainsOf, localsOf, type PyChain } from '../lang/python/branches.js'
import { callArguments, type PyFunction } from '../lang/python/query.js'
import type { Node } from '../lang/tree.js'
import type { Manager, ManagerMethod } from '../layout/layout.js'
import { calleeOf } from '../layout/manager-part.js'
import { majority } from '../layout/style.js'
import { parameterName } from '../payload/python.js'
import { comparisonIn } from './conditions.js'
import { perChannel } from './open-channel.js'

/** The chain of branches that a channel's handler takes messages apart with. */
export interface Handler {
  readonly module: PythonModule
  readonly chain: PyChain
  readonly owner: PyFunction
  /** What every branch compares: `msg_type`. */
  readonly subject: string
  /** What stands behind the enum's member: nothing, or `.value`. */
  readonly suffix: string
  /** Whether every event has an `if` of its own, each of which leaves in its own way. */
  readonly isScattered: boolean
  /** Where a branch finds the payload; undefined where that cannot be told. */
  readonly payload: PayloadSource | undefined
}

/** How a branch gets at the payload of a message. */
export interface PayloadSource {
  /** The local that holds it: `payload`. */
  readonly expression: string
  /** The statement that a branch begins with where nothing in front of the chain binds the payload. */
  readonly statement: string | undefined
}

/**
 * The handler's chain over members of the channel's enum: one of at least two branches in the endpoint, else in a
 * function that the endpoint calls, else anywhere; of several the longest. Undefined where there is none.
 */
export const findHandlerChain = perChannel((open): Handler | undefined => {
  const { repository, channel } = open
  if (channel.handler === undefined) return undefined
  const module = repository.python(channel.handler.file)
  const candidates = chainsOf(module).flatMap((chain) => {
    const comparisons = chain.branches.flatMap(({ condition }) => comparisonIn(open, module, condition) ?? [])
    const subject = majority(comparisons.map((one) => one.subject))
    if (chain.owner === undefined || subject === undefined) return []
    const isEndpoint = endpointsOf(module).some((one) => holds(one, chain.start))
    const isReached = isEndpoint || reachedFrom(module).has(chain.owner.name)
    const score =
      (isEndpoint && comparisons.length > 1 ? 2000 : isReached ? 1000 : 0) +
      comparisons.length +
      (isEndpoint ? 0.5 : 0)
    const suffix = majority(comparisons.map((one) => one.suffix)) ?? ''
    return [{ chain, owner: chain.owner, subject, suffix, score }]
  })
  const isScattered = (one: (typeof candidates)[number]): boolean =>
    one.chain.branches.length === 1 &&
    candidates.some((other) => other !== one && other.owner === one.owner && other.subject === one.subject)
  const best = candidates.toSorted((a, b) => b.score - a.score)[0]
  if (best === undefined) return undefined
  return {
    module,
    ...best,
    isScattered: isScattered(best),
    payload: findPayload(module, best.chain, best.owner, best.subject),
  }
})

/** The statements of a module that define a function for a socket. */
const endpointsOf = perModule((module: PythonModule): readonly Node[] =>
  module.root
    .descendants('decorated_definition')
    .filter((node) =>
      node.children.some((one) => one.kind === 'decorator' && /\.websocket\s*\(/.test(one.text)),
    ),
)

/** Whether an endpoint runs what stands in a function: it is around it, or calls it by its name. */
export function isRunByEndpoint(
  module: PythonModule,
  owner: PyFunction | undefined,
  offset: number,
): boolean {
  return (
    owner === undefined ||
    endpointsOf(module).some((one) => holds(one, offset)) ||
    reachedFrom(module).has(owner.name)
  )
}

/** The names that the endpoints of a module call, and what the functions of these names call in turn. */
const reachedFrom = perModule((module: PythonModule): ReadonlySet<string> => {
  const reached = new Set<string>()
  const definitions = groupBy(module.root.descendants('function_definition'), (one) => one.name)
  const queue = [...endpointsOf(module)]
  for (const node of queue) {
    for (const call of node.descendants('call')) {
      const name = /(\w+)$/.exec((call.child('function') ?? call).text)?.[1] ?? ''
      if (reached.has(name)) continue
      reached.add(name)
      queue.push(...(definitions.get(name) ?? []))
    }
  }
  return reached
})

function holds(node: Node, offset: number): boolean {
  return node.start <= offset && offset < node.end
}

/**
 * What a function gives for a parameter of the manager's method other than the message: what its own sends give,
 * else a local of that name, else a parameter of the same class; undefined where it has none of them.
 *
 * @param functions the function, then those around it
 */
export function findArgument(
  functions: readonly PyFunction[],
  manager: Manager,
  emit: ManagerMethod,
  parameter: ManagerMethod['parameters'][number],
): string | undefined {
  const [owner] = functions
  if (owner === undefined) return undefined
  const index = emit.parameters.indexOf(parameter)
  const isLocal = (name: string): boolean => functions.some((one) => localsOf(one).has(name))
  const votes = votesIn(owner)
  const key = [calleeOf(manager, emit), parameter.name, index].join('\0')
  if (!votes.has(key)) {
    const given = (callsByCallee(owner).get(calleeOf(manager, emit)) ?? []).flatMap(({ call, isInner }) => {
      const all = callArguments(call)
      const value = all.find((one) => one.name === parameter.name) ?? all[index]
      const text = value === undefined ? '' : value.value.text
      const root = /^(\w+)(?:\.\w+)*$/.exec(text)?.[1]
      return root !== undefined && (!isInner || isLocal(root)) ? [text] : []
    })
    votes.set(key, majority(given))
  }
  const annotation = parameter.annotation ?? ''
  const alike = functions
    .flatMap((one) => one.parameters)
    .find((one) => /^[A-Z]\w*$/.test(annotation) && one.annotation === annotation)
  return votes.get(key) ?? (isLocal(parameter.name) ? parameter.name : alike?.name)
}

/** What most sends of a function give for a parameter, once asked. */
const votesIn = perModule((_: PyFunction) => new Map<string, string | undefined>())

/** The calls in a function by what they call, and whether a function inside of it does. */
const callsByCallee = perModule((owner: PyFunction) => {
  const inner = owner.node.descendants('function_definition').filter((one) => one.end < owner.node.end)
  const isInner = (call: Node): boolean => inner.some((one) => one.start <= call.start && call.end <= one.end)
  const calls = owner.node.descendants('call').map((call) => ({ call, isInner: isInner(call) }))
  return groupBy(calls, ({ call }) => (call.child('function') ?? call).text)
})

/** A statement whose right side is the payload, and not something out of it. */
export const PAYLOAD =
  /^(\w+)(\s*:[^=]+)?\s*=\s*(\w+)(?:\.get\(\s*["']payload["']\s*(?:,\s*(?:\{\}|None|dict\(\))\s*)?\)|\[\s*["']payload["']\s*\]|\.payload)(?:\s+or\s+(?:\{\}|dict\(\)))?$/
const TYPE = /^(\w+)(?:\.get\(\s*["']type["']|\[\s*["']type["']\s*\])/

function findPayload(
  module: PythonModule,
  chain: PyChain,
  owner: PyFunction,
  subject: string,
): PayloadSource | undefined {
  const names = chain.before.flatMap((statement) => PAYLOAD.exec(statement.text)?.[1] ?? [])
  const given = owner.parameters.map((one) => one.name).filter((name) => name === 'payload')
  const bound = [...names, ...given].find((name) => name === 'payload') ?? names.at(-1)
  if (bound !== undefined) return { expression: bound, statement: undefined }
  const message = /^(\w+)\.type(?:\.value)?$/.exec(subject)?.[1]
  if (message !== undefined) {
    const isRead = new RegExp(`(?<![A-Za-z0-9_.])${message}\\.payload\\b`).test(module.source.text)
    if (!isRead) return undefined
    const name = parameterName('payload', [...localsOf(owner)])
    return { expression: name, statement: `${name} = ${message}.payload` }
  }
  // What every branch says alike can be said once more; an annotation cannot.
  const own = chain.branches
    .flatMap((branch) => branch.body.map((statement) => statement.text))
    .filter((text) => PAYLOAD.test(text))
  const usual = own.find((text) => text.startsWith('payload =')) ?? own[0]
  const isAlike =
    usual !== undefined && PAYLOAD.exec(usual)?.[2] === undefined && own.every((text) => text === usual)
  if (isAlike) return { expression: PAYLOAD.exec(usual)?.[1] ?? '', statement: usual }
  const assigned = chain.before
    .toReversed()
    .map((statement) => statement.text)
    .find((text) => text.startsWith(`${subject} = `))
  const data = TYPE.exec(subject)?.[1] ?? TYPE.exec(assigned?.slice(subject.length + 3) ?? '')?.[1]
  if (data === undefined) return undefined
  const name = parameterName('payload', [...localsOf(owner)])
  return { expression: name, statement: `${name} = ${data}.get("payload")` }
}

/** The names that a module binds to the payload of a message. */
export function payloadNames(module: PythonModule): ReadonlySet<string> {
  const statements = module.root.descendants('expression_statement').map((one) => one.text)
  return new Set(statements.flatMap((text) => PAYLOAD.exec(text)?.[1] ?? []))
}
