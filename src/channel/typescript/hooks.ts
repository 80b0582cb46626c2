import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import type { NameScope } from '../../lang/typescript/exports.js'
import { declarationsOf, isFunction, isFunctionLike, spanOf } from '../../lang/typescript/grammar.js'
import { readProperty, type TsProperty } from '../../lang/typescript/query.js'
import { frameOf, isHookCall, settle } from '../../values/typescript/frame.js'
import { inOrder, type Span } from '../../workspace/span.js'
import { usesIn } from './method-uses.js'

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

/** `clientRef.current?.sendChat(…)`: a method that is called or handed on, with its object, which keeps its `?`. */
export interface TsMethodCall {
  readonly on: string
  readonly method: string
}

/** Those of a hook's callbacks or entries that call one of some methods, in their order. */
export function callingAny<T extends Calling>(all: readonly T[], methods: readonly string[]): readonly T[] {
  const calling = byMethod(all)
  return inOrder(methods.flatMap((method) => (calling.get(method) ?? []) as readonly T[]))
}

interface Calling extends Span {
  readonly calls: readonly TsMethodCall[]
}

const byMethod = perModule((all: readonly Calling[]): ReadonlyMap<string, readonly Calling[]> => {
  const found = new Map<string, Calling[]>()
  for (const one of all)
    for (const method of new Set(one.calls.map((call) => call.method))) {
      const known = found.get(method)
      if (known === undefined) found.set(method, [one])
      else known.push(one)
    }
  return found
})

export interface TsReturned extends Span {
  /** Whether it is made anew only when one of a list of dependencies changes. */
  readonly isMemoized: boolean
  readonly properties: readonly (TsProperty & { readonly calls: readonly TsMethodCall[] })[]
}

/** The hooks of a file. */
export const hooksOf = perModule((module: TsModule): readonly TsHook[] => {
  return module.root.list('statements').flatMap((statement) => {
    if (isKind(statement, 'FunctionDeclaration'))
      return readHook(module, statement.name, statement, statement) ?? []
    return declarationsOf(statement).flatMap(
      (one) => readHook(module, one.name, one.child('initializer'), statement) ?? [],
    )
  })
})

function readHook(
  module: TsModule,
  name: string,
  made: Node | undefined,
  statement: Node,
): TsHook | undefined {
  if (!/^use[A-Z]/.test(name) || !isKind(made, 'FunctionDeclaration', 'ArrowFunction', 'FunctionExpression'))
    return undefined
  const body = made.child('body')
  if (!isKind(body, 'Block')) return undefined
  const statements = body.list('statements')
  const locals = statements.flatMap((one) => {
    if (isKind(one, 'FunctionDeclaration')) return [{ name: one.name, ...spanOf(one) }]
    return declarationsOf(one).flatMap(namesBoundBy)
  })
  const parameters = made.list('parameters').flatMap(namesBoundBy)
  const last = statements.findLast((node) => isKind(node, 'ReturnStatement'))
  const returned = objectBehind(module, body, last?.child('expression'))
  return {
    name,
    parameters: parameters.map((one) => one.name),
    locals: [...parameters, ...locals],
    callbacks: statements.flatMap((one) => readCallbacks(module, one)),
    returnsEarly: statements.some(
      (one) =>
        one !== last &&
        (isKind(one, 'ReturnStatement') || (isKind(one, 'IfStatement') && returnsWithin(one))),
    ),
    returnType: made.child('type')?.text,
    returns: last === undefined ? undefined : spanOf(last),
    returned: returned === undefined ? undefined : readReturned(module, body, returned),
    ...spanOf(statement),
  }
}

/** The object that an expression of a hook is: written out there, behind a constant, in a `useMemo`. */
function objectBehind(module: TsModule, body: Node, expression: Node | undefined): Node | undefined {
  const found =
    expression === undefined ? undefined : settle({ node: expression, frame: frameOf(HERE, module) })
  return isKind(found?.node, 'ObjectLiteralExpression') && body.holds(found.node) ? found.node : undefined
}

/** Names are followed in the file alone. */
const HERE: NameScope = { open: () => undefined, aliases: [] }

function readReturned(module: TsModule, body: Node, returned: Node): TsReturned {
  return {
    isMemoized: body
      .descendants('CallExpression')
      .some((one) => isHookCall(one, 'useMemo') && one.holds(returned)),
    properties: returned.list('properties').flatMap((one) => {
      const property = readProperty(one)
      return property === undefined ? [] : [{ ...property, calls: callsIn(module, one) }]
    }),
    ...spanOf(returned),
  }
}

function returnsWithin(statement: Node): boolean {
  return statement.descendants('ReturnStatement').some((one) => {
    const owner = [...one.ancestors()].find((node) => isFunctionLike(node) || node === statement)
    return owner === statement
  })
}

function readCallbacks(module: TsModule, statement: Node): TsCallback[] {
  if (isKind(statement, 'FunctionDeclaration')) {
    return [
      {
        name: statement.name,
        isMemoized: false,
        calls: callsIn(module, statement),
        dependencies: [],
        ...spanOf(statement),
      },
    ]
  }
  return declarationsOf(statement).flatMap((one): TsCallback[] => {
    const value = one.child('initializer')
    const isMemoized = value !== undefined && isHookCall(value, 'useCallback')
    if (value === undefined || (!isMemoized && !isFunction(value))) return []
    return [
      {
        name: one.name,
        isMemoized,
        calls: callsIn(module, value),
        dependencies: dependenciesOf(value),
        ...spanOf(statement),
      },
    ]
  })
}

function dependenciesOf(call: Node | undefined): string[] {
  const list = isKind(call, 'CallExpression') ? call.list('arguments')[1] : undefined
  return isKind(list, 'ArrayLiteralExpression') ? list.list('elements').map((one) => one.text) : []
}

function callsIn(module: TsModule, node: Node): TsMethodCall[] {
  return usesIn(module, node).map(({ on, method }) => ({ on, method }))
}

function namesBoundBy(declaration: Node): (Span & { name: string })[] {
  return namesIn(declaration.child('name'))
}

/** The names that a pattern binds: `x`, `{ a, b: c }`, `[first]`. */
function namesIn(pattern: Node | undefined): (Span & { name: string })[] {
  if (isKind(pattern, 'Identifier')) return [{ name: pattern.text, ...spanOf(pattern) }]
  return pattern?.descendants('BindingElement').flatMap(namesBoundBy) ?? []
}
