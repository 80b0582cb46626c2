import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { keyOf, spanOf } from '../../lang/typescript/grammar.js'
import { literalOf } from '../../lang/typescript/literals.js'
import { ownerOf } from '../../lang/typescript/query.js'
import type { Span } from '../../workspace/span.js'

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
  for (const node of module.root.descendants('BinaryExpression')) {
    if (!/^===?$/.test(node.textOf('operatorToken'))) continue
    const sides = [node.child('left'), node.child('right')]
    if (!sides.some(isType) || node.closest('IfStatement') === undefined) continue
    const owner = ownerOf(node)
    const chain = chains.get(owner) ?? { kind: 'if', values: [], owner, ...spanOf(node) }
    chain.values.push(...sides.flatMap((side) => literalOf(side) ?? []))
    chains.set(owner, chain)
  }
  return [...chains.values()]
}

function tablesOf(module: TsModule): TsDispatch[] {
  return module.root.descendants('ElementAccessExpression').flatMap((node) => {
    if (!isType(node.child('argumentExpression'))) return []
    const name = node.child('expression')?.text
    const table = module.root
      .descendants('VariableDeclaration')
      .find((one) => one.name === name)
      ?.child('initializer')
    const keys = table?.descendants('ObjectLiteralExpression')[0] ?? table
    const entries =
      [table, keys].find((node) => isKind(node, 'ObjectLiteralExpression'))?.list('properties') ?? []
    const values = entries.flatMap((one) =>
      isKind(one, 'PropertyAssignment', 'MethodDeclaration', 'ShorthandPropertyAssignment')
        ? (keyOf(one) ?? [])
        : [],
    )
    return [{ kind: 'table', values, owner: ownerOf(node), ...spanOf(node) } as const]
  })
}

/** `msg.type`, or what is taken out of it. */
function isType(node: Node | undefined): boolean {
  if (isKind(node, 'PropertyAccessExpression')) return node.name === 'type'
  return isKind(node, 'Identifier') && /^type$|^msgType$|^messageType$/.test(node.text)
}
