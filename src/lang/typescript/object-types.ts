import {
  type InterfaceDeclaration,
  Node,
  type TypeAliasDeclaration,
  type TypeElementTypes,
  type TypeNode,
} from 'ts-morph'
import { findExport, type Open } from './exports.js'
import type { PathAlias } from './imports.js'
import type { TsModule } from './parser.js'
import { findImported, type Span, spanOf } from './query.js'

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
  node: TypeNode | undefined,
  depth = 0,
): TsObjectType | undefined {
  if (node === undefined || depth > MAX_DEPTH) return undefined
  const inner = (one: TypeNode | undefined, at = module): TsObjectType | undefined =>
    readObjectType(scope, at, one, depth + 1)
  if (Node.isParenthesizedTypeNode(node)) return inner(node.getTypeNode())
  if (Node.isTypeLiteral(node)) return readMembers(scope, module, node.getMembers())
  if (Node.isIntersectionTypeNode(node)) {
    const parts = node.getTypeNodes().map((one) => inner(one))
    return parts.every((one) => one === undefined) ? undefined : merge(parts.map((one) => one ?? OPEN))
  }
  if (!Node.isTypeReference(node)) return undefined
  const name = node.getTypeName().getText()
  const [first] = node.getTypeArguments()
  if (first !== undefined) return name === 'Partial' ? partial(inner(first)) : undefined
  const found = findDeclaration(scope, module, name)
  if (found === undefined) return undefined
  if (Node.isTypeAliasDeclaration(found.node)) return inner(found.node.getTypeNode(), found.module)
  const bases = found.node.getExtends().map((base) => {
    const parent = findDeclaration(scope, found.module, base.getExpression().getText())
    if (parent === undefined || base.getTypeArguments().length > 0) return OPEN
    const own = Node.isInterfaceDeclaration(parent.node)
      ? readMembers(scope, parent.module, parent.node.getMembers())
      : inner(parent.node.getTypeNode(), parent.module)
    return own ?? OPEN
  })
  return merge([readMembers(scope, found.module, found.node.getMembers()), ...bases])
}

/** A type as text, with aliases of plain types written out and interfaces as `Record<string, unknown>`. */
export function expandType(scope: TypeScope, module: TsModule, node: TypeNode, depth = 0): string {
  const inner = (one: TypeNode): string => expandType(scope, module, one, depth + 1)
  if (depth > MAX_DEPTH) return node.getText()
  if (Node.isParenthesizedTypeNode(node)) return `(${inner(node.getTypeNode())})`
  if (Node.isUnionTypeNode(node)) return node.getTypeNodes().map(inner).join(' | ')
  if (Node.isArrayTypeNode(node)) return `(${inner(node.getElementTypeNode())})[]`
  if (!Node.isTypeReference(node)) return node.getText()
  const [first] = node.getTypeArguments()
  const name = node.getTypeName().getText()
  if (first !== undefined) return name === 'Array' ? `(${inner(first)})[]` : node.getText()
  const found = findDeclaration(scope, module, name)
  if (found === undefined) return node.getText()
  if (Node.isInterfaceDeclaration(found.node)) return 'Record<string, unknown>'
  const type = found.node.getTypeNode()
  if (type === undefined || found.node.getTypeParameters().length > 0) return node.getText()
  if (Node.isTypeLiteral(type)) return 'Record<string, unknown>'
  const text = expandType(scope, found.module, type, depth + 1)
  return text.includes(' | ') ? `(${text})` : text
}

interface Declaration {
  readonly module: TsModule
  readonly node: InterfaceDeclaration | TypeAliasDeclaration
}

/** The interface or alias behind a name of a file, through its imports. */
function findDeclaration(scope: TypeScope, module: TsModule, name: string): Declaration | undefined {
  const own = module.file.getInterface(name) ?? module.file.getTypeAlias(name)
  if (own !== undefined) return { module, node: own }
  const imported = findImported(module, name)
  const found =
    imported === undefined ? undefined : findExport(scope.open, module.source.path, imported, scope.aliases)
  const node =
    found === undefined
      ? undefined
      : (found.module.file.getInterface(found.name) ?? found.module.file.getTypeAlias(found.name))
  return found === undefined || node === undefined ? undefined : { module: found.module, node }
}

function readMembers(
  scope: TypeScope,
  module: TsModule,
  elements: readonly TypeElementTypes[],
): TsObjectType {
  const members: TsDeclaredMember[] = []
  let isOpen = false
  for (const one of elements) {
    if (!Node.isPropertySignature(one)) {
      isOpen = true
      continue
    }
    const type = one.getTypeNode()
    members.push({
      name: one.getName().replace(/^(['"])(.*)\1$/, '$2'),
      optional: one.hasQuestionToken(),
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
