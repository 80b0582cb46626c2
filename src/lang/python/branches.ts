import { perModule } from '../per-module.js'
import type { PyNode, PythonModule } from './parser.js'
import {
  childOf,
  descendants,
  holdsStatements,
  nodesBelow,
  type PyFunction,
  readFunction,
  statementsOf,
  textOf,
} from './query.js'

/** One `if` or `elif` of a chain. */
export interface PyBranch {
  readonly condition: PyNode
  readonly body: readonly PyNode[]
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
  readonly before: readonly PyNode[]
}

/** Every `if` chain of a module. */
export const chainsOf = perModule((module: PythonModule): readonly PyChain[] => {
  const chains: PyChain[] = []
  const visit = (node: PyNode, owner: PyFunction | undefined, before: readonly PyNode[]): void => {
    const isFunction = node.type === 'function_definition'
    const isDecorated = owner?.node.type === 'decorated_definition' && owner.node.end === node.end
    const reads = node.type === 'decorated_definition' || (isFunction && !isDecorated)
    const inside = (reads ? readFunction(module, node) : undefined) ?? owner
    if (node.type === 'if_statement') chains.push(readChain(module, node, owner, before))
    const passed: PyNode[] = isFunction ? [] : [...before]
    for (const child of node.children) {
      if (holdsStatements(child)) visit(child, inside, [...passed])
      if (node.type === 'block' && child.named) passed.push(child)
    }
  }
  visit(module.root, undefined, [])
  return chains
})

function readChain(
  module: PythonModule,
  node: PyNode,
  owner: PyFunction | undefined,
  before: readonly PyNode[],
): PyChain {
  const clauses = [node, ...node.children.filter((child) => child.type === 'elif_clause')]
  const branches = clauses.flatMap((clause): PyBranch[] => {
    const condition = childOf(clause, 'condition')
    const block = childOf(clause, 'consequence')
    if (condition === undefined || block === undefined) return []
    const body = statementsOf(block)
    const end = body.at(-1)?.end ?? block.end
    return [
      { condition, body, start: clause.start, end: withComments(module.source.text, clause.start, end) },
    ]
  })
  return { branches, start: node.start, owner, before }
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
  (module: PythonModule): readonly { readonly pattern: PyNode; readonly clause: PyNode }[] => {
    return descendants(module.root, 'case_clause').flatMap((clause) =>
      clause.children
        .filter((child) => child.type === 'case_pattern')
        .map((pattern) => ({ pattern, clause })),
    )
  },
)

const BINDING = ['assignment', 'named_expression', 'for_statement']

/** Names that a function binds itself: parameters, and what its own statements assign, not those of functions inside it. */
export function localsOf(module: PythonModule, owner: PyFunction): ReadonlySet<string> {
  const names = new Set(owner.parameters.map((one) => one.name))
  const body = { ...owner.node, children: owner.body }
  for (const child of nodesBelow(body, ({ type }) => type !== 'function_definition' && type !== 'lambda')) {
    const target = BINDING.includes(child.type)
      ? (childOf(child, 'left') ?? childOf(child, 'name'))
      : undefined
    for (const one of target === undefined ? [] : [target, ...descendants(target, 'identifier')])
      if (one.type === 'identifier') names.add(textOf(module, one))
  }
  return names
}
