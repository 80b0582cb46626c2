import { isKind, type Node } from '../tree.js'

/** The value of a string literal or of a template without substitutions, its escapes read; undefined for anything else. */
export function stringValue(node: Node | undefined): string | undefined {
  if (isKind(node, 'StringLiteral')) return unescaped(node.text.slice(1, -1))
  if (isKind(node, 'NoSubstitutionTemplateLiteral'))
    return unescaped(node.text.slice(1, -1).replace(/\r\n?/g, '\n'))
  return undefined
}

/** The string that a type or an expression is, in whatever quotes: `'a'`, `` `a` ``, `('a')`, `'a' as const`. */
export function literalOf(node: Node | undefined): string | undefined {
  if (isKind(node, 'LiteralType')) return literalOf(node.child('literal'))
  if (isKind(node, 'ParenthesizedType')) return literalOf(node.child('type'))
  const isWrapped = isKind(
    node,
    'ParenthesizedExpression',
    'AsExpression',
    'SatisfiesExpression',
    'NonNullExpression',
  )
  return isWrapped ? literalOf(node.child('expression')) : stringValue(node)
}

const ESCAPE =
  /\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([0-3][0-7]{0,2}|[4-7][0-7]?)|(\r\n|[\s\S]))/g

const SINGLE: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** A line that is continued goes on without its end. */
const CONTINUED = /^(?:\r\n|[\r\n\u2028\u2029])$/

function unescaped(raw: string): string {
  return raw.replace(ESCAPE, (_, point, unit, byte, octal, char: string) => {
    const digits: string | undefined = point ?? unit ?? byte
    if (digits !== undefined) return fromCodePoint(Number.parseInt(digits, 16))
    if (octal !== undefined) return fromCodePoint(Number.parseInt(octal, 8))
    return CONTINUED.test(char) ? '' : (SINGLE[char] ?? char)
  })
}

/** What is beyond Unicode is what a decoder makes of it. */
function fromCodePoint(point: number): string {
  return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point)
}
