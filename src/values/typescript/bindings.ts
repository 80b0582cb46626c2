import { isKind, type Node } from '../../lang/tree.js'
import { declarationsOf, isFunctionLike } from '../../lang/typescript/grammar.js'

/**
 * What a name of a file means where it stands, by the scopes around it: a variable, an entry of a pattern, a parameter, a
 * function, an enum or a class. Undefined for what the file imports or takes from the page.
 */
export function declarationOf(name: Node): Node | undefined {
  for (const scope of name.ancestors()) {
    const found = bindingsOf(scope)?.get(name.text)
    if (found !== undefined) return found
  }
  return undefined
}

/** What the top level of a file declares under a name. */
export function topLevelDeclaration(root: Node, name: string): Node | undefined {
  return bindingsOf(root)?.get(name)
}

const cache = new WeakMap<Node, ReadonlyMap<string, Node> | undefined>()

function bindingsOf(scope: Node): ReadonlyMap<string, Node> | undefined {
  if (!cache.has(scope)) cache.set(scope, readBindings(scope))
  return cache.get(scope)
}

function readBindings(scope: Node): ReadonlyMap<string, Node> | undefined {
  const bound = new Map<string, Node>()
  for (const one of declaredIn(scope)) bindAll(one, bound)
  return bound.size === 0 ? undefined : bound
}

function declaredIn(scope: Node): readonly Node[] {
  if (isKind(scope, 'Block', 'SourceFile')) return scope.list('statements').flatMap(declaredBy)
  if (isKind(scope, 'CaseBlock'))
    return scope.list('clauses').flatMap((clause) => clause.list('statements').flatMap(declaredBy))
  if (isKind(scope, 'ForOfStatement', 'ForStatement', 'ForInStatement'))
    return scope.child('initializer')?.list('declarations') ?? []
  return isFunctionLike(scope) ? scope.list('parameters') : []
}

function declaredBy(statement: Node): readonly Node[] {
  return isKind(statement, 'FunctionDeclaration', 'EnumDeclaration', 'ClassDeclaration')
    ? [statement]
    : declarationsOf(statement)
}

function bindAll(declaration: Node, bound: Map<string, Node>): void {
  const name = declaration.child('name')
  if (isKind(name, 'ObjectBindingPattern', 'ArrayBindingPattern'))
    for (const element of name.list('elements')) bindAll(element, bound)
  else if (name !== undefined && !bound.has(name.text)) bound.set(name.text, declaration)
}
