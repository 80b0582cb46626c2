import type { TsModule } from '../../lang/module.js'
import { isKind, type Node } from '../../lang/tree.js'
import type { TsClass, TsMethod } from '../../lang/typescript/classes.js'
import { constantOf } from '../../lang/typescript/constants.js'
import type { NameScope } from '../../lang/typescript/exports.js'
import { isOptional, keyOf, originalName, propertyOf, spanOf } from '../../lang/typescript/grammar.js'
import { literalOf } from '../../lang/typescript/literals.js'
import { expandType, readObjectType } from '../../lang/typescript/object-types.js'
import type { Span } from '../../workspace/span.js'

/** A method of a client with the messages that it sends by `this.send('name', payload)` or `this.send({ type, payload })`. */
export interface TsSendingMethod extends TsMethod {
  readonly sends: readonly TsSend[]
  /** Calls of its class that give something else than a string or a parameter first: perhaps the type of a message. */
  readonly unreadSends: readonly { readonly by: string; readonly text: string }[]
}

/** A message that is sent, with the payload as far as the method shows it. */
export interface TsSend extends Span {
  /** The method of `this` that is called. */
  readonly by: string
  readonly message: string
  readonly keys: readonly TsSentField[]
  /** Whether it may have keys that cannot be read. */
  readonly isOpen: boolean
  /** Types of parameters that are sent whole, as they are or spread. */
  readonly types: readonly string[]
}

/** A key of a sent payload, where the literal or the type has it. */
export interface TsSentField extends Span {
  readonly name: string
  readonly file: string
  /** The type with aliases written out; undefined where nothing tells it. */
  readonly type: string | undefined
  readonly optional: boolean
}

type Payload = Pick<TsSend, 'keys' | 'isOpen' | 'types'>
type Typed = { readonly type: string | undefined; readonly optional: boolean }
const UNTOLD: Typed = { type: undefined, optional: false }

/** The methods of a class with what each of them sends. */
export function sendingMethodsOf(scope: NameScope, module: TsModule, one: TsClass): TsSendingMethod[] {
  return one.methods.map((method) => {
    const calls = method.node.descendants('CallExpression').flatMap(readCall)
    const read = calls.map((call) => ({ ...call, messages: messagesIn(scope, module, call.type) }))
    return {
      ...method,
      sends: read.flatMap(({ by, messages, payload, node }) => {
        const sent = messages.length === 0 ? undefined : readPayload(scope, module, method.node, payload)
        return sent === undefined
          ? []
          : messages.map((message) => ({ by, message, ...sent, ...spanOf(node) }))
      }),
      unreadSends: read.flatMap(({ by, messages, type }) => {
        const isForwarded = type !== undefined && parameterOf(method.node, type) !== undefined
        return type === undefined || isForwarded || messages.length > 0 ? [] : [{ by, text: type.text }]
      }),
    }
  })
}

interface Call {
  readonly by: string
  readonly type: Node | undefined
  readonly payload: Node | undefined
  readonly node: Node
}

/** A call of a method of `this`, with what it gives as type and payload. */
function readCall(node: Node): Call[] {
  const callee = node.child('expression')
  if (!isKind(callee, 'PropertyAccessExpression') || !isKind(callee.child('expression'), 'ThisKeyword'))
    return []
  const [first, second] = node.list('arguments')
  const given = isKind(first, 'ObjectLiteralExpression')
    ? { type: entryOf(first, 'type'), payload: entryOf(first, 'payload') }
    : { type: first, payload: second }
  return [{ by: callee.name, node, ...given }]
}

/** The names that an expression can be: a literal, a constant, or one of those that a condition chooses from. */
function messagesIn(scope: NameScope, module: TsModule, node: Node | undefined): string[] {
  const name = literalOf(node) ?? (node === undefined ? undefined : constantOf(scope, module, node.text))
  if (name !== undefined) return [name]
  if (isKind(node, 'ParenthesizedExpression')) return messagesIn(scope, module, node.child('expression'))
  if (!isKind(node, 'ConditionalExpression')) return []
  const sides = [node.child('whenTrue'), node.child('whenFalse')].map((one) => messagesIn(scope, module, one))
  return sides.every((side) => side.length > 0) ? sides.flat() : []
}

function entryOf(object: Node, name: string): Node | undefined {
  const property = propertyOf(object, name)
  if (isKind(property, 'ShorthandPropertyAssignment')) return property.child('name')
  return isKind(property, 'PropertyAssignment') ? property.child('initializer') : undefined
}

function readPayload(scope: NameScope, module: TsModule, method: Node, payload: Node | undefined): Payload {
  if (payload === undefined) return { keys: [], isOpen: false, types: [] }
  if (!isKind(payload, 'ObjectLiteralExpression')) return readWhole(scope, module, method, payload)
  const keys: TsSentField[] = []
  const types: string[] = []
  let isOpen = false
  for (const property of payload.list('properties')) {
    const value = isKind(property, 'ShorthandPropertyAssignment')
      ? property.child('name')
      : property.child('initializer')
    const key = isKind(property, 'PropertyAssignment', 'ShorthandPropertyAssignment')
      ? keyOf(property)
      : undefined
    if (key !== undefined) {
      const typed = typeOf(scope, module, method, value)
      keys.push({ name: key, file: module.source.path, ...typed, ...spanOf(property) })
    } else if (isKind(property, 'SpreadAssignment')) {
      const whole = readWhole(scope, module, method, property.child('expression'))
      keys.push(...whole.keys)
      types.push(...whole.types)
      isOpen ||= whole.isOpen
    } else isOpen = true
  }
  return { keys, isOpen, types }
}

/** A parameter that is sent as it is, by its type. */
function readWhole(scope: NameScope, module: TsModule, method: Node, node: Node | undefined): Payload {
  const written = parameterOf(method, node)?.child('type')
  const type = readObjectType(scope, module, written)
  return {
    keys: type?.members ?? [],
    isOpen: type?.isOpen ?? true,
    types: written === undefined ? [] : [written.text],
  }
}

function parameterOf(method: Node, node: Node | undefined): Node | undefined {
  return isKind(node, 'Identifier')
    ? method.list('parameters').find((parameter) => parameter.name === node.text)
    : undefined
}

/** The type of a value that is sent: of a parameter, of a member of one, of a literal. */
function typeOf(scope: NameScope, module: TsModule, method: Node, value: Node | undefined): Typed {
  const parameter = parameterOf(method, value)
  if (parameter !== undefined) {
    return { type: written(scope, module, parameter.child('type')), optional: isOptional(parameter) }
  }
  if (isKind(value, 'PropertyAccessExpression')) {
    const owner = parameterOf(method, value.child('expression'))
    return memberOf(scope, module, owner, value.name, isOptional(value))
  }
  if (isKind(value, 'Identifier')) {
    const element = method.descendants('BindingElement').find((one) => one.name === value.text)
    const declaration = element?.closest('VariableDeclaration')
    const owner = parameterOf(method, declaration?.child('initializer'))
    const name = element === undefined ? '' : originalName(element)
    return memberOf(scope, module, owner, name, false)
  }
  if (isKind(value, 'StringLiteral')) return { type: value.text, optional: false }
  if (isKind(value, 'NumericLiteral')) return { type: 'number', optional: false }
  if (isKind(value, 'TrueKeyword', 'FalseKeyword')) return { type: 'boolean', optional: false }
  return UNTOLD
}

function memberOf(
  scope: NameScope,
  module: TsModule,
  owner: Node | undefined,
  name: string,
  isChained: boolean,
): Typed {
  const type = readObjectType(scope, module, owner?.child('type'))
  const member = type?.members.find((one) => one.name === name)
  return member === undefined
    ? { ...UNTOLD, optional: isChained }
    : { type: member.type, optional: member.optional || isChained }
}

function written(scope: NameScope, module: TsModule, type: Node | undefined): string | undefined {
  return type === undefined ? undefined : expandType(scope, module, type)
}
