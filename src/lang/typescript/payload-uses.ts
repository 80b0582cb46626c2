import { type CaseClause, Node, type SwitchStatement, SyntaxKind, type TypeNode, type ts } from 'ts-morph'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import { type Span, spanOf } from './query.js'
import { descendantsOfKind, descendantsThat } from './walk.js'

/** One key of the payload that a case reads: `payload.seatId`, `p.row as number`, `{ note }`. */
export interface TsRead extends Span {
  readonly key: string
  /** What its value is cast to, where it is. */
  readonly cast: TypeNode | undefined
  /** Whether its value is tested or has another one to fall back on. */
  readonly isGuarded: boolean
  /** Keys that stand in for it: `p.totalTokens ?? p.tokens`. */
  readonly alternatives: readonly string[]
}

/** What a case does with the payload of its message. */
export interface TsPayloadUse extends Span {
  /** Types that the payload as a whole is given. */
  readonly types: readonly TypeNode[]
  readonly reads: readonly TsRead[]
  /** Whether the payload goes somewhere that reads it out of sight: a store's action, another function. */
  readonly isHandedOn: boolean
  /** Whether there is anything but a `break`, a log and names that nothing uses. */
  readonly doesSomething: boolean
  /** The comments inside. */
  readonly comments: readonly string[]
}

/** What every case of a switch over `….type` does with the payload. */
export const payloadUsesOf = perModule((module: TsModule): readonly TsPayloadUse[] => {
  return descendantsOfKind(module.file, SyntaxKind.SwitchStatement).flatMap((node) => {
    const subject = node.getExpression()
    if (!Node.isPropertyAccessExpression(subject) || subject.getName() !== 'type') return []
    // An empty clause shares the body of the next one that has any.
    let shared: ReturnType<typeof readUse> | undefined
    const read = (clause: Node) => readUse(node, clause as CaseClause, subject.getExpression().getText())
    return node
      .getClauses()
      .toReversed()
      .flatMap((clause) => {
        if (clause.getStatements().length > 0) shared = read(clause)
        const use = shared ?? read(clause)
        return Node.isCaseClause(clause) ? [{ ...spanOf(clause), ...use }] : []
      })
      .toReversed()
  })
})

function readUse(
  around: SwitchStatement,
  body: CaseClause,
  subject: string,
): Omit<TsPayloadUse, 'start' | 'end'> {
  const aliases = new Set<string>()
  const isPayload = (node: Node): boolean =>
    node.getText() === `${subject}.payload` || (Node.isIdentifier(node) && aliases.has(node.getText()))
  const types: TypeNode[] = []
  const reads: TsRead[] = []
  let isHandedOn = false
  for (const one of declarationsAround(around)) bindAlias(one, isPayload, aliases, subject)
  for (const one of descendantsOfKind(body, SyntaxKind.VariableDeclaration))
    bindAlias(one, isPayload, aliases, subject)
  const file = around.getSourceFile().compilerNode
  const isNear = (one: ts.Node): boolean =>
    one.kind === SyntaxKind.Identifier || one.end - one.getStart(file) === `${subject}.payload`.length
  for (const node of descendantsThat(body, isNear)) {
    if (!isPayload(node) || isName(node)) continue
    const { outer, casts } = climb(node)
    types.push(...casts)
    const parent = outer.getParent()
    if (Node.isVariableDeclaration(parent)) {
      const type = parent.getTypeNode()
      if (type !== undefined) types.push(type)
      const pattern = parent.getNameNode()
      if (!Node.isObjectBindingPattern(pattern)) continue
      for (const element of pattern.getElements()) {
        if (element.getDotDotDotToken() !== undefined) isHandedOn = true
        else reads.push(readElement(element))
      }
      continue
    }
    const read = readAccess(outer)
    if (read !== undefined) reads.push(read)
    else if (!isIgnored(outer)) isHandedOn = true
  }
  return { types, reads, isHandedOn, doesSomething: actsOn(body), comments: commentsIn(body) }
}

/** The variables that the blocks around a statement bind in front of it. */
function declarationsAround(statement: Node): Node[] {
  const found: Node[] = []
  for (let node: Node = statement; ; ) {
    const parent: Node | undefined = node.getParent()
    if (parent === undefined) return found
    if (Node.isBlock(parent) || Node.isSourceFile(parent)) {
      for (const one of parent.getStatements()) {
        if (one.getEnd() <= node.getStart() && Node.isVariableStatement(one))
          found.push(...one.getDeclarations())
      }
    }
    node = parent
  }
}

/** Remembers the name that a declaration gives the payload: `const p = msg.payload`, `const { payload } = msg`. */
function bindAlias(
  declaration: Node,
  isPayload: (node: Node) => boolean,
  aliases: Set<string>,
  subject: string,
): void {
  if (!Node.isVariableDeclaration(declaration)) return
  const name = declaration.getNameNode()
  const value = declaration.getInitializer()
  if (value === undefined) return
  if (Node.isIdentifier(name) && isPayload(strip(value))) aliases.add(name.getText())
  if (Node.isObjectBindingPattern(name) && value.getText() === subject) {
    for (const one of name.getElements())
      if ((one.getPropertyNameNode()?.getText() ?? one.getName()) === 'payload') aliases.add(one.getName())
  }
}

/** The expression inside of parentheses, casts and `!`. */
function strip(node: Node): Node {
  return isWrapper(node) ? strip(node.getExpression()) : node
}

function isWrapper(node: Node | undefined): node is Node & { getExpression(): Node } {
  return (
    Node.isParenthesizedExpression(node) ||
    Node.isAsExpression(node) ||
    Node.isNonNullExpression(node) ||
    Node.isSatisfiesExpression(node)
  )
}

/** The outermost parentheses, casts and `!` around an expression, and the types of the casts from the inside. */
function climb(node: Node): { outer: Node; casts: TypeNode[] } {
  const casts: TypeNode[] = []
  let outer = node
  for (let parent = outer.getParent(); isWrapper(parent); parent = outer.getParent()) {
    const type = Node.isAsExpression(parent) ? parent.getTypeNode() : undefined
    if (type !== undefined) casts.push(type)
    outer = parent
  }
  return { outer, casts }
}

/** Whether a node is the name of something and no use of the payload: a declared name, a key, a property. */
function isName(node: Node): boolean {
  const parent = node.getParent()
  if (Node.isVariableDeclaration(parent) || Node.isBindingElement(parent)) {
    return (
      parent.getNameNode() === node || (Node.isBindingElement(parent) && parent.getInitializer() !== node)
    )
  }
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() === node
  return Node.isPropertyAssignment(parent) && parent.getNameNode() === node
}

function readAccess(payload: Node): TsRead | undefined {
  const parent = payload.getParent()
  const access = Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent)
  if (!access || parent.getExpression() !== payload) return undefined
  const argument = Node.isElementAccessExpression(parent) ? parent.getArgumentExpression() : undefined
  const literal = Node.isStringLiteral(argument) ? argument.getLiteralValue() : undefined
  const key = Node.isPropertyAccessExpression(parent) ? parent.getName() : literal
  if (key === undefined) return undefined
  const { outer, casts } = climb(parent)
  return { key, cast: casts[0], ...contextOf(outer), ...spanOf(parent) }
}

function readElement(element: Node): TsRead {
  const one = element.asKindOrThrow(SyntaxKind.BindingElement)
  const key = (one.getPropertyNameNode()?.getText() ?? one.getName()).replace(/^(['"])(.*)\1$/, '$2')
  return { key, cast: undefined, isGuarded: one.hasInitializer(), alternatives: [], ...spanOf(one) }
}

const FALLBACK = [SyntaxKind.QuestionQuestionToken, SyntaxKind.BarBarToken]
const COMPARISON = /^(?:[=!]==?|&&)$/

/** How a value is looked at before it is used. */
function contextOf(value: Node): Pick<TsRead, 'isGuarded' | 'alternatives'> {
  const parent = value.getParent()
  if (Node.isBinaryExpression(parent)) {
    const operator = parent.getOperatorToken()
    if (FALLBACK.includes(operator.getKind())) return { isGuarded: true, alternatives: keysIn(parent) }
    return { isGuarded: COMPARISON.test(operator.getText()), alternatives: [] }
  }
  const isTest =
    (Node.isConditionalExpression(parent) && parent.getCondition() === value) ||
    (Node.isIfStatement(parent) && parent.getExpression() === value) ||
    Node.isPrefixUnaryExpression(parent) ||
    Node.isTypeOfExpression(parent)
  const isChained =
    (Node.isPropertyAccessExpression(parent) || Node.isElementAccessExpression(parent)) &&
    parent.getExpression() === value &&
    parent.hasQuestionDotToken()
  return { isGuarded: isTest || isChained, alternatives: [] }
}

/** The properties that an expression reads, for a chain of values to fall back on. */
function keysIn(node: Node): string[] {
  return descendantsOfKind(node, SyntaxKind.PropertyAccessExpression)
    .filter(
      (one) => Node.isIdentifier(one.getExpression()) || one.getExpression().getText().endsWith('.payload'),
    )
    .map((one) => one.getName())
}

/** A log, a test of the whole payload, or a statement of its own: nothing is read there. */
function isIgnored(payload: Node): boolean {
  const call = payload.getFirstAncestorByKind(SyntaxKind.CallExpression)
  const isLogged = call !== undefined && /^console\./.test(call.getExpression().getText())
  const parent = payload.getParent()
  return (
    isLogged ||
    Node.isIfStatement(parent) ||
    Node.isPrefixUnaryExpression(parent) ||
    Node.isVoidExpression(parent)
  )
}

/** Whether a case has an effect. */
function actsOn(body: CaseClause): boolean {
  const statements = body.getStatements().flatMap((one) => (Node.isBlock(one) ? one.getStatements() : [one]))
  return statements.some((one) => {
    if (Node.isBreakStatement(one)) return false
    if (Node.isReturnStatement(one)) return one.getExpression() !== undefined
    if (Node.isVariableStatement(one)) return descendantsOfKind(one, SyntaxKind.CallExpression).length > 0
    if (!Node.isExpressionStatement(one)) return true
    const value = one.getExpression()
    return !(Node.isCallExpression(value) && /^console\./.test(value.getExpression().getText()))
  })
}

function commentsIn(body: CaseClause): string[] {
  return body.getText().match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? []
}
