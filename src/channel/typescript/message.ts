import { isKind, type Node } from '../../lang/tree.js'
import { isFunctionLike, keyOfElement } from '../../lang/typescript/grammar.js'
import { declarationOf } from '../../values/typescript/bindings.js'
import {
  bare,
  calledBy,
  deeper,
  type Frame,
  isWrapper,
  keyOfAccess,
  resultsOf,
  type Written,
} from '../../values/typescript/frame.js'

/** A message that a function takes: what declares it, or how it is reached where nothing does. */
export interface Message {
  /** The parameter or the variable, whose name may be a pattern. */
  readonly declaration: Node | undefined
  /** Whether what is declared is not the message but its type, which a function takes by itself. */
  readonly isType?: true
  readonly text: string
}

/** What an expression is of a message. */
export type Part = 'message' | 'type' | 'payload'

/** The message whose type an expression is: of `msg.type`, of a constant that is one, of a part of a pattern. */
export function messageOfType(expression: Node | undefined): Message | undefined {
  const node = expression === undefined ? undefined : bare(expression)
  if (isKind(node, 'PropertyAccessExpression') && node.name === 'type') {
    const owner = node.child('expression')
    return owner === undefined ? undefined : messageOf(bare(owner))
  }
  const declaration = isKind(node, 'Identifier') ? declarationOf(node) : undefined
  if (isKind(declaration, 'VariableDeclaration')) return messageOfType(declaration.child('initializer'))
  if (isKind(declaration, 'Parameter'))
    return TYPE.test(declaration.name) ? { declaration, isType: true, text: '' } : undefined
  if (!isKind(declaration, 'BindingElement') || keyOfElement(declaration) !== 'type') return undefined
  const owner = declaration.parent?.parent
  const value = isKind(owner, 'VariableDeclaration') ? owner.child('initializer') : undefined
  const named = value === undefined ? undefined : bare(value)
  if (isKind(named, 'Identifier')) return messageOf(named)
  return isKind(owner, 'VariableDeclaration', 'Parameter') ? { declaration: owner, text: '' } : undefined
}

/** What a function calls the type of a message, and the payload beside it. */
const TYPE = /^(?:type|\w*Type)$/
const PAYLOAD = /^(?:payload|data|body)$/

function messageOf(node: Node): Message {
  return {
    declaration: isKind(node, 'Identifier') ? declarationOf(node) : undefined,
    text: node.text,
  }
}

/** What a function calls the payload that it takes beside the type. */
export function payloadBeside(message: Message): string | undefined {
  const parameters = message.isType ? (message.declaration?.parent?.list('parameters') ?? []) : []
  return parameters.find((one) => PAYLOAD.test(one.name))?.name
}

/** What an expression is of a message, through names, patterns and calls of what is in the repository. */
export function partOf(message: Message, { node, frame }: Written): Part | undefined {
  const next = deeper(frame)
  if (next === undefined) return undefined
  const of = (one: Node | undefined, at: Frame = next): Part | undefined =>
    one === undefined ? undefined : partOf(message, { node: one, frame: at })
  if (isWrapper(node)) return of(node.child('expression'))
  if (isKind(node, 'Identifier')) return isName(node) ? undefined : partOfName(message, { node, frame: next })
  if (isKind(node, 'PropertyAccessExpression', 'ElementAccessExpression')) {
    if (message.declaration === undefined && node.text === message.text) return 'message'
    return memberOf(of(node.child('expression')), keyOfAccess(node))
  }
  if (isKind(node, 'ConditionalExpression')) return of(node.child('whenTrue')) ?? of(node.child('whenFalse'))
  if (isKind(node, 'BinaryExpression'))
    return /^(?:\?\?|\|\|)$/.test(node.textOf('operatorToken')) ? of(node.child('left')) : undefined
  if (isKind(node, 'ObjectLiteralExpression')) return of(copied(node))
  if (!isKind(node, 'CallExpression') || !node.list('arguments').some((one) => of(one) !== undefined))
    return undefined
  const called = calledBy(next, node)
  return called === undefined
    ? undefined
    : resultsOf(called.node)
        .map((one) => of(one, called.frame))
        .find((part) => part !== undefined)
}

/** What an object is a copy of: `{ ...msg.payload }`. */
export function copied(object: Node): Node | undefined {
  const [only, ...others] = object.list('properties')
  return isKind(only, 'SpreadAssignment') && others.length === 0 ? only.child('expression') : undefined
}

function partOfName(message: Message, { node, frame }: Written): Part | undefined {
  const declaration = declarationOf(node)
  return declaration === undefined ? undefined : partOfDeclared(message, { node: declaration, frame })
}

/** What a declaration is of a message: a parameter by what the call gives it, a part of a pattern by its key. */
export function partOfDeclared(message: Message, { node, frame }: Written): Part | undefined {
  if (node === message.declaration) return message.isType ? 'type' : 'message'
  if (isKind(node, 'BindingElement')) {
    const owner = node.parent?.parent
    const isRest = node.child('dotDotDotToken') !== undefined
    if (owner === undefined || !isKind(node.parent, 'ObjectBindingPattern')) return undefined
    const part = partOfDeclared(message, { node: owner, frame })
    // What is left of a payload is one, with fewer keys.
    return isRest ? part : memberOf(part, keyOfElement(node))
  }
  if (isKind(node, 'Parameter')) {
    const isBeside = message.isType && node.parent === message.declaration?.parent && PAYLOAD.test(node.name)
    if (isBeside) return 'payload'
    const given = frame.given.get(node)
    return given === undefined ? undefined : partOf(message, { ...given, frame: atDepth(given, frame) })
  }
  const value = isKind(node, 'VariableDeclaration') ? node.child('initializer') : undefined
  return value === undefined || isFunctionLike(value) ? undefined : partOf(message, { node: value, frame })
}

/** The frame of what a call gave, no less deep than where it is asked for. */
function atDepth(given: Written, { depth }: Frame): Frame {
  return { ...given.frame, depth: Math.max(depth, given.frame.depth) }
}

function memberOf(part: Part | undefined, key: string | undefined): Part | undefined {
  return part === 'message' && (key === 'type' || key === 'payload') ? key : undefined
}

/** Whether a node is the name of something and no use of it: a declared name, a key, a property. */
export function isName(node: Node): boolean {
  const parent = node.parent
  if (isKind(parent, 'BindingElement', 'VariableDeclaration', 'Parameter'))
    return parent.child('initializer') !== node
  if (isKind(parent, 'PropertyAccessExpression', 'PropertyAssignment', 'MethodDeclaration', 'JsxAttribute'))
    return parent.child('name') === node
  return isKind(parent, 'FunctionDeclaration', 'TypeReference', 'TypeQuery')
}
