import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node, within } from '../../lang/tree.js'
import { originalName, spanOf } from '../../lang/typescript/grammar.js'
import type { Span } from '../../workspace/span.js'

/** A call of a member of a store. */
export interface TsStoreCall extends Span {
  readonly hook: string
  readonly member: string
}

/** The members of stores that are called in a part of a file. */
export function storeCallsIn(module: TsModule, parts: readonly Node[]): readonly TsStoreCall[] {
  const bindings = storeBindings(module)
  const calls = [...within(parts)].filter((node) => isKind(node, 'CallExpression'))
  return calls.flatMap((call) => {
    const callee = call.child('expression')
    if (isKind(callee, 'Identifier')) {
      const found = bindings.members.get(callee.text)
      return found === undefined ? [] : [{ ...found, ...spanOf(call) }]
    }
    if (!isKind(callee, 'PropertyAccessExpression')) return []
    const target = callee.child('expression')
    const hook = isKind(target, 'Identifier') ? bindings.states.get(target.text) : hookOf(target)
    const isAction = hook !== undefined && !['getState', 'setState', 'subscribe'].includes(callee.name)
    return isAction ? [{ hook, member: callee.name, ...spanOf(call) }] : []
  })
}

interface StoreBindings {
  /** Local name → hook and member: `const { add } = useX()`, `const add = useX((s) => s.add)`. */
  readonly members: ReadonlyMap<string, { hook: string; member: string }>
  /** Local name → hook: `const s = useX.getState()`, `const s = useX()`. */
  readonly states: ReadonlyMap<string, string>
}

const storeBindings = perModule((module: TsModule): StoreBindings => {
  const members = new Map<string, { hook: string; member: string }>()
  const states = new Map<string, string>()
  for (const declaration of module.root.descendants('VariableDeclaration')) {
    const value = declaration.child('initializer')
    if (!isKind(value, 'CallExpression')) continue
    const hook = hookOf(value)
    if (hook === undefined) continue
    const name = declaration.child('name')
    if (name === undefined) continue
    if (isKind(name, 'ObjectBindingPattern')) {
      for (const element of name.list('elements')) {
        members.set(element.name, {
          hook,
          member: originalName(element),
        })
      }
      continue
    }
    const selector = value.list('arguments')[0]
    const body = isKind(selector, 'ArrowFunction') ? selector.child('body') : undefined
    if (isKind(body, 'PropertyAccessExpression')) members.set(name.text, { hook, member: body.name })
    else states.set(name.text, hook)
  }
  return { members, states }
})

/** The hook behind `useX()` or `useX.getState()`. */
function hookOf(call: Node | undefined): string | undefined {
  if (!isKind(call, 'CallExpression')) return undefined
  const callee = call.child('expression')
  const target =
    isKind(callee, 'PropertyAccessExpression') && callee.name === 'getState'
      ? callee.child('expression')
      : callee
  return isKind(target, 'Identifier') && /^use[A-Z]/.test(target.text) ? target.text : undefined
}
