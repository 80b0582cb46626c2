import { stateOf } from '../../channel/typescript/store-actions.js'
import { isKind, type Node } from '../../lang/tree.js'
import { keyOf, keyOfElement } from '../../lang/typescript/grammar.js'
import { withoutNull } from '../../lang/typescript/object-types.js'
import { declarationOf } from '../../values/typescript/bindings.js'
import {
  deeper,
  type Frame,
  isHookCall,
  keyOfAccess,
  settle,
  type Written,
} from '../../values/typescript/frame.js'
import { memberType, parameterType, settleType } from '../../values/typescript/types.js'

/** The type of an expression, as far as annotations, casts and the states of stores tell it. */
export function typeOfExpression({ node: expression, frame: at }: Written): Written | undefined {
  const frame = deeper(at)
  if (frame === undefined) return undefined
  const of = (node: Node | undefined): Written | undefined =>
    node === undefined ? undefined : typeOfExpression({ node, frame })
  if (isKind(expression, 'AsExpression', 'SatisfiesExpression')) {
    const type = expression.child('type')
    return type === undefined || type.text === 'const'
      ? of(expression.child('expression'))
      : { node: type, frame }
  }
  if (isKind(expression, 'ParenthesizedExpression', 'NonNullExpression', 'AwaitExpression'))
    return of(expression.child('expression'))
  if (isKind(expression, 'Identifier')) {
    const declaration = declarationOf(expression)
    return declaration === undefined ? undefined : typeOfDeclared({ node: declaration, frame })
  }
  if (isKind(expression, 'PropertyAccessExpression'))
    return memberOf(of(expression.child('expression')), expression.name)
  if (isKind(expression, 'ElementAccessExpression')) {
    const key = keyOfAccess(expression)
    const object = of(expression.child('expression'))
    return (key === undefined ? undefined : memberOf(object, key)) ?? elementOf(object)
  }
  if (isKind(expression, 'CallExpression')) return typeOfCall({ node: expression, frame })
  if (isKind(expression, 'ConditionalExpression'))
    return of(expression.child('whenTrue')) ?? of(expression.child('whenFalse'))
  return isKind(expression, 'BinaryExpression')
    ? (of(expression.child('left')) ?? of(expression.child('right')))
    : undefined
}

/** The type of what a pattern takes apart. */
export function typeOfPattern({ node: pattern, frame }: Written): Written | undefined {
  const owner = pattern.parent
  return owner === undefined ? undefined : typeOfDeclared({ node: owner, frame })
}

/** The type that an object literal is made as: what it is cast to, declared as, or given to. */
export function typeOfMade({ node: object, frame }: Written): Written | undefined {
  const { parent } = object
  if (isKind(parent, 'AsExpression', 'SatisfiesExpression', 'VariableDeclaration')) {
    const type = parent.child('type')
    return type === undefined ? undefined : { node: type, frame }
  }
  if (isKind(parent, 'ParenthesizedExpression')) return typeOfMade({ node: parent, frame })
  if (isKind(parent, 'ArrayLiteralExpression')) return elementOf(typeOfMade({ node: parent, frame }))
  const callee = isKind(parent, 'CallExpression') ? parent.child('expression') : undefined
  if (callee === undefined || callee === object) return undefined
  const type = typeOfExpression({ node: callee, frame })
  return type === undefined
    ? undefined
    : parameterType(settleType(type), parent?.list('arguments').indexOf(object) ?? 0)
}

function typeOfDeclared({ node, frame: at }: Written): Written | undefined {
  const frame = deeper(at)
  if (frame === undefined) return undefined
  const type = node.child('type')
  if (type !== undefined && !isKind(node, 'FunctionDeclaration')) return { node: type, frame }
  if (isKind(node, 'VariableDeclaration')) {
    const loop = node.parent?.parent
    const value = node.child('initializer')
    if (value !== undefined) return typeOfExpression({ node: value, frame })
    const list = isKind(loop, 'ForOfStatement') ? loop.child('expression') : undefined
    return list === undefined ? undefined : elementOf(typeOfExpression({ node: list, frame }))
  }
  if (isKind(node, 'BindingElement')) {
    const owner = node.parent?.parent
    if (owner === undefined) return undefined
    if (isKind(node.parent, 'ArrayBindingPattern')) return stateOfHook({ node: owner, frame }, node)
    const key = keyOfElement(node)
    return key === undefined ? undefined : memberOf(typeOfDeclared({ node: owner, frame }), key)
  }
  return isKind(node, 'Parameter') ? typeOfParameter({ node, frame }) : undefined
}

/** The type of a parameter that has none, by what its function is given to or is a member of. */
function typeOfParameter({ node: parameter, frame }: Written): Written | undefined {
  const own = parameter.parent
  const index = own?.list('parameters').indexOf(parameter) ?? 0
  const holder = own?.parent
  if (isKind(holder, 'VariableDeclaration') || isKind(holder, 'PropertyAssignment')) {
    const key = isKind(holder, 'PropertyAssignment') ? keyOf(holder) : undefined
    const whole = key === undefined ? holder.child('type') : undefined
    const type =
      whole === undefined ? memberOf(typeOfStore(holder, frame), key ?? '') : { node: whole, frame }
    return type === undefined ? undefined : parameterType(settleType(type), index)
  }
  if (!isKind(holder, 'CallExpression') || index > 0) return undefined
  const callee = holder.child('expression')
  const state = stateOf({ node: holder, frame })
  if (state !== undefined) return state
  // The function that a store is set with gets its state.
  if (callee?.text === 'set') return typeOfStore(holder, frame)
  const object = isKind(callee, 'PropertyAccessExpression') ? callee.child('expression') : undefined
  return object === undefined ? undefined : elementOf(typeOfExpression({ node: object, frame }))
}

/** The type of the state of the store whose creator a node stands in: `create<State>()((set) => …)`. */
function typeOfStore(node: Node, frame: Frame): Written | undefined {
  for (const one of node.ancestors()) {
    if (!isKind(one, 'CallExpression')) continue
    for (let made: Node | undefined = one; isKind(made, 'CallExpression'); made = made.child('expression')) {
      const [type] = made.list('typeArguments')
      if (type !== undefined && /(?:^|\.)create(?:Store)?\b/.test(made.text)) return { node: type, frame }
    }
  }
  return undefined
}

/** What a call gives: the state of a store, what is selected of it, an entry of a list, or what the type of a function says. */
function typeOfCall({ node: call, frame }: Written): Written | undefined {
  const callee = call.child('expression')
  const state = stateOf({ node: call, frame })
  const [first] = call.list('arguments')
  if (state !== undefined) {
    const body = isKind(first, 'ArrowFunction') ? first.child('body') : undefined
    return first === undefined
      ? state
      : body === undefined
        ? undefined
        : typeOfExpression({ node: body, frame })
  }
  if (callee?.text === 'get') return typeOfStore(call, frame)
  if (isKind(callee, 'PropertyAccessExpression')) {
    const object = callee.child('expression')
    const list = object === undefined ? undefined : typeOfExpression({ node: object, frame })
    if (/^(?:find|findLast|at|pop|shift)$/.test(callee.name)) return elementOf(list)
    if (/^(?:filter|slice|toSorted|toReversed|reverse|sort|concat)$/.test(callee.name)) return list
  }
  const type = callee === undefined ? undefined : typeOfExpression({ node: callee, frame })
  if (type !== undefined) return resultOf(settleType(type))
  const made = callee === undefined ? undefined : settle({ node: callee, frame })
  const result = made?.node.child('type')
  return result === undefined || made === undefined ? undefined : { node: result, frame: made.frame }
}

function resultOf({ node, frame }: Written): Written | undefined {
  const type = isKind(node, 'FunctionType', 'MethodSignature') ? node.child('type') : undefined
  return type === undefined ? undefined : { node: type, frame }
}

/** `const [seat, setSeat] = useState<Seat | null>(null)` */
function stateOfHook({ node: owner, frame }: Written, element: Node): Written | undefined {
  const call = owner.child('initializer')
  const isFirst = owner.child('name')?.list('elements')[0] === element
  if (call === undefined || !isFirst || !isHookCall(call, 'useState')) return undefined
  const [type] = call.list('typeArguments')
  return type === undefined ? undefined : { node: type, frame }
}

function memberOf(type: Written | undefined, key: string): Written | undefined {
  return type === undefined ? undefined : memberType({ ...type, node: withoutNull(type.node) }, key)
}

/** The type of an entry of a list, or of a map. */
function elementOf(type: Written | undefined): Written | undefined {
  if (type === undefined) return undefined
  const settled = settleType(type)
  const node = withoutNull(settled.node)
  if (isKind(node, 'ParenthesizedType')) return elementOf({ ...settled, node: node.child('type') ?? node })
  if (isKind(node, 'ArrayType')) {
    const element = node.child('elementType')
    return element === undefined ? undefined : { ...settled, node: element }
  }
  const [first, second] = isKind(node, 'TypeReference') ? node.list('typeArguments') : []
  const name = node.textOf('typeName')
  const element = name === 'Record' ? second : /^(?:Readonly)?Array$/.test(name) ? first : undefined
  return element === undefined ? undefined : { ...settled, node: element }
}
