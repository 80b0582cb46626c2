import { groupBy, lookUp } from '../../group.js'
import type { PythonModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { callArguments, type PyFunction } from '../../lang/python/query.js'
import { scopesOf } from '../../lang/python/scopes.js'
import { isKind, type Node } from '../../lang/tree.js'
import { baseName } from '../../layout/python-names.js'
import { boundTo } from './bound.js'
import { bare, classNamed, deeper, definitionOf, type Frame, scopesByNode, type Written } from './frame.js'

/** A function that a call runs, with the frame of its body. */
export interface Called {
  readonly function: PyFunction
  readonly frame: Frame
}

/** What a call runs: a function of the backend, or a method of a class of it; undefined for anything else. */
export function calledBy(frame: Frame, call: Node): Called | undefined {
  const next = deeper(frame)
  const callee = call.child('function')
  if (next === undefined || callee === undefined) return undefined
  const found = isKind(callee, 'identifier') ? functionNamed(frame, callee.text) : methodOf(frame, callee)
  if (found === undefined) return undefined
  const scope = scopesByNode(found.module).get(found.function.node)
  const given = new Map(givenTo(found.function, frame, call))
  const owner = callee.child('object')
  const self = owner === undefined ? undefined : selfOf(frame, owner)
  if (self !== undefined) given.set('self', self)
  return { function: found.function, frame: { ...next, module: found.module, scope, given } }
}

/** A function by the name that a frame has for it: one around it, one inside of those, or one of the backend. */
export function functionNamed(
  frame: Frame,
  name: string,
): { module: PythonModule; function: PyFunction } | undefined {
  const around = frame.scope === undefined ? [] : [frame.scope.function, ...frame.scope.around]
  const inner = scopesByName(frame.module)
    .get(name)
    ?.find((one) => one.around.some((other) => around.some((own) => own.node === other.node)))
  if (inner !== undefined) return { module: frame.module, function: inner.function }
  const definition = definitionOf(frame, name)
  return definition?.function === undefined
    ? undefined
    : { module: definition.module, function: definition.function }
}

const scopesByName = perModule((module: PythonModule) =>
  groupBy(scopesOf(module), (one) => one.function.name),
)

/** `self.describe`, `cls._make`, `Seats.describe`. */
function methodOf(frame: Frame, callee: Node): { module: PythonModule; function: PyFunction } | undefined {
  const owner = callee.child('object')
  const name = callee.child('attribute')?.text
  if (owner === undefined || name === undefined) return undefined
  if (isKind(owner, 'call')) {
    const made = classOfInstance(frame, owner)
    return made === undefined ? undefined : inheritedMethod(frame, made, name)
  }
  if (!isKind(owner, 'identifier')) return undefined
  const isOwn = owner.text === 'self' || owner.text === 'cls'
  const own =
    isOwn && frame.scope?.owner !== undefined ? { module: frame.module, class: frame.scope.owner } : undefined
  const found = own ?? classNamed(frame, owner.text) ?? classOfInstance(frame, owner)
  return found === undefined ? undefined : inheritedMethod(frame, found, name)
}

/** A method of a class, or of one that it is based on. */
function inheritedMethod(
  frame: Frame,
  found: NonNullable<ReturnType<typeof classNamed>>,
  name: string,
): { module: PythonModule; function: PyFunction } | undefined {
  const { module } = found
  const method = lookUp(found.class.methods, name)
  const next = deeper(frame)
  if (method !== undefined) return { module, function: method }
  if (next === undefined) return undefined
  const own: Frame = { ...next, module, scope: undefined }
  for (const base of found.class.bases) {
    const parent = classNamed(own, baseName(base))
    const inherited = parent === undefined ? undefined : inheritedMethod(own, parent, name)
    if (inherited !== undefined) return inherited
  }
  return undefined
}

/** What `self` is in a method that is called on a name. */
function selfOf(frame: Frame, owner: Node): Written | undefined {
  return owner.text === 'self' ? frame.given.get('self') : madeInstance({ node: owner, frame })
}

/** The class of what a name holds: by the call that made it, or by what a function says that it gives. */
function classOfInstance(frame: Frame, name: Node): ReturnType<typeof classNamed> {
  const made = madeInstance({ node: name, frame }) ?? madeConstant(frame, name)
  const callee = made?.node.child('function')
  if (made === undefined || !isKind(callee, 'identifier')) return undefined
  const run = functionNamed(made.frame, callee.text)
  if (run === undefined) return classNamed(made.frame, callee.text)
  const type = run.function.returns?.replace(/^["']|["']$/g, '')
  const there: Frame = { ...made.frame, module: run.module, scope: undefined, depth: frame.depth + 1 }
  return type === undefined ? undefined : classNamed(there, type)
}

/** The call that a constant of a module holds: `manager = ConnectionManager()`. */
function madeConstant(frame: Frame, name: Node): Written | undefined {
  const definition =
    isKind(name, 'identifier') && boundTo(frame, name) === undefined
      ? definitionOf(frame, name.text)
      : undefined
  return isKind(definition?.value, 'call')
    ? { node: definition.value, frame: { ...frame, module: definition.module, scope: undefined } }
    : undefined
}

/** The call that made what a name holds, as far as it was made only once. */
function madeInstance({ node, frame }: Written): Written | undefined {
  const next = deeper(frame)
  if (isKind(node, 'call')) return { node, frame }
  if (!isKind(node, 'identifier')) return undefined
  const [value, ...others] = boundTo(frame, node)?.values ?? []
  if (next === undefined || value === undefined || others.length > 0) return undefined
  return madeInstance({ node: bare(value.node), frame: { ...value.frame, depth: next.depth } })
}

/** What a call gives to each parameter of a function; to one that takes all keywords, its arguments. */
export function givenTo(one: PyFunction, frame: Frame, call: Node): ReadonlyMap<string, Written> {
  const isMethod = one.parameters[0]?.name === 'self' || one.parameters[0]?.name === 'cls'
  const parameters = isMethod ? one.parameters.slice(1) : one.parameters
  const given = new Map<string, Written>()
  let position = 0
  for (const { name, value } of callArguments(call)) {
    const parameter = name ?? parameters[position]?.name
    if (name === undefined) position++
    if (parameter !== undefined && !/splat/.test(value.kind)) given.set(parameter, { node: value, frame })
  }
  const list = call.child('arguments')
  if (one.keywords !== undefined && list !== undefined) given.set(one.keywords, { node: list, frame })
  for (const { name, default: value } of parameters)
    if (value !== undefined && !given.has(name)) given.set(name, { node: value, frame })
  return given
}

/** The parameter that a call gives an argument to; undefined where that cannot be told. */
export function parameterFor({ frame }: Called, argument: Node): string | undefined {
  const value = isKind(argument, 'keyword_argument') ? argument.child('value') : argument
  return [...frame.given].find(([, written]) => written.node === value)?.[0]
}
