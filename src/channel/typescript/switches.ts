import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node, type NodeOf } from '../../lang/tree.js'
import { clausesOf, declarationsOf, keyOfElement, spanOf } from '../../lang/typescript/grammar.js'
import { literalOf } from '../../lang/typescript/literals.js'
import { isTerminated, ownerOf } from '../../lang/typescript/query.js'
import { declarationOf } from '../../values/typescript/bindings.js'
import { bare } from '../../values/typescript/frame.js'
import type { Span } from '../../workspace/span.js'
import { type Message, messageOfType, payloadBeside } from './message.js'
import { storeCallsIn, type TsStoreCall } from './store-calls.js'

export interface TsSwitch extends Span {
  /** What the message is called whose type is switched over: `msg`; empty where only parts of it have names. */
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
  /** What stands behind `case`. */
  readonly label: Node | undefined
  readonly isEmpty: boolean
  readonly hasBraces: boolean
  /** Whether control never runs on into the next clause. */
  readonly isTerminated: boolean
  /** The name that the payload is bound to by `const x = subject.payload …`. */
  readonly payloadName: string | undefined
  /** Members of stores that are called. */
  readonly storeCalls: readonly TsStoreCall[]
}

/** The switches over the type of a message. */
export const switchesOf = perModule((module: TsModule): readonly TsSwitch[] => {
  return module.root.descendants('SwitchStatement').flatMap((node) => readSwitch(module, node) ?? [])
})

function readSwitch(module: TsModule, node: NodeOf<'SwitchStatement'>): TsSwitch | undefined {
  const expression = node.child('expression')
  const message = messageOfType(expression)
  if (message === undefined || expression === undefined) return undefined
  const subject = message.text
  return {
    subject,
    payloadName:
      payloadBeside(message) ?? partOfPattern(message, expression) ?? boundBefore(node, `${subject}.payload`),
    clauses: clausesOf(node).map((clause): TsClause => {
      const label = isKind(clause, 'CaseClause') ? clause.child('expression') : undefined
      const value = literalOf(label)
      const statements = clause.list('statements')
      const first = statements[0]
      return {
        value,
        label,
        isEmpty: statements.length === 0,
        hasBraces: isKind(first, 'Block'),
        isTerminated: isTerminated(statements[statements.length - 1]),
        payloadName: payloadNameOf(clause, subject),
        storeCalls: storeCallsIn(module, statements),
        ...spanOf(clause),
      }
    }),
    owner: ownerOf(node),
    ...spanOf(node),
  }
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

/** The name of the payload where a pattern takes it out beside the type, in the parameter or behind it. */
function partOfPattern(message: Message, type: Node): string | undefined {
  const inner = bare(type)
  const element = isKind(inner, 'Identifier') ? declarationOf(inner) : undefined
  const patterns = [element?.parent, message.declaration?.child('name')]
  return patterns
    .flatMap((one) => (isKind(one, 'ObjectBindingPattern') ? one.list('elements') : []))
    .find((one) => keyOfElement(one) === 'payload' && isKind(one.child('name'), 'Identifier'))?.name
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
