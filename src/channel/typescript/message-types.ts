import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { isStatement } from '../../lang/typescript/grammar.js'

/** A string that stands where the type of a message may stand. */
export interface TsMessageType {
  readonly start: number
  /** Compared with a `.type` or given as one; handed to a function that sends or listens; one of a list. */
  readonly use: 'type' | 'argument' | 'entry'
  /** The statement that it stands in. */
  readonly statement: string
}

/** The strings of a file that may be types of messages, in source order. */
export const messageTypesOf = perModule((module: TsModule): readonly TsMessageType[] => {
  return module.root.descendants('StringLiteral').flatMap((node) => {
    const use = useOf(node)
    if (use === undefined) return []
    const statement = [...node.ancestors()].find(isStatement)?.text ?? ''
    return [{ start: node.start, use, statement }]
  })
})

function useOf(node: Node): TsMessageType['use'] | undefined {
  const parent = node.parent
  // `muted ? 'mute' : 'unmute'` stands where one of the two would.
  if (isKind(parent, 'ConditionalExpression') && parent.child('condition') !== node) return useOf(parent)
  if (isKind(parent, 'BinaryExpression')) {
    const isEqual = /^[!=]==?$/.test(parent.textOf('operatorToken'))
    return isEqual && [parent.child('left'), parent.child('right')].some(isType) ? 'type' : undefined
  }
  if (isKind(parent, 'CaseClause'))
    return isType(parent.closest('SwitchStatement')?.child('expression')) ? 'type' : undefined
  if (isKind(parent, 'PropertyAssignment')) return parent.name === 'type' ? 'type' : undefined
  if (isKind(parent, 'ArrayLiteralExpression')) return 'entry'
  if (!isKind(parent, 'CallExpression')) return undefined
  return /(?:^|\.)(?:\w*send\w*|emit|dispatch|subscribe|on|once|off)$/i.test(parent.textOf('expression'))
    ? 'argument'
    : undefined
}

/** `msg.type`, `msg?.type`, or what is taken out of it. */
function isType(node: Node | undefined): boolean {
  if (isKind(node, 'PropertyAccessExpression')) return node.name === 'type'
  return isKind(node, 'Identifier') && /^type$|Type$/.test(node.text)
}
