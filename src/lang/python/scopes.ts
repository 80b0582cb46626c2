import { lastUpTo } from '../../workspace/span.js'
import type { PythonModule } from '../module.js'
import { perModule } from '../per-module.js'
import type { Node } from '../tree.js'
import {
  classesOf,
  holdsStatements,
  type PyClass,
  type PyFunction,
  readFunction,
  statementsOf,
} from './query.js'

/** A function at any depth, with what stands around it. */
export interface PyScope {
  readonly function: PyFunction
  /** `Board.call`, `endpoint.on_approval`: the names from the outside in. */
  readonly path: string
  /** The class at the top level whose method it is. */
  readonly owner: PyClass | undefined
  /** The functions around it, the innermost first. */
  readonly around: readonly PyFunction[]
}

/** Every function of a module, methods and nested ones as well, in source order. */
export const scopesOf = perModule((module: PythonModule): readonly PyScope[] => {
  const classes = new Map(classesOf(module).map((one) => [one.node, one]))
  const scopes: PyScope[] = []
  const visit = (
    nodes: readonly Node[],
    path: readonly string[],
    owner: PyClass | undefined,
    around: readonly PyFunction[],
  ): void => {
    for (const child of nodes) {
      const one = isDefinition(child) ? readFunction(child) : undefined
      if (one !== undefined) {
        const inner = [...path, one.name]
        scopes.push({ function: one, path: inner.join('.'), owner, around })
        visit(one.body, inner, undefined, [one, ...around])
        continue
      }
      const own = classes.get(child)
      if (own !== undefined) visit(own.body.children, [...path, own.name], own, around)
      else if (holdsStatements(child)) visit(child.children, path, owner, around)
    }
  }
  visit(module.root.children, [], undefined, [])
  return scopes
})

/** The innermost function around an offset; undefined where there is none. */
export function scopeAt(module: PythonModule, offset: number): PyScope | undefined {
  const scopes = scopesOf(module)
  const last = scopes[lastUpTo(scopes, offset, (one) => one.function.node.start)]
  if (last === undefined) return undefined
  const found = [last.function, ...last.around].find(({ node }) => offset < node.end)
  return found && scopeByFunction(module).get(found)
}

const scopeByFunction = perModule(
  (module: PythonModule): ReadonlyMap<PyFunction, PyScope> =>
    new Map(scopesOf(module).map((one) => [one.function, one])),
)

/** A function or a decorated one, which holds the function inside. */
function isDefinition(node: Node): boolean {
  return node.kind === 'function_definition' || node.kind === 'decorated_definition'
}

/** Where a statement goes that is to run when a block has done its work. */
export interface BlockEnd {
  /** Behind a statement, or in front of the `return` that leaves. */
  readonly side: 'behind' | 'front'
  readonly statement: Node
  /** The statement in front of that one in its block. */
  readonly previous: Node | undefined
}

/** The end of a function's work; undefined where it has none, or more than one. */
export function endOfWork(module: PythonModule, one: PyFunction): BlockEnd | undefined {
  const end = endOfBlock(module, one.body)
  return end?.side === 'front' && isRefusal(one, end.statement) ? undefined : end
}

const NOTHING = /^return(\s+(None|False|0|""|''|\[\]|\{\}|\(\)))?$/

/** Whether a last `return` gives nothing where another one gave something: the work is done in front of that. */
function isRefusal(one: PyFunction, last: Node): boolean {
  const inner = one.node.descendants('function_definition').filter((other) => other.end < one.node.end)
  const isOwn = (node: Node): boolean =>
    !inner.some((other) => other.start <= node.start && node.end <= other.end)
  const isNothing = (node: Node): boolean => NOTHING.test(node.text)
  return (
    isNothing(last) &&
    one.node.descendants('return_statement').some((node) => isOwn(node) && !isNothing(node))
  )
}

function endOfBlock(module: PythonModule, statements: readonly Node[]): BlockEnd | undefined {
  const statement = statements.at(-1)
  if (statement === undefined) return undefined
  const previous = statements.at(-2)
  const inside = (block: Node | undefined): BlockEnd | undefined => endOfBlock(module, statementsOf(block))
  if (statement.kind === 'return_statement') return { side: 'front', statement, previous }
  if (statement.kind === 'try_statement') {
    // What stands behind a handled exception would run when the work has failed.
    const otherwise = statement.children.find((child) => child.kind === 'else_clause')
    const isHandled = statement.children.some((child) => child.kind.startsWith('except'))
    if (otherwise !== undefined) return inside(otherwise.child('body'))
    if (isHandled || !completes(module, statement)) return inside(statement.child('body'))
  }
  if (completes(module, statement)) return { side: 'behind', statement, previous }
  return statement.kind === 'with_statement' ? inside(statement.child('body')) : undefined
}

/** Whether what stands behind a statement can be reached; true where that cannot be told. */
export function completes(module: PythonModule, statement: Node): boolean {
  const blockCompletes = (node: Node | undefined, field = 'body'): boolean =>
    statementsOf(node?.child(field)).every((one) => completes(module, one))
  const clauses = (...types: readonly string[]): Node[] =>
    statement.children.filter((child) => types.includes(child.kind))
  switch (statement.kind) {
    case 'return_statement':
    case 'raise_statement':
    case 'continue_statement':
    case 'break_statement':
      return false
    case 'if_statement': {
      const otherwise = clauses('else_clause')[0]
      if (otherwise === undefined) return true
      const branches = [statement, ...clauses('elif_clause')]
      return branches.some((one) => blockCompletes(one, 'consequence')) || blockCompletes(otherwise)
    }
    case 'while_statement': {
      const condition = statement.child('condition')
      const isEndless = condition !== undefined && /^(True|1)$/.test(condition.text)
      return !isEndless || statement.descendants('break_statement').length > 0
    }
    case 'with_statement':
      return blockCompletes(statement)
    case 'try_statement': {
      const handlers = clauses('except_clause', 'except_group_clause')
      const last = clauses('finally_clause')[0]
      const blockOf = (clause: Node): Node | undefined =>
        clause.children.find((child) => child.kind === 'block')
      const passes = (block: Node | undefined): boolean =>
        statementsOf(block).every((one) => completes(module, one))
      if (last !== undefined && !passes(blockOf(last))) return false
      const otherwise = clauses('else_clause')[0]
      const body = passes(statement.child('body')) && (otherwise === undefined || blockCompletes(otherwise))
      return body || handlers.some((one) => passes(blockOf(one)))
    }
    case 'match_statement': {
      const cases = statement.descendants('case_clause')
      const isExhaustive = cases.some((one) => /^case\s+_\s*:/.test(one.text))
      return !isExhaustive || cases.some((one) => blockCompletes(one, 'consequence'))
    }
    default:
      return true
  }
}
