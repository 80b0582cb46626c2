import { lookUp } from '../group.js'
import type { PythonModule } from '../lang/module.js'
import { python } from '../lang/python/language.js'
import { classesOf, importsOf, type PyFunction, statementsOf } from '../lang/python/query.js'
import { completes, type PyScope } from '../lang/python/scopes.js'
import { isKind, type Node, within } from '../lang/tree.js'
import type { Layout } from '../layout/layout.js'
import { isModuleOf } from '../layout/python-parts.js'
import type { Repository } from '../layout/repository.js'
import { readPythonType } from '../payload/python.js'
import type { Field, FieldType } from '../spec/field-type.js'

/** What a function has under a name at some place. */
export interface ScopeValue {
  readonly name: string
  /** `seat_id`, or `request.seat_id` for a field of a pydantic model that it was given. */
  readonly expression: string
  /** The annotation, or what stands in for it; undefined where nothing tells the type. */
  readonly annotation: string | undefined
}

/**
 * The values that a function has at an offset of its body: its parameters, what it has bound for sure, the
 * same of the functions around it, and the fields of the pydantic models among its parameters. The first of a
 * name is the one that counts.
 */
export function valuesAt(
  repository: Repository,
  layout: Layout,
  module: PythonModule,
  scope: PyScope,
  offset: number,
): readonly ScopeValue[] {
  const own = valuesOf(module, scope.function, offset, offset)
  const around = scope.around.flatMap((one) => valuesOf(module, one, undefined, scope.function.node.start))
  const given = scope.function.parameters.flatMap((one) =>
    one.annotation === undefined || one.default !== undefined
      ? []
      : fieldsOfModel(repository, layout, module, one.annotation).map((field) => ({
          ...field,
          expression: `${one.name}.${field.name}`,
        })),
  )
  return [...own, ...around, ...given].filter(
    (one, index, all) => all.findIndex((other) => other.name === one.name) === index,
  )
}

/**
 * @param offset undefined for a function around the place: when that runs, all of its statements may have
 * @param guarded where its guards have to stand in front of: the place, or the function inside
 */
function valuesOf(
  module: PythonModule,
  one: PyFunction,
  offset: number | undefined,
  guarded: number,
): ScopeValue[] {
  const bindings = bindingsOf(one)
  const isSure = (node: Node): boolean =>
    offset === undefined
      ? one.body.some((statement) => statement.children[0] === node)
      : node.end <= offset && isPassed(one.body, node, offset)
  const names = new Set(bindings.filter((binding) => isSure(binding.node)).map((binding) => binding.name))
  const parameters = one.parameters
    .filter(({ name }) => name !== 'self' && name !== 'cls')
    .map(({ name, annotation }): ScopeValue => {
      const isRebound = bindings.some((binding) => binding.name === name)
      const known = isNeverNone(module, one, name, guarded) ? withoutNone(annotation) : annotation
      return { name, expression: name, annotation: isRebound ? undefined : known }
    })
  const locals = [...names].map((name): ScopeValue => {
    const all = bindings.filter((binding) => binding.name === name).map((binding) => binding.annotation)
    const isOne = all.every((annotation) => annotation === all[0])
    return { name, expression: name, annotation: isOne ? all[0] : undefined }
  })
  return [...parameters, ...locals]
}

/** Whether a function leaves, in front of an offset, where a name is none: `if not room_id: return`. */
function isNeverNone(module: PythonModule, one: PyFunction, name: string, offset: number): boolean {
  const guard = new RegExp(`^(not ${name}|${name} is None)$`)
  return one.body.some(
    (statement) =>
      statement.kind === 'if_statement' &&
      statement.end <= offset &&
      guard.test((statement.child('condition') ?? statement).text) &&
      !statementsOf(statement.child('consequence')).every((inner) => completes(module, inner)),
  )
}

function withoutNone(annotation: string | undefined): string | undefined {
  return annotation?.replace(/\s*\|\s*None$/, '').replace(/^Optional\[(.*)\]$/s, '$1')
}

/** Whether a node stands in a block around the offset and not in one that may be skipped. */
function isPassed(statements: readonly Node[], node: Node, offset: number): boolean {
  return statements.some((statement) => {
    if (statement.children[0] === node) return true
    if (offset < statement.start || offset > statement.end) return false
    const blocks = statement.descendants('block').filter((one) => one.start <= offset && offset <= one.end)
    return blocks.some((block) => statementsOf(block).some((inner) => inner.children[0] === node))
  })
}

/** Every statement of a function that binds a name, with the type that it shows. */
function bindingsOf(one: PyFunction): { name: string; annotation: string | undefined; node: Node }[] {
  const found: ReturnType<typeof bindingsOf> = []
  const isInner = (node: Node): boolean => isKind(node, 'function_definition', 'lambda')
  for (const child of within(one.body, (node) => !isInner(node))) {
    if (isInner(child)) continue
    const left = child.child('left') ?? (child.kind === 'named_expression' ? child.child('name') : undefined)
    for (const name of left === undefined ? [] : boundBy(left)) {
      const isPlain = child.kind === 'assignment' && name === left
      const type = child.child('type')
      const annotation = type === undefined ? inferType(child.child('right')) : type.text
      found.push({ name: name.text, annotation: isPlain ? annotation : undefined, node: child })
    }
  }
  return found
}

/** The names that a target binds; `seats[row]` and `self.row` bind none. */
function boundBy(target: Node): Node[] {
  if (target.kind === 'identifier') return [target]
  return /_pattern$|_list$/.test(target.kind) ? target.children.flatMap(boundBy) : []
}

const CALLS: Readonly<Record<string, string>> = {
  str: 'str',
  int: 'int',
  float: 'float',
  bool: 'bool',
  len: 'int',
}

/** The type of an expression that shows it by itself. */
function inferType(value: Node | undefined): string | undefined {
  switch (value?.kind) {
    case 'string':
    case 'concatenated_string':
      return /^[a-z]*b/i.test(value.text.split(/["']/)[0] ?? '') ? undefined : 'str'
    case 'integer':
      return 'int'
    case 'float':
      return 'float'
    case 'true':
    case 'false':
      return 'bool'
    case 'call':
      return CALLS[(value.child('function') ?? value).text]
    default:
      return undefined
  }
}

/** The fields of a pydantic model by its name in a module. */
function fieldsOfModel(
  repository: Repository,
  layout: Layout,
  module: PythonModule,
  name: string,
): Omit<ScopeValue, 'expression'>[] {
  if (!/^[A-Z]\w*$/.test(name)) return []
  const imported = importsOf(module).find((one) => one.names.some((other) => other.bound === name))
  const definition = new RegExp(`^class ${name}\\(`, 'm')
  const files = repository
    .saying(layout.backend.folder, python.extensions, [name])
    .filter((path) => definition.test(repository.workspace.read(path).text))
  const file =
    imported === undefined ? files.find((one) => one === module.source.path) : onlyOne(files, imported.module)
  if (file === undefined) return []
  const model = lookUp(classesOf(repository.python(file)), name)
  if (model === undefined || !model.bases.includes('BaseModel')) return []
  return model.assignments.map((one) => ({ name: one.name, annotation: one.annotation }))
}

/** The file of a module among those that define a class; a package may export the class of the only one. */
function onlyOne(files: readonly string[], module: string): string | undefined {
  return files.find((file) => isModuleOf(module, file)) ?? (files.length === 1 ? files[0] : undefined)
}

/** Whether a value with an annotation can be given where a field is wanted, as `mypy --strict` sees it. */
export function isAssignable(annotation: string | undefined, field: Field): boolean {
  if (annotation === undefined || /\b(Sequence|Mapping|object)\b/.test(annotation)) return false
  const wanted = field.type
  const given = readPythonType(annotation)
  const base = given.kind === 'nullable' ? given.item : given
  const takesNone = field.optional || wanted.kind === 'nullable' || isAny(wanted)
  if (given.kind === 'nullable' && !takesNone) return false
  return fits(base, wanted.kind === 'nullable' ? wanted.item : wanted)
}

function fits(given: FieldType, wanted: FieldType): boolean {
  if (isAny(wanted) || isAny(given)) return true
  if (wanted.kind === 'scalar' && given.kind === 'scalar') {
    const isNumber = wanted.name === 'float' && given.name === 'int'
    const isBool = given.name === 'bool' && (wanted.name === 'int' || wanted.name === 'float')
    return wanted.name === given.name || isNumber || isBool
  }
  if (wanted.kind === 'scalar' && wanted.name === 'str' && given.kind === 'literals') return true
  if (wanted.kind === 'object') return given.kind === 'scalar' && given.name === 'dict'
  if (wanted.kind === 'literals' && given.kind === 'literals')
    return given.values.every((value) => wanted.values.includes(value))
  // A list is invariant: what it holds has to be the same.
  if (wanted.kind === 'list' && given.kind === 'list')
    return (
      isAny(wanted.item) || isAny(given.item) || JSON.stringify(wanted.item) === JSON.stringify(given.item)
    )
  if (wanted.kind === 'named') return given.kind === 'unknown' && given.raw === wanted.python
  return false
}

function isAny(type: FieldType): boolean {
  return type.kind === 'scalar' && type.name === 'any'
}
