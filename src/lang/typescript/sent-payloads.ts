import { type MethodDeclaration, Node, type ParameterDeclaration, SyntaxKind, type TypeNode } from 'ts-morph'
import { constantOf } from './constants.js'
import { expandType, readObjectType, type TypeScope } from './object-types.js'
import type { TsModule } from './parser.js'
import { literalOf, type Span, spanOf } from './query.js'
import { descendantsOfKind } from './walk.js'

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
  const methods = module.file.getClass(className)?.getMethods() ?? []
  return methods.flatMap((method) =>
    descendantsOfKind(method, SyntaxKind.CallExpression).flatMap((call) => {
      const callee = call.getExpression()
      const isOwn = Node.isPropertyAccessExpression(callee) && Node.isThisExpression(callee.getExpression())
      if (!isOwn) return []
      const [first, second] = call.getArguments()
      const [names, payload] = Node.isObjectLiteralExpression(first)
        ? [namesIn(scope, module, propertyOf(first, 'type')), propertyOf(first, 'payload')]
        : [namesIn(scope, module, first), second]
      const sent = readPayload(scope, module, method, payload)
      return names.map((message) => ({ message, method: method.getName(), ...sent, ...spanOf(call) }))
    }),
  )
}

/** The names that an expression can be: a literal, a constant, or one of two. */
function namesIn(scope: TypeScope, module: TsModule, node: Node | undefined): string[] {
  const name = literalOf(node) ?? (node === undefined ? undefined : constantOf(scope, module, node.getText()))
  if (name !== undefined) return [name]
  if (!Node.isConditionalExpression(node)) return []
  return [node.getWhenTrue(), node.getWhenFalse()].flatMap((one) => namesIn(scope, module, one))
}

function propertyOf(object: Node | undefined, name: string): Node | undefined {
  if (!Node.isObjectLiteralExpression(object)) return undefined
  const property = object.getProperty(name)
  if (Node.isShorthandPropertyAssignment(property)) return property.getNameNode()
  return Node.isPropertyAssignment(property) ? property.getInitializer() : undefined
}

function readPayload(
  scope: TypeScope,
  module: TsModule,
  method: MethodDeclaration,
  payload: Node | undefined,
): Pick<TsSentMessage, 'keys' | 'isOpen'> {
  if (payload === undefined) return { keys: [], isOpen: false }
  if (!Node.isObjectLiteralExpression(payload)) return readWhole(scope, module, method, payload)
  const keys: TsSentField[] = []
  let isOpen = false
  const add = (name: string, node: Node, value: Node | undefined): void => {
    keys.push({ name, file: module.source.path, ...typeOf(scope, module, method, value), ...spanOf(node) })
  }
  for (const one of payload.getProperties()) {
    if (Node.isShorthandPropertyAssignment(one)) add(one.getName(), one, one.getNameNode())
    else if (Node.isPropertyAssignment(one) && !Node.isComputedPropertyName(one.getNameNode()))
      add(one.getName().replace(/^(['"])(.*)\1$/, '$2'), one, one.getInitializer())
    else if (Node.isSpreadAssignment(one)) {
      const whole = readWhole(scope, module, method, one.getExpression())
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
  method: MethodDeclaration,
  node: Node,
): Pick<TsSentMessage, 'keys' | 'isOpen'> {
  const type = readObjectType(scope, module, parameterOf(method, node)?.getTypeNode())
  return { keys: type?.members ?? [], isOpen: type?.isOpen ?? true }
}

function parameterOf(method: MethodDeclaration, node: Node | undefined): ParameterDeclaration | undefined {
  return Node.isIdentifier(node) ? method.getParameter(node.getText()) : undefined
}

/** The type of a value that is sent: of a parameter, of a member of one, of a literal. */
function typeOf(
  scope: TypeScope,
  module: TsModule,
  method: MethodDeclaration,
  value: Node | undefined,
): Typed {
  const parameter = parameterOf(method, value)
  if (parameter !== undefined) {
    return { type: written(scope, module, parameter.getTypeNode()), optional: parameter.hasQuestionToken() }
  }
  if (Node.isPropertyAccessExpression(value)) {
    const owner = parameterOf(method, value.getExpression())
    return memberOf(scope, module, owner, value.getName(), value.hasQuestionDotToken())
  }
  if (Node.isIdentifier(value)) {
    const element = descendantsOfKind(method, SyntaxKind.BindingElement).find(
      (one) => one.getName() === value.getText(),
    )
    const declaration = element?.getFirstAncestorByKind(SyntaxKind.VariableDeclaration)
    const owner = parameterOf(method, declaration?.getInitializer())
    const name = element?.getPropertyNameNode()?.getText() ?? element?.getName() ?? ''
    return memberOf(scope, module, owner, name, false)
  }
  if (Node.isStringLiteral(value)) return { type: value.getText(), optional: false }
  if (Node.isNumericLiteral(value)) return { type: 'number', optional: false }
  if (Node.isTrueLiteral(value) || Node.isFalseLiteral(value)) return { type: 'boolean', optional: false }
  return UNTOLD
}

function memberOf(
  scope: TypeScope,
  module: TsModule,
  owner: ParameterDeclaration | undefined,
  name: string,
  isChained: boolean,
): Typed {
  const type = readObjectType(scope, module, owner?.getTypeNode())
  const member = type?.members.find((one) => one.name === name)
  return member === undefined
    ? { ...UNTOLD, optional: isChained }
    : { type: member.type, optional: member.optional || isChained }
}

function written(scope: TypeScope, module: TsModule, type: TypeNode | undefined): string | undefined {
  return type === undefined ? undefined : expandType(scope, module, type)
}
