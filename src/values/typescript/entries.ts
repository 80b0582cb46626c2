import { isKind, type Node } from '../../lang/tree.js'
import { keyOf } from '../../lang/typescript/grammar.js'
import { settle, valueOfProperty, type Written } from './frame.js'
import { stringsOf } from './strings.js'

/** An entry of a table that is written out: its value, its key where that can be told, and the whole of it. */
export interface TableEntry extends Written {
  readonly key: string | undefined
  readonly at: Node
}

/** The entries of an object or a `Map` that is written out; undefined where it is none. */
export function entriesOf(table: Written): readonly TableEntry[] | undefined {
  const { node, frame } = settle(table)
  if (isKind(node, 'ObjectLiteralExpression'))
    return node.list('properties').flatMap((one) => entriesOfProperty({ node: one, frame }))
  const [object] = node.textOf('expression') === 'Object.entries' ? node.list('arguments') : []
  if (object !== undefined) return entriesOf({ node: object, frame })
  const [list] =
    isKind(node, 'NewExpression') && node.textOf('expression') === 'Map' ? node.list('arguments') : []
  const pairs = list === undefined ? undefined : settle({ node: list, frame })
  if (!isKind(pairs?.node, 'ArrayLiteralExpression'))
    return pairs === undefined ? undefined : entriesOf(pairs)
  return pairs.node.list('elements').map((pair) => {
    const [key, value] = isKind(pair, 'ArrayLiteralExpression') ? pair.list('elements') : []
    return { key: keyBehind(key, pairs), at: pair, node: value ?? pair, frame: pairs.frame }
  })
}

function entriesOfProperty({ node, frame }: Written): readonly TableEntry[] {
  if (isKind(node, 'SpreadAssignment')) {
    const spread = node.child('expression')
    const found = spread === undefined ? undefined : entriesOf({ node: spread, frame })
    return found ?? [{ key: undefined, at: node, node, frame }]
  }
  const name = node.child('name')
  const computed = isKind(name, 'ComputedPropertyName') ? name.child('expression') : undefined
  const key = computed === undefined ? keyOf(node) : keyBehind(computed, { node, frame })
  const value = valueOfProperty({ node, frame })
  return [{ key, at: node, node: value?.node ?? node, frame }]
}

function keyBehind(key: Node | undefined, { frame }: Written): string | undefined {
  const found = key === undefined ? undefined : stringsOf({ node: key, frame })
  return found?.length === 1 ? found[0]?.value : undefined
}
