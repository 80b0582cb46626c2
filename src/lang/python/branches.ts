import type { PythonModule } from '../module.js'
import { perModule } from '../per-module.js'
import { isKind, type Node, within } from '../tree.js'
import { holdsStatements, type PyFunction, readFunction, statementsOf } from './query.js'

/** One `if` or `elif` of a chain. */
export interface PyBranch {
  readonly condition: Node
  readonly body: readonly Node[]
  /** Where the branch begins: at its `if` or `elif`. */
  readonly start: number
  /** Behind the last statement of the body, and the comments of the body that follow it. */
  readonly end: number
}

/** `if … elif …`, from the first branch to the last; an `else` is no branch. */
export interface PyChain {
  readonly branches: readonly PyBranch[]
  readonly start: number
  /** The innermost function that the chain stands in. */
  readonly owner: PyFunction | undefined
  /** The statements that run before the chain in its function: those in front of it in every block around it. */
  readonly before: readonly Node[]
}

/** Every `if` chain of a module. */
export const chainsOf = perModule((module: PythonModule): readonly PyChain[] => {
  const chains: PyChain[] = []
  const visit = (node: Node, owner: PyFunction | undefined): void => {
    const isFunction = node.kind === 'function_definition'
    const isDecorated = owner?.node.kind === 'decorated_definition' && owner.node.end === node.end
    const reads = node.kind === 'decorated_definition' || (isFunction && !isDecorated)
    const inside = (reads ? readFunction(node) : undefined) ?? owner
    if (node.kind === 'if_statement') chains.push(readChain(module, node, owner))
    for (const child of node.children) if (holdsStatements(child)) visit(child, inside)
  }
  visit(module.root, undefined)
  return chains
})

function readChain(module: PythonModule, node: Node, owner: PyFunction | undefined): PyChain {
  const clauses = [node, ...node.children.filter((child) => child.kind === 'elif_clause')]
  const branches = clauses.flatMap((clause): PyBranch[] => {
    const condition = clause.child('condition')
    const block = clause.child('consequence')
    if (condition === undefined || block === undefined) return []
    const body = statementsOf(block)
    const end = body.at(-1)?.end ?? block.end
    return [
      { condition, body, start: clause.start, end: withComments(module.source.text, clause.start, end) },
    ]
  })
  return {
    branches,
    start: node.start,
    owner,
    get before() {
      return statementsBefore(node)
    },
  }
}

/** The statements in front of one in the blocks around it, up to its function. */
function statementsBefore(statement: Node): readonly Node[] {
  const { parent } = statement
  if (parent === undefined || parent.kind === 'function_definition') return []
  const beside = parent.kind === 'block' ? parent.children.slice(0, parent.children.indexOf(statement)) : []
  return [...statementsBefore(parent), ...beside.filter((one) => one.isNamed)]
}

/** Behind the comments that follow a block and are indented deeper than the line it belongs to. */
function withComments(text: string, header: number, end: number): number {
  const depth = columnOf(text, header)
  const first = text.indexOf('\n', end)
  let result = /^[^\S\n]*#/.test(text.slice(end)) && first !== -1 ? first : end
  let position = first
  while (position !== -1) {
    const line = /^([ \t]*)(#.*)?(?=\r?$)/m.exec(text.slice(position + 1, nextLine(text, position)))
    if (line === null || (line[2] !== undefined && (line[1] ?? '').length <= depth)) break
    if (line[2] !== undefined) result = position + 1 + line[0].length
    position = text.indexOf('\n', position + 1)
  }
  return text[result - 1] === '\r' ? result - 1 : result
}

function nextLine(text: string, newline: number): number {
  const next = text.indexOf('\n', newline + 1)
  return next === -1 ? text.length : next
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

/** The patterns of every `case` of a module, with the clause each belongs to. */
export const casesOf = perModule(
  (module: PythonModule): readonly { readonly pattern: Node; readonly clause: Node }[] => {
    return module.root
      .descendants('case_clause')
      .flatMap((clause) =>
        clause.children
          .filter((child) => child.kind === 'case_pattern')
          .map((pattern) => ({ pattern, clause })),
      )
  },
)

const BINDING = ['assignment', 'named_expression', 'for_statement']

/** Names that a function binds itself: parameters, and what its own statements assign, not those of functions inside it. */
export const localsOf = perModule((owner: PyFunction): ReadonlySet<string> => {
  const names = new Set(owner.parameters.map((one) => one.name))
  const isOwn = (node: Node): boolean => !isKind(node, 'function_definition', 'lambda')
  for (const child of within(owner.body, isOwn)) {
    const target = BINDING.includes(child.kind) ? (child.child('left') ?? child.child('name')) : undefined
    for (const one of target === undefined ? [] : [target, ...target.descendants('identifier')])
      if (one.kind === 'identifier') names.add(one.text)
  }
  return names
})
