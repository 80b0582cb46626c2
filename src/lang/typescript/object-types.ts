import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { isKind, type Node } from '../tree.js'
import { typeBehind } from './declarations.js'
import type { NameScope } from './exports.js'
import { basesOf, isOptional, keyOf, spanOf } from './grammar.js'
import { stringsOfType } from './unions.js'

/** One member of an object type, where it is declared. */
export interface TsDeclaredMember extends Span {
  readonly name: string
  readonly optional: boolean
  /** The type with its aliases and the members of its objects written out. */
  readonly type: string | undefined
  /** The type as it is written. */
  readonly written: string | undefined
  readonly file: string
}

/** An object type with everything it is put together of. */
export interface TsObjectType {
  readonly members: readonly TsDeclaredMember[]
  /** Whether it may have members that cannot be read. */
  readonly isOpen: boolean
}

/** How far a type was followed: the types that it is inside of, and how many members may still be written out. */
interface Reach {
  readonly inside: readonly Node[]
  readonly members: { left: number }
}

const MAX_DEPTH = 8
const MAX_MEMBERS = 500
const OPEN: TsObjectType = { members: [], isOpen: true }
/** An object of which nothing is known. */
const ANY_OBJECT = 'Record<string, unknown>'

/** The type that a union has beside null and undefined. */
export function withoutNull(node: Node): Node {
  if (!isKind(node, 'UnionType')) return node
  const [only, ...others] = node.list('types').filter((one) => !/^(?:null|undefined)$/.test(one.text))
  return only === undefined || others.length > 0 ? node : only
}

/** The members of an object type; undefined for what is no object type or cannot be followed. */
export function readObjectType(
  scope: NameScope,
  module: TsModule,
  node: Node | undefined,
  reach: Reach = { inside: [], members: { left: MAX_MEMBERS } },
): TsObjectType | undefined {
  const inner = (one: Node | undefined): TsObjectType | undefined => readObjectType(scope, module, one, reach)
  if (isKind(node, 'ParenthesizedType')) return inner(node.child('type'))
  // Who has keys is not null.
  const only = node === undefined ? undefined : withoutNull(node)
  if (only !== node) return inner(only)
  if (isKind(node, 'TypeLiteral')) return readMembers(scope, module, node.list('members'), reach)
  if (isKind(node, 'IntersectionType')) {
    const parts = node.list('types').map((one) => inner(one))
    return parts.every((one) => one === undefined) ? undefined : merge(parts.map((one) => one ?? OPEN))
  }
  if (!isKind(node, 'TypeReference')) return undefined
  const name = node.textOf('typeName')
  const [first, second] = node.list('typeArguments')
  if (first === undefined) return readTypeOf(scope, module, name, reach)
  return derived(name, inner(first), second === undefined ? undefined : stringsOfType(scope, module, second))
}

/** `Partial<T>`, `Pick<T, 'id'>` and the others that make an object type of another one. */
function derived(
  name: string,
  type: TsObjectType | undefined,
  keys: readonly string[] | undefined,
): TsObjectType | undefined {
  if (type === undefined) return undefined
  switch (name) {
    case 'Readonly':
      return type
    case 'Partial':
    case 'Required':
      return { ...type, members: type.members.map((one) => ({ ...one, optional: name === 'Partial' })) }
    case 'Pick':
    case 'Omit': {
      const isPick = name === 'Pick'
      return keys === undefined
        ? undefined
        : { ...type, members: type.members.filter((one) => keys.includes(one.name) === isPick) }
    }
    default:
      return undefined
  }
}

/** The members of the interface or alias behind a name of a file, with those that it inherits; undefined for what is none. */
export function readTypeOf(
  scope: NameScope,
  module: TsModule,
  name: string,
  reach: Reach = { inside: [], members: { left: MAX_MEMBERS } },
): TsObjectType | undefined {
  const found = typeBehind(scope, module, name)
  if (found === undefined || reach.inside.includes(found.node) || reach.inside.length > MAX_DEPTH)
    return undefined
  const further = { ...reach, inside: [...reach.inside, found.node] }
  if (isKind(found.node, 'TypeAliasDeclaration'))
    return readObjectType(scope, found.module, found.node.child('type'), further)
  if (!isKind(found.node, 'InterfaceDeclaration')) return undefined
  const own = readMembers(scope, found.module, found.node.list('members'), further)
  const bases = basesOf(found.node).map((base) => {
    const isGeneric = base.list('typeArguments').length > 0
    const read = isGeneric ? undefined : readTypeOf(scope, found.module, base.textOf('expression'), further)
    return read ?? OPEN
  })
  // What an interface declares itself narrows what it inherits.
  const isNarrowed = ({ name: key }: TsDeclaredMember): boolean =>
    own.members.some((member) => member.name === key)
  const inherited = bases.map((base) => ({
    ...base,
    members: base.members.filter((one) => !isNarrowed(one)),
  }))
  return merge([own, ...inherited])
}

/** A type as text, with aliases of plain types and the members of object types written out. */
export function expandType(
  scope: NameScope,
  module: TsModule,
  node: Node,
  reach: Reach = { inside: [], members: { left: MAX_MEMBERS } },
): string {
  const inner = (one: Node): string => expandType(scope, module, one, reach)
  switch (node.kind) {
    case 'ParenthesizedType':
      return `(${node.list('type').map(inner).join('')})`
    case 'UnionType':
      return node.list('types').map(inner).join(' | ')
    case 'ArrayType':
      return `(${node.list('elementType').map(inner).join('')})[]`
    case 'TypeLiteral':
    case 'IntersectionType':
      return isFar(reach) ? ANY_OBJECT : objectText(readObjectType(scope, module, node, reach))
    case 'TypeOperator': {
      const of = node.child('type')
      return node.mark === 'readonly' && of !== undefined ? inner(of) : stringsText(scope, module, node)
    }
    case 'TypeReference':
      return expandReference(scope, module, node, reach)
    case 'IndexedAccessType':
    case 'TemplateLiteralType':
    case 'TypeQuery':
      return stringsText(scope, module, node)
    default:
      return leafText(node)
  }
}

function expandReference(scope: NameScope, module: TsModule, node: Node, reach: Reach): string {
  const name = node.textOf('typeName')
  const [first] = node.list('typeArguments')
  if (first !== undefined) {
    if (name === 'Array' || name === 'ReadonlyArray') return `(${expandType(scope, module, first, reach)})[]`
    const object = isFar(reach) ? undefined : readObjectType(scope, module, node, reach)
    return object === undefined ? stringsText(scope, module, node) : objectText(object)
  }
  const found = typeBehind(scope, module, name)
  if (found === undefined || isKind(found.node, 'EnumDeclaration')) return stringsText(scope, module, node)
  const type = found.node.child('type')
  const isAlias = isKind(found.node, 'TypeAliasDeclaration') && type !== undefined
  if (found.node.list('typeParameters').length > 0) return leafText(node)
  if (reach.inside.includes(found.node) || isFar(reach)) return isAlias ? leafText(node) : ANY_OBJECT
  if (!isAlias) return objectText(readTypeOf(scope, module, name, reach))
  const further = { ...reach, inside: [...reach.inside, found.node] }
  const text = expandType(scope, found.module, type, further)
  return text.includes(' | ') ? `(${text})` : text
}

/** Whether a type is left as it is, since so much was followed to come here. */
function isFar({ inside, members }: Reach): boolean {
  return inside.length > MAX_DEPTH || members.left <= 0
}

/** The alternatives of a type of strings; the type as it is written where it is none. */
function stringsText(scope: NameScope, module: TsModule, node: Node): string {
  const strings = stringsOfType(scope, module, node)
  if (strings === undefined) return leafText(node)
  const text = strings.map((one) => JSON.stringify(one)).join(' | ')
  return strings.length > 1 ? `(${text})` : text
}

/** A type as it is written; of a function and the like, that nothing is known. */
function leafText(node: Node): string {
  const isPlain = isKind(node, 'LiteralType') || !/=>|[;{}\n]/.test(node.text)
  return isPlain ? node.text : 'unknown'
}

/** An object type with its members on one line; one that may have others is any object. */
function objectText(type: TsObjectType | undefined): string {
  if (type === undefined || type.isOpen || type.members.length === 0) return ANY_OBJECT
  const members = type.members.map(({ name, optional, type: own }) => {
    const key = /^\w+$/.test(name) ? name : JSON.stringify(name)
    return `${key}${optional ? '?' : ''}: ${own ?? 'unknown'}`
  })
  return `{ ${members.join('; ')} }`
}

function readMembers(
  scope: NameScope,
  module: TsModule,
  elements: readonly Node[],
  reach: Reach,
): TsObjectType {
  const members: TsDeclaredMember[] = []
  let isOpen = false
  for (const one of elements) {
    const name = keyOf(one)
    if (!isKind(one, 'PropertySignature') || name === undefined) {
      isOpen = true
      continue
    }
    reach.members.left--
    const type = one.child('type')
    members.push({
      name,
      optional: isOptional(one),
      type: type === undefined ? undefined : expandType(scope, module, type, reach),
      written: type?.text,
      file: module.source.path,
      ...spanOf(one),
    })
  }
  return { members, isOpen }
}

function merge(parts: readonly TsObjectType[]): TsObjectType {
  return { members: parts.flatMap((one) => one.members), isOpen: parts.some((one) => one.isOpen) }
}
