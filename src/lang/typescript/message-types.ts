import { Node, SyntaxKind } from 'ts-morph'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import { isTerminated } from './query.js'
import { descendantsOfKind } from './walk.js'

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
  return descendantsOfKind(module.file, SyntaxKind.StringLiteral).flatMap((node) => {
    const use = useOf(node)
    if (use === undefined) return []
    const statement = node.getFirstAncestor(Node.isStatement)?.getText() ?? ''
    return [{ start: node.getStart(), use, statement }]
  })
})

/**
 * The types of messages that an `if` takes and leaves with, or that what stands behind its `else` never sees:
 * `if (msg.type === 'thinking') return …`, with the place of each. One that only looks is none.
 */
export const takenTypePlaces = perModule((module: TsModule): ReadonlyMap<string, number> => {
  const places = new Map<string, number>()
  for (const node of descendantsOfKind(module.file, SyntaxKind.IfStatement)) {
    const isTaken = isTerminated(node.getThenStatement()) || node.getElseStatement() !== undefined
    for (const type of isTaken ? comparedTypes(node.getExpression()) : []) places.set(type, node.getStart())
  }
  return places
})

/** The strings that a condition compares a type with, any of which makes it true. */
function comparedTypes(condition: Node): string[] {
  if (Node.isParenthesizedExpression(condition)) return comparedTypes(condition.getExpression())
  if (!Node.isBinaryExpression(condition)) return []
  const operator = condition.getOperatorToken().getText()
  const sides = [condition.getLeft(), condition.getRight()]
  if (operator === '||') return sides.flatMap(comparedTypes)
  if (!/^===?$/.test(operator) || !sides.some(isType)) return []
  return sides.flatMap((side) => (Node.isStringLiteral(side) ? [side.getLiteralValue()] : []))
}

function useOf(node: Node): TsMessageType['use'] | undefined {
  const parent = node.getParent()
  // `muted ? 'mute' : 'unmute'` stands where one of the two would.
  if (Node.isConditionalExpression(parent) && parent.getCondition() !== node) return useOf(parent)
  if (Node.isBinaryExpression(parent)) {
    const isEqual = /^[!=]==?$/.test(parent.getOperatorToken().getText())
    return isEqual && [parent.getLeft(), parent.getRight()].some(isType) ? 'type' : undefined
  }
  if (Node.isCaseClause(parent))
    return isType(parent.getFirstAncestorByKind(SyntaxKind.SwitchStatement)?.getExpression())
      ? 'type'
      : undefined
  if (Node.isPropertyAssignment(parent)) return parent.getName() === 'type' ? 'type' : undefined
  if (Node.isArrayLiteralExpression(parent)) return 'entry'
  if (!Node.isCallExpression(parent)) return undefined
  return /(?:^|\.)(?:\w*send\w*|emit|dispatch|subscribe|on|once|off)$/i.test(parent.getExpression().getText())
    ? 'argument'
    : undefined
}

/** `msg.type`, `msg?.type`, or what is taken out of it. */
function isType(node: Node | undefined): boolean {
  if (Node.isPropertyAccessExpression(node)) return node.getName() === 'type'
  return Node.isIdentifier(node) && /^type$|Type$/.test(node.getText())
}
