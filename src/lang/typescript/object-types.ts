import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { isKind, type Node, type NodeOf } from '../tree.js'
import { findExport, type Open } from './exports.js'
import { basesOf, findDeclaration, isOptional, keyOf, spanOf } from './grammar.js'
import type { PathAlias } from './imports.js'
import { findImported } from './query.js'

/** One member of an object type, where it is declared. */
export interface TsDeclaredMember extends Span {
  readonly name: string
  readonly optional: boolean
  /** The type with its aliases written out. */
  readonly type: string | undefined
  readonly file: string
}

/** An object type with everything it is put together of. */
export interface TsObjectType {
  readonly members: readonly TsDeclaredMember[]
  /** Whether it may have members that cannot be read. */
  readonly isOpen: boolean
}

/** How names of types are followed from file to file. */
export interface TypeScope {
  readonly open: Open
  readonly aliases: readonly PathAlias[]
}

const MAX_DEPTH = 8
const OPEN: TsObjectType = { members: [], isOpen: true }

/** The members of an object type; undefined for what is no object type or cannot be followed. */
export function readObjectType(
  scope: TypeScope,
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
  const [first] = node.list('typeArguments')
  if (first !== undefined) return name === 'Partial' ? partial(inner(first)) : undefined
  const found = followType(scope, module, name)
  if (found === undefined) return undefined
  if (isKind(found.node, 'TypeAliasDeclaration')) return inner(found.node.child('type'), found.module)
  const bases = basesOf(found.node).map((base) => {
    const parent = followType(scope, found.module, base.textOf('expression'))
    if (parent === undefined || base.list('typeArguments').length > 0) return OPEN
    const own = isKind(parent.node, 'InterfaceDeclaration')
      ? readMembers(scope, parent.module, parent.node.list('members'))
      : inner(parent.node.child('type'), parent.module)
    return own ?? OPEN
  })
  return merge([readMembers(scope, found.module, found.node.list('members')), ...bases])
}

/** A type as text, with aliases of plain types written out and interfaces as `Record<string, unknown>`. */
export function expandType(scope: TypeScope, module: TsModule, node: Node, depth = 0): string {
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

interface Declaration {
  readonly module: TsModule
  readonly node: NodeOf<'InterfaceDeclaration' | 'TypeAliasDeclaration'>
}

/** The interface or alias behind a name of a file, through its imports. */
function followType(scope: TypeScope, module: TsModule, name: string): Declaration | undefined {
  const own = typeIn(module, name)
  if (own !== undefined) return { module, node: own }
  const imported = findImported(module, name)
  const found =
    imported === undefined ? undefined : findExport(scope.open, module.source.path, imported, scope.aliases)
  const node = found === undefined ? undefined : typeIn(found.module, found.name)
  return found === undefined || node === undefined ? undefined : { module: found.module, node }
}

function typeIn(module: TsModule, name: string): Declaration['node'] | undefined {
  return findDeclaration(module, name, 'InterfaceDeclaration', 'TypeAliasDeclaration')
}

function readMembers(scope: TypeScope, module: TsModule, elements: readonly Node[]): TsObjectType {
  const members: TsDeclaredMember[] = []
  let isOpen = false
  for (const one of elements) {
    if (!isKind(one, 'PropertySignature')) {
      isOpen = true
      continue
    }
    const type = one.child('type')
    members.push({
      name: keyOf(one),
      optional: isOptional(one),
      type: type === undefined ? undefined : expandType(scope, module, type),
      file: module.source.path,
      ...spanOf(one),
    })
  }
  return { members, isOpen }
}

function merge(parts: readonly TsObjectType[]): TsObjectType {
  return { members: parts.flatMap((one) => one.members), isOpen: parts.some((one) => one.isOpen) }
}

function partial(type: TsObjectType | undefined): TsObjectType | undefined {
  return type === undefined
    ? undefined
    : { ...type, members: type.members.map((one) => ({ ...one, optional: true })) }
}
