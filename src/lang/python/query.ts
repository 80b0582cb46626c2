import { perModule } from '../per-module.js'
import type { PyNode, PythonModule } from './parser.js'

/** A class at the top level of a module. */
export interface PyClass {
  readonly name: string
  /** The base expressions as written, without keyword arguments. */
  readonly bases: readonly string[]
  /** The whole statement, decorators included. */
  readonly node: PyNode
  readonly body: PyNode
  readonly assignments: readonly PyAssignment[]
  readonly methods: readonly PyFunction[]
}

/** `name = value`, `name: annotation` or both. */
export interface PyAssignment {
  readonly name: string
  readonly annotation: string | undefined
  readonly value: PyNode | undefined
  readonly node: PyNode
}

/** A function or method. */
export interface PyFunction {
  readonly name: string
  readonly isAsync: boolean
  /** As written, without the `@`. */
  readonly decorators: readonly string[]
  readonly parameters: readonly PyParameter[]
  /** The return annotation as written. */
  readonly returns: string | undefined
  readonly docstring: PyNode | undefined
  /** Statements of the body, docstring included. */
  readonly body: readonly PyNode[]
  /** The whole statement, decorators included. */
  readonly node: PyNode
}

export interface PyParameter {
  readonly name: string
  readonly annotation: string | undefined
  readonly default: PyNode | undefined
  /** Stands behind a `*`. */
  readonly isKeywordOnly: boolean
}

/** `from module import name [as alias]`, or `import module [as alias]` with an empty `names`. */
export interface PyImport {
  readonly module: string
  readonly names: readonly PyImportedName[]
  readonly isFrom: boolean
  readonly node: PyNode
}

export interface PyImportedName {
  readonly name: string
  /** What the file calls it. */
  readonly bound: string
  readonly node: PyNode
}

/** The source text of a node. */
export function textOf(module: PythonModule, node: PyNode): string {
  return module.source.text.slice(node.start, node.end)
}

/** The child that fills a grammar field. */
export function childOf(node: PyNode | undefined, field: string): PyNode | undefined {
  return node?.children.find((child) => child.field === field)
}

/** Every node of the given types below a node, in source order. */
export function descendants(node: PyNode, ...types: readonly string[]): PyNode[] {
  return [...nodesBelow(node)].filter((one) => types.includes(one.type))
}

/**
 * Every node below a node, in source order. The depth of a tree costs no stack.
 *
 * @param enters whether what is below a node is looked at as well
 */
export function* nodesBelow(node: PyNode, enters: (one: PyNode) => boolean = () => true): Generator<PyNode> {
  const open = node.children.toReversed()
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    yield one
    if (enters(one))
      for (let at = one.children.length - 1; at >= 0; at--) open.push(one.children[at] as PyNode)
  }
}

/** Whether statements can stand inside a node, at any depth: in a block they can, in an expression never. */
export function holdsStatements({ type }: PyNode): boolean {
  return HOLDS_STATEMENTS.test(type)
}

const HOLDS_STATEMENTS =
  /^(?:module|block|ERROR|\w+_(?:clause|definition|block)|(?:if|for|while|try|with|match)_statement)$/

/** The classes at the top level of a module. */
export const classesOf = perModule((module: PythonModule): readonly PyClass[] => {
  return module.root.children.flatMap((node) => {
    const definition = undecorated(node)
    return definition.type === 'class_definition' ? [readClass(module, node, definition)] : []
  })
})

/** The functions at the top level of a module. */
export const functionsOf = perModule((module: PythonModule): readonly PyFunction[] => {
  return module.root.children.flatMap((node) => readFunction(module, node) ?? [])
})

/** Assignments at the top level of a module. */
export const assignmentsOf = perModule((module: PythonModule): readonly PyAssignment[] => {
  return module.root.children.flatMap((node) => readAssignment(module, node) ?? [])
})

/** The imports at the top level of a module. */
export const importsOf = perModule((module: PythonModule): readonly PyImport[] => {
  return module.root.children.flatMap((node) => readImport(module, node) ?? [])
})

/** Names that the top level of a module binds: imports, classes, functions, assignments. */
export const boundNames = perModule((module: PythonModule): ReadonlyMap<string, PyNode> => {
  const bound = new Map<string, PyNode>()
  for (const statement of importsOf(module)) {
    for (const name of statement.names) bound.set(name.bound, name.node)
  }
  for (const item of [...classesOf(module), ...functionsOf(module), ...assignmentsOf(module)]) {
    bound.set(item.name, item.node)
  }
  return bound
})

/** A class or function statement without its decorators. */
function undecorated(node: PyNode): PyNode {
  return node.type === 'decorated_definition' ? (childOf(node, 'definition') ?? node) : node
}

/** The value of a plain string literal; undefined for f-strings, bytes and anything else. */
export function stringValue(module: PythonModule, node: PyNode | undefined): string | undefined {
  if (node === undefined) return undefined
  if (node.type === 'parenthesized_expression') {
    return stringValue(
      module,
      node.children.find((child) => child.named),
    )
  }
  if (node.type === 'concatenated_string') {
    const parts = node.children.filter((child) => child.named).map((child) => stringValue(module, child))
    return parts.every((one) => one !== undefined) ? parts.join('') : undefined
  }
  if (node.type !== 'string') return undefined
  const opening = node.children.find((child) => child.type === 'string_start')
  if (opening === undefined || /[fb]/i.test(textOf(module, opening))) return undefined
  const content = node.children.find((child) => child.type === 'string_content')
  const raw = content === undefined ? '' : textOf(module, content)
  if (/r/i.test(textOf(module, opening)) || !raw.includes('\\')) return raw
  return raw.replace(
    /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))/gs,
    (_, unicode?: string, hex?: string, char?: string) => {
      if (unicode !== undefined || hex !== undefined)
        return String.fromCharCode(Number.parseInt(unicode ?? hex ?? '', 16))
      return ({ n: '\n', t: '\t', r: '\r' } as Record<string, string>)[char ?? ''] ?? char ?? ''
    },
  )
}

/** Keys and values of a dict literal; entries whose key is no plain string have an undefined key. */
export function dictEntries(
  module: PythonModule,
  dict: PyNode,
): { readonly key: string | undefined; readonly value: PyNode; readonly node: PyNode }[] {
  return dict.children.flatMap((child) => {
    if (child.type === 'dictionary_splat') return [{ key: undefined, value: child, node: child }]
    if (child.type !== 'pair') return []
    const value = childOf(child, 'value')
    return value === undefined
      ? []
      : [{ key: stringValue(module, childOf(child, 'key')), value, node: child }]
  })
}

/** The arguments of a call: positional ones have no name. */
export function callArguments(
  module: PythonModule,
  call: PyNode,
): { readonly name: string | undefined; readonly value: PyNode }[] {
  const list = childOf(call, 'arguments')
  return (list?.children ?? []).flatMap((child): { name: string | undefined; value: PyNode }[] => {
    if (!child.named || child.type === 'comment') return []
    if (child.type !== 'keyword_argument') return [{ name: undefined, value: child }]
    const name = childOf(child, 'name')
    const value = childOf(child, 'value')
    return name === undefined || value === undefined ? [] : [{ name: textOf(module, name), value }]
  })
}

/** The statements of a block, without comments. */
export function statementsOf(block: PyNode | undefined): PyNode[] {
  return (block?.children ?? []).filter((child) => child.named && child.type !== 'comment')
}

/** The docstring of the class, function or method that begins at an offset. */
export function docstringAt(module: PythonModule, offset: number): string | undefined {
  const functions = [...functionsOf(module), ...classesOf(module).flatMap((one) => one.methods)]
  const found = functions.find((one) => one.node.start === offset)
  if (found !== undefined) return stringValue(module, found.docstring)
  const one = classesOf(module).find((candidate) => candidate.node.start === offset)
  return stringValue(module, statementsOf(one?.body)[0]?.children[0])
}

/** Offsets of statements whose block holds nothing but comments, and of functions that are a docstring alone. */
export function emptyBlocks(module: PythonModule): number[] {
  return descendants(module.root, ...COMPOUND).flatMap((node) => {
    const block =
      childOf(node, 'body') ??
      childOf(node, 'consequence') ??
      node.children.find((one) => one.type === 'block')
    const statements = statementsOf(block)
    const isDocumented = node.type === 'function_definition' && statements.length === 1
    const isEmpty = isDocumented && statements[0]?.children[0]?.type === 'string'
    return isEmpty || statements.length === 0 ? [node.start] : []
  })
}

const COMPOUND = [
  'class_definition',
  'function_definition',
  'if_statement',
  'elif_clause',
  'else_clause',
  'for_statement',
  'while_statement',
  'try_statement',
  'with_statement',
  'case_clause',
  'except_clause',
  'except_group_clause',
  'finally_clause',
]

/** A function or method statement, decorated or not. */
export function readFunction(module: PythonModule, node: PyNode): PyFunction | undefined {
  const definition = undecorated(node)
  if (definition.type !== 'function_definition') return undefined
  const name = childOf(definition, 'name')
  const body = statementsOf(childOf(definition, 'body'))
  const returns = childOf(definition, 'return_type')
  const first = body[0]?.children[0]
  return {
    name: name === undefined ? '' : textOf(module, name),
    isAsync: definition.children.some((child) => child.type === 'async'),
    decorators: node.children
      .filter((child) => child.type === 'decorator')
      .map((child) => textOf(module, child).replace(/^@\s*/, '').trim()),
    parameters: readParameters(module, childOf(definition, 'parameters')?.children ?? []),
    returns: returns === undefined ? undefined : textOf(module, returns),
    docstring: body[0]?.type === 'expression_statement' && first?.type === 'string' ? first : undefined,
    body,
    node,
  }
}

/** An assignment statement to a plain name. */
function readAssignment(module: PythonModule, node: PyNode): PyAssignment | undefined {
  const assignment = node.type === 'expression_statement' ? node.children[0] : undefined
  if (assignment?.type !== 'assignment') return undefined
  const left = childOf(assignment, 'left')
  if (left?.type !== 'identifier') return undefined
  const annotation = childOf(assignment, 'type')
  return {
    name: textOf(module, left),
    annotation: annotation === undefined ? undefined : textOf(module, annotation),
    value: childOf(assignment, 'right'),
    node,
  }
}

function readClass(module: PythonModule, node: PyNode, definition: PyNode): PyClass {
  const name = childOf(definition, 'name')
  const body = childOf(definition, 'body') ?? definition
  const bases = (childOf(definition, 'superclasses')?.children ?? []).filter(
    (child) => child.named && child.type !== 'keyword_argument' && child.type !== 'comment',
  )
  return {
    name: name === undefined ? '' : textOf(module, name),
    bases: bases.map((base) => textOf(module, base)),
    node,
    body,
    assignments: body.children.flatMap((child) => readAssignment(module, child) ?? []),
    methods: body.children.flatMap((child) => readFunction(module, child) ?? []),
  }
}

function readParameters(module: PythonModule, nodes: readonly PyNode[]): PyParameter[] {
  const star = nodes.findIndex(
    (node) => /^(keyword_separator|list_splat_pattern)$/.test(node.type) || isSplat(node),
  )
  return nodes.flatMap((node, index) => {
    const parameter = readParameter(module, node)
    return parameter === undefined ? [] : [{ ...parameter, isKeywordOnly: star !== -1 && index > star }]
  })
}

/** `*args: T`, which the grammar wraps in a typed parameter. */
function isSplat(node: PyNode): boolean {
  return node.type === 'typed_parameter' && node.children[0]?.type === 'list_splat_pattern'
}

function readParameter(module: PythonModule, node: PyNode): Omit<PyParameter, 'isKeywordOnly'> | undefined {
  if (node.type === 'identifier') {
    return { name: textOf(module, node), annotation: undefined, default: undefined }
  }
  if (!['typed_parameter', 'default_parameter', 'typed_default_parameter'].includes(node.type))
    return undefined
  const name = childOf(node, 'name') ?? node.children[0]
  if (name === undefined || name.type !== 'identifier') return undefined
  const annotation = childOf(node, 'type')
  return {
    name: textOf(module, name),
    annotation: annotation === undefined ? undefined : textOf(module, annotation),
    default: childOf(node, 'value'),
  }
}

export function readImport(module: PythonModule, node: PyNode): PyImport | undefined {
  if (
    node.type !== 'import_from_statement' &&
    node.type !== 'import_statement' &&
    node.type !== 'future_import_statement'
  ) {
    return undefined
  }
  const names = node.children
    .filter((child) => child.field === 'name')
    .map((child): PyImportedName => {
      const alias = child.type === 'aliased_import' ? childOf(child, 'alias') : undefined
      const name = child.type === 'aliased_import' ? (childOf(child, 'name') ?? child) : child
      return {
        name: textOf(module, name),
        bound: textOf(module, alias ?? name).split('.')[0] ?? '',
        node: child,
      }
    })
  if (node.type === 'import_statement') return { module: names[0]?.name ?? '', names, isFrom: false, node }
  const from = childOf(node, 'module_name')
  return { module: from === undefined ? '__future__' : textOf(module, from), names, isFrom: true, node }
}
