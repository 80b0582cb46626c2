import { findLocal } from '../lang/python/locals.js'
import { callArguments, type PyFunction } from '../lang/python/query.js'
import { isKind, type Node } from '../lang/tree.js'
import type { Channel } from '../layout/layout.js'
import { calleeOf } from '../layout/manager-part.js'
import { boundTo } from '../values/python/bound.js'
import { calledBy } from '../values/python/calls.js'
import { bare, type Frame, type Written } from '../values/python/frame.js'

/** Whether a message is given to a coroutine that is made and never run, wherever a local takes it. */
export function isLost({ manager }: Channel, { node, frame }: Written): boolean {
  const senders = manager?.methods.map((method) => calleeOf(manager, method)) ?? []
  const places = readsOf(frame, node) ?? [node]
  return places.length > 0 && places.every((one) => isGivenInVain(frame, one, senders))
}

/** Where the local is read that a message is assigned to; undefined where it is given on at once. */
function readsOf({ module, scope }: Frame, node: Node): readonly Node[] | undefined {
  const name = isKind(node.parent, 'assignment') ? node.parent.child('left') : undefined
  return isKind(name, 'identifier') && scope !== undefined
    ? findLocal(module, scope.function, name.text)?.reads
    : undefined
}

/** Whether a value is an argument of a call that is a statement of its own and makes a coroutine. */
function isGivenInVain(frame: Frame, node: Node, senders: readonly string[]): boolean {
  const [call] = node.closest('expression_statement')?.children ?? []
  const callee = isKind(call, 'call') ? call.child('function') : undefined
  if (call === undefined || callee === undefined || call === node || callee.holds(node)) return false
  return isSender(frame, callee, senders) || makesCoroutine(calledBy(frame, call)?.function)
}

/** Whether a call of a function makes a coroutine and no more; what a decorator makes of one is its own affair. */
function makesCoroutine(one: PyFunction | undefined): boolean {
  return one?.isAsync === true && one.decorators.every((text) => /^(?:static|class)method$/.test(text))
}

/** `manager.send`, a local that is one, and a `partial` of one. */
function isSender(frame: Frame, callee: Node, senders: readonly string[]): boolean {
  if (senders.includes(callee.text)) return true
  const [value, ...others] = isKind(callee, 'identifier') ? (boundTo(frame, callee)?.values ?? []) : []
  if (value === undefined || others.length > 0) return false
  const made = bare(value.node)
  const isPartial = isKind(made, 'call') && /^(?:functools\.)?partial$/.test(made.textOf('function'))
  const held = isPartial ? callArguments(made)[0]?.value : made
  return held !== undefined && senders.includes(held.text)
}
