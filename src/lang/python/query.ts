import type { PythonModule } from '../module.js'
import { perModule } from '../per-module.js'
import type { Node } from '../tree.js'
import { stringValue } from './literals.js'

/** A class at the top level of a module. */
export interface PyClass {
  readonly name: string
  /** The base expressions as written, without keyword arguments. */
  readonly bases: readonly string[]
  /** The whole statement, decorators included. */
  readonly node: Node
  readonly body: Node
  readonly assignments: readonly PyAssignment[]
  readonly methods: readonly PyFunction[]
}

/** `name = value`, `name: annotation` or both. */
export interface PyAssignment {
  readonly name: string
  readonly annotation: string | undefined
  readonly value: Node | undefined
  readonly node: Node
}

/** A function or method. */
export interface PyFunction {
  readonly name: string
  readonly isAsync: boolean
  /** As written, without the `@`. */
  readonly decorators: readonly string[]
  readonly parameters: readonly PyParameter[]
  /** The name of the one that takes all other keywords: `**fields`. */
  readonly keywords: string | undefined
  /** The return annotation as written. */
  readonly returns: string | undefined
  readonly docstring: Node | undefined
  /** Statements of the body, docstring included. */
  readonly body: readonly Node[]
  /** The whole statement, decorators included. */
  readonly node: Node
}

export interface PyParameter {
  readonly name: string
  readonly annotation: string | undefined
  readonly default: Node | undefined
  /** Stands behind a `*`. */
  readonly isKeywordOnly: boolean
}

/** `from module import name [as alias]`, or `import module [as alias]` with an empty `names`. */
export interface PyImport {
  readonly module: string
  readonly names: readonly PyImportedName[]
  readonly isFrom: boolean
  readonly node: Node
}

export interface PyImportedName {
  readonly name: string
  /** What the file calls it. */
  readonly bound: string
  readonly node: Node
}

/** Whether statements can stand inside a node, at any depth: in a block they can, in an expression never. */
export function holdsStatements({ kind }: Node): boolean {
  return HOLDS_STATEMENTS.test(kind)
}

const HOLDS_STATEMENTS =
  /^(?:module|block|ERROR|\w+_(?:clause|definition|block)|(?:if|for|while|try|with|match)_statement)$/

/** The classes at the top level of a module. */
export const classesOf = perModule((module: PythonModule): readonly PyClass[] => {
  return module.root.children.flatMap((node) => {
    const definition = undecorated(node)
    return definition.kind === 'class_definition' ? [readClass(node, definition)] : []
  })
})

/** The functions at the top level of a module. */
export const functionsOf = perModule((module: PythonModule): readonly PyFunction[] => {
  return module.root.children.flatMap((node) => readFunction(node) ?? [])
})

/** Assignments at the top level of a module. */
export const assignmentsOf = perModule((module: PythonModule): readonly PyAssignment[] => {
  return module.root.children.flatMap((node) => readAssignment(node) ?? [])
})

/** The imports at the top level of a module. */
export const importsOf = perModule((module: PythonModule): readonly PyImport[] => {
  return module.root.children.flatMap((node) => readImport(node) ?? [])
})

/** Names that the top level of a module binds: imports, classes, functions, assignments. */
export const boundNames = perModule((module: PythonModule): ReadonlyMap<string, Node> => {
  const bound = new Map<string, Node>()
  for (const statement of importsOf(module)) {
    for (const name of statement.names) bound.set(name.bound, name.node)
  }
  for (const item of [...classesOf(module), ...functionsOf(module), ...assignmentsOf(module)]) {
    bound.set(item.name, item.node)
  }
  return bound
})

/** A class or function statement without its decorators. */
function undecorated(node: Node): Node {
  return node.kind === 'decorated_definition' ? (node.child('definition') ?? node) : node
}

/** What a call gives. */
export interface PyArgument {
  /** Undefined for a positional one. */
  readonly name: string | undefined
  readonly value: Node
}

/** The arguments of a call. */
export function callArguments(call: Node): PyArgument[] {
  const list = call.child('arguments')
  return (list?.children ?? []).flatMap((child): { name: string | undefined; value: Node }[] => {
    if (!child.isNamed || child.kind === 'comment') return []
    if (child.kind !== 'keyword_argument') return [{ name: undefined, value: child }]
    const name = child.child('name')
    const value = child.child('value')
    return name === undefined || value === undefined ? [] : [{ name: name.text, value }]
  })
}

/** The statements of a block, without comments. */
export function statementsOf(block: Node | undefined): Node[] {
  return (block?.children ?? []).filter((child) => child.isNamed && child.kind !== 'comment')
}

/** The docstring of the class, function or method that begins at an offset. */
export function docstringAt(module: PythonModule, offset: number): string | undefined {
  const one = definitionsByStart(module).get(offset)
  return stringValue(
    one !== undefined && 'docstring' in one ? one.docstring : statementsOf(one?.body)[0]?.children[0],
  )
}

const definitionsByStart = perModule(
  (module: PythonModule): ReadonlyMap<number, PyClass | PyFunction> =>
    new Map(
      [...classesOf(module).flatMap((one) => [one, ...one.methods]), ...functionsOf(module)].map((one) => [
        one.node.start,
        one,
      ]),
    ),
)

/** Offsets of statements whose block holds nothing but comments, and of functions that are a docstring alone. */
export function emptyBlocks(module: PythonModule): number[] {
  return module.root.descendants(...COMPOUND).flatMap((node) => {
    const block =
      node.child('body') ?? node.child('consequence') ?? node.children.find((one) => one.kind === 'block')
    const statements = statementsOf(block)
    const isDocumented = node.kind === 'function_definition' && statements.length === 1
    const isEmpty = isDocumented && statements[0]?.children[0]?.kind === 'string'
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
export function readFunction(node: Node): PyFunction | undefined {
  const definition = undecorated(node)
  if (definition.kind !== 'function_definition') return undefined
  const name = definition.child('name')
  const body = statementsOf(definition.child('body'))
  const returns = definition.child('return_type')
  const first = body[0]?.children[0]
  const parameters = definition.child('parameters')?.children ?? []
  return {
    name: name === undefined ? '' : name.text,
    isAsync: definition.children.some((child) => child.kind === 'async'),
    decorators: node.children
      .filter((child) => child.kind === 'decorator')
      .flatMap((child) => child.children.find((one) => one.isNamed && one.kind !== 'comment')?.text ?? []),
    parameters: readParameters(parameters),
    keywords: readKeywords(parameters),
    returns: returns === undefined ? undefined : returns.text,
    docstring: body[0]?.kind === 'expression_statement' && first?.kind === 'string' ? first : undefined,
    body,
    node,
  }
}

/** An assignment statement to a plain name. */
function readAssignment(node: Node): PyAssignment | undefined {
  const assignment = node.kind === 'expression_statement' ? node.children[0] : undefined
  if (assignment?.kind !== 'assignment') return undefined
  const left = assignment.child('left')
  if (left?.kind !== 'identifier') return undefined
  const annotation = assignment.child('type')
  return {
    name: left.text,
    annotation: annotation === undefined ? undefined : annotation.text,
    value: assignment.child('right'),
    node,
  }
}

function readClass(node: Node, definition: Node): PyClass {
  const name = definition.child('name')
  const body = definition.child('body') ?? definition
  const bases = (definition.child('superclasses')?.children ?? []).filter(
    (child) => child.isNamed && child.kind !== 'keyword_argument' && child.kind !== 'comment',
  )
  return {
    name: name === undefined ? '' : name.text,
    bases: bases.map((base) => base.text),
    node,
    body,
    assignments: body.children.flatMap((child) => readAssignment(child) ?? []),
    methods: body.children.flatMap((child) => readFunction(child) ?? []),
  }
}

function readParameters(nodes: readonly Node[]): PyParameter[] {
  const star = nodes.findIndex(
    (node) => /^(keyword_separator|list_splat_pattern)$/.test(node.kind) || isSplat(node),
  )
  return nodes.flatMap((node, index) => {
    const parameter = readParameter(node)
    return parameter === undefined ? [] : [{ ...parameter, isKeywordOnly: star !== -1 && index > star }]
  })
}

/** `**fields`, `**fields: T` */
function readKeywords(nodes: readonly Node[]): string | undefined {
  const splats = nodes.map((node) => (node.kind === 'typed_parameter' ? node.children[0] : node))
  return splats
    .find((node) => node?.kind === 'dictionary_splat_pattern')
    ?.children.find((one) => one.kind === 'identifier')?.text
}

/** `*args: T`, which the grammar wraps in a typed parameter. */
function isSplat(node: Node): boolean {
  return node.kind === 'typed_parameter' && node.children[0]?.kind === 'list_splat_pattern'
}

function readParameter(node: Node): Omit<PyParameter, 'isKeywordOnly'> | undefined {
  if (node.kind === 'identifier') {
    return { name: node.text, annotation: undefined, default: undefined }
  }
  if (!['typed_parameter', 'default_parameter', 'typed_default_parameter'].includes(node.kind))
    return undefined
  const name = node.child('name') ?? node.children[0]
  if (name === undefined || name.kind !== 'identifier') return undefined
  const annotation = node.child('type')
  return {
    name: name.text,
    annotation: annotation === undefined ? undefined : annotation.text,
    default: node.child('value'),
  }
}

export function readImport(node: Node): PyImport | undefined {
  if (
    node.kind !== 'import_from_statement' &&
    node.kind !== 'import_statement' &&
    node.kind !== 'future_import_statement'
  ) {
    return undefined
  }
  const names = node.children
    .filter((child) => child.field === 'name')
    .map((child): PyImportedName => {
      const alias = child.kind === 'aliased_import' ? child.child('alias') : undefined
      const name = child.kind === 'aliased_import' ? (child.child('name') ?? child) : child
      return {
        name: name.text,
        bound: (alias ?? name).text.split('.')[0] ?? '',
        node: child,
      }
    })
  if (node.kind === 'import_statement') return { module: names[0]?.name ?? '', names, isFrom: false, node }
  const from = node.child('module_name')
  return { module: from === undefined ? '__future__' : from.text, names, isFrom: true, node }
}
