import { groupBy, lookUp } from '../../group.js'
import type { PythonModule } from '../module.js'
import { perModule } from '../per-module.js'
import type { Node } from '../tree.js'
import { type PyFunction, type PyImport, readImport } from './query.js'
import { type PyScope, scopeAt, scopesOf } from './scopes.js'

/** A name that a function binds in its own body, or a function inside it. */
export interface PyLocal {
  readonly name: string
  readonly bindings: readonly Node[]
  /** Where its value is read, in functions inside as well. */
  readonly reads: readonly Node[]
}

/** What one function binds and imports. */
export interface PyLocals {
  readonly scope: PyScope
  readonly locals: readonly PyLocal[]
  /** The imports of its body, not those of functions inside it. */
  readonly imports: readonly PyImport[]
}

/** The local names of every function of a module; parameters are none. */
export const localNamesOf = perModule((module: PythonModule): readonly PyLocals[] => {
  const scopes = scopesOf(module)
  return scopes.map((scope) => {
    const own = scope.function.body
    const bindings = own.flatMap((node) => bindingsIn(node))
    const bound = new Set(bindings.map((node) => node.start))
    const reads = own.flatMap((node) => readsIn(node)).filter((node) => !bound.has(node.start))
    const parameters = scope.function.parameters.map((one) => one.name)
    const names = new Set(bindings.map((node) => node.text).filter((one) => !parameters.includes(one)))
    const [boundTo, readOf] = [bindings, reads].map((nodes) => groupBy(nodes, (node) => node.text))
    return {
      scope,
      locals: [...names].map((name) => ({
        name,
        bindings: boundTo?.get(name) ?? [],
        reads: readOf?.get(name) ?? [],
      })),
      imports: own
        .flatMap((node) => [node, ...node.descendants('import_from_statement', 'import_statement')])
        .filter((node) => scopeAt(module, node.start) === scope)
        .flatMap((node) => readImport(node) ?? []),
    }
  })
})

/** A local of a function by its name; undefined where the function binds none, or is told to have it as a parameter. */
export function findLocal(module: PythonModule, one: PyFunction, name: string): PyLocal | undefined {
  return lookUp(localsByNode(module).get(one.node) ?? [], name)
}

const localsByNode = perModule(
  (module: PythonModule): ReadonlyMap<Node, readonly PyLocal[]> =>
    new Map(localNamesOf(module).map(({ scope, locals }) => [scope.function.node, locals])),
)

/** Every identifier that a node binds: assigned, looped over, caught, imported, or defined. */
function bindingsIn(node: Node): Node[] {
  return [node, ...node.below()].flatMap(targetsOf).flatMap(identifiersOf)
}

function targetsOf(node: Node): Node[] {
  switch (node.kind) {
    case 'assignment':
    case 'for_statement':
      return node.children.filter((child) => child.field === 'left')
    case 'named_expression':
    case 'function_definition':
    case 'class_definition':
      return node.children.filter((child) => child.field === 'name')
    case 'as_pattern_target':
      return [node]
    case 'import_from_statement':
    case 'import_statement':
      return node.children
        .filter((child) => child.field === 'name')
        .flatMap((child) => child.child('alias') ?? child.children[0] ?? child)
    default:
      return []
  }
}

/** What a target binds; `self.seat` and `seats[0]` bind nothing. */
function identifiersOf(target: Node): Node[] {
  if (target.kind === 'identifier') return [target]
  if (target.kind === 'attribute' || target.kind === 'subscript') return []
  return target.children.flatMap(identifiersOf)
}

function readsIn(node: Node): Node[] {
  const all = [node, ...node.below()]
  const labels = new Set(
    all.flatMap((one) => (one.kind === 'keyword_argument' ? (one.child('name') ?? []) : [])),
  )
  return all.filter((one) => one.kind === 'identifier' && one.field !== 'attribute' && !labels.has(one))
}
