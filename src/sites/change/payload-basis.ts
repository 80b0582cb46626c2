import type { Factory } from '../../channel/envelope.js'
import { localsOf } from '../../lang/python/branches.js'
import { standApart } from '../../lang/python/fit.js'
import { statementsOf } from '../../lang/python/query.js'
import { isKind, type Node } from '../../lang/tree.js'
import type { PythonStyle } from '../../layout/style.js'
import { parameterName, printDict } from '../../payload/python.js'
import { type Edit, replace } from '../../workspace/edits.js'
import { insertItem } from '../../workspace/items.js'
import { indentAt, lineEnd, lineStart } from '../../workspace/source.js'
import type { Span } from '../../workspace/span.js'
import { itemsOf, namesIn } from './entries.js'

/** What a factory gives as its payload: nothing, a dict that is written out there, or one that a local holds. */
export type Basis =
  | { readonly kind: 'none' }
  | { readonly kind: 'inline'; readonly dict: Node }
  | { readonly kind: 'local'; readonly name: string; readonly dict: Node; readonly assignment: Node }

/** How a factory puts its payload together; undefined for a way that is not changed here. */
export function basisOf({ method, given, payload }: Factory): Basis | undefined {
  if (given === undefined)
    return payload.keys.length + payload.unread.length === 0 ? { kind: 'none' } : undefined
  if (isKind(given, 'dictionary')) return { kind: 'inline', dict: given }
  if (!isKind(given, 'identifier')) return undefined
  const bound = method.body.flatMap((statement) =>
    [statement, ...statement.descendants('assignment')].filter(
      (node) => isKind(node, 'assignment') && node.textOf('left') === given.text,
    ),
  )
  const [only, ...others] = bound
  const dict = only?.child('right')
  const assignment = only?.parent
  if (only === undefined || others.length > 0 || !isKind(dict, 'dictionary')) return undefined
  return isKind(assignment, 'expression_statement') && method.body.includes(assignment)
    ? { kind: 'local', name: given.text, dict, assignment }
    : undefined
}

/** The statement of a factory's body that makes its message. */
export function makingStatement({ method, call }: Factory): Node | undefined {
  return method.body.find((one) => one.holds(call))
}

/** What the local that holds a payload is called where one is made. */
export function payloadLocal({ method }: Factory): string {
  return parameterName('payload', [...localsOf(method)])
}

/**
 * The edits that let a local hold the payload, so that keys can be set on it: `payload: dict[str, Any] = {…}`.
 *
 * @param inside edits of the dict, which go with it
 * @param lines what stands behind that, each with its white space
 */
export function holdInLocal(
  factory: Factory,
  basis: Basis,
  style: PythonStyle,
  inside: readonly Edit[],
  lines: string,
): Edit[] {
  const { text } = factory.module.source
  const statement = makingStatement(factory)
  if (statement === undefined || basis.kind === 'local') return []
  const base = indentAt(text, statement.start)
  const name = payloadLocal(factory)
  const dict =
    basis.kind === 'none'
      ? '{}'
      : moved(editedText(factory, basis.dict, inside), indentAt(text, basis.dict.start), base)
  const head = `${name}: ${printDict(style)} = ${dict}`
  return [
    { start: statement.start, end: statement.start, text: `${head}\n${lines}${base}` },
    ...give(factory, basis, name),
  ]
}

/** Gives the call a name as its payload. */
function give({ module, call, made }: Factory, basis: Basis, name: string): Edit[] {
  if (basis.kind === 'inline') return [{ start: basis.dict.start, end: basis.dict.end, text: name }]
  const list = call.child('arguments')
  return list === undefined
    ? []
    : insertArgument(module.source.text, list, `${made.payloadBy ?? 'payload'}=${name}`)
}

/** Puts an argument behind all others. */
export function insertArgument(text: string, list: Node, argument: string): Edit[] {
  const items = itemsOf(list)
  const rest = items.findIndex((node) => isKind(node, 'dictionary_splat'))
  return insertItem(text, list, items, rest === -1 ? items.length : rest, argument)
}

/**
 * The edits that give the dict to the call again, where its local is there only to have keys set on it, and nothing sets
 * one any more; undefined where the local is wanted.
 *
 * @param gone the statements that go
 */
export function giveInline(
  factory: Factory,
  basis: Basis,
  style: PythonStyle,
  gone: readonly Span[],
  inside: readonly Edit[],
): Edit[] | undefined {
  if (basis.kind !== 'local') return undefined
  const { module, method, given } = factory
  const { text } = module.source
  const statement = makingStatement(factory)
  const { assignment, dict, name } = basis
  const type = assignment.children[0]?.textOf('type')
  const isGone = (node: Node): boolean => gone.some((one) => one.start <= node.start && node.end <= one.end)
  const uses = method.body
    .flatMap(namesIn)
    .filter((node) => node.text === name && node.field !== 'left' && !isGone(node))
  const isOurs = type === printDict(style) && name === 'payload' && dict.descendants('comment').length === 0
  const between = method.body.slice(
    method.body.indexOf(assignment) + 1,
    statement === undefined ? 0 : method.body.indexOf(statement),
  )
  if (!isOurs || given === undefined || statement === undefined) return undefined
  const isCommented = method.node
    .descendants('comment')
    .some((one) => assignment.end <= one.start && one.end <= statement.start && !isGone(one))
  if (isCommented) return undefined
  if (uses.length !== 1 || !between.every(isGone)) return undefined
  const written = editedText(factory, dict, inside)
  const flat = `{${itemsOf(dict)
    .map((one) => one.text)
    .join(', ')}}`
  const wouldFit = columnOf(text, assignment, style) + `${name}: ${type} = ${flat}`.length <= style.width
  const fit = { width: style.width, indent: style.indent }
  // One that is broken though it need not be is people's own; another one is broken again where that must be.
  const head = text.slice(lineStart(text, given.start), given.start).trimStart()
  const rest = text.slice(given.end, lineEnd(text, given.end))
  const width = columnOf(text, given, style) + `${head}${flat}${rest}`.length
  const inline = { but: dict, kind: dict.kind, likeness: head.trimEnd(), width }
  const isOwn =
    wouldFit || standApart(module, inline, fit, style.width - 2 * style.indent.length - name.length)
  const placed =
    written.includes('\n') && !isOwn && inside.length === 0
      ? flat
      : moved(written, indentAt(text, dict.start), indentAt(text, given.start))
  return [
    { start: lineStart(text, assignment.start), end: lineStart(text, statement.start), text: '' },
    { start: given.start, end: given.end, text: placed },
  ]
}

function columnOf(text: string, node: Node, { indent }: PythonStyle): number {
  const base = indentAt(text, node.start)
  return indent === '\t' ? base.length * 4 : base.length
}

/** The text of a node with the edits that fall into it. */
function editedText({ module }: Factory, node: Node, edits: readonly Edit[]): string {
  const inner = edits.map((one) => ({ ...one, start: one.start - node.start, end: one.end - node.start }))
  return replace({ ...module.source, text: node.text }, inner).text.replaceAll('\r\n', '\n')
}

/** A text of several lines that stand behind other white space. */
function moved(text: string, from: string, to: string): string {
  return text
    .split('\n')
    .map((line, index) => (index > 0 && line.startsWith(from) ? to + line.slice(from.length) : line))
    .join('\n')
}

/** The statement behind which one stands in its block; undefined for the first. */
export function previousOf(statement: Node): Node | undefined {
  const block = statementsOf(statement.parent)
  return block[block.indexOf(statement) - 1]
}
