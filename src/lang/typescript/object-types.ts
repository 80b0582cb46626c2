import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { isKind, type Node, type NodeOf } from '../tree.js'
import { findExport, type NameScope } from './exports.js'
import { basesOf, findDeclaration, isOptional, keyOf, spanOf } from './grammar.js'
import { literalOf } from './literals.js'
import { findImported } from './query.js'

/** One member of an object type, where it is declared. */
export interface TsDeclaredMember extends Span {
  readonly name: string
  readonly optional: boolean
  /** The type with its aliases written out. */
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

const MAX_DEPTH = 8
const OPEN: TsObjectType = { members: [], isOpen: true }

/** The members of an object type; undefined for what is no object type or cannot be followed. */
export function readObjectType(
  scope: NameScope,
  module: TsModule,
  node: Node | undefined,
  depth = 0,
): TsObjectType | undefined {
  if (node === undefined || depth > MAX_DEPTH) return undefined
  const inner = (one: Node | undefined, at = module): TsObjectType | undefined =>
    readObjectType(scope, at, one, depth + 1)
  if (isKind(node, 'ParenthesizedType')) return inner(node.child('type'))
  if (isKind(node, 'TypeLiteral')) return readMembers(scope, module, node.list('members'))
  if (isKind(node, 'IntersectionType')) {
    const parts = node.list('types').map((one) => inner(one))
    return parts.every((one) => one === undefined) ? undefined : merge(parts.map((one) => one ?? OPEN))
  }
  if (!isKind(node, 'TypeReference')) return undefined
  const name = node.textOf('typeName')
  const [first, second] = node.list('typeArguments')
  if (first !== undefined) return derived(name, inner(first), second)
  return readTypeOf(scope, module, name, depth)
}

/** The members of the interface or alias behind a name of a file, with those that it inherits; undefined for what is none. */
export function readTypeOf(
  scope: NameScope,
  module: TsModule,
  name: string,
  depth = 0,
): TsObjectType | undefined {
  const found = depth > MAX_DEPTH ? undefined : followType(scope, module, name)
  if (found === undefined) return undefined
  if (isKind(found.node, 'TypeAliasDeclaration'))
    return readObjectType(scope, found.module, found.node.child('type'), depth + 1)
  const own = readMembers(scope, found.module, found.node.list('members'))
  const bases = basesOf(found.node).map((base) => {
    const isGeneric = base.list('typeArguments').length > 0
    const read = isGeneric ? undefined : readTypeOf(scope, found.module, base.textOf('expression'), depth + 1)
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

/** A type as text, with aliases of plain types written out and interfaces as `Record<string, unknown>`. */
export function expandType(scope: NameScope, module: TsModule, node: Node, depth = 0): string {
  const inner = (one: Node): string => expandType(scope, module, one, depth + 1)
  if (depth > MAX_DEPTH) return node.text
  if (isKind(node, 'ParenthesizedType')) return `(${node.list('type').map(inner).join('')})`
  if (isKind(node, 'UnionType')) return node.list('types').map(inner).join(' | ')
  if (isKind(node, 'ArrayType')) return `(${node.list('elementType').map(inner).join('')})[]`
  if (!isKind(node, 'TypeReference')) return node.text
  const [first] = node.list('typeArguments')
  const name = node.textOf('typeName')
  if (first !== undefined) return name === 'Array' ? `(${inner(first)})[]` : node.text
  const found = followType(scope, module, name)
  if (found === undefined) return node.text
  if (isKind(found.node, 'InterfaceDeclaration')) return 'Record<string, unknown>'
  const type = found.node.child('type')
  if (type === undefined || found.node.list('typeParameters').length > 0) return node.text
  if (isKind(type, 'TypeLiteral')) return 'Record<string, unknown>'
  const text = expandType(scope, found.module, type, depth + 1)
  return text.includes(' | ') ? `(${text})` : text
}

/** An interface or an alias where it is declared. */
export interface TypeDeclaration {
  readonly module: TsModule
  readonly node: NodeOf<'InterfaceDeclaration' | 'TypeAliasDeclaration'>
}

/** The interface or alias behind a name of a file, through its imports. */
export function followType(scope: NameScope, module: TsModule, name: string): TypeDeclaration | undefined {
  const own = typeIn(module, name)
  if (own !== undefined) return { module, node: own }
  const imported = findImported(module, name)
  const found =
    imported === undefined ? undefined : findExport(scope.open, module.source.path, imported, scope.aliases)
  const node = found === undefined ? undefined : typeIn(found.module, found.name)
  return found === undefined || node === undefined ? undefined : { module: found.module, node }
}

function typeIn(module: TsModule, name: string): TypeDeclaration['node'] | undefined {
  return findDeclaration(module, name, 'InterfaceDeclaration', 'TypeAliasDeclaration')
}

function readMembers(scope: NameScope, module: TsModule, elements: readonly Node[]): TsObjectType {
  const members: TsDeclaredMember[] = []
  let isOpen = false
  for (const one of elements) {
    const name = keyOf(one)
    if (!isKind(one, 'PropertySignature') || name === undefined) {
      isOpen = true
      continue
    }
    const type = one.child('type')
    members.push({
      name,
      optional: isOptional(one),
      type: type === undefined ? undefined : expandType(scope, module, type),
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

/** `Partial<T>`, `Pick<T, 'a' | 'b'>` and the like; undefined for a type that is made otherwise. */
function derived(
  name: string,
  type: TsObjectType | undefined,
  keys: Node | undefined,
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
      const named = (isKind(keys, 'UnionType') ? keys.list('types') : [keys]).map(literalOf)
      if (named.some((one) => one === undefined)) return undefined
      const isPick = name === 'Pick'
      const members = type.members.filter((one) => named.includes(one.name) === isPick)
      return { members, isOpen: type.isOpen && !(isPick && members.length === named.length) }
    }
    default:
      return undefined
  }
}
