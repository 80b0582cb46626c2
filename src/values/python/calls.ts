import type { PythonModule } from '../../lang/module.js'
import { callArguments, type PyFunction } from '../../lang/python/query.js'
import { scopesOf } from '../../lang/python/scopes.js'
import { isKind, type Node } from '../../lang/tree.js'
import { baseName } from '../../layout/python-names.js'
import { boundTo } from './bound.js'
import { bare, classNamed, deeper, definitionOf, type Frame, type Written } from './frame.js'

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
  const scope = scopesOf(found.module).find((one) => one.function.node === found.function.node)
  const given = new Map(givenTo(found.function, frame, call))
  const owner = callee.child('object')
  const self = isKind(owner, 'identifier') ? selfOf(frame, owner) : undefined
  if (self !== undefined) given.set('self', self)
  return { function: found.function, frame: { ...next, module: found.module, scope, given } }
}

/** A function by the name that a frame has for it: one around it, one inside of those, or one of the backend. */
export function functionNamed(
  frame: Frame,
  name: string,
): { module: PythonModule; function: PyFunction } | undefined {
  const around = frame.scope === undefined ? [] : [frame.scope.function, ...frame.scope.around]
  const inner = scopesOf(frame.module).find(
    (one) =>
      one.function.name === name && one.around.some((other) => around.some((own) => own.node === other.node)),
  )
  if (inner !== undefined) return { module: frame.module, function: inner.function }
  const definition = definitionOf(frame, name)
  return definition?.function === undefined
    ? undefined
    : { module: definition.module, function: definition.function }
}

/** `self.describe`, `cls._make`, `Seats.describe`. */
function methodOf(frame: Frame, callee: Node): { module: PythonModule; function: PyFunction } | undefined {
  const owner = callee.child('object')
  const name = callee.child('attribute')?.text
  if (!isKind(owner, 'identifier') || name === undefined) return undefined
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
  const method = found.class.methods.find((one) => one.name === name)
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

/** The class of what a local holds, where that is made there: `seat = Seat(row=1)`. */
function classOfInstance(frame: Frame, name: Node): ReturnType<typeof classNamed> {
  const made = madeInstance({ node: name, frame })
  const callee = made?.node.child('function')
  return made === undefined || !isKind(callee, 'identifier') ? undefined : classNamed(made.frame, callee.text)
}

/** The call that made what a name holds, as far as it was made only once. */
function madeInstance({ node, frame }: Written): Written | undefined {
  const next = deeper(frame)
  const [value, ...others] = boundTo(frame, node)?.values ?? []
  if (next === undefined || value === undefined || others.length > 0) return undefined
  const inner = { node: bare(value.node), frame: { ...value.frame, depth: next.depth } }
  return isKind(inner.node, 'call')
    ? inner
    : isKind(inner.node, 'identifier')
      ? madeInstance(inner)
      : undefined
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
