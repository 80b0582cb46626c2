import { python } from '../../lang/python/language.js'
import { findLocal } from '../../lang/python/locals.js'
import type { PyFunction } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import { calledBy, parameterFor } from './calls.js'
import { deeper, type Frame } from './frame.js'

/** Who calls the function of a frame; undefined where that cannot be told. */
export type Callers = (frame: Frame) => readonly { readonly call: Node; readonly at: Frame }[] | undefined

/**
 * Whether the value of an expression may come to anything: it is given to a call that is not followed, kept in an object,
 * or returned to who uses it. A value that ends in a name which nobody reads does not.
 */
export function isUsed(frame: Frame, node: Node, callers: Callers): boolean {
  const next = deeper(frame)
  const { parent } = node
  if (next === undefined || parent === undefined) return true
  switch (parent.kind) {
    case 'parenthesized_expression':
    case 'await':
    case 'conditional_expression':
    case 'boolean_operator':
    case 'list':
    case 'tuple':
    case 'expression_list':
    case 'list_splat':
    case 'comparison_operator':
    case 'binary_operator':
    case 'interpolation':
    case 'string':
      return isUsed(next, parent, callers)
    case 'expression_statement':
      return false
    case 'named_expression':
      return isUsed(next, parent, callers) || isNameUsed(next, parent.child('name'), callers)
    case 'assignment':
      return node.field !== 'right' || isTargetUsed(next, parent, callers)
    case 'for_statement':
      return node.field !== 'right' || isNameUsed(next, parent.child('left'), callers)
    case 'return_statement':
      return isResultUsed(next, callers)
    case 'yield':
      return isResultUsed(next, callers)
    case 'attribute':
      return isAttributeUsed(next, node, parent, callers)
    case 'argument_list':
      return isArgumentUsed(next, node, parent, callers)
    case 'keyword_argument':
      return parent.parent === undefined || isArgumentUsed(next, parent, parent.parent, callers)
    default:
      return true
  }
}

function isTargetUsed(frame: Frame, assignment: Node, callers: Callers): boolean {
  const left = assignment.child('left')
  return isKind(left, 'identifier') ? isNameUsed(frame, left, callers) : true
}

/** Whether any read of a local may come to anything. */
function isNameUsed(frame: Frame, target: Node | undefined, callers: Callers): boolean {
  if (!isKind(target, 'identifier')) return true
  if (frame.scope === undefined) return isConstantUsed(frame, target)
  const local = findLocal(frame.module, frame.scope.function, target.text)
  return local === undefined || local.reads.some((read) => isUsed(frame, read, callers))
}

/** Whether anything reads a name of the module, there or elsewhere. */
function isConstantUsed({ repository, folder, module }: Frame, target: Node): boolean {
  const reads = module.root
    .descendants('identifier')
    .filter((one) => one.text === target.text && one !== target)
  const files = repository.saying(folder, python.extensions, [target.text])
  return reads.length > 0 || files.some((file) => file !== module.source.path)
}

/** What puts something into a list or a queue, and what takes it out again. */
const GROWS = /^(?:append|appendleft|extend|insert|add|put|put_nowait)$/
/** What gives a model back in another form, and does nothing else. */
const COPIES = /^(?:model_dump|model_dump_json|model_copy|dict|json|copy)$/
const TAKES = /^(?:get|get_nowait|pop|popleft)$/

/** `seats.append(message)` puts it into `seats`; `message.payload["row"] = 1` reads nothing, nor does a look at a part. */
function isAttributeUsed(frame: Frame, node: Node, attribute: Node, callers: Callers): boolean {
  const call = attribute.parent
  const isSet = isKind(call, 'subscript') && call.field === 'left'
  const isAssigned = attribute.field === 'left'
  if (isSet || isAssigned || node.field !== 'object') return false
  if (!isKind(call, 'call')) return isUsed(frame, attribute, callers)
  const method = attribute.textOf('attribute')
  if (GROWS.test(method)) return false
  return !(TAKES.test(method) || COPIES.test(method)) || isUsed(frame, call, callers)
}

function isArgumentUsed(frame: Frame, node: Node, list: Node, callers: Callers): boolean {
  const call = list.parent
  if (!isKind(call, 'call')) return true
  const callee = call.child('function')
  // What is appended to a local list goes where the list goes.
  if (isKind(callee, 'attribute') && GROWS.test(callee.textOf('attribute'))) {
    const owner = callee.child('object')
    const around = isKind(owner, 'identifier') ? frame.scope : undefined
    if (around !== undefined && findLocal(frame.module, around.function, owner?.text ?? '') !== undefined)
      return isNameUsed(frame, owner, callers)
  }
  if (/^(?:(?:\w+\.)*log(?:ger)?\.\w+|print|repr|len|isinstance)$/.test(callee?.text ?? '')) return false
  const run = calledBy(frame, call)
  if (run === undefined) return true
  const parameter = parameterFor(run, node)
  if (parameter === undefined || isOverridden(run.function)) return true
  return readsOf(run.function, parameter).some((read) => isUsed(run.frame, read, callers))
}

/** A function without a body of its own is one that somebody else writes. */
function isOverridden(one: PyFunction): boolean {
  return one.body.every((statement) => /^(?:pass|\.\.\.|raise\b.*|(["']).*)$/s.test(statement.text))
}

/** Where a parameter is read in a function's body. */
function readsOf(one: PyFunction, name: string): Node[] {
  return one.body.flatMap((statement) =>
    statement
      .descendants('identifier')
      .filter((node) => node.text === name && node.field !== 'attribute' && !isLabel(node)),
  )
}

function isLabel(node: Node): boolean {
  return isKind(node.parent, 'keyword_argument') && node.field === 'name'
}

/** Whether what a function returns may come to anything where it is called. */
function isResultUsed(frame: Frame, callers: Callers): boolean {
  const found = callers(frame)
  // A function that nothing calls is told as that.
  if (found === undefined || found.length === 0) return true
  return found.some(({ call, at }) => isUsed({ ...at, depth: frame.depth }, call, callers))
}
