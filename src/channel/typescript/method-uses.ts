import { groupBy } from '../../group.js'
import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { isOptional, keyOfElement, spanOf } from '../../lang/typescript/grammar.js'
import { declarationOf } from '../../values/typescript/bindings.js'
import { bare } from '../../values/typescript/frame.js'
import { lastUpTo, type Span } from '../../workspace/span.js'

/** A place that takes a method of an object, by a dot or by the name that it was taken out under. */
export interface TsMethodUse extends Span {
  readonly method: string
  /** The object as written, with its `?`: `clientRef.current?`. */
  readonly on: string
  readonly node: Node
  /** The call; undefined where the method is handed on. */
  readonly call: Node | undefined
}

/** Where a file calls methods or hands them on, in source order. */
const methodUsesOf = perModule((module: TsModule): readonly TsMethodUse[] => {
  const accesses = module.root
    .descendants('PropertyAccessExpression')
    .filter((one) => !isTakenOut(one))
    .map((one) => useOf(one, { method: one.name, on: ownerText(one) }))
  const taken = takenOut(module)
  const names =
    taken.size === 0
      ? []
      : module.root.descendants('Identifier').flatMap((one) => {
          const declaration = declarationOf(one)
          const origin = declaration === undefined ? undefined : taken.get(declaration)
          return origin === undefined || !isValue(one) ? [] : [useOf(one, origin)]
        })
  return [...accesses, ...names].filter((one) => !isIdle(one.node)).toSorted((a, b) => a.start - b.start)
})

/** Where a file uses a method, in source order. */
export function usesOf(module: TsModule, method: string): readonly TsMethodUse[] {
  return usesByMethod(module).get(method) ?? []
}

const usesByMethod = perModule((module: TsModule) => groupBy(methodUsesOf(module), (one) => one.method))

/** The uses inside of a node, in source order. */
export function usesIn(module: TsModule, node: Node): readonly TsMethodUse[] {
  const uses = methodUsesOf(module)
  const first = lastUpTo(uses, node.start - 1, (one) => one.start) + 1
  const last = lastUpTo(uses, node.end - 1, (one) => one.start)
  return uses.slice(first, last + 1).filter((one) => node.holds(one.node))
}

type Origin = Pick<TsMethodUse, 'method' | 'on'>

/** What a file takes out of objects by `const { send } = client` and `const send = client.send`. */
function takenOut(module: TsModule): ReadonlyMap<Node, Origin> {
  const found = new Map<Node, Origin>()
  for (const one of module.root.descendants('VariableDeclaration')) {
    const value = one.child('initializer')
    const name = one.child('name')
    if (value === undefined) continue
    const object = bare(value)
    if (isTakenOut(object)) found.set(one, { method: object.name, on: ownerText(object) })
    if (!isKind(name, 'ObjectBindingPattern') || !isKind(object, 'Identifier', 'PropertyAccessExpression'))
      continue
    for (const element of name.list('elements')) {
      const method = keyOfElement(element)
      if (method !== undefined) found.set(element, { method, on: object.text })
    }
  }
  return found
}

/** Whether an access is what a constant holds, so that its uses are those of the constant. */
function isTakenOut(access: Node): boolean {
  if (!isKind(access, 'PropertyAccessExpression')) return false
  const declaration = access.parent
  return isKind(declaration, 'VariableDeclaration') && isKind(declaration.child('name'), 'Identifier')
}

/** Where a file uses a name as a value, and something comes of it. */
export function usesOfName(module: TsModule, name: string): readonly Node[] {
  return usesByName(module).get(name) ?? []
}

const usesByName = perModule((module: TsModule) =>
  groupBy(
    module.root.descendants('Identifier').filter((one) => isValue(one) && !isIdle(one)),
    (one) => one.text,
  ),
)

/** Whether a name means a value, and is not what something is called. */
function isValue(name: Node): boolean {
  const isShort = isKind(name.parent, 'ShorthandPropertyAssignment')
  return isShort || (name.field !== 'name' && name.field !== 'propertyName')
}

function ownerText(access: Node): string {
  return access.textOf('expression') + (isOptional(access) ? '?' : '')
}

function useOf(node: Node, origin: Origin): TsMethodUse {
  const { parent } = node
  const isCalled = isKind(parent, 'CallExpression') && parent.child('expression') === node
  return { ...origin, node, call: isCalled ? parent : undefined, ...spanOf(node) }
}

/** Whether nothing comes of it: it is logged, or listed as a dependency of a hook. */
function isIdle(node: Node): boolean {
  const { parent } = node
  if (isKind(parent, 'ArrayLiteralExpression')) return isKind(parent.parent, 'CallExpression')
  return isKind(parent, 'CallExpression') && /^console\./.test(parent.textOf('expression'))
}
