import { isKind, type Node } from '../../lang/tree.js'
import { keyOfElement } from '../../lang/typescript/grammar.js'
import { declarationOf } from '../../values/typescript/bindings.js'
import { bare, declarationBehind, keyOfAccess, settle, type Written } from '../../values/typescript/frame.js'
import { memberType, parameterType } from '../../values/typescript/types.js'

/** The type that an action of a store takes in a place, as the type of the store's state says; undefined for what is none. */
export function actionType(callee: Written, index: number): Written | undefined {
  const action = actionOf(callee)
  const state = action === undefined ? undefined : stateOf(action.store)
  const type = state === undefined || action === undefined ? undefined : memberType(state, action.key)
  return type === undefined ? undefined : parameterType(type, index)
}

interface Action {
  /** The call that gives the state. */
  readonly store: Written
  readonly key: string
}

/** `useX.getState().add`, `const { add } = useX()`, `const add = useX((s) => s.add)`. */
function actionOf({ node: callee, frame }: Written): Action | undefined {
  const node = bare(callee)
  if (isKind(node, 'PropertyAccessExpression')) {
    const object = node.child('expression')
    return object === undefined ? undefined : { store: settle({ node: object, frame }), key: node.name }
  }
  const declaration = isKind(node, 'Identifier') ? declarationOf(node) : undefined
  if (isKind(declaration, 'BindingElement')) {
    const value = declaration.parent?.parent?.child('initializer')
    const key = keyOfElement(declaration)
    return value === undefined || key === undefined ? undefined : { store: { node: value, frame }, key }
  }
  const call = isKind(declaration, 'VariableDeclaration') ? declaration.child('initializer') : undefined
  const selector = isKind(call, 'CallExpression') ? call.list('arguments')[0] : undefined
  const selected = isKind(selector, 'ArrowFunction') ? selector.child('body') : undefined
  const key = isKind(selected, 'PropertyAccessExpression') ? keyOfAccess(selected) : undefined
  return call === undefined || key === undefined ? undefined : { store: { node: call, frame }, key }
}

/** The type of the state that `useX()`, `useX.getState()` and `useX.setState(…)` are about: `create<State>(…)`. */
export function stateOf({ node: call, frame }: Written): Written | undefined {
  const callee = isKind(call, 'CallExpression') ? call.child('expression') : undefined
  const hook =
    isKind(callee, 'PropertyAccessExpression') && /^[gs]etState$/.test(callee.name)
      ? callee.child('expression')
      : callee
  const found = isKind(hook, 'Identifier') ? declarationBehind(frame, hook) : undefined
  for (let made = found?.node.child('initializer'); isKind(made, 'CallExpression'); made = calleeOf(made)) {
    const [type] = made.list('typeArguments')
    if (type !== undefined && found !== undefined) return { node: type, frame: found.frame }
  }
  return undefined
}

function calleeOf(call: Node): Node | undefined {
  return call.child('expression')
}
