import { lookUp } from '../../group.js'
import type { PythonModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import {
  assignmentsOf,
  classesOf,
  functionsOf,
  type PyClass,
  type PyFunction,
} from '../../lang/python/query.js'
import { type PyScope, scopesOf } from '../../lang/python/scopes.js'
import { isKind, type Node } from '../../lang/tree.js'
import type { Layout } from '../../layout/layout.js'
import { findDefinition } from '../../layout/python-names.js'
import type { Repository } from '../../layout/repository.js'

/** A value as it is written, and the frame in which its names mean something. */
export interface Written {
  readonly node: Node
  readonly frame: Frame
}

/** Where names are followed: a place in a function of a module, perhaps with what a known call gives to its parameters. */
export interface Frame {
  readonly repository: Repository
  /** The folder of the backend. */
  readonly folder: string
  readonly module: PythonModule
  /** The function around; undefined at the top level. */
  readonly scope: PyScope | undefined
  /** What the call that led here gives to parameters of the function. */
  readonly given: ReadonlyMap<string, Written>
  /** How many names and calls were followed to come here. */
  readonly depth: number
}

/** Code that goes on and on is not followed for ever. */
const MAX_DEPTH = 12

/** The frame of a place of a module of a checkout. */
export function frameAt(
  { repository, layout }: { readonly repository: Repository; readonly layout: Pick<Layout, 'backend'> },
  module: PythonModule,
  node: Node,
): Frame {
  const { folder } = layout.backend
  return { repository, folder, module, scope: scopeAround(module, node), given: new Map(), depth: 0 }
}

/** The innermost function around a node. */
function scopeAround(module: PythonModule, node: Node): PyScope | undefined {
  const scopes = scopesByNode(module)
  for (const one of [node, ...node.ancestors()]) {
    const scope = scopes.get(one)
    if (scope !== undefined) return scope
  }
  return undefined
}

/** The functions of a module by their statements. */
export const scopesByNode = perModule(
  (module: PythonModule): ReadonlyMap<Node, PyScope> =>
    new Map(scopesOf(module).map((one) => [one.function.node, one])),
)

/** The frame one step further; undefined where that would go too far. */
export function deeper(frame: Frame): Frame | undefined {
  return frame.depth >= MAX_DEPTH ? undefined : { ...frame, depth: frame.depth + 1 }
}

/** A class or a function of the backend by the name that a frame has for it. */
export interface Definition {
  readonly module: PythonModule
  readonly class: PyClass | undefined
  readonly function: PyFunction | undefined
  readonly value: Node | undefined
}

/** What a name of a module leads to, through imports; undefined for what the backend does not define. */
export function definitionOf(frame: Frame, name: string): Definition | undefined {
  const { repository, folder, module } = frame
  const lead = findDefinition(repository, folder, module.source.path, name)
  if (lead === undefined || lead === 'unknown') return undefined
  return definitionsIn(repository.python(lead.file), lead.name)
}

function definitionsIn(module: PythonModule, name: string): Definition {
  const known = definitionsOf(module)
  const found = known.get(name) ?? readDefinition(module, name)
  known.set(name, found)
  return found
}

const definitionsOf = perModule((_: PythonModule) => new Map<string, Definition>())

function readDefinition(module: PythonModule, name: string): Definition {
  const assigned = assignmentsOf(module).filter((one) => one.name === name)
  return {
    module,
    class: lookUp(classesOf(module), name),
    function: lookUp(functionsOf(module), name),
    value: assigned.length === 1 ? assigned[0]?.value : undefined,
  }
}

/** A class by the name that a frame has for it: its own, or that of an alias. */
export function classNamed(
  frame: Frame,
  name: string,
): { readonly module: PythonModule; readonly class: PyClass } | undefined {
  const next = deeper(frame)
  const definition = definitionOf(frame, name)
  if (definition === undefined || next === undefined) return undefined
  if (definition.class !== undefined) return { module: definition.module, class: definition.class }
  return isKind(definition.value, 'identifier')
    ? classNamed({ ...next, module: definition.module, scope: undefined }, definition.value.text)
    : undefined
}

/** The `return` statements of a function's own body. */
export function returnsOf(one: PyFunction): Node[] {
  const inner = one.node
    .descendants('function_definition', 'lambda')
    .filter((other) => other.end < one.node.end)
  return one.node
    .descendants('return_statement')
    .filter((node) => !inner.some((other) => other.holds(node) && other !== one.node))
}

/** Whether a function gives values one after the other. */
export function isGenerator(one: PyFunction): boolean {
  return one.node.descendants('yield').length > 0
}

/** What a `return` gives back. */
export function returned(node: Node): Node | undefined {
  return node.children.find((child) => child.isNamed && child.kind !== 'comment')
}

/** A node without the parentheses and the `await` around it. */
export function bare(node: Node): Node {
  if (!isKind(node, 'parenthesized_expression', 'await')) return node
  const inner = node.children.find((child) => child.isNamed && child.kind !== 'comment')
  return inner === undefined ? node : bare(inner)
}

/** The sides of a conditional expression, without what it asks. */
export function sidesOf(node: Node): Node[] {
  const [then, , otherwise] = node.children.filter((child) => child.isNamed && child.kind !== 'comment')
  return [then, otherwise].filter((one) => one !== undefined)
}

/** The items of a list, a tuple or a set that is written out; undefined for anything else. */
export function itemsOf(node: Node | undefined): Node[] | undefined {
  return isKind(node, 'list', 'tuple', 'set', 'expression_list')
    ? node.children.filter((child) => child.isNamed && child.kind !== 'comment')
    : undefined
}
