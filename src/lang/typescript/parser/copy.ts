import type { ts } from 'ts-morph'
import { MAX_DEPTH } from '../../depth.js'
import type { Tree } from '../../tree.js'
import { TreeBuilder } from '../../tree-builder.js'
import { compiler } from './compiler.js'

/**
 * The compiler's tree as plain data. Kinds are the names of `SyntaxKind`, fields those of the compiler's properties; what
 * else tells nodes apart, which the compiler keeps as a number or a truth beside them, is their mark.
 */
export function copyFile(file: ts.SourceFile, syntaxErrors: readonly number[]): Tree {
  const ts = compiler()
  const kinds = kindNames()
  const { FirstPunctuation, LastPunctuation } = ts.SyntaxKind
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
      kind: kinds[node.kind] as string,
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

type Step = Child | 'close'

interface Child {
  readonly node: ts.Node
  readonly field: string
}

/** The children of a node in source order, each with the property that it or its list is. */
function childrenOf(node: ts.Node): Child[] {
  const ts = compiler()
  const children: Child[] = []
  ts.forEachChild(
    node,
    (child) => {
      if (child.kind !== ts.SyntaxKind.EndOfFileToken)
        children.push({ node: child, field: propertyOf(node, child) })
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
const kindNames = once((): readonly string[] => {
  const names: string[] = []
  for (const [name, kind] of Object.entries(compiler().SyntaxKind))
    if (typeof kind === 'number' && !/^(?:First|Last)[A-Z]/.test(name)) names[kind] = name
  return names
})

/** The kinds that have a mark, each with how it is read. Nearly every node is of another one, and asked nothing. */
const marks = once((): ReadonlyMap<ts.SyntaxKind, (node: never) => string> => {
  const { SyntaxKind } = compiler()
  const typeOnly = (node: { isTypeOnly: boolean }): string => (node.isTypeOnly ? 'type' : '')
  return new Map<ts.SyntaxKind, (node: never) => string>([
    [SyntaxKind.PrefixUnaryExpression, ({ operator }: ts.PrefixUnaryExpression) => wordOf(operator)],
    [SyntaxKind.PostfixUnaryExpression, ({ operator }: ts.PostfixUnaryExpression) => wordOf(operator)],
    [SyntaxKind.TypeOperator, ({ operator }: ts.TypeOperatorNode) => wordOf(operator)],
    [SyntaxKind.HeritageClause, ({ token }: ts.HeritageClause) => wordOf(token)],
    [SyntaxKind.MetaProperty, ({ keywordToken }: ts.MetaProperty) => wordOf(keywordToken)],
    [SyntaxKind.ImportAttributes, ({ token }: ts.ImportAttributes) => wordOf(token)],
    [SyntaxKind.VariableDeclarationList, bindingOf],
    [SyntaxKind.ModuleDeclaration, moduleWordOf],
    [SyntaxKind.ExportAssignment, (node: ts.ExportAssignment) => (node.isExportEquals === true ? '=' : '')],
    [SyntaxKind.ImportType, (node: ts.ImportTypeNode) => (node.isTypeOf ? 'typeof' : '')],
    [
      SyntaxKind.ImportClause,
      ({ phaseModifier }: ts.ImportClause) => (phaseModifier === undefined ? '' : wordOf(phaseModifier)),
    ],
    [SyntaxKind.ImportSpecifier, typeOnly],
    [SyntaxKind.ExportSpecifier, typeOnly],
    [SyntaxKind.ExportDeclaration, typeOnly],
    [SyntaxKind.ImportEqualsDeclaration, typeOnly],
  ])
})

function markOf(node: ts.Node): string {
  return marks().get(node.kind)?.(node as never) ?? ''
}

function wordOf(token: ts.SyntaxKind): string {
  return compiler().tokenToString(token) ?? ''
}

function bindingOf({ flags }: ts.VariableDeclarationList): string {
  const { NodeFlags } = compiler()
  const binding = flags & NodeFlags.BlockScoped
  if (binding === NodeFlags.AwaitUsing) return 'await using'
  if (binding === NodeFlags.Using) return 'using'
  if (binding === NodeFlags.Const) return 'const'
  return binding === NodeFlags.Let ? 'let' : 'var'
}

function moduleWordOf({ flags }: ts.ModuleDeclaration): string {
  const { NodeFlags } = compiler()
  if ((flags & NodeFlags.GlobalAugmentation) !== 0) return 'global'
  return (flags & NodeFlags.Namespace) === 0 ? 'module' : 'namespace'
}

/** What is read of the compiler once it is loaded. */
function once<T>(read: () => T): () => T {
  let value: T | undefined
  return () => {
    value ??= read()
    return value
  }
}
