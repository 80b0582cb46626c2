import { isKind, type Node } from '../../lang/tree.js'
import { stringValue } from '../../lang/typescript/literals.js'
import { settle, type Written } from './frame.js'

/** A string and where it is written. */
export interface StringValue extends Written {
  readonly value: string
}

/** The strings that an expression may be; undefined where that cannot be told. */
export function stringsOf(written: Written): readonly StringValue[] | undefined {
  const { node, frame } = settle(written)
  const value = stringValue(node)
  if (value !== undefined) return [{ node, frame, value }]
  if (isKind(node, 'ConditionalExpression'))
    return together(written, [node.child('whenTrue'), node.child('whenFalse')])
  if (isKind(node, 'TemplateExpression')) return filled({ node, frame })
  return undefined
}

/** The strings of a list, a set or the keys that are written out; undefined where one cannot be told. */
export function stringsIn(written: Written): readonly StringValue[] | undefined {
  const { node, frame } = settle(written)
  if (isKind(node, 'ArrayLiteralExpression')) return together({ node, frame }, node.list('elements'))
  const [first] = isKind(node, 'NewExpression') ? node.list('arguments') : []
  return first === undefined || node.textOf('expression') !== 'Set'
    ? undefined
    : stringsIn({ node: first, frame })
}

function together({ frame }: Written, nodes: readonly (Node | undefined)[]): StringValue[] | undefined {
  const found = nodes.map((node) => (node === undefined ? undefined : stringsOf({ node, frame })))
  return found.some((one) => one === undefined) ? undefined : found.flatMap((one) => one ?? [])
}

/** `${PREFIX}_end` of constants. */
function filled({ node, frame }: Written): StringValue[] | undefined {
  const texts = node.list('templateSpans').map((span) => {
    const expression = span.child('expression')
    const found = expression === undefined ? undefined : stringsOf({ node: expression, frame })
    return found?.length === 1 ? `${found[0]?.value}${pieceOf(span.child('literal'))}` : undefined
  })
  return texts.some((one) => one === undefined)
    ? undefined
    : [{ node, frame, value: pieceOf(node.child('head')) + texts.join('') }]
}

/** What a piece of a template says between its marks. */
function pieceOf(piece: Node | undefined): string {
  return piece?.text.replace(/^[`}]|`$|\$\{$/g, '') ?? ''
}
