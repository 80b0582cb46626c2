import { perModule } from '../per-module.js'
import type { PyNode, PythonModule } from './parser.js'
import {
  childOf,
  classesOf,
  descendants,
  holdsStatements,
  type PyClass,
  type PyFunction,
  readFunction,
  statementsOf,
  textOf,
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
  const classes = classesOf(module)
  const scopes: PyScope[] = []
  const visit = (
    node: PyNode,
    path: readonly string[],
    owner: PyClass | undefined,
    around: readonly PyFunction[],
  ): void => {
    for (const child of node.children) {
      const one = isDefinition(child) ? readFunction(module, child) : undefined
      if (one !== undefined) {
        const inner = [...path, one.name]
        scopes.push({ function: one, path: inner.join('.'), owner, around })
        for (const statement of one.body) visit(wrap(statement), inner, undefined, [one, ...around])
        continue
      }
      const own = classes.find((candidate) => candidate.node === child)
      if (own !== undefined) visit(own.body, [...path, own.name], own, around)
      else if (holdsStatements(child)) visit(child, path, owner, around)
    }
  }
  visit(module.root, [], undefined, [])
  return scopes
})

function wrap(node: PyNode): PyNode {
  return { ...node, children: [node] }
}

/** A function or a decorated one, which holds the function inside. */
function isDefinition(node: PyNode): boolean {
  return node.type === 'function_definition' || node.type === 'decorated_definition'
}

/** Where a statement goes that is to run when a block has done its work. */
export interface BlockEnd {
  /** Behind a statement, or in front of the `return` that leaves. */
  readonly side: 'behind' | 'front'
  readonly statement: PyNode
  /** The statement in front of that one in its block. */
  readonly previous: PyNode | undefined
}

/** The end of a function's work; undefined where it has none, or more than one. */
export function endOfWork(module: PythonModule, one: PyFunction): BlockEnd | undefined {
  const end = endOfBlock(module, one.body)
  return end?.side === 'front' && isRefusal(module, one, end.statement) ? undefined : end
}

const NOTHING = /^return(\s+(None|False|0|""|''|\[\]|\{\}|\(\)))?$/

/** Whether a last `return` gives nothing where another one gave something: the work is done in front of that. */
function isRefusal(module: PythonModule, one: PyFunction, last: PyNode): boolean {
  const inner = descendants(one.node, 'function_definition').filter((other) => other.end < one.node.end)
  const isOwn = (node: PyNode): boolean =>
    !inner.some((other) => other.start <= node.start && node.end <= other.end)
  const isNothing = (node: PyNode): boolean => NOTHING.test(textOf(module, node))
  return (
    isNothing(last) &&
    descendants(one.node, 'return_statement').some((node) => isOwn(node) && !isNothing(node))
  )
}

function endOfBlock(module: PythonModule, statements: readonly PyNode[]): BlockEnd | undefined {
  const statement = statements.at(-1)
  if (statement === undefined) return undefined
  const previous = statements.at(-2)
  const inside = (block: PyNode | undefined): BlockEnd | undefined => endOfBlock(module, statementsOf(block))
  if (statement.type === 'return_statement') return { side: 'front', statement, previous }
  if (statement.type === 'try_statement') {
    // What stands behind a handled exception would run when the work has failed.
    const otherwise = statement.children.find((child) => child.type === 'else_clause')
    const isHandled = statement.children.some((child) => child.type.startsWith('except'))
    if (otherwise !== undefined) return inside(childOf(otherwise, 'body'))
    if (isHandled || !completes(module, statement)) return inside(childOf(statement, 'body'))
  }
  if (completes(module, statement)) return { side: 'behind', statement, previous }
  return statement.type === 'with_statement' ? inside(childOf(statement, 'body')) : undefined
}

/** Whether what stands behind a statement can be reached; true where that cannot be told. */
export function completes(module: PythonModule, statement: PyNode): boolean {
  const blockCompletes = (node: PyNode | undefined, field = 'body'): boolean =>
    statementsOf(childOf(node, field)).every((one) => completes(module, one))
  const clauses = (...types: readonly string[]): PyNode[] =>
    statement.children.filter((child) => types.includes(child.type))
  switch (statement.type) {
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
      const condition = childOf(statement, 'condition')
      const isEndless = condition !== undefined && /^(True|1)$/.test(textOf(module, condition))
      return !isEndless || descendants(statement, 'break_statement').length > 0
    }
    case 'with_statement':
      return blockCompletes(statement)
    case 'try_statement': {
      const handlers = clauses('except_clause', 'except_group_clause')
      const last = clauses('finally_clause')[0]
      const blockOf = (clause: PyNode): PyNode | undefined =>
        clause.children.find((child) => child.type === 'block')
      const passes = (block: PyNode | undefined): boolean =>
        statementsOf(block).every((one) => completes(module, one))
      if (last !== undefined && !passes(blockOf(last))) return false
      const otherwise = clauses('else_clause')[0]
      const body =
        passes(childOf(statement, 'body')) && (otherwise === undefined || blockCompletes(otherwise))
      return body || handlers.some((one) => passes(blockOf(one)))
    }
    case 'match_statement': {
      const cases = descendants(statement, 'case_clause')
      const isExhaustive = cases.some((one) => /^case\s+_\s*:/.test(textOf(module, one)))
      return !isExhaustive || cases.some((one) => blockCompletes(one, 'consequence'))
    }
    default:
      return true
  }
}
