import { Node, SyntaxKind, type VariableStatement } from 'ts-morph'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import { readProperty, type Span, spanOf, type TsProperty } from './query.js'
import { descendantsOfKind } from './walk.js'

/** A React hook: a function at the top level whose name begins with `use`. */
export interface TsHook extends Span {
  readonly name: string
  /** The names of its parameters. */
  readonly parameters: readonly string[]
  /** What its own body binds: parameters, constants, functions. */
  readonly locals: readonly (Span & { readonly name: string })[]
  /** The functions that its body binds to a name, each with the statement that does. */
  readonly callbacks: readonly TsCallback[]
  /** Whether a statement in front of the last one returns as well. */
  readonly returnsEarly: boolean
  /** The type it is declared to return, as written. */
  readonly returnType: string | undefined
  /** The statement that returns at the end of the body. */
  readonly returns: Span | undefined
  /** The object that is returned. */
  readonly returned: TsReturned | undefined
}

/** `const send = useCallback(…)`, or a plain function. */
export interface TsCallback extends Span {
  readonly name: string
  readonly isMemoized: boolean
  readonly calls: readonly TsMethodCall[]
  /** The names in its array of dependencies. */
  readonly dependencies: readonly string[]
}

/** `clientRef.current?.sendChat(…)`: a method called on an expression, which keeps its `?`. */
export interface TsMethodCall {
  readonly on: string
  readonly method: string
}

export interface TsReturned extends Span {
  readonly properties: readonly (TsProperty & { readonly calls: readonly TsMethodCall[] })[]
}

/** The hooks of a file. */
export const hooksOf = perModule((module: TsModule): readonly TsHook[] => {
  return module.file.getStatements().flatMap((statement) => {
    if (Node.isFunctionDeclaration(statement))
      return readHook(statement.getName() ?? '', statement, statement) ?? []
    if (!Node.isVariableStatement(statement)) return []
    return statement
      .getDeclarations()
      .flatMap((one) => readHook(one.getName(), one.getInitializer(), statement) ?? [])
  })
})

function readHook(name: string, made: Node | undefined, statement: Node): TsHook | undefined {
  const isFunction =
    Node.isFunctionDeclaration(made) || Node.isArrowFunction(made) || Node.isFunctionExpression(made)
  if (!/^use[A-Z]/.test(name) || !isFunction) return undefined
  const body = made.getBody()
  if (!Node.isBlock(body)) return undefined
  const statements = body.getStatements()
  const locals = statements.flatMap((one) => {
    if (Node.isFunctionDeclaration(one)) return [{ name: one.getName() ?? '', ...spanOf(one) }]
    return Node.isVariableStatement(one) ? boundBy(one) : []
  })
  const parameters = made.getParameters().flatMap((one) => namesIn(one.getNameNode()))
  const last = statements.findLast(Node.isReturnStatement)
  const returned = last?.getExpression()
  return {
    name,
    parameters: parameters.map((one) => one.name),
    locals: [...parameters, ...locals],
    callbacks: statements.flatMap(readCallbacks),
    returnsEarly: statements.some(
      (one) =>
        one !== last && (Node.isReturnStatement(one) || (Node.isIfStatement(one) && returnsWithin(one))),
    ),
    returnType: made.getReturnTypeNode()?.getText(),
    returns: last === undefined ? undefined : spanOf(last),
    returned: Node.isObjectLiteralExpression(returned)
      ? {
          properties: returned.getProperties().flatMap((one) => {
            const property = readProperty(one)
            return property === undefined ? [] : [{ ...property, calls: callsIn(one) }]
          }),
          ...spanOf(returned),
        }
      : undefined,
    ...spanOf(statement),
  }
}

function returnsWithin(statement: Node): boolean {
  return descendantsOfKind(statement, SyntaxKind.ReturnStatement).some((one) => {
    const owner = one.getFirstAncestor((node) => Node.isFunctionLikeDeclaration(node) || node === statement)
    return owner === statement
  })
}

function readCallbacks(statement: Node): TsCallback[] {
  if (Node.isFunctionDeclaration(statement)) {
    return [
      {
        name: statement.getName() ?? '',
        isMemoized: false,
        calls: callsIn(statement),
        dependencies: [],
        ...spanOf(statement),
      },
    ]
  }
  if (!Node.isVariableStatement(statement)) return []
  return statement.getDeclarations().flatMap((one): TsCallback[] => {
    const value = one.getInitializer()
    const isMemoized =
      Node.isCallExpression(value) && /(^|\.)useCallback$/.test(value.getExpression().getText())
    if (!isMemoized && !Node.isArrowFunction(value) && !Node.isFunctionExpression(value)) return []
    return [
      {
        name: one.getName(),
        isMemoized,
        calls: callsIn(value),
        dependencies: dependenciesOf(value),
        ...spanOf(statement),
      },
    ]
  })
}

function dependenciesOf(call: Node | undefined): string[] {
  const list = Node.isCallExpression(call) ? call.getArguments()[1] : undefined
  return Node.isArrayLiteralExpression(list) ? list.getElements().map((one) => one.getText()) : []
}

function callsIn(node: Node): TsMethodCall[] {
  return descendantsOfKind(node, SyntaxKind.CallExpression).flatMap((call) => {
    const callee = call.getExpression()
    if (!Node.isPropertyAccessExpression(callee)) return []
    const mark = callee.hasQuestionDotToken() ? '?' : ''
    return [{ on: callee.getExpression().getText() + mark, method: callee.getName() }]
  })
}

function boundBy(statement: VariableStatement): (Span & { name: string })[] {
  return statement.getDeclarations().flatMap((one) => namesIn(one.getNameNode()))
}

/** The names that a pattern binds: `x`, `{ a, b: c }`, `[first]`. */
function namesIn(pattern: Node): (Span & { name: string })[] {
  if (Node.isIdentifier(pattern)) return [{ name: pattern.getText(), ...spanOf(pattern) }]
  return descendantsOfKind(pattern, SyntaxKind.BindingElement).flatMap((one) => namesIn(one.getNameNode()))
}
