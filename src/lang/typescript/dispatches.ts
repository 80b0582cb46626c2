import { Node, SyntaxKind } from 'ts-morph'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import { literalOf, ownerOf, type Span, spanOf } from './query.js'

/** What takes messages apart by their type and is no `switch`: a chain of `if`, or a table of handlers. */
export interface TsDispatch extends Span {
  readonly kind: 'if' | 'table'
  /** The types that it knows. */
  readonly values: readonly string[]
  /** The function at the top level of the file that it stands in. */
  readonly owner: string | undefined
}

/** Every chain of `if` over `….type`, one a function at the top level, and every table that is looked up by one. */
export const dispatchesOf = perModule((module: TsModule): readonly TsDispatch[] => {
  return [...chainsOf(module), ...tablesOf(module)]
})

function chainsOf(module: TsModule): TsDispatch[] {
  const chains = new Map<string | undefined, TsDispatch & { values: string[] }>()
  for (const node of module.file.getDescendantsOfKind(SyntaxKind.BinaryExpression)) {
    if (!/^===?$/.test(node.getOperatorToken().getText())) continue
    const sides = [node.getLeft(), node.getRight()]
    if (!sides.some(isType) || node.getFirstAncestorByKind(SyntaxKind.IfStatement) === undefined) continue
    const owner = ownerOf(node)
    const chain = chains.get(owner) ?? { kind: 'if', values: [], owner, ...spanOf(node) }
    chain.values.push(...sides.flatMap((side) => literalOf(side) ?? []))
    chains.set(owner, chain)
  }
  return [...chains.values()]
}

function tablesOf(module: TsModule): TsDispatch[] {
  return module.file.getDescendantsOfKind(SyntaxKind.ElementAccessExpression).flatMap((node) => {
    if (!isType(node.getArgumentExpression())) return []
    const name = node.getExpression().getText()
    const table = module.file
      .getDescendantsOfKind(SyntaxKind.VariableDeclaration)
      .find((one) => one.getName() === name)
      ?.getInitializer()
    const keys = table?.getFirstDescendantByKind(SyntaxKind.ObjectLiteralExpression) ?? table
    const entries = [table, keys].find(Node.isObjectLiteralExpression)?.getProperties() ?? []
    const values = entries.flatMap((one) =>
      Node.isPropertyAssignment(one) ||
      Node.isMethodDeclaration(one) ||
      Node.isShorthandPropertyAssignment(one)
        ? [one.getName().replace(/^(['"])(.*)\1$/, '$2')]
        : [],
    )
    return [{ kind: 'table', values, owner: ownerOf(node), ...spanOf(node) } as const]
  })
}

/** `msg.type`, or what is taken out of it. */
function isType(node: Node | undefined): boolean {
  if (Node.isPropertyAccessExpression(node)) return node.getName() === 'type'
  return Node.isIdentifier(node) && /^type$|^msgType$|^messageType$/.test(node.getText())
}
