import { type PyFunction, statementsOf } from '../../lang/python/query.js'
import type { Node } from '../../lang/tree.js'

/** Where a function handles whatever fails: `except Exception as e`. */
export interface Handler {
  /** The `try` statement. */
  readonly statement: Node
  readonly clause: Node
  /** What the exception is called. */
  readonly caught: string
}

/** The handled exception that a node of a function stands in. */
export function handlerAround(one: PyFunction, node: Node): Handler | undefined {
  return clausesIn(one)
    .filter(({ clause }) => clause.holds(node))
    .map((found) => ({ ...found, caught: caughtBy(found.clause) ?? '' }))
    .at(-1)
}

const ANYTHING = /^except\s+(?:Base)?Exception\s+as\s/

/** Where a function handles whatever fails, by a name of it; what only keeps a send from failing is none of them. */
export function handlersIn(one: PyFunction): Handler[] {
  return clausesIn(one).flatMap(({ statement, clause }) => {
    const caught = caughtBy(clause)
    return caught === undefined || !ANYTHING.test(clause.text) ? [] : [{ statement, clause, caught }]
  })
}

/** The statements that handle an exception. */
export function statementsIn({ clause }: Handler): readonly Node[] {
  return statementsOf(clause.children.find((child) => child.kind === 'block'))
}

function clausesIn(one: PyFunction): { statement: Node; clause: Node }[] {
  const inner = one.node.descendants('function_definition').filter((other) => other.end < one.node.end)
  return one.node
    .descendants('try_statement')
    .filter((statement) => !inner.some((other) => other.holds(statement)))
    .flatMap((statement) =>
      statement.children
        .filter((child) => child.kind === 'except_clause')
        .map((clause) => ({ statement, clause })),
    )
}

function caughtBy(clause: Node): string | undefined {
  return /^except\b[^:\n]*\sas\s+(\w+)\s*:/.exec(clause.text)?.[1]
}
