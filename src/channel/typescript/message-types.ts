import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { isStatement } from '../../lang/typescript/grammar.js'
import { stringValue } from '../../lang/typescript/literals.js'
import { isTerminated } from '../../lang/typescript/query.js'

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

/**
 * The types of messages that an `if` takes and leaves with, or that what stands behind its `else` never sees:
 * `if (msg.type === 'thinking') return …`, with the place of each. One that only looks is none.
 */
export const takenTypePlaces = perModule((module: TsModule): ReadonlyMap<string, number> => {
  const places = new Map<string, number>()
  for (const node of module.root.descendants('IfStatement')) {
    const isTaken = isTerminated(node.child('thenStatement')) || node.child('elseStatement') !== undefined
    for (const type of isTaken ? comparedTypes(node.child('expression')) : []) places.set(type, node.start)
  }
  return places
})

/** The strings that a condition compares a type with, any of which makes it true. */
function comparedTypes(condition: Node | undefined): string[] {
  if (isKind(condition, 'ParenthesizedExpression')) return comparedTypes(condition.child('expression'))
  if (!isKind(condition, 'BinaryExpression')) return []
  const operator = condition.textOf('operatorToken')
  const sides = [condition.child('left'), condition.child('right')]
  if (operator === '||') return sides.flatMap(comparedTypes)
  if (!/^===?$/.test(operator) || !sides.some(isType)) return []
  return sides.flatMap((side) => stringValue(side) ?? [])
}

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
