import { isKind, type Node } from '../tree.js'

/** A value that Python writes as a literal and JSON knows. */
export type Literal =
  | null
  | boolean
  | number
  | string
  | readonly Literal[]
  | { readonly [key: string]: Literal }

/** The value of a literal; undefined for anything else, such as a name or a call. */
export function literalValue(node: Node | undefined): Literal | undefined {
  if (node === undefined) return undefined
  const text = node.text
  switch (node.kind) {
    case 'none':
      return null
    case 'true':
      return true
    case 'false':
      return false
    case 'integer':
    case 'float':
    case 'unary_operator':
      return /^-?[\d.eE+-]+$/.test(text) ? Number(text) : undefined
    case 'list': {
      const items = node.children.filter((child) => child.isNamed).map((child) => literalValue(child))
      return items.every((item) => item !== undefined) ? items : undefined
    }
    case 'dictionary': {
      const entries = dictEntries(node).map(({ key, value }) => [key, literalValue(value)] as const)
      const isKnown = entries.every(([key, value]) => key !== undefined && value !== undefined)
      return isKnown ? Object.fromEntries(entries as [string, Literal][]) : undefined
    }
    default:
      return stringValue(node)
  }
}

/** The value of a string literal, its escapes read; undefined for f-strings, bytes, names of characters and anything else. */
export function stringValue(node: Node | undefined): string | undefined {
  if (isKind(node, 'parenthesized_expression'))
    return stringValue(node.children.find((child) => child.isNamed && child.kind !== 'comment'))
  if (isKind(node, 'concatenated_string')) {
    const parts = node.children.filter((child) => child.kind === 'string').map(stringValue)
    return parts.every((part) => part !== undefined) ? parts.join('') : undefined
  }
  const opening = isKind(node, 'string') ? node.children[0] : undefined
  const closing = node?.children.at(-1)
  if (!isKind(opening, 'string_start') || !isKind(closing, 'string_end') || /[bft]/i.test(opening.text))
    return undefined
  const raw = node?.text.slice(opening.text.length, -closing.text.length) ?? ''
  return /r/i.test(opening.text) ? raw : unescaped(raw)
}

/** Keys and values of a dict literal; entries whose key is no plain string have an undefined key. */
export function dictEntries(
  dict: Node,
): { readonly key: string | undefined; readonly value: Node; readonly node: Node }[] {
  return dict.children.flatMap((child) => {
    if (child.kind === 'dictionary_splat') return [{ key: undefined, value: child, node: child }]
    if (child.kind !== 'pair') return []
    const value = child.child('value')
    return value === undefined ? [] : [{ key: stringValue(child.child('key')), value, node: child }]
  })
}

const ESCAPE = /\\(?:U([\da-fA-F]{8})|u([\da-fA-F]{4})|x([\da-fA-F]{2})|([0-7]{1,3})|(N\{)|(\r\n|[\s\S]))/g

const SINGLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
  '\r\n': '',
}

/** An escape that Python does not know stays as it is written. */
function unescaped(raw: string): string | undefined {
  let isRead = true
  const value = raw.replace(ESCAPE, (whole, long, short, byte, octal, name, char: string) => {
    const digits: string | undefined = long ?? short ?? byte
    const point = digits === undefined ? Number.parseInt(octal, 8) : Number.parseInt(digits, 16)
    if (name !== undefined || point > 0x10ffff) isRead = false
    else if (!Number.isNaN(point)) return String.fromCodePoint(point)
    return SINGLE[char] ?? whole
  })
  return isRead ? value : undefined
}
