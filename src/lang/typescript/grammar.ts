import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { isKind, type Node, type NodeOf } from '../tree.js'
import { literalOf, stringValue } from './literals.js'

/** The range of a node without the comments in front of it. */
export function spanOf({ start, end }: Node): Span {
  return { start, end }
}

/** The variables that a statement declares; none for another one. */
export function declarationsOf(statement: Node): Node[] {
  return isKind(statement, 'VariableStatement')
    ? (statement.child('declarationList')?.list('declarations') ?? [])
    : []
}

/** The variables that the top level of a file declares. */
export function variablesOf(module: TsModule): Node[] {
  return module.root.list('statements').flatMap(declarationsOf)
}

/** The statements at the top level of a file that are of these kinds. */
export function statementsOf<K extends string>(module: TsModule, ...kinds: readonly K[]): NodeOf<K>[] {
  return module.root.list('statements').filter((statement) => isKind(statement, ...kinds)) as NodeOf<K>[]
}

/** The statement at the top level of a file that declares a name; the kind that is named first wins. */
export function findDeclaration<K extends string>(
  module: TsModule,
  name: string,
  ...kinds: readonly K[]
): NodeOf<K> | undefined {
  for (const kind of kinds) {
    const found = statementsOf(module, kind).find((statement) => statement.name === name)
    if (found !== undefined) return found
  }
  return undefined
}

export function isExported(statement: Node): boolean {
  return statement.list('modifiers').some((modifier) => modifier.kind === 'ExportKeyword')
}

/** The members of a class or a type that are of these kinds. */
export function membersOf<K extends string>(node: Node | undefined, ...kinds: readonly K[]): NodeOf<K>[] {
  return (node?.list('members') ?? []).filter((member) => isKind(member, ...kinds)) as NodeOf<K>[]
}

/** The methods of a class; of one that is declared several times, only what has the body. */
export function methodsOf(node: Node | undefined): NodeOf<'MethodDeclaration'>[] {
  const methods = membersOf(node, 'MethodDeclaration')
  const isWhole = (method: Node): boolean => method.child('body') !== undefined
  return methods.filter(
    (method) => isWhole(method) || !methods.some((other) => other.name === method.name && isWhole(other)),
  )
}

/** What an entry of an import, an export or a pattern is called before it is renamed, as written: `a` of `{ a as b }`. */
export function originalName(entry: Node): string {
  return entry.child('propertyName')?.text ?? entry.name
}

/** What a class or an interface extends: expressions with their type arguments. */
export function basesOf(node: Node): Node[] {
  return node
    .list('heritageClauses')
    .filter((clause) => clause.mark === 'extends')
    .flatMap((clause) => clause.list('types'))
}

/** The offset behind the `{` of a declaration that has members; undefined where there is none. */
export function endOfOpenBrace(node: Node): number | undefined {
  const { start } = node
  const head = [node.child('name'), ...node.list('typeParameters'), ...node.list('heritageClauses')]
  const from = Math.max(...head.map((part) => part?.end ?? start)) - start
  const brace = /^(?:[\s>,]|\/\*[\s\S]*?\*\/|\/\/.*)*\{/.exec(node.text.slice(from))
  return brace === null ? undefined : start + from + brace[0].length
}

/** The clauses of a `switch`. */
export function clausesOf(node: NodeOf<'SwitchStatement'>): Node[] {
  return node.child('caseBlock')?.list('clauses') ?? []
}

/** The name of a property, a method or a member as a value: without quotes and escapes; undefined for one that is computed. */
export function keyOf(node: Node): string | undefined {
  const name = node.child('name')
  return name === undefined ? undefined : valueOfName(name)
}

/** The property of an object literal that has a name. */
export function propertyOf(object: Node | undefined, name: string): Node | undefined {
  return isKind(object, 'ObjectLiteralExpression')
    ? object.list('properties').find((property) => keyOf(property) === name)
    : undefined
}

/** The key that a part of a pattern takes: `b` of `{ b: a }`, `a` of `{ a }`; undefined for one that is computed. */
export function keyOfElement(element: Node): string | undefined {
  const name = element.child('propertyName')
  return name === undefined ? element.name : valueOfName(name)
}

function valueOfName(name: Node): string | undefined {
  if (isKind(name, 'ComputedPropertyName')) return literalOf(name.child('expression'))
  return stringValue(name) ?? name.text
}

/** Whether a value may be left out or be reached through what is not there: `a?`, `a?.b`. */
export function isOptional(node: Node): boolean {
  return node.child('questionToken') !== undefined || node.child('questionDotToken') !== undefined
}

export function isFunction(node: Node | undefined): node is NodeOf<'ArrowFunction' | 'FunctionExpression'> {
  return isKind(node, 'ArrowFunction', 'FunctionExpression')
}

export function isFunctionLike(node: Node): boolean {
  return FUNCTION_LIKE.test(node.kind)
}

const FUNCTION_LIKE =
  /^(?:ArrowFunction|FunctionExpression|FunctionDeclaration|MethodDeclaration|Constructor|GetAccessor|SetAccessor)$/

export function isStatement(node: Node): boolean {
  return STATEMENT.test(node.kind)
}

const STATEMENT =
  /(?:Statement|^Block|^ModuleBlock|^(?:Class|Enum|Export|Function|Import|ImportEquals|Interface|Module|TypeAlias)Declaration|^ExportAssignment)$/
