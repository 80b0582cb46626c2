import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'
import { isKind, type Node, type NodeOf } from '../tree.js'
import {
  clausesOf,
  declarationsOf,
  endOfOpenBrace,
  isFunction,
  isOptional,
  keyOf,
  propertyOf,
  spanOf,
  statementsOf,
  variablesOf,
} from './grammar.js'
import { literalOf, stringValue } from './literals.js'

/** `type Name = 'a' | 'b'`: a type alias of string literals, at the top level of a file. */
export interface TsUnion extends Span {
  readonly name: string
  readonly members: readonly (Span & { readonly value: string })[]
  /** Members that are no literal: a reference to another type, a template. */
  readonly unread: readonly Span[]
}

/** A type that the top level of a file declares under a name, in whatever shape. */
export interface TsDeclaredType extends Span {
  readonly name: string
  /** How it begins, as written: `type Name = (typeof NAMES)[number]`. */
  readonly head: string
}

/** An interface, or a type alias of an object type. */
export interface TsInterface extends Span {
  readonly name: string
  readonly members: readonly TsMember[]
  /** Offset behind the `{`. */
  readonly open: number
  /** Offset of the `}`. */
  readonly close: number
}

export interface TsMember extends Span {
  readonly name: string
  readonly optional: boolean
  /** The type as written; undefined where none is. */
  readonly type: string | undefined
  readonly isFunction: boolean
}

export interface TsSwitch extends Span {
  /** What is switched over, without `.type`: `msg`. */
  readonly subject: string
  /** The name that is bound to the subject's payload in front of the switch. */
  readonly payloadName: string | undefined
  readonly clauses: readonly TsClause[]
  /** The function at the top level of the file that it stands in. */
  readonly owner: string | undefined
}

export interface TsClause extends Span {
  /** The string behind `case`; undefined for `default` and anything that is no string. */
  readonly value: string | undefined
  /** What stands behind `case` where it is no string. */
  readonly label: (Span & { readonly text: string }) | undefined
  /** Whether it is a `default` that looks something up by the type of the message: `handlers[msg.type]?.(…)`. */
  readonly isDispatch: boolean
  readonly isEmpty: boolean
  readonly hasBraces: boolean
  /** Whether control never runs on into the next clause. */
  readonly isTerminated: boolean
  /** Types that `subject.payload` is cast to, as written. */
  readonly casts: readonly string[]
  /** The name that the payload is bound to by `const x = subject.payload …`. */
  readonly payloadName: string | undefined
  /** Members of stores that are called. */
  readonly storeCalls: readonly (Span & { readonly hook: string; readonly member: string })[]
}

export interface TsImport extends Span {
  readonly specifier: string
  readonly isTypeOnly: boolean
  readonly names: readonly (Span & {
    readonly name: string
    readonly bound: string
    readonly isTypeOnly: boolean
  })[]
  readonly hasNamedBlock: boolean
}

/** A Zustand store: `export const useX = create<State>()(…)` in any of its forms. */
export interface TsStore extends Span {
  readonly hook: string
  /** The type argument of `create`. */
  readonly stateType: string | undefined
  /** The name of the creator's first parameter, which sets state. */
  readonly setName: string | undefined
  readonly isPersisted: boolean
  readonly hasPartialize: boolean
  /** The object that the creator returns; open where it takes in others. */
  readonly object:
    | (Span & { readonly properties: readonly TsProperty[]; readonly isOpen: boolean })
    | undefined
}

export interface TsProperty extends Span {
  readonly name: string
  readonly isFunction: boolean
  /** Types of the first parameter where one is annotated. */
  readonly value: string
}

/** All type aliases of string literals that have no type parameters. */
export const unionsOf = perModule((module: TsModule): readonly TsUnion[] => {
  return statementsOf(module, 'TypeAliasDeclaration').flatMap((alias) => readUnion(alias) ?? [])
})

/** The types that a file declares: aliases, interfaces, enums. */
export const declaredTypesOf = perModule((module: TsModule): readonly TsDeclaredType[] => {
  const kinds = ['TypeAliasDeclaration', 'InterfaceDeclaration', 'EnumDeclaration']
  return kinds
    .flatMap((kind) => statementsOf(module, kind))
    .map((one) => {
      const [line = ''] = one.text.split('\n')
      return { name: one.name, head: line.replace(/\s*[{;]?\s*$/, ''), ...spanOf(one) }
    })
})

/** All interfaces and object type aliases at the top level. */
export const interfacesOf = perModule((module: TsModule): readonly TsInterface[] => {
  return module.root.list('statements').flatMap((statement) => {
    if (isKind(statement, 'InterfaceDeclaration')) return readInterface(statement) ?? []
    if (isKind(statement, 'TypeAliasDeclaration')) return readObjectAlias(statement) ?? []
    return []
  })
})

/** The switches over `<something>.type`. */
export const switchesOf = perModule((module: TsModule): readonly TsSwitch[] => {
  const bindings = storeBindings(module)
  return module.root.descendants('SwitchStatement').flatMap((node) => readSwitch(node, bindings) ?? [])
})

/** The imports of a file. */
export const importsOf = perModule((module: TsModule): readonly TsImport[] => {
  return statementsOf(module, 'ImportDeclaration').map(readImport)
})

/** The Zustand stores of a file. */
export const storesOf = perModule((module: TsModule): readonly TsStore[] => {
  return variablesOf(module).flatMap((declaration) => {
    const call = declaration.child('initializer')
    if (!/^use[A-Z]/.test(declaration.name) || !isKind(call, 'CallExpression')) return []
    return readStore(declaration.name, call) ?? []
  })
})

/** Names that the top level of a file declares or imports, with the place of each. */
export const boundNames = perModule((module: TsModule): ReadonlyMap<string, Span> => {
  const bound = new Map<string, Span>()
  for (const statement of importsOf(module)) for (const name of statement.names) bound.set(name.bound, name)
  for (const statement of module.root.list('statements')) {
    if (isKind(statement, 'VariableStatement')) {
      for (const one of declarationsOf(statement)) bound.set(one.name, spanOf(one))
    } else if (
      isKind(
        statement,
        'InterfaceDeclaration',
        'TypeAliasDeclaration',
        'ClassDeclaration',
        'FunctionDeclaration',
      ) ||
      isKind(statement, 'EnumDeclaration')
    ) {
      bound.set(statement.name, spanOf(statement))
    }
  }
  return bound
})

/** A name that a file imports, by where it comes from. */
export interface TsImported {
  readonly name: string
  readonly specifier: string
}

/** What a local name of a file was imported as. */
export function findImported(module: TsModule, bound: string): TsImported | undefined {
  for (const statement of importsOf(module)) {
    const found = statement.names.find((one) => one.bound === bound)
    if (found !== undefined) return { name: found.name, specifier: statement.specifier }
  }
  return undefined
}

/** The store hooks that a file imports, the most used first, by their local names. */
export const storeUses = perModule((module: TsModule): readonly string[] => {
  const uses = new Map<string, number>()
  for (const node of module.root.descendants('Identifier')) {
    const bound = node.text
    if (!/^use[A-Z]/.test(bound) || node.closest('ImportDeclaration')) continue
    if (/^use[A-Z]\w*Store$/.test(findImported(module, bound)?.name ?? ''))
      uses.set(bound, (uses.get(bound) ?? 0) + 1)
  }
  return [...uses].sort((a, b) => b[1] - a[1]).map(([bound]) => bound)
})

/** The first statement-level positions behind and before an import block. */
export const topLevelSpans = perModule((module: TsModule): readonly Span[] => {
  return module.root.list('statements').map(spanOf)
})

/** Quote marks of string literals and ends of statements, for a vote on style. */
export const styleVotes = perModule(
  (
    module: TsModule,
  ): {
    single: number
    double: number
    semicolons: number
    bare: number
    memberMarks: string[]
  } => {
    const votes = { single: 0, double: 0, semicolons: 0, bare: 0, memberMarks: [] as string[] }
    const { text } = module.source
    for (const literal of module.root.descendants('StringLiteral', 'JsxAttribute')) {
      if (text[literal.start] === "'") votes.single++
      else votes.double++
    }
    for (const { kind, end } of module.root.descendants('PropertySignature', ...TAKING_SEMICOLON)) {
      const last = text[end - 1] ?? ''
      if (kind === 'PropertySignature') votes.memberMarks.push(/[;,]/.exec(last)?.[0] ?? '')
      else votes[last === ';' ? 'semicolons' : 'bare']++
    }
    return votes
  },
)

const TAKING_SEMICOLON = [
  'VariableStatement',
  'ExpressionStatement',
  'ReturnStatement',
  'ImportDeclaration',
  'BreakStatement',
  'TypeAliasDeclaration',
]

function readUnion(alias: Node): TsUnion | undefined {
  const type = alias.child('type')
  if (type === undefined || alias.list('typeParameters').length > 0) return undefined
  const nodes = isKind(type, 'UnionType') ? type.list('types') : [type]
  const members = nodes.flatMap((node) => {
    const value = literalOf(node)
    return value === undefined ? [] : [{ ...spanOf(node), value }]
  })
  const unread = nodes.filter((node) => literalOf(node) === undefined).map(spanOf)
  return members.length === 0 ? undefined : { name: alias.name, members, unread, ...spanOf(alias) }
}

function readInterface(node: Node): TsInterface | undefined {
  const close = node.end - 1
  const open = endOfOpenBrace(node)
  if (open === undefined) return undefined
  return {
    name: node.name,
    members: node.list('members').flatMap((member) => readMember(member) ?? []),
    open,
    close,
    ...spanOf(node),
  }
}

function readObjectAlias(alias: Node): TsInterface | undefined {
  const type = alias.child('type')
  if (!isKind(type, 'TypeLiteral')) return undefined
  const members = type.list('members').flatMap((member) => readMember(member) ?? [])
  return {
    name: alias.name,
    members,
    open: type.start + 1,
    close: type.end - 1,
    ...spanOf(alias),
  }
}

function readMember(member: Node): TsMember | undefined {
  const name = keyOf(member)
  if (name === undefined) return undefined
  if (isKind(member, 'PropertySignature')) {
    const type = member.child('type')
    return {
      name,
      optional: isOptional(member),
      type: type?.text,
      isFunction: isKind(type, 'FunctionType'),
      ...spanOf(member),
    }
  }
  if (isKind(member, 'MethodSignature')) {
    const text = member.text
    return {
      name,
      optional: isOptional(member),
      type: text,
      isFunction: true,
      ...spanOf(member),
    }
  }
  return undefined
}

function readSwitch(node: NodeOf<'SwitchStatement'>, bindings: StoreBindings): TsSwitch | undefined {
  const expression = node.child('expression')
  if (!isKind(expression, 'PropertyAccessExpression') || expression.name !== 'type') return undefined
  const subject = expression.textOf('expression')
  return {
    subject,
    payloadName: boundBefore(node, `${subject}.payload`),
    clauses: clausesOf(node).map((clause): TsClause => {
      const label = isKind(clause, 'CaseClause') ? clause.child('expression') : undefined
      const value = literalOf(label)
      const statements = clause.list('statements')
      const first = statements[0]
      return {
        value,
        label:
          label === undefined || value !== undefined ? undefined : { text: label.text, ...spanOf(label) },
        isDispatch: label === undefined && looksUp(clause, expression.text),
        isEmpty: statements.length === 0,
        hasBraces: isKind(first, 'Block'),
        isTerminated: isTerminated(statements[statements.length - 1]),
        casts: castsOf(clause, subject),
        payloadName: payloadNameOf(clause, subject),
        storeCalls: storeCallsOf(clause, bindings),
        ...spanOf(clause),
      }
    }),
    owner: ownerOf(node),
    ...spanOf(node),
  }
}

/** Whether something is looked up in an object by an expression. */
function looksUp(node: Node, expression: string): boolean {
  return node
    .descendants('ElementAccessExpression')
    .some((one) => one.child('argumentExpression')?.text === expression)
}

/** The name of the function at the top level that a node stands in. */
export function ownerOf(node: Node): string | undefined {
  const statement = [node, ...node.ancestors()].find((one) => isKind(one.parent, 'SourceFile'))
  if (isKind(statement, 'FunctionDeclaration')) return statement.name
  if (!isKind(statement, 'VariableStatement')) return undefined
  return declarationsOf(statement).find((one) => one.start <= node.start && node.end <= one.end)?.name
}

/** The constant that a block around a statement binds to an expression in front of it. */
function boundBefore(statement: Node, expression: string): string | undefined {
  for (let node: Node = statement; ; ) {
    const parent: Node | undefined = node.parent
    if (parent === undefined) return undefined
    if (isKind(parent, 'Block')) {
      const before = parent.list('statements').filter((one) => one.end <= node.start)
      for (const one of before) {
        const found = declarationsOf(one).find((it) => it.child('initializer')?.text === expression)
        if (found !== undefined && isKind(found.child('name'), 'Identifier')) return found.name
      }
    }
    node = parent
  }
}

/** Whether control never runs on behind a statement: it leaves, or its block ends in one that does. */
export function isTerminated(last: Node | undefined): boolean {
  if (last === undefined) return false
  if (isKind(last, 'Block')) {
    const inner = last.list('statements')
    return isTerminated(inner[inner.length - 1])
  }
  return isKind(last, 'BreakStatement', 'ReturnStatement', 'ThrowStatement', 'ContinueStatement')
}

function castsOf(clause: Node, subject: string): string[] {
  return clause.descendants('AsExpression').flatMap((cast) => {
    const type = cast.child('type')
    return cast.textOf('expression') === `${subject}.payload` && type !== undefined ? [type.text] : []
  })
}

function payloadNameOf(clause: Node, subject: string): string | undefined {
  for (const declaration of clause.descendants('VariableDeclaration')) {
    const value = declaration.child('initializer')
    const inner = isKind(value, 'AsExpression') ? value.child('expression') : value
    if (inner?.text === `${subject}.payload` && isKind(declaration.child('name'), 'Identifier'))
      return declaration.name
  }
  return undefined
}

interface StoreBindings {
  /** Local name → hook and member: `const { add } = useX()`, `const add = useX((s) => s.add)`. */
  readonly members: ReadonlyMap<string, { hook: string; member: string }>
  /** Local name → hook: `const s = useX.getState()`, `const s = useX()`. */
  readonly states: ReadonlyMap<string, string>
}

function storeBindings(module: TsModule): StoreBindings {
  const members = new Map<string, { hook: string; member: string }>()
  const states = new Map<string, string>()
  for (const declaration of module.root.descendants('VariableDeclaration')) {
    const value = declaration.child('initializer')
    if (!isKind(value, 'CallExpression')) continue
    const hook = hookOf(value)
    if (hook === undefined) continue
    const name = declaration.child('name')
    if (name === undefined) continue
    if (isKind(name, 'ObjectBindingPattern')) {
      for (const element of name.list('elements')) {
        members.set(element.name, {
          hook,
          member: element.child('propertyName')?.text ?? element.name,
        })
      }
      continue
    }
    const selector = value.list('arguments')[0]
    const body = isKind(selector, 'ArrowFunction') ? selector.child('body') : undefined
    if (isKind(body, 'PropertyAccessExpression')) members.set(name.text, { hook, member: body.name })
    else states.set(name.text, hook)
  }
  return { members, states }
}

/** The hook behind `useX()` or `useX.getState()`. */
function hookOf(call: Node | undefined): string | undefined {
  if (!isKind(call, 'CallExpression')) return undefined
  const callee = call.child('expression')
  const target =
    isKind(callee, 'PropertyAccessExpression') && callee.name === 'getState'
      ? callee.child('expression')
      : callee
  return isKind(target, 'Identifier') && /^use[A-Z]/.test(target.text) ? target.text : undefined
}

function storeCallsOf(clause: Node, bindings: StoreBindings): TsClause['storeCalls'] {
  return clause.descendants('CallExpression').flatMap((call) => {
    const callee = call.child('expression')
    if (isKind(callee, 'Identifier')) {
      const found = bindings.members.get(callee.text)
      return found === undefined ? [] : [{ ...found, ...spanOf(call) }]
    }
    if (!isKind(callee, 'PropertyAccessExpression')) return []
    const target = callee.child('expression')
    const hook = isKind(target, 'Identifier') ? bindings.states.get(target.text) : hookOf(target)
    const isAction = hook !== undefined && !['getState', 'setState', 'subscribe'].includes(callee.name)
    return isAction ? [{ hook, member: callee.name, ...spanOf(call) }] : []
  })
}

function readImport(node: Node): TsImport {
  const clause = node.child('importClause')
  const bindings = clause?.child('namedBindings')
  const isNamed = isKind(bindings, 'NamedImports')
  return {
    specifier: stringValue(node.child('moduleSpecifier')) ?? '',
    isTypeOnly: clause?.mark === 'type',
    hasNamedBlock: isNamed,
    names: (isNamed ? bindings.list('elements') : []).map((one) => ({
      name: one.child('propertyName')?.text ?? one.name,
      bound: one.name,
      isTypeOnly: one.mark === 'type',
      ...spanOf(one),
    })),
    ...spanOf(node),
  }
}

function readStore(hook: string, outer: Node): TsStore | undefined {
  if (!isKind(outer, 'CallExpression')) return undefined
  const curried = outer.child('expression')
  const create = isKind(curried, 'CallExpression') ? curried : outer
  if (!/^create(Store)?$/.test(create.textOf('expression'))) return undefined
  let creator: Node | undefined = outer.list('arguments')[0]
  let isPersisted = false
  let hasPartialize = false
  while (isKind(creator, 'CallExpression')) {
    if (creator.textOf('expression') === 'persist') {
      isPersisted = true
      const options = creator.list('arguments')[1]
      hasPartialize =
        isKind(options, 'ObjectLiteralExpression') && propertyOf(options, 'partialize') !== undefined
    }
    creator = creator.list('arguments')[0]
  }
  const made = isKind(creator, 'ArrowFunction', 'FunctionExpression') ? creator : undefined
  const parameter = made?.list('parameters')[0]?.child('name')
  const object = returnedObject(made?.child('body'))
  return {
    hook,
    stateType: create.list('typeArguments')[0]?.text,
    setName: isKind(parameter, 'Identifier') ? parameter.text : undefined,
    isPersisted,
    hasPartialize,
    object: isKind(object, 'ObjectLiteralExpression')
      ? {
          properties: object.list('properties').flatMap((one) => readProperty(one) ?? []),
          isOpen: object.list('properties').some((node) => isKind(node, 'SpreadAssignment')),
          ...spanOf(object),
        }
      : undefined,
    ...spanOf(outer),
  }
}

function returnedObject(body: Node | undefined): Node | undefined {
  if (isKind(body, 'Block')) {
    const last = body.list('statements').find((node) => isKind(node, 'ReturnStatement'))
    return returnedObject(last?.child('expression'))
  }
  return isKind(body, 'ParenthesizedExpression') ? returnedObject(body.child('expression')) : body
}

/** A property of an object literal. */
export function readProperty(node: Node): TsProperty | undefined {
  if (isKind(node, 'MethodDeclaration'))
    return { name: keyOf(node) ?? node.name, isFunction: true, value: node.text, ...spanOf(node) }
  if (isKind(node, 'PropertyAssignment')) {
    const value = node.child('initializer')
    return {
      name: keyOf(node) ?? node.name,
      isFunction: isFunction(value),
      value: value?.text ?? '',
      ...spanOf(node),
    }
  }
  if (isKind(node, 'ShorthandPropertyAssignment'))
    return { name: node.name, isFunction: false, value: node.name, ...spanOf(node) }
  if (isKind(node, 'SpreadAssignment'))
    return { name: node.text, isFunction: false, value: node.text, ...spanOf(node) }
  return undefined
}
