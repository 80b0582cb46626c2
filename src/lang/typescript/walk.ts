import { type KindToNodeMappings, type Node, type SyntaxKind, ts } from 'ts-morph'

/**
 * Every node of a kind below a node, in source order. The cost is the size of the tree, and its depth costs no stack.
 *
 * @param skips a kind that is not looked into
 */
export function descendantsOfKind<K extends SyntaxKind>(
  node: Node,
  kind: K,
  skips?: SyntaxKind,
): KindToNodeMappings[K][] {
  const found: KindToNodeMappings[K][] = []
  for (const one of below(node.compilerNode, skips))
    if (one.kind === kind) found.push(wrap(node, one) as KindToNodeMappings[K])
  return found
}

/** The nodes below a node that a test of the bare tree takes, in source order. */
export function descendantsThat(node: Node, test: (one: ts.Node) => boolean): Node[] {
  const found: Node[] = []
  for (const one of below(node.compilerNode)) if (test(one)) found.push(wrap(node, one))
  return found
}

/** Every node below a node of the bare tree, in source order. */
export function* below(node: ts.Node, skips?: SyntaxKind): Generator<ts.Node> {
  const open = childrenOf(node)
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    yield one
    if (one.kind !== skips) for (const child of childrenOf(one)) open.push(child)
  }
}

/** The last one first. */
function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => {
    children.push(child)
  })
  return children.reverse()
}

/** ts-morph makes its nodes where they are asked for, and only its own walks, which recurse, can ask. */
function wrap(node: Node, compilerNode: ts.Node): Node {
  return (node as unknown as { _getNodeFromCompilerNode(one: ts.Node): Node })._getNodeFromCompilerNode(
    compilerNode,
  )
}
