import type { Span } from '../../workspace/span.js'
import { isKind, type Node } from '../tree.js'

/** Comments, and whatever else is no parenthesis, in front of one. */
const OPEN = /(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/|[^(/])*\(/y
const CLOSE = /(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/|[^)/])*\)/y

/**
 * The parentheses around what a call gives or a function takes, with what is in them; undefined where a function has none:
 * `seat => …`.
 *
 * @param text of the file
 */
export function parenthesesOf(text: string, node: Node): Span | undefined {
  const isCall = isKind(node, 'CallExpression', 'NewExpression')
  const items = node.list(isCall ? 'arguments' : 'parameters')
  const types = node.list(isCall ? 'typeArguments' : 'typeParameters')
  const head = types.at(-1) ?? node.child(isCall ? 'expression' : 'name')
  const start = endOf(OPEN, text, head?.end ?? node.start)
  if (start === undefined || start > (items[0]?.start ?? node.end)) return undefined
  const end = endOf(CLOSE, text, items.at(-1)?.end ?? start)
  return end === undefined ? undefined : { start: start - 1, end }
}

function endOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : undefined
}
