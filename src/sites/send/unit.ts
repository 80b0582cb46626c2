import type { PythonModule } from '../../lang/module.js'
import { findLocal } from '../../lang/python/locals.js'
import { readImport, statementsOf } from '../../lang/python/query.js'
import { type PyScope, scopeAt } from '../../lang/python/scopes.js'
import { wordsOf } from '../../lang/python/words.js'
import type { Node } from '../../lang/tree.js'
import { placeOf } from '../../workspace/place.js'
import { eventSet } from '../per-rows.js'
import type { Blocked, Rows } from '../site.js'
import type { EmitForm } from './place.js'

/** What stands in the code only to send one event: a function, a case, or statements of a function. */
export interface EmitUnit {
  readonly kind: 'unit'
  readonly form: EmitForm
  readonly start: number
  readonly end: number
  /** The function that the send stands in: the unit itself, or the one that the statements are of. */
  readonly scope: PyScope | undefined
}

/**
 * Finds what stands only for the send at an offset, or why it cannot be told from what is around it.
 *
 * @param rows the events of the channel: a function is named after the longest of them that its name ends in
 */
export function findEmitUnit(
  module: PythonModule,
  offset: number,
  event: string,
  rows: Rows,
): EmitUnit | Blocked {
  const scope = scopeAt(module, offset)
  if (scope !== undefined && isNamedAfter(scope.function.name, event, rows)) {
    const form = scope.around.length > 0 ? 'callback' : scope.owner === undefined ? 'function' : 'method'
    return { kind: 'unit', form, start: scope.function.node.start, end: scope.function.node.end, scope }
  }
  const path = module.root.pathTo(offset)
  const statement = path.findLast((node) => node.kind === 'expression_statement')
  const block = statement === undefined ? undefined : path[path.indexOf(statement) - 1]
  if (statement === undefined || block === undefined) return blocked(module, offset, 'a statement of its own')
  const guard = path[path.indexOf(statement) - 2]
  const body = statementsOf(block)
  const end = endOfUse(module, body, statement, scope)
  const isOnlySend = body.every((one) => isImport(one) || (statement.start <= one.start && one.end <= end))
  if (guard?.kind === 'try_statement' && isOnlySend) {
    return { kind: 'unit', form: 'statement', start: guard.start, end: guard.end, scope }
  }
  if (guard?.kind === 'case_clause' && isOnlySend) {
    return { kind: 'unit', form: 'case', start: guard.start, end: guard.end, scope }
  }
  const start = startOfImports(module, body, statement)
  const isAll = body.every((one) => start <= one.start && one.end <= end)
  if (isAll && block.kind === 'block') return blocked(module, offset, 'other statements beside the send')
  return { kind: 'unit', form: 'statement', start, end, scope }
}

function isNamedAfter(name: string, event: string, rows: Rows): boolean {
  if (name !== event && !name.endsWith(`_${event}`)) return false
  const events = eventSet(rows)
  const longer = name.slice(0, name.length - event.length)
  const starts = [0, ...[...longer.matchAll(/_/g)].map((found) => found.index + 1)]
  return !starts.some((start) => start < longer.length && events.has(name.slice(start)))
}

function isImport(node: Node): boolean {
  return node.kind === 'import_from_statement' || node.kind === 'import_statement'
}

/** The end of the next statement where a message is kept in a name that nothing else uses, else the statement's own. */
function endOfUse(
  module: PythonModule,
  body: readonly Node[],
  statement: Node,
  scope: PyScope | undefined,
): number {
  const target = statement.children[0]?.child('left')
  const next = body[body.indexOf(statement) + 1]
  const local =
    target === undefined || scope === undefined ? undefined : findLocal(module, scope.function, target.text)
  const isOnlyNext =
    next?.kind === 'expression_statement' &&
    local?.bindings.length === 1 &&
    local.reads.every((one) => next.start <= one.start && one.end <= next.end)
  return isOnlyNext ? next.end : statement.end
}

/** The start of the imports right in front of a statement that only it uses, else its own start. */
function startOfImports(module: PythonModule, body: readonly Node[], statement: Node): number {
  let { start } = statement
  for (const one of body.slice(0, body.indexOf(statement)).toReversed()) {
    if (!isImport(one)) return start
    const names = readImport(one)?.names.map((name) => name.bound) ?? []
    const isUsed = wordsOf(module).some(
      (word) =>
        names.includes(word.text) &&
        !(one.start <= word.start && word.end <= one.end) &&
        !(statement.start <= word.start && word.end <= statement.end),
    )
    if (isUsed) return start
    start = one.start
  }
  return start
}

function blocked(module: PythonModule, offset: number, lookedFor: string): Blocked {
  return {
    kind: 'blocked',
    lookedFor,
    nearest: 'the event is sent inside something else',
    place: placeOf(module.source, offset),
  }
}
