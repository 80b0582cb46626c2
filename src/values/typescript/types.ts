import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { typeBehind as declarationBehind } from '../../lang/typescript/declarations.js'
import { isFunctionLike, keyOf } from '../../lang/typescript/grammar.js'
import { stringValue } from '../../lang/typescript/literals.js'
import { type Frame, typeBehind, type Written } from './frame.js'

/** A type that says keys, with parameters of types put in their places; undefined for one that says none. */
export function tellingType(written: Written): Written | undefined {
  const found = settleType(written)
  return OPAQUE.test(found.node.text) || isTypeParameter(found.node) ? undefined : found
}

/**
 * A type with parameters of types put in their places, with what `Payloads['seat']` looks up, and with what an alias says
 * that stands for nothing told.
 */
export function settleType(written: Written): Written {
  const found = typeBehind(written)
  if (isKind(found.node, 'IndexedAccessType')) return lookedUp(found) ?? found
  const alias = isKind(found.node, 'TypeReference') ? opaqueBehind(found) : undefined
  return alias ?? found
}

function lookedUp({ node, frame }: Written): Written | undefined {
  const object = node.child('objectType')
  const index = node.child('indexType')
  const key =
    index === undefined ? undefined : stringValue(typeBehind({ node: index, frame }).node.child('literal'))
  return object === undefined || key === undefined ? undefined : memberType({ node: object, frame }, key)
}

function opaqueBehind({ node, frame }: Written): Written | undefined {
  const declared = declarationBehind(frame.scope, frame.module, node.text)
  const type = isKind(declared?.node, 'TypeAliasDeclaration') ? declared.node.child('type') : undefined
  return declared === undefined || type === undefined || !OPAQUE.test(type.text)
    ? undefined
    : { node: type, frame: { ...frame, module: declared.module } }
}

const OPAQUE = /^(?:unknown|any|never|void|object|\{\s*\}|Record<[\s\S]*>)(?:\s*\|\s*(?:null|undefined))?$/

/** Whether a type is one that only a call says. */
function isTypeParameter(node: Node): boolean {
  return [...node.ancestors()]
    .filter((one) => isFunctionLike(one) || isKind(one, 'InterfaceDeclaration', 'TypeAliasDeclaration'))
    .some((one) => one.list('typeParameters').some((parameter) => parameter.name === node.text))
}

/** The type of a member of an object type: `WSMessage<T>`, an interface, a type that is written out. */
export function memberType(written: Written, key: string): Written | undefined {
  const { node, frame } = settleType(written)
  if (isKind(node, 'IntersectionType'))
    return node
      .list('types')
      .map((one) => memberType({ node: one, frame }, key))
      .find((one) => one !== undefined)
  if (isKind(node, 'TypeLiteral', 'InterfaceDeclaration')) {
    const member = membersByKey(node).get(key)
    if (isKind(member, 'MethodSignature')) return { node: member, frame }
    const type = member?.child('type')
    return type === undefined ? undefined : { node: type, frame }
  }
  if (!isKind(node, 'TypeReference')) return undefined
  const found = declarationBehind(frame.scope, frame.module, node.textOf('typeName'))
  if (found === undefined) return undefined
  const types = new Map<string, Written>()
  const given = node.list('typeArguments')
  for (const [index, parameter] of found.node.list('typeParameters').entries()) {
    const type = given[index] ?? parameter.child('default')
    if (type !== undefined) types.set(parameter.name, { node: type, frame })
  }
  const there: Frame = { ...frame, module: found.module, types, depth: frame.depth + 1 }
  if (there.depth > 16) return undefined
  const inner = isKind(found.node, 'TypeAliasDeclaration') ? found.node.child('type') : found.node
  const member = inner === undefined ? undefined : memberType({ node: inner, frame: there }, key)
  return member === undefined ? undefined : settleType(member)
}

const membersByKey = perModule((type: Node): ReadonlyMap<string | undefined, Node> => {
  return new Map(
    type
      .list('members')
      .map((one) => [keyOf(one), one] as const)
      .reverse(),
  )
})

/** The type of a parameter of a function type or a method. */
export function parameterType({ node, frame }: Written, index: number): Written | undefined {
  const type = node.list('parameters')[index]?.child('type')
  return type === undefined ? undefined : { node: type, frame }
}
