import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node, type NodeOf } from '../../lang/tree.js'
import { clausesOf, declarationsOf, originalName, spanOf } from '../../lang/typescript/grammar.js'
import { literalOf } from '../../lang/typescript/literals.js'
import { isTerminated, ownerOf } from '../../lang/typescript/query.js'
import type { Span } from '../../workspace/span.js'

export interface TsSwitch extends Span {
  /** What is switched over, without `.type`: `msg`. */
  readonly subject: string
  /** The name that is bound to the subject's payload in front of the switch. */
  readonly payloadName: string | undefined
  readonly clauses: readonly TsClause[]
  /** The function at the top level of the file that it stands in. */
  readonly owner: string | undefined
}

export interface TsClause extends Span {
  /** The string behind `case`; undefined for `default` and anything that is no string. */
  readonly value: string | undefined
  /** What stands behind `case` where it is no string. */
  readonly label: (Span & { readonly text: string }) | undefined
  /** Whether it is a `default` that looks something up by the type of the message: `handlers[msg.type]?.(…)`. */
  readonly isDispatch: boolean
  readonly isEmpty: boolean
  readonly hasBraces: boolean
  /** Whether control never runs on into the next clause. */
  readonly isTerminated: boolean
  /** Types that `subject.payload` is cast to, as written. */
  readonly casts: readonly string[]
  /** The name that the payload is bound to by `const x = subject.payload …`. */
  readonly payloadName: string | undefined
  /** Members of stores that are called. */
  readonly storeCalls: readonly (Span & { readonly hook: string; readonly member: string })[]
}

/** The switches over `<something>.type`. */
export const switchesOf = perModule((module: TsModule): readonly TsSwitch[] => {
  const bindings = storeBindings(module)
  return module.root.descendants('SwitchStatement').flatMap((node) => readSwitch(node, bindings) ?? [])
})

function readSwitch(node: NodeOf<'SwitchStatement'>, bindings: StoreBindings): TsSwitch | undefined {
  const expression = node.child('expression')
  if (!isKind(expression, 'PropertyAccessExpression') || expression.name !== 'type') return undefined
  const subject = expression.textOf('expression')
  return {
    subject,
    payloadName: boundBefore(node, `${subject}.payload`),
    clauses: clausesOf(node).map((clause): TsClause => {
      const label = isKind(clause, 'CaseClause') ? clause.child('expression') : undefined
      const value = literalOf(label)
      const statements = clause.list('statements')
      const first = statements[0]
      return {
        value,
        label:
          label === undefined || value !== undefined ? undefined : { text: label.text, ...spanOf(label) },
        isDispatch: label === undefined && looksUp(clause, expression.text),
        isEmpty: statements.length === 0,
        hasBraces: isKind(first, 'Block'),
        isTerminated: isTerminated(statements[statements.length - 1]),
        casts: castsOf(clause, subject),
        payloadName: payloadNameOf(clause, subject),
        storeCalls: storeCallsOf(clause, bindings),
        ...spanOf(clause),
      }
    }),
    owner: ownerOf(node),
    ...spanOf(node),
  }
}

/** Whether something is looked up in an object by an expression. */
function looksUp(node: Node, expression: string): boolean {
  return node
    .descendants('ElementAccessExpression')
    .some((one) => one.child('argumentExpression')?.text === expression)
}

/** The constant that a block around a statement binds to an expression in front of it. */
function boundBefore(statement: Node, expression: string): string | undefined {
  for (let node: Node = statement; ; ) {
    const parent: Node | undefined = node.parent
    if (parent === undefined) return undefined
    if (isKind(parent, 'Block')) {
      const before = parent.list('statements').filter((one) => one.end <= node.start)
      for (const one of before) {
        const found = declarationsOf(one).find((it) => it.child('initializer')?.text === expression)
        if (found !== undefined && isKind(found.child('name'), 'Identifier')) return found.name
      }
    }
    node = parent
  }
}

function castsOf(clause: Node, subject: string): string[] {
  return clause.descendants('AsExpression').flatMap((cast) => {
    const type = cast.child('type')
    return cast.textOf('expression') === `${subject}.payload` && type !== undefined ? [type.text] : []
  })
}

function payloadNameOf(clause: Node, subject: string): string | undefined {
  for (const declaration of clause.descendants('VariableDeclaration')) {
    const value = declaration.child('initializer')
    const inner = isKind(value, 'AsExpression') ? value.child('expression') : value
    if (inner?.text === `${subject}.payload` && isKind(declaration.child('name'), 'Identifier'))
      return declaration.name
  }
  return undefined
}

interface StoreBindings {
  /** Local name → hook and member: `const { add } = useX()`, `const add = useX((s) => s.add)`. */
  readonly members: ReadonlyMap<string, { hook: string; member: string }>
  /** Local name → hook: `const s = useX.getState()`, `const s = useX()`. */
  readonly states: ReadonlyMap<string, string>
}

function storeBindings(module: TsModule): StoreBindings {
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
}

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

function storeCallsOf(clause: Node, bindings: StoreBindings): TsClause['storeCalls'] {
  return clause.descendants('CallExpression').flatMap((call) => {
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
