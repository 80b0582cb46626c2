import {
  type ImportDeclaration,
  type ImportSpecifier,
  type InterfaceDeclaration,
  Node,
  type SwitchStatement,
  SyntaxKind,
  type TypeAliasDeclaration,
} from 'ts-morph'
import type { Span } from '../../workspace/span.js'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import { below, descendantsOfKind } from './walk.js'

/** A range of the source's text. */
export type { Span }

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
  readonly open: number
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
  return module.file.getTypeAliases().flatMap((alias) => readUnion(alias) ?? [])
})

/** The types that a file declares: aliases, interfaces, enums. */
export const declaredTypesOf = perModule((module: TsModule): readonly TsDeclaredType[] => {
  const { file } = module
  return [...file.getTypeAliases(), ...file.getInterfaces(), ...file.getEnums()].map((one) => {
    const [line = ''] = one.getText().split('\n')
    return { name: one.getName(), head: line.replace(/\s*[{;]?\s*$/, ''), ...spanOf(one) }
  })
})

/** All interfaces and object type aliases at the top level. */
export const interfacesOf = perModule((module: TsModule): readonly TsInterface[] => {
  return module.file.getStatements().flatMap((statement) => {
    if (Node.isInterfaceDeclaration(statement)) return readInterface(statement) ?? []
    if (Node.isTypeAliasDeclaration(statement)) return readObjectAlias(statement) ?? []
    return []
  })
})

/** The switches over `<something>.type`. */
export const switchesOf = perModule((module: TsModule): readonly TsSwitch[] => {
  const bindings = storeBindings(module)
  return descendantsOfKind(module.file, SyntaxKind.SwitchStatement).flatMap(
    (node) => readSwitch(node, bindings) ?? [],
  )
})

/** The imports of a file. */
export const importsOf = perModule((module: TsModule): readonly TsImport[] => {
  return module.file.getImportDeclarations().map(readImport)
})

/** The Zustand stores of a file. */
export const storesOf = perModule((module: TsModule): readonly TsStore[] => {
  return module.file.getVariableDeclarations().flatMap((declaration) => {
    const call = declaration.getInitializer()
    if (!/^use[A-Z]/.test(declaration.getName()) || !Node.isCallExpression(call)) return []
    return readStore(declaration.getName(), call) ?? []
  })
})

/** Names that the top level of a file declares or imports, with the place of each. */
export const boundNames = perModule((module: TsModule): ReadonlyMap<string, Span> => {
  const bound = new Map<string, Span>()
  for (const statement of importsOf(module)) for (const name of statement.names) bound.set(name.bound, name)
  for (const statement of module.file.getStatements()) {
    if (Node.isVariableStatement(statement)) {
      for (const one of statement.getDeclarations()) bound.set(one.getName(), spanOf(one))
    } else if (
      Node.isInterfaceDeclaration(statement) ||
      Node.isTypeAliasDeclaration(statement) ||
      Node.isClassDeclaration(statement) ||
      Node.isFunctionDeclaration(statement) ||
      Node.isEnumDeclaration(statement)
    ) {
      bound.set(statement.getName() ?? '', spanOf(statement))
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
  for (const node of descendantsOfKind(module.file, SyntaxKind.Identifier)) {
    const bound = node.getText()
    if (!/^use[A-Z]/.test(bound) || node.getFirstAncestorByKind(SyntaxKind.ImportDeclaration)) continue
    if (/^use[A-Z]\w*Store$/.test(findImported(module, bound)?.name ?? ''))
      uses.set(bound, (uses.get(bound) ?? 0) + 1)
  }
  return [...uses].sort((a, b) => b[1] - a[1]).map(([bound]) => bound)
})

/** The first statement-level positions behind and before an import block. */
export const topLevelSpans = perModule((module: TsModule): readonly Span[] => {
  return module.file.getStatements().map(spanOf)
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
    for (const literal of descendantsOfKind(module.file, SyntaxKind.StringLiteral, SyntaxKind.JsxAttribute)) {
      if (text[literal.getStart()] === "'") votes.single++
      else votes.double++
    }
    for (const { kind, end } of below(module.file.compilerNode, SyntaxKind.PropertySignature)) {
      const last = text[end - 1] ?? ''
      if (kind === SyntaxKind.PropertySignature) votes.memberMarks.push(/[;,]/.exec(last)?.[0] ?? '')
      else if (TAKES_SEMICOLON.has(kind)) votes[last === ';' ? 'semicolons' : 'bare']++
    }
    return votes
  },
)

const TAKES_SEMICOLON: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.VariableStatement,
  SyntaxKind.ExpressionStatement,
  SyntaxKind.ReturnStatement,
  SyntaxKind.ImportDeclaration,
  SyntaxKind.BreakStatement,
  SyntaxKind.TypeAliasDeclaration,
])

/** The range of a node without the comments in front of it. */
export function spanOf(node: Node): Span {
  return { start: node.getStart(), end: node.getEnd() }
}

function readUnion(alias: TypeAliasDeclaration): TsUnion | undefined {
  const type = alias.getTypeNode()
  if (type === undefined || alias.getTypeParameters().length > 0) return undefined
  const nodes = Node.isUnionTypeNode(type) ? type.getTypeNodes() : [type]
  const members = nodes.flatMap((node) => {
    const value = literalOf(node)
    return value === undefined ? [] : [{ ...spanOf(node), value }]
  })
  const unread = nodes.filter((node) => literalOf(node) === undefined).map(spanOf)
  return members.length === 0 ? undefined : { name: alias.getName(), members, unread, ...spanOf(alias) }
}

/** The string that a type or a label is, in whatever quotes: `'a'`, `` `a` ``, `('a')`, `'a' as const`. */
export function literalOf(node: Node | undefined): string | undefined {
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return node.getLiteralValue()
  if (Node.isLiteralTypeNode(node)) return literalOf(node.getLiteral())
  if (Node.isParenthesizedTypeNode(node)) return literalOf(node.getTypeNode())
  const isWrapped =
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isSatisfiesExpression(node) ||
    Node.isNonNullExpression(node)
  return isWrapped ? literalOf(node.getExpression()) : undefined
}

function readInterface(node: InterfaceDeclaration): TsInterface | undefined {
  const close = node.getEnd() - 1
  const open = node.getFirstChildByKind(SyntaxKind.OpenBraceToken)?.getEnd()
  if (open === undefined) return undefined
  return {
    name: node.getName(),
    members: node.getMembers().flatMap((member) => readMember(member) ?? []),
    open,
    close,
    ...spanOf(node),
  }
}

function readObjectAlias(alias: TypeAliasDeclaration): TsInterface | undefined {
  const type = alias.getTypeNode()
  if (!Node.isTypeLiteral(type)) return undefined
  const members = type.getMembers().flatMap((member) => readMember(member) ?? [])
  return {
    name: alias.getName(),
    members,
    open: type.getStart() + 1,
    close: type.getEnd() - 1,
    ...spanOf(alias),
  }
}

function readMember(member: Node): TsMember | undefined {
  if (Node.isPropertySignature(member)) {
    const type = member.getTypeNode()
    return {
      name: unquote(member.getName()),
      optional: member.hasQuestionToken(),
      type: type?.getText(),
      isFunction: Node.isFunctionTypeNode(type),
      ...spanOf(member),
    }
  }
  if (Node.isMethodSignature(member)) {
    const text = member.getText()
    return {
      name: unquote(member.getName()),
      optional: member.hasQuestionToken(),
      type: text,
      isFunction: true,
      ...spanOf(member),
    }
  }
  return undefined
}

function readSwitch(node: SwitchStatement, bindings: StoreBindings): TsSwitch | undefined {
  const expression = node.getExpression()
  if (!Node.isPropertyAccessExpression(expression) || expression.getName() !== 'type') return undefined
  const subject = expression.getExpression().getText()
  const block = node.getCaseBlock()
  return {
    subject,
    payloadName: boundBefore(node, `${subject}.payload`),
    open: block.getStart() + 1,
    clauses: node.getClauses().map((clause): TsClause => {
      const label = Node.isCaseClause(clause) ? clause.getExpression() : undefined
      const value = literalOf(label)
      const statements = clause.getStatements()
      const first = statements[0]
      return {
        value,
        label:
          label === undefined || value !== undefined
            ? undefined
            : { text: label.getText(), ...spanOf(label) },
        isDispatch: label === undefined && looksUp(clause, expression.getText()),
        isEmpty: statements.length === 0,
        hasBraces: Node.isBlock(first),
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
    .getDescendantsOfKind(SyntaxKind.ElementAccessExpression)
    .some((one) => one.getArgumentExpression()?.getText() === expression)
}

/** The name of the function at the top level that a node stands in. */
export function ownerOf(node: Node): string | undefined {
  const statement = [node, ...node.getAncestors()].find((one) => Node.isSourceFile(one.getParent()))
  if (Node.isFunctionDeclaration(statement)) return statement.getName()
  if (!Node.isVariableStatement(statement)) return undefined
  return statement
    .getDeclarations()
    .find((one) => one.getStart() <= node.getStart() && node.getEnd() <= one.getEnd())
    ?.getName()
}

/** The constant that a block around a statement binds to an expression in front of it. */
function boundBefore(statement: Node, expression: string): string | undefined {
  for (let node: Node = statement; ; ) {
    const parent: Node | undefined = node.getParent()
    if (parent === undefined) return undefined
    if (Node.isBlock(parent)) {
      const before = parent.getStatements().filter((one) => one.getEnd() <= node.getStart())
      for (const one of before.filter(Node.isVariableStatement)) {
        const found = one.getDeclarations().find((it) => it.getInitializer()?.getText() === expression)
        if (found !== undefined && Node.isIdentifier(found.getNameNode())) return found.getName()
      }
    }
    node = parent
  }
}

/** Whether control never runs on behind a statement: it leaves, or its block ends in one that does. */
export function isTerminated(last: Node | undefined): boolean {
  if (last === undefined) return false
  if (Node.isBlock(last)) {
    const inner = last.getStatements()
    return isTerminated(inner[inner.length - 1])
  }
  return (
    Node.isBreakStatement(last) ||
    Node.isReturnStatement(last) ||
    Node.isThrowStatement(last) ||
    Node.isContinueStatement(last)
  )
}

function castsOf(clause: Node, subject: string): string[] {
  return descendantsOfKind(clause, SyntaxKind.AsExpression).flatMap((cast) => {
    const type = cast.getTypeNode()
    return cast.getExpression().getText() === `${subject}.payload` && type !== undefined
      ? [type.getText()]
      : []
  })
}

function payloadNameOf(clause: Node, subject: string): string | undefined {
  for (const declaration of descendantsOfKind(clause, SyntaxKind.VariableDeclaration)) {
    const value = declaration.getInitializer()
    const inner = Node.isAsExpression(value) ? value.getExpression() : value
    if (inner?.getText() === `${subject}.payload` && Node.isIdentifier(declaration.getNameNode()))
      return declaration.getName()
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
  for (const declaration of descendantsOfKind(module.file, SyntaxKind.VariableDeclaration)) {
    const value = declaration.getInitializer()
    if (!Node.isCallExpression(value)) continue
    const hook = hookOf(value)
    if (hook === undefined) continue
    const name = declaration.getNameNode()
    if (Node.isObjectBindingPattern(name)) {
      for (const element of name.getElements()) {
        members.set(element.getName(), {
          hook,
          member: element.getPropertyNameNode()?.getText() ?? element.getName(),
        })
      }
      continue
    }
    const selector = value.getArguments()[0]
    const body = Node.isArrowFunction(selector) ? selector.getBody() : undefined
    if (Node.isPropertyAccessExpression(body)) members.set(name.getText(), { hook, member: body.getName() })
    else states.set(name.getText(), hook)
  }
  return { members, states }
}

/** The hook behind `useX()` or `useX.getState()`. */
function hookOf(call: Node): string | undefined {
  if (!Node.isCallExpression(call)) return undefined
  const callee = call.getExpression()
  const target =
    Node.isPropertyAccessExpression(callee) && callee.getName() === 'getState'
      ? callee.getExpression()
      : callee
  return Node.isIdentifier(target) && /^use[A-Z]/.test(target.getText()) ? target.getText() : undefined
}

function storeCallsOf(clause: Node, bindings: StoreBindings): TsClause['storeCalls'] {
  return descendantsOfKind(clause, SyntaxKind.CallExpression).flatMap((call) => {
    const callee = call.getExpression()
    if (Node.isIdentifier(callee)) {
      const found = bindings.members.get(callee.getText())
      return found === undefined ? [] : [{ ...found, ...spanOf(call) }]
    }
    if (!Node.isPropertyAccessExpression(callee)) return []
    const target = callee.getExpression()
    const hook = Node.isIdentifier(target) ? bindings.states.get(target.getText()) : hookOf(target)
    const isAction = hook !== undefined && !['getState', 'setState', 'subscribe'].includes(callee.getName())
    return isAction ? [{ hook, member: callee.getName(), ...spanOf(call) }] : []
  })
}

function readImport(node: ImportDeclaration): TsImport {
  return {
    specifier: node.getModuleSpecifierValue(),
    isTypeOnly: node.isTypeOnly(),
    hasNamedBlock: node.getImportClause()?.getNamedBindings()?.isKind(SyntaxKind.NamedImports) ?? false,
    names: node.getNamedImports().map((one: ImportSpecifier) => ({
      name: one.getName(),
      bound: one.getAliasNode()?.getText() ?? one.getName(),
      isTypeOnly: one.isTypeOnly(),
      ...spanOf(one),
    })),
    ...spanOf(node),
  }
}

function readStore(hook: string, outer: Node): TsStore | undefined {
  if (!Node.isCallExpression(outer)) return undefined
  const curried = outer.getExpression()
  const create = Node.isCallExpression(curried) ? curried : outer
  if (!/^create(Store)?$/.test(create.getExpression().getText())) return undefined
  let creator: Node | undefined = outer.getArguments()[0]
  let isPersisted = false
  let hasPartialize = false
  while (Node.isCallExpression(creator)) {
    if (creator.getExpression().getText() === 'persist') {
      isPersisted = true
      const options = creator.getArguments()[1]
      hasPartialize =
        Node.isObjectLiteralExpression(options) && options.getProperty('partialize') !== undefined
    }
    creator = creator.getArguments()[0]
  }
  const made = Node.isArrowFunction(creator) || Node.isFunctionExpression(creator) ? creator : undefined
  const parameter = made?.getParameters()[0]?.getNameNode()
  const object = returnedObject(made?.getBody())
  return {
    hook,
    stateType: create.getTypeArguments()[0]?.getText(),
    setName: Node.isIdentifier(parameter) ? parameter.getText() : undefined,
    isPersisted,
    hasPartialize,
    object: Node.isObjectLiteralExpression(object)
      ? {
          properties: object.getProperties().flatMap((one) => readProperty(one) ?? []),
          isOpen: object.getProperties().some(Node.isSpreadAssignment),
          ...spanOf(object),
        }
      : undefined,
    ...spanOf(outer),
  }
}

function returnedObject(body: Node | undefined): Node | undefined {
  if (Node.isBlock(body)) {
    const last = body.getStatements().find(Node.isReturnStatement)
    return returnedObject(last?.getExpression())
  }
  return Node.isParenthesizedExpression(body) ? returnedObject(body.getExpression()) : body
}

/** A property of an object literal. */
export function readProperty(node: Node): TsProperty | undefined {
  if (Node.isMethodDeclaration(node))
    return { name: unquote(node.getName()), isFunction: true, value: node.getText(), ...spanOf(node) }
  if (Node.isPropertyAssignment(node)) {
    const value = node.getInitializer()
    const isFunction = Node.isArrowFunction(value) || Node.isFunctionExpression(value)
    return { name: unquote(node.getName()), isFunction, value: value?.getText() ?? '', ...spanOf(node) }
  }
  if (Node.isShorthandPropertyAssignment(node))
    return { name: node.getName(), isFunction: false, value: node.getName(), ...spanOf(node) }
  if (Node.isSpreadAssignment(node))
    return { name: node.getText(), isFunction: false, value: node.getText(), ...spanOf(node) }
  return undefined
}

function unquote(name: string): string {
  return name.replace(/^(['"])(.*)\1$/, '$2')
}
