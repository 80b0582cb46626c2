import { perModule } from '../../lang/per-module.js'
import type { PyFunction } from '../../lang/python/query.js'
import { isKind, type Node, within } from '../../lang/tree.js'
import { bare, type Frame, itemsOf, type Written } from './frame.js'

/** What a function gives a name: everything that is assigned to it, or what its caller gives. */
export interface Bound {
  readonly values: readonly Written[]
  /** Whether these are all of them. */
  readonly isRead: boolean
}

/** What the functions around a node bind its name to; undefined where none of them does. */
export function boundTo(frame: Frame, node: Node): Bound | undefined {
  const name = node.text
  const functions = frame.scope === undefined ? [] : [frame.scope.function, ...frame.scope.around]
  for (const one of functions) {
    const values: Written[] = []
    let isRead = true
    for (const child of bindingsOf(one).get(name) ?? []) {
      const found = valueBound(child, name)
      if (found === 'unread') isRead = false
      else if (found !== undefined) values.push(...found.map((value) => ({ node: value, frame })))
    }
    const parameter = one.parameters.find((other) => other.name === name)
    const given = one === frame.scope?.function ? frame.given.get(name) : undefined
    if (parameter !== undefined) {
      if (given !== undefined) values.unshift(given)
      return { values, isRead: isRead && given !== undefined }
    }
    if (values.length > 0 || !isRead) return { values, isRead }
  }
  return undefined
}

/** What binds names in a function's own body, by name, in source order. */
const bindingsOf = perModule((one: PyFunction): ReadonlyMap<string, readonly Node[]> => {
  const found = new Map<string, Node[]>()
  for (const node of within(one.body, (inner) => !isKind(inner, 'function_definition', 'lambda'))) {
    const target = isKind(node, 'as_pattern_target')
      ? node
      : isKind(node, ...BINDING)
        ? (node.child('left') ?? node.child('name'))
        : undefined
    const names =
      target === undefined ? [] : [target, ...target.descendants('identifier')].map((each) => each.text)
    for (const name of new Set(names)) found.set(name, [...(found.get(name) ?? []), node])
  }
  return found
})

const BINDING = [
  'for_statement',
  'for_in_clause',
  'assignment',
  'named_expression',
  'augmented_assignment',
] as const

/** What a statement binds a name to; `unread` where it does in a way that is not followed. */
function valueBound(node: Node, name: string): readonly Node[] | 'unread' | undefined {
  if (isKind(node, 'for_statement', 'for_in_clause')) {
    const left = node.child('left')
    const right = node.child('right')
    if (left === undefined || !mentions(left, name)) return undefined
    const items = itemsOf(right === undefined ? undefined : bare(right))
    if (items === undefined) return 'unread'
    if (left.text === name) return items
    const place = itemsOf(left)?.findIndex((one) => one.text === name) ?? patternIndex(left, name)
    const found = items.map((item) => itemsOf(bare(item))?.[place])
    return place !== -1 && found.every((one) => one !== undefined) ? found : 'unread'
  }
  if (isKind(node, 'assignment', 'named_expression')) {
    const left = node.child('left') ?? node.child('name')
    const right = node.child('right') ?? node.child('value')
    if (left === undefined || !mentions(left, name)) return undefined
    if (left.text === name) return right === undefined ? [] : [bare(right)]
    const values = itemsOf(right === undefined ? undefined : bare(right))
    const index = patternIndex(left, name)
    const value = values?.[index]
    return value === undefined ? 'unread' : [value]
  }
  if (isKind(node, 'augmented_assignment')) return node.child('left')?.text === name ? 'unread' : undefined
  if (isKind(node, 'as_pattern_target')) return node.text === name ? 'unread' : undefined
  return undefined
}

function patternIndex(pattern: Node, name: string): number {
  return pattern.children.filter((child) => child.isNamed).findIndex((one) => one.text === name)
}

/** Whether a target binds a name; `seats[name]` and `name.row` do not. */
function mentions(target: Node, name: string): boolean {
  if (target.kind === 'identifier') return target.text === name
  return (
    /_pattern$|_list$|^tuple$|^list$/.test(target.kind) && target.children.some((one) => mentions(one, name))
  )
}
