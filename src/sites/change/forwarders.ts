import { type Caller, callersOf } from '../../channel/made.js'
import { python } from '../../lang/python/language.js'
import { callArguments, type PyFunction } from '../../lang/python/query.js'
import { scopesOf } from '../../lang/python/scopes.js'
import { isKind, type Node } from '../../lang/tree.js'
import { calledBy } from '../../values/python/calls.js'
import { frameAt, type Written } from '../../values/python/frame.js'
import type { FieldChange } from '../site.js'
import { readsOf } from './parameters.js'

/** A function whose parameters go one to one to a call, and nowhere else, with everyone who calls it. */
export interface Forwarder {
  readonly function: PyFunction
  readonly callers: readonly Caller[]
}

/**
 * The function around a call, where it is there to hand its parameters on: each argument is one of them, none is read
 * elsewhere, what is left of them is given to the send around the call, and all who call it are known.
 */
export function forwarderAround(context: FieldChange, { node: call, frame }: Written): Forwarder | undefined {
  const one = frame.scope?.function
  if (one === undefined || one.decorators.length > 0 || one.keywords !== undefined) return undefined
  const given = callArguments(call).map(({ value }) => value)
  const names = one.parameters
    .map((parameter) => parameter.name)
    .filter((name) => !/^(?:self|cls)$/.test(name))
  const isHandedOn = (node: Node): boolean =>
    isKind(node, 'identifier') && names.includes(node.text) && readsOf(one, node.text).length === 1
  if (given.length === 0 || !given.every(isHandedOn)) return undefined
  const statement = call.closest('expression_statement', 'return_statement')
  const others = names.filter((name) => !given.some((node) => node.text === name))
  const isSending = others.every((name) =>
    readsOf(one, name).every((node) => statement?.holds(node) === true),
  )
  if (statement === undefined || !isSending) return undefined
  const callers = callersOf(context, frame)
  return isOnlyCalled(context, one, callers) ? { function: one, callers } : undefined
}

/** Whether all that says a function's name is a definition, an import, or a call of which it is known what it runs. */
function isOnlyCalled(context: FieldChange, one: PyFunction, callers: readonly Caller[]): boolean {
  const { repository, layout } = context
  const files = repository.saying(layout.backend.folder, python.extensions, [one.name], true)
  const modules = files.map((file) => repository.python(file))
  const defined = modules.flatMap((module) =>
    scopesOf(module).filter((scope) => scope.function.name === one.name),
  )
  return modules.every((module) => {
    const said = module.root
      .descendants('identifier', 'string_content')
      .filter((node) => node.text === one.name && !isDeclaring(node))
    return said.every((node) => {
      const call = callOf(node)
      if (call === undefined) return false
      const isResolved = calledBy(frameAt(context, module, call), call) !== undefined
      return isResolved || (defined.length === 1 && callers.some((caller) => caller.call === call))
    })
  })
}

function isDeclaring(node: Node): boolean {
  return (
    (isKind(node.parent, 'function_definition') && node.field === 'name') ||
    node.closest('import_from_statement', 'import_statement') !== undefined
  )
}

/** The call whose callee a name is, by itself or behind an object. */
function callOf(name: Node): Node | undefined {
  const callee = isKind(name.parent, 'attribute') && name.field === 'attribute' ? name.parent : name
  return callee.field === 'function' && isKind(callee.parent, 'call') ? callee.parent : undefined
}
