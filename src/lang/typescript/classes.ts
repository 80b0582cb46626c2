import { type ClassDeclaration, type MethodDeclaration, Node, SyntaxKind } from 'ts-morph'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import { literalOf, type Span, spanOf } from './query.js'
import { descendantsOfKind } from './walk.js'

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
  return module.file.getClasses().map(readClass)
})

/** `export const wsClient = new WebSocketClient()`: exported instances, with the class each is made of. */
export const instancesOf = perModule(
  (module: TsModule): readonly { readonly name: string; readonly className: string }[] => {
    const listed = module.file
      .getExportDeclarations()
      .flatMap((one) => one.getNamedExports().map((name) => name.getName()))
    return module.file.getVariableStatements().flatMap((statement) => {
      return statement.getDeclarations().flatMap((one) => {
        const value = one.getInitializer()
        if (!statement.isExported() && !listed.includes(one.getName())) return []
        return Node.isNewExpression(value)
          ? [{ name: one.getName(), className: value.getExpression().getText() }]
          : []
      })
    })
  },
)

function readClass(node: ClassDeclaration): TsClass {
  const parameterProperties = node
    .getConstructors()
    .flatMap((one) => one.getParameters().filter((parameter) => parameter.isParameterProperty()))
  const members = [
    ...node.getMethods(),
    ...node.getProperties(),
    ...node.getGetAccessors(),
    ...node.getSetAccessors(),
    ...parameterProperties,
  ]
  return {
    name: node.getName() ?? '',
    base: node.getExtends()?.getExpression().getText(),
    members: members.map((one) => ({ name: one.getName(), ...spanOf(one) })),
    methods: node.getMethods().map(readMethod),
    ...spanOf(node),
  }
}

function readMethod(method: MethodDeclaration): TsMethod {
  const parameters = method.getParameters().map((one) => ({
    name: one.getName(),
    type: one.getTypeNode()?.getText(),
    isOptional: one.isOptional(),
  }))
  const calls = descendantsOfKind(method, SyntaxKind.CallExpression)
  const sends = calls.flatMap((call) => readSends(call, parameters))
  const unreadSends = calls.flatMap((call) => readUnreadSend(call, parameters) ?? [])
  return { name: method.getName(), parameters, sends, unreadSends, ...spanOf(method) }
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
  const text = parts?.type?.getText() ?? ''
  const isForwarded = parameters.some((one) => one.name === text)
  const isRead = parts?.type === undefined || isForwarded || stringsOf(parts.type).length > 0
  return isRead ? undefined : { by: parts.by, text, ...readSent(parts.payload, parameters), ...spanOf(call) }
}

/** What a call of a method of `this` gives as type and payload: `this.send(type, payload)`, `this.send({ type, payload })`. */
function partsOfSend(
  call: Node,
): { by: string; type: Node | undefined; payload: Node | undefined } | undefined {
  if (!Node.isCallExpression(call)) return undefined
  const callee = call.getExpression()
  if (!Node.isPropertyAccessExpression(callee) || !Node.isThisExpression(callee.getExpression()))
    return undefined
  const [first, second] = call.getArguments()
  const value = (name: string): Node | undefined => {
    const property = Node.isObjectLiteralExpression(first) ? first.getProperty(name) : undefined
    return Node.isPropertyAssignment(property) ? property.getInitializer() : undefined
  }
  const isObject = Node.isObjectLiteralExpression(first)
  const payload = isObject ? value('payload') : second
  return { by: callee.getName(), type: isObject ? value('type') : first, payload }
}

/** The strings that an expression can be: a literal, or those that a condition chooses from. */
function stringsOf(node: Node | undefined): string[] {
  const literal = literalOf(node)
  if (literal !== undefined) return [literal]
  if (Node.isParenthesizedExpression(node)) return stringsOf(node.getExpression())
  if (!Node.isConditionalExpression(node)) return []
  const [then, otherwise] = [stringsOf(node.getWhenTrue()), stringsOf(node.getWhenFalse())]
  return then.length > 0 && otherwise.length > 0 ? [...then, ...otherwise] : []
}

function readSent(
  payload: Node | undefined,
  parameters: readonly TsParameter[],
): Pick<TsSend, 'types' | 'keys'> {
  const typeOf = (node: Node | undefined): string | undefined =>
    Node.isIdentifier(node) ? parameters.find((one) => one.name === node.getText())?.type : undefined
  if (payload === undefined) return { types: [], keys: [] }
  if (!Node.isObjectLiteralExpression(payload))
    return { types: [typeOf(payload) ?? []].flat(), keys: undefined }
  const types: string[] = []
  const keys: TsSentKey[] = []
  const add = (name: string, value: Node | undefined): void => {
    const parameter = parameters.find((one) => one.name === value?.getText())
    keys.push({
      name,
      type: parameter?.type,
      isOptional: parameter?.isOptional === true || /^[\w.]+\?\.\w+$/.test(value?.getText() ?? ''),
    })
  }
  for (const property of payload.getProperties()) {
    if (Node.isSpreadAssignment(property)) types.push(...[typeOf(property.getExpression()) ?? []].flat())
    else if (Node.isPropertyAssignment(property)) add(property.getName(), property.getInitializer())
    else if (Node.isShorthandPropertyAssignment(property)) add(property.getName(), property.getNameNode())
  }
  return { types, keys: types.length > 0 ? undefined : keys }
}
