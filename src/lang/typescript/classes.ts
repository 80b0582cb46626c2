import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'
import { isKind, type Node } from '../tree.js'
import {
  basesOf,
  declarationsOf,
  exportedName,
  isExported,
  isOptional,
  membersOf,
  methodsOf,
  propertyOf,
  spanOf,
  statementsOf,
} from './grammar.js'
import { literalOf } from './literals.js'

export interface TsClass extends Span {
  readonly name: string
  /** The class it extends, as written and without type arguments. */
  readonly base: string | undefined
  /** Everything that an instance has by this class: methods, properties, accessors, parameter properties. */
  readonly members: readonly (Span & { readonly name: string })[]
  readonly methods: readonly TsMethod[]
}

export interface TsMethod extends Span {
  readonly name: string
  readonly parameters: readonly TsParameter[]
  /** The messages that the method sends. */
  readonly sends: readonly TsSend[]
  /** Calls of its class that give something else than a string or a parameter first: perhaps the type of a message. */
  readonly unreadSends: readonly (Omit<TsSend, 'message'> & { readonly text: string })[]
}

export interface TsParameter {
  readonly name: string
  readonly type: string | undefined
  /** Whether a call may leave it out. */
  readonly isOptional: boolean
}

/** `this.send('seat_claim', payload)`. */
export interface TsSend extends Span {
  /** The method of `this` that is called. */
  readonly by: string
  readonly message: string
  /** Types of parameters that are sent whole, as they are or spread. */
  readonly types: readonly string[]
  /** The keys that the payload's literal has; undefined where it is no literal. */
  readonly keys: readonly TsSentKey[] | undefined
}

/** A key of a payload's literal. */
export interface TsSentKey {
  readonly name: string
  /** The type of the parameter that gives its value, where one does. */
  readonly type: string | undefined
  /** Whether its value can be missing: a parameter that a call may leave out, or `options?.chatId`. */
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
      (one.child('exportClause')?.list('elements') ?? []).map(exportedName),
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
  const parameterProperties = membersOf(node, 'Constructor').flatMap((one) =>
    // `private readonly url: string`
    one.list('parameters').filter((parameter) => parameter.list('modifiers').length > 0),
  )
  const members = [
    ...methods,
    ...membersOf(node, 'PropertyDeclaration'),
    ...membersOf(node, 'GetAccessor'),
    ...membersOf(node, 'SetAccessor'),
    ...parameterProperties,
  ]
  return {
    name: node.name,
    base: basesOf(node)[0]?.textOf('expression'),
    members: members.map((one) => ({ name: one.name, ...spanOf(one) })),
    methods: methods.map(readMethod),
    ...spanOf(node),
  }
}

function readMethod(method: Node): TsMethod {
  const parameters = method.list('parameters').map((one) => ({
    name: one.name,
    type: one.child('type')?.text,
    isOptional:
      isOptional(one) || one.child('initializer') !== undefined || one.child('dotDotDotToken') !== undefined,
  }))
  const calls = method.descendants('CallExpression')
  const sends = calls.flatMap((call) => readSends(call, parameters))
  const unreadSends = calls.flatMap((call) => readUnreadSend(call, parameters) ?? [])
  return { name: method.name, parameters, sends, unreadSends, ...spanOf(method) }
}

/** The messages that a call sends: one, or each that a condition chooses from. */
function readSends(call: Node, parameters: readonly TsParameter[]): TsSend[] {
  const parts = partsOfSend(call)
  return stringsOf(parts?.type).map((message) => ({
    by: parts?.by ?? '',
    message,
    ...readSent(parts?.payload, parameters),
    ...spanOf(call),
  }))
}

function readUnreadSend(
  call: Node,
  parameters: readonly TsParameter[],
): TsMethod['unreadSends'][number] | undefined {
  const parts = partsOfSend(call)
  const text = parts?.type?.text ?? ''
  const isForwarded = parameters.some((one) => one.name === text)
  const isRead = parts?.type === undefined || isForwarded || stringsOf(parts.type).length > 0
  return isRead ? undefined : { by: parts.by, text, ...readSent(parts.payload, parameters), ...spanOf(call) }
}

/** What a call of a method of `this` gives as type and payload: `this.send(type, payload)`, `this.send({ type, payload })`. */
function partsOfSend(
  call: Node,
): { by: string; type: Node | undefined; payload: Node | undefined } | undefined {
  if (!isKind(call, 'CallExpression')) return undefined
  const callee = call.child('expression')
  if (!isKind(callee, 'PropertyAccessExpression') || !isKind(callee.child('expression'), 'ThisKeyword'))
    return undefined
  const [first, second] = call.list('arguments')
  const value = (name: string): Node | undefined => {
    const property = propertyOf(first, name)
    return isKind(property, 'PropertyAssignment') ? property.child('initializer') : undefined
  }
  const isObject = isKind(first, 'ObjectLiteralExpression')
  const payload = isObject ? value('payload') : second
  return { by: callee.name, type: isObject ? value('type') : first, payload }
}

/** The strings that an expression can be: a literal, or those that a condition chooses from. */
function stringsOf(node: Node | undefined): string[] {
  const literal = literalOf(node)
  if (literal !== undefined) return [literal]
  if (isKind(node, 'ParenthesizedExpression')) return stringsOf(node.child('expression'))
  if (!isKind(node, 'ConditionalExpression')) return []
  const [then, otherwise] = [stringsOf(node.child('whenTrue')), stringsOf(node.child('whenFalse'))]
  return then.length > 0 && otherwise.length > 0 ? [...then, ...otherwise] : []
}

function readSent(
  payload: Node | undefined,
  parameters: readonly TsParameter[],
): Pick<TsSend, 'types' | 'keys'> {
  const typeOf = (node: Node | undefined): string | undefined =>
    isKind(node, 'Identifier') ? parameters.find((one) => one.name === node.text)?.type : undefined
  if (payload === undefined) return { types: [], keys: [] }
  if (!isKind(payload, 'ObjectLiteralExpression'))
    return { types: [typeOf(payload) ?? []].flat(), keys: undefined }
  const types: string[] = []
  const keys: TsSentKey[] = []
  const add = (name: string, value: Node | undefined): void => {
    const parameter = parameters.find((one) => one.name === value?.text)
    keys.push({
      name,
      type: parameter?.type,
      isOptional: parameter?.isOptional === true || /^[\w.]+\?\.\w+$/.test(value?.text ?? ''),
    })
  }
  for (const property of payload.list('properties')) {
    if (isKind(property, 'SpreadAssignment'))
      types.push(...[typeOf(property.child('expression')) ?? []].flat())
    else if (isKind(property, 'PropertyAssignment')) add(property.name, property.child('initializer'))
    else if (isKind(property, 'ShorthandPropertyAssignment')) add(property.name, property.child('name'))
  }
  return { types, keys: types.length > 0 ? undefined : keys }
}
