import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'
import { isKind, type Node } from '../tree.js'
import {
  declarationsOf,
  endOfOpenBrace,
  isFunction,
  isOptional,
  keyOf,
  originalName,
  spanOf,
  statementsOf,
} from './grammar.js'
import { stringValue } from './literals.js'

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

export interface TsProperty extends Span {
  readonly name: string
  readonly isFunction: boolean
  /** Types of the first parameter where one is annotated. */
  readonly value: string
}

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

/** The imports of a file. */
export const importsOf = perModule((module: TsModule): readonly TsImport[] => {
  return statementsOf(module, 'ImportDeclaration').map(readImport)
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
  return importedNames(module).get(bound)
}

const importedNames = perModule((module: TsModule): ReadonlyMap<string, TsImported> => {
  const all = importsOf(module).flatMap(({ specifier, names }) =>
    names.map(({ bound, name }) => [bound, { name, specifier }] as const),
  )
  return new Map(all.reverse())
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

/** The name of the function at the top level that a node stands in. */
export function ownerOf(node: Node): string | undefined {
  const statement = [node, ...node.ancestors()].find((one) => isKind(one.parent, 'SourceFile'))
  if (isKind(statement, 'FunctionDeclaration')) return statement.name
  if (!isKind(statement, 'VariableStatement')) return undefined
  return declarationsOf(statement).find((one) => one.start <= node.start && node.end <= one.end)?.name
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

function readImport(node: Node): TsImport {
  const clause = node.child('importClause')
  const bindings = clause?.child('namedBindings')
  const isNamed = isKind(bindings, 'NamedImports')
  return {
    specifier: stringValue(node.child('moduleSpecifier')) ?? '',
    isTypeOnly: clause?.mark === 'type',
    hasNamedBlock: isNamed,
    names: (isNamed ? bindings.list('elements') : []).map((one) => ({
      name: originalName(one),
      bound: one.name,
      isTypeOnly: one.mark === 'type',
      ...spanOf(one),
    })),
    ...spanOf(node),
  }
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
