import type { PythonModule } from '../../lang/module.js'
import { stringValue } from '../../lang/python/literals.js'
import { statementsOf } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import type { ShapeField } from '../../payload/shape.js'
import { cutLines } from '../../workspace/cut.js'
import type { Edit } from '../../workspace/edits.js'
import { dropItems } from '../../workspace/items.js'

/** Where a key of a payload is set, in a way that can be changed. */
export interface KeyEntry {
  /** An entry of a dict that is written out, or `payload["key"] = value`. */
  readonly form: 'pair' | 'set'
  readonly key: Node
  readonly value: Node
  /** The entry, or the statement. */
  readonly node: Node
  /** The `if` that does nothing but set it. */
  readonly guard: Node | undefined
}

/** Where a key that was read is set; undefined where that is in no way that is changed here. */
export function entryAt(module: PythonModule, { key, start }: ShapeField): KeyEntry | undefined {
  const node = module.root.descendants('pair', 'subscript').find((one) => one.start === start)
  const name = node?.child(node.kind === 'pair' ? 'key' : 'subscript')
  if (node === undefined || name?.kind !== 'string' || stringValue(name) !== key) return undefined
  if (isKind(node, 'pair')) {
    const value = node.child('value')
    return value === undefined ? undefined : { form: 'pair', key: name, value, node, guard: undefined }
  }
  const assignment = node.parent
  const statement = assignment?.parent
  const value =
    isKind(assignment, 'assignment') && node.field === 'left' ? assignment.child('right') : undefined
  if (value === undefined || !isKind(statement, 'expression_statement')) return undefined
  return { form: 'set', key: name, value, node: statement, guard: guardOf(statement) }
}

/** The `if` around a statement that holds nothing else. */
function guardOf(statement: Node): Node | undefined {
  const block = statement.parent
  const guard = block?.parent
  const isAlone = isKind(guard, 'if_statement') && statementsOf(block).length === 1
  return isAlone && !guard.children.some((one) => /_clause$/.test(one.kind)) ? guard : undefined
}

/** The entries of a dict that is written out. */
export function itemsOf(list: Node): Node[] {
  return list.children.filter((child) => child.isNamed && child.kind !== 'comment')
}

/** Takes a key out: the entry, the statement, or the `if` that is there only for it; undefined where more would go. */
export function dropEntry(text: string, { form, node, guard }: KeyEntry): Edit[] | undefined {
  const dict = node.parent
  if (form === 'pair') {
    if (!isKind(dict, 'dictionary')) return undefined
    const items = itemsOf(dict)
    if (items.length === 1 && !isPayload(dict)) return undefined
    return dropItems(text, dict, items, new Set([items.indexOf(node)]))
  }
  const isLast = guard === undefined && statementsOf(dict).length === 1
  const lines = isLast ? undefined : cutLines(text, guard ?? node)
  return lines === undefined ? undefined : [{ ...lines, text: '' }]
}

/** Whether a dict is a payload by itself, and not something that is added to one, perhaps: that would be there for nothing. */
function isPayload({ parent }: Node): boolean {
  if (isKind(parent, 'argument_list'))
    return parent.parent?.child('function')?.textOf('attribute') !== 'update'
  return isKind(parent, 'assignment') || isKind(parent, 'keyword_argument')
}

/** Calls a key otherwise, with the quotes that it has. */
export function renameKey({ key }: KeyEntry, name: string): Edit[] {
  const [open = '', close = ''] = [key.children[0]?.text, key.children.at(-1)?.text]
  return [{ start: key.start + open.length, end: key.end - close.length, text: name }]
}

/** The names that an expression reads: no attributes, no keywords. */
export function namesIn(node: Node): Node[] {
  return [node, ...node.descendants('identifier')].filter(
    (one) => one.kind === 'identifier' && one.field !== 'attribute' && !isLabel(one),
  )
}

function isLabel(node: Node): boolean {
  return isKind(node.parent, 'keyword_argument') && node.field === 'name'
}
