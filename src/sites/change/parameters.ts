import type { PythonModule } from '../../lang/module.js'
import type { PyFunction } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import type { Edit } from '../../workspace/edits.js'
import { dropItems, insertItem } from '../../workspace/items.js'
import { itemsOf, namesIn } from './entries.js'

/** The head of a function, whose parameters can be changed. */
export interface Signature {
  readonly module: PythonModule
  readonly function: PyFunction
  readonly list: Node
}

/** The head of a function; undefined where it has none that is read. */
export function signatureOf(module: PythonModule, one: PyFunction): Signature | undefined {
  const definition = one.node.kind === 'decorated_definition' ? one.node.child('definition') : one.node
  const list = definition?.child('parameters')
  return list === undefined ? undefined : { module, function: one, list }
}

/** The parameter of a name, as it stands in the head. */
export function parameterNode({ list }: Signature, name: string): Node | undefined {
  return itemsOf(list).find((node) => nameOf(node)?.text === name)
}

/** Whether a parameter without a default can only stand behind a `*`, as the others have defaults. */
export function needsStar({ list, function: one }: Signature): boolean {
  const isStarred = itemsOf(list).some(isStar)
  return !isStarred && one.parameters.some((other) => other.default !== undefined)
}

/** Puts a parameter behind all others, in front of `**` alone. */
export function addParameter(signature: Signature, text: string, hasDefault: boolean): Edit[] {
  const { module, list } = signature
  const items = itemsOf(list)
  const rest = items.findIndex((node) => isRest(node))
  const index = rest === -1 ? items.length : rest
  const texts = !hasDefault && needsStar(signature) ? ['*', text] : [text]
  return texts.flatMap((one) => insertItem(module.source.text, list, items, index, one))
}

/** Takes parameters out, and a `*` that nothing stands behind any more. */
export function dropParameters({ module, list }: Signature, names: readonly string[]): Edit[] {
  const items = itemsOf(list)
  const dropped = new Set(
    items.flatMap((node, index) => (names.includes(nameOf(node)?.text ?? '') ? [index] : [])),
  )
  if (dropped.size === 0) return []
  const star = items.findIndex((node) => node.kind === 'keyword_separator')
  const isBare = items.slice(star + 1).every((node, index) => dropped.has(star + 1 + index) || isRest(node))
  if (star !== -1 && isBare) dropped.add(star)
  return dropItems(module.source.text, list, items, dropped)
}

/** Calls a parameter otherwise, wherever its function says it. */
export function renameParameter(signature: Signature, from: string, to: string): Edit[] {
  const named = parameterNode(signature, from)
  const own = named === undefined ? undefined : nameOf(named)
  const read = signature.function.body.flatMap(namesIn).filter((one) => one.text === from)
  return [...(own === undefined ? [] : [own]), ...read].map(({ start, end }) => ({ start, end, text: to }))
}

/** The places of a function's body that say a name. */
export function readsOf(one: PyFunction, name: string): Node[] {
  return one.body.flatMap(namesIn).filter((node) => node.text === name)
}

/** What a parameter is called; nothing for `*` and its like. */
function nameOf(node: Node): Node | undefined {
  if (isKind(node, 'identifier')) return node
  if (!isKind(node, 'typed_parameter', 'default_parameter', 'typed_default_parameter')) return undefined
  const name = node.child('name') ?? node.children[0]
  return isKind(name, 'identifier') ? name : undefined
}

function isStar(node: Node): boolean {
  return (
    isKind(node, 'keyword_separator', 'list_splat_pattern') || isKind(node.children[0], 'list_splat_pattern')
  )
}

function isRest(node: Node): boolean {
  return isKind(node, 'dictionary_splat_pattern') || isKind(node.children[0], 'dictionary_splat_pattern')
}
