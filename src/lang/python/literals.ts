import type { PythonModule } from '../module.js'
import type { Node } from '../tree.js'
import { dictEntries, stringValue } from './query.js'

/** A value that Python writes as a literal and JSON knows. */
export type Literal =
  | null
  | boolean
  | number
  | string
  | readonly Literal[]
  | { readonly [key: string]: Literal }

/** The value of a literal; undefined for anything else, such as a name or a call. */
export function literalValue(module: PythonModule, node: Node | undefined): Literal | undefined {
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
      const items = node.children.filter((child) => child.isNamed).map((child) => literalValue(module, child))
      return items.every((item) => item !== undefined) ? items : undefined
    }
    case 'dictionary': {
      const entries = dictEntries(module, node).map(
        ({ key, value }) => [key, literalValue(module, value)] as const,
      )
      const isKnown = entries.every(([key, value]) => key !== undefined && value !== undefined)
      return isKnown ? Object.fromEntries(entries as [string, Literal][]) : undefined
    }
    default:
      return stringValue(module, node)
  }
}
