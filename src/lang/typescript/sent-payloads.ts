import type { Span } from '../../workspace/span.js'
import type { TsModule } from '../module.js'
import { isKind, type Node } from '../tree.js'
import { constantOf } from './constants.js'
import { findDeclaration, isOptional, keyOf, methodsOf, propertyOf, spanOf } from './grammar.js'
import { literalOf } from './literals.js'
import { expandType, readObjectType, type TypeScope } from './object-types.js'

/** A message that a method of a client sends, with the payload as far as the method shows it. */
export interface TsSentMessage extends Span {
  readonly message: string
  readonly method: string
  readonly keys: readonly TsSentField[]
  /** Whether it may have keys that cannot be read. */
  readonly isOpen: boolean
}

/** A key of a sent payload, where the literal or the type has it. */
export interface TsSentField extends Span {
  readonly name: string
  readonly file: string
  /** The type with aliases written out; undefined where nothing tells it. */
  readonly type: string | undefined
  readonly optional: boolean
}

type Typed = { readonly type: string | undefined; readonly optional: boolean }
const UNTOLD: Typed = { type: undefined, optional: false }

/** Every message that the methods of a class send by `this.send('name', payload)` or `this.send({ type, payload })`. */
export function sentMessagesOf(scope: TypeScope, module: TsModule, className: string): TsSentMessage[] {
  const methods = methodsOf(findDeclaration(module, className, 'ClassDeclaration'))
  return methods.flatMap((method) =>
    method.descendants('CallExpression').flatMap((call) => {
      const callee = call.child('expression')
      const isOwn =
        isKind(callee, 'PropertyAccessExpression') && isKind(callee.child('expression'), 'ThisKeyword')
      if (!isOwn) return []
      const [first, second] = call.list('arguments')
      const [names, payload] = isKind(first, 'ObjectLiteralExpression')
        ? [namesIn(scope, module, givenFor(first, 'type')), givenFor(first, 'payload')]
        : [namesIn(scope, module, first), second]
      const sent = readPayload(scope, module, method, payload)
      return names.map((message) => ({ message, method: method.name, ...sent, ...spanOf(call) }))
    }),
  )
}

/** The names that an expression can be: a literal, a constant, or one of two. */
function namesIn(scope: TypeScope, module: TsModule, node: Node | undefined): string[] {
  const name = literalOf(node) ?? (node === undefined ? undefined : constantOf(scope, module, node.text))
  if (name !== undefined) return [name]
  if (!isKind(node, 'ConditionalExpression')) return []
  return [node.child('whenTrue'), node.child('whenFalse')].flatMap((one) => namesIn(scope, module, one))
}

function givenFor(object: Node | undefined, name: string): Node | undefined {
  const property = propertyOf(object, name)
  if (isKind(property, 'ShorthandPropertyAssignment')) return property.child('name')
  return isKind(property, 'PropertyAssignment') ? property.child('initializer') : undefined
}

function readPayload(
  scope: TypeScope,
  module: TsModule,
  method: Node,
  payload: Node | undefined,
): Pick<TsSentMessage, 'keys' | 'isOpen'> {
  if (payload === undefined) return { keys: [], isOpen: false }
  if (!isKind(payload, 'ObjectLiteralExpression')) return readWhole(scope, module, method, payload)
  const keys: TsSentField[] = []
  let isOpen = false
  const add = (name: string, node: Node, value: Node | undefined): void => {
    keys.push({ name, file: module.source.path, ...typeOf(scope, module, method, value), ...spanOf(node) })
  }
  for (const one of payload.list('properties')) {
    if (isKind(one, 'ShorthandPropertyAssignment')) add(one.name, one, one.child('name'))
    else if (isKind(one, 'PropertyAssignment') && !isKind(one.child('name'), 'ComputedPropertyName'))
      add(keyOf(one), one, one.child('initializer'))
    else if (isKind(one, 'SpreadAssignment')) {
      const whole = readWhole(scope, module, method, one.child('expression'))
      keys.push(...whole.keys)
      isOpen ||= whole.isOpen
    } else isOpen = true
  }
  return { keys, isOpen }
}

/** A parameter that is sent as it is, by its type. */
function readWhole(
  scope: TypeScope,
  module: TsModule,
  method: Node,
  node: Node | undefined,
): Pick<TsSentMessage, 'keys' | 'isOpen'> {
  const type = readObjectType(scope, module, parameterOf(method, node)?.child('type'))
  return { keys: type?.members ?? [], isOpen: type?.isOpen ?? true }
}

function parameterOf(method: Node, node: Node | undefined): Node | undefined {
  return isKind(node, 'Identifier')
    ? method.list('parameters').find((parameter) => parameter.name === node.text)
    : undefined
}

/** The type of a value that is sent: of a parameter, of a member of one, of a literal. */
function typeOf(scope: TypeScope, module: TsModule, method: Node, value: Node | undefined): Typed {
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
    const name = element?.child('propertyName')?.text ?? element?.name ?? ''
    return memberOf(scope, module, owner, name, false)
  }
  if (isKind(value, 'StringLiteral')) return { type: value.text, optional: false }
  if (isKind(value, 'NumericLiteral')) return { type: 'number', optional: false }
  if (isKind(value, 'TrueKeyword', 'FalseKeyword')) return { type: 'boolean', optional: false }
  return UNTOLD
}

function memberOf(
  scope: TypeScope,
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

function written(scope: TypeScope, module: TsModule, type: Node | undefined): string | undefined {
  return type === undefined ? undefined : expandType(scope, module, type)
}
