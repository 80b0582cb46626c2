import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'
import { isKind, type Node } from '../tree.js'
import {
  basesOf,
  declarationsOf,
  isExported,
  isFunction,
  isOptional,
  membersOf,
  methodsOf,
  originalName,
  spanOf,
  statementsOf,
} from './grammar.js'

export interface TsClass extends Span {
  readonly name: string
  /** The class it extends, as written and without type arguments. */
  readonly base: string | undefined
  /** Everything that an instance has by this class: methods, properties, accessors, parameter properties. */
  readonly members: readonly (Span & { readonly name: string })[]
  /** Its methods, and the properties that hold a function. */
  readonly methods: readonly TsMethod[]
}

export interface TsMethod extends Span {
  readonly name: string
  readonly parameters: readonly TsParameter[]
  /** Whether only the class itself calls it. */
  readonly isPrivate: boolean
  /** The function. */
  readonly node: Node
}

export interface TsParameter {
  readonly name: string
  readonly type: string | undefined
  /** Whether a call may leave it out. */
  readonly isOptional: boolean
}

/** The classes of a file. */
export const classesOf = perModule((module: TsModule): readonly TsClass[] => {
  return statementsOf(module, 'ClassDeclaration').map(readClass)
})

/** `export const wsClient = new WebSocketClient()`: exported instances, with the class each is made of. */
export const instancesOf = perModule(
  (module: TsModule): readonly { readonly name: string; readonly className: string }[] => {
    const listed = statementsOf(module, 'ExportDeclaration').flatMap((one) =>
      (one.child('exportClause')?.list('elements') ?? []).map(originalName),
    )
    return statementsOf(module, 'VariableStatement').flatMap((statement) => {
      return declarationsOf(statement).flatMap((one) => {
        const value = one.child('initializer')
        if (!isExported(statement) && !listed.includes(one.name)) return []
        return isKind(value, 'NewExpression')
          ? [{ name: one.name, className: value.textOf('expression') }]
          : []
      })
    })
  },
)

function readClass(node: Node): TsClass {
  const methods = methodsOf(node)
  const properties = membersOf(node, 'PropertyDeclaration')
  const parameterProperties = membersOf(node, 'Constructor').flatMap((one) =>
    // `private readonly url: string`
    one.list('parameters').filter((parameter) => parameter.list('modifiers').length > 0),
  )
  const members = [
    ...methods,
    ...properties,
    ...membersOf(node, 'GetAccessor'),
    ...membersOf(node, 'SetAccessor'),
    ...parameterProperties,
  ]
  return {
    name: node.name,
    base: basesOf(node)[0]?.textOf('expression'),
    members: members.map((one) => ({ name: one.name, ...spanOf(one) })),
    methods: [...methods, ...properties]
      .toSorted((a, b) => a.start - b.start)
      .flatMap((one) => {
        const made = isKind(one, 'PropertyDeclaration') ? one.child('initializer') : one
        return isFunction(made) || made === one ? [readMethod(one, made)] : []
      }),
    ...spanOf(node),
  }
}

function readMethod(member: Node, method: Node): TsMethod {
  const parameters = method.list('parameters').map((one) => ({
    name: one.name,
    type: one.child('type')?.text,
    isOptional:
      isOptional(one) || one.child('initializer') !== undefined || one.child('dotDotDotToken') !== undefined,
  }))
  const isPrivate =
    member.name.startsWith('#') ||
    member.list('modifiers').some((one) => isKind(one, 'PrivateKeyword', 'ProtectedKeyword'))
  return { name: member.name, parameters, isPrivate, node: method, ...spanOf(member) }
}
