import { ts } from 'ts-morph'
import { MAX_DEPTH } from '../../depth.js'
import type { Tree } from '../../tree.js'
import { TreeBuilder } from '../../tree-builder.js'

/**
 * The compiler's tree as plain data. Kinds are the names of `SyntaxKind`, fields those of the compiler's properties; what
 * else tells nodes apart, which the compiler keeps as a number or a truth beside them, is their mark.
 */
export function copyFile(file: ts.SourceFile, syntaxErrors: readonly number[]): Tree {
  const builder = new TreeBuilder()
  let tooDeep: number | undefined
  const open: Step[] = [{ node: file, field: '' }]
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if (step === 'close') {
      builder.close()
      continue
    }
    const { node, field } = step
    if (builder.depth > MAX_DEPTH) tooDeep ??= node.getStart(file)
    builder.open({
      kind: KIND_NAMES[node.kind] as string,
      field,
      mark: markOf(node),
      isNamed: !(node.kind >= FirstPunctuation && node.kind <= LastPunctuation),
      isMissing: node.pos === node.end && node !== file && !ts.isOmittedExpression(node),
      start: node === file ? 0 : node.getStart(file),
      end: node.end,
    })
    open.push('close')
    for (const child of childrenOf(node).reverse()) open.push(child)
  }
  return tooDeep === undefined ? builder.build(syntaxErrors) : builder.buildTooDeep(tooDeep)
}

const { FirstPunctuation, LastPunctuation, EndOfFileToken } = ts.SyntaxKind

type Step = Child | 'close'

interface Child {
  readonly node: ts.Node
  readonly field: string
}

/** The children of a node in source order, each with the property that it or its list is. */
function childrenOf(node: ts.Node): Child[] {
  const children: Child[] = []
  ts.forEachChild(
    node,
    (child) => {
      if (child.kind !== EndOfFileToken) children.push({ node: child, field: propertyOf(node, child) })
    },
    (list) => {
      const field = propertyOf(node, list)
      for (const child of list) children.push({ node: child, field })
    },
  )
  return children
}

function propertyOf(node: ts.Node, value: unknown): string {
  const properties = node as unknown as Readonly<Record<string, unknown>>
  for (const key in properties) if (properties[key] === value && key !== 'parent') return key
  return ''
}

/** The names of kinds; those that stand for the ends of a range are no kinds of their own. */
const KIND_NAMES: readonly string[] = Object.entries(ts.SyntaxKind).reduce<string[]>(
  (names, [name, kind]) => {
    if (typeof kind === 'number' && !/^(?:First|Last)[A-Z]/.test(name)) names[kind] = name
    return names
  },
  [],
)

/** The kinds that have a mark. Nearly every node is of another one, and asked nothing. */
const MARKED: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PrefixUnaryExpression,
  ts.SyntaxKind.PostfixUnaryExpression,
  ts.SyntaxKind.TypeOperator,
  ts.SyntaxKind.HeritageClause,
  ts.SyntaxKind.MetaProperty,
  ts.SyntaxKind.ImportAttributes,
  ts.SyntaxKind.VariableDeclarationList,
  ts.SyntaxKind.ModuleDeclaration,
  ts.SyntaxKind.ExportAssignment,
  ts.SyntaxKind.ImportType,
  ts.SyntaxKind.ImportClause,
  ts.SyntaxKind.ImportSpecifier,
  ts.SyntaxKind.ExportSpecifier,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ImportEqualsDeclaration,
])

function markOf(node: ts.Node): string {
  if (!MARKED.has(node.kind)) return ''
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return wordOf(node.operator)
  if (ts.isTypeOperatorNode(node)) return wordOf(node.operator)
  if (ts.isHeritageClause(node)) return wordOf(node.token)
  if (ts.isMetaProperty(node)) return wordOf(node.keywordToken)
  if (ts.isImportAttributes(node)) return wordOf(node.token)
  if (ts.isVariableDeclarationList(node)) return bindingOf(node)
  if (ts.isModuleDeclaration(node)) return moduleWordOf(node)
  if (ts.isExportAssignment(node)) return node.isExportEquals === true ? '=' : ''
  if (ts.isImportTypeNode(node)) return node.isTypeOf ? 'typeof' : ''
  if (ts.isImportClause(node)) return node.phaseModifier === undefined ? '' : wordOf(node.phaseModifier)
  const isMarked =
    ts.isImportSpecifier(node) ||
    ts.isExportSpecifier(node) ||
    ts.isExportDeclaration(node) ||
    ts.isImportEqualsDeclaration(node)
  return isMarked && node.isTypeOnly ? 'type' : ''
}

function wordOf(token: ts.SyntaxKind): string {
  return ts.tokenToString(token) ?? ''
}

function bindingOf({ flags }: ts.VariableDeclarationList): string {
  const binding = flags & ts.NodeFlags.BlockScoped
  if (binding === ts.NodeFlags.AwaitUsing) return 'await using'
  if (binding === ts.NodeFlags.Using) return 'using'
  if (binding === ts.NodeFlags.Const) return 'const'
  return binding === ts.NodeFlags.Let ? 'let' : 'var'
}

function moduleWordOf({ flags }: ts.ModuleDeclaration): string {
  if ((flags & ts.NodeFlags.GlobalAugmentation) !== 0) return 'global'
  return (flags & ts.NodeFlags.Namespace) === 0 ? 'module' : 'namespace'
}
