import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { clausesOf, declarationsOf, isOptional, keyOfElement, spanOf } from '../../lang/typescript/grammar.js'
import { stringValue } from '../../lang/typescript/literals.js'
import type { Span } from '../../workspace/span.js'

/** One key of the payload that a case reads: `payload.seatId`, `p.row as number`, `{ note }`. */
export interface TsRead extends Span {
  readonly key: string
  /** What its value is cast to, where it is. */
  readonly cast: Node | undefined
  /** Whether its value is tested or has another one to fall back on. */
  readonly isGuarded: boolean
  /** Keys that stand in for it: `p.totalTokens ?? p.tokens`. */
  readonly alternatives: readonly string[]
}

/** What a case does with the payload of its message. */
export interface TsPayloadUse extends Span {
  /** Types that the payload as a whole is given. */
  readonly types: readonly Node[]
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
  return module.root.descendants('SwitchStatement').flatMap((node) => {
    const subject = node.child('expression')
    if (!isKind(subject, 'PropertyAccessExpression') || subject.name !== 'type') return []
    // An empty clause shares the body of the next one that has any.
    let shared: ReturnType<typeof readUse> | undefined
    const read = (clause: Node) => readUse(node, clause as Node, subject.textOf('expression'))
    return clausesOf(node)
      .toReversed()
      .flatMap((clause) => {
        if (clause.list('statements').length > 0) shared = read(clause)
        const use = shared ?? read(clause)
        return isKind(clause, 'CaseClause') ? [{ ...spanOf(clause), ...use }] : []
      })
      .toReversed()
  })
})

function readUse(around: Node, body: Node, subject: string): Omit<TsPayloadUse, 'start' | 'end'> {
  const aliases = new Set<string>()
  const isPayload = (node: Node): boolean =>
    isKind(node, 'Identifier')
      ? aliases.has(node.text) || node.text === `${subject}.payload`
      : node.end - node.start === `${subject}.payload`.length && node.text === `${subject}.payload`
  const types: Node[] = []
  const reads: TsRead[] = []
  let isHandedOn = false
  for (const one of declarationsAround(around)) bindAlias(one, isPayload, aliases, subject)
  for (const one of body.descendants('VariableDeclaration')) bindAlias(one, isPayload, aliases, subject)
  for (const node of body.below()) {
    if (!isPayload(node) || isName(node)) continue
    const { outer, casts } = climb(node)
    types.push(...casts)
    const parent = outer.parent
    if (isKind(parent, 'VariableDeclaration')) {
      const type = parent.child('type')
      if (type !== undefined) types.push(type)
      const pattern = parent.child('name')
      if (!isKind(pattern, 'ObjectBindingPattern')) continue
      for (const element of pattern.list('elements')) {
        const key = element.child('dotDotDotToken') === undefined ? keyOfElement(element) : undefined
        if (key === undefined) isHandedOn = true
        else reads.push(readElement(element, key))
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
    const parent: Node | undefined = node.parent
    if (parent === undefined) return found
    if (isKind(parent, 'Block', 'SourceFile')) {
      for (const one of parent.list('statements')) {
        if (one.end <= node.start && isKind(one, 'VariableStatement')) found.push(...declarationsOf(one))
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
  if (!isKind(declaration, 'VariableDeclaration')) return
  const name = declaration.child('name')
  const value = declaration.child('initializer')
  if (value === undefined) return
  if (isKind(name, 'Identifier') && isPayload(strip(value))) aliases.add(name.text)
  if (isKind(name, 'ObjectBindingPattern') && value.text === subject) {
    for (const one of name.list('elements')) if (keyOfElement(one) === 'payload') aliases.add(one.name)
  }
}

/** The expression inside of parentheses, casts and `!`. */
function strip(node: Node): Node {
  const inner = isKind(node, ...WRAPPERS) ? node.child('expression') : undefined
  return inner === undefined ? node : strip(inner)
}

const WRAPPERS = [
  'ParenthesizedExpression',
  'AsExpression',
  'NonNullExpression',
  'SatisfiesExpression',
] as const

/** The outermost parentheses, casts and `!` around an expression, and the types of the casts from the inside. */
function climb(node: Node): { outer: Node; casts: Node[] } {
  const casts: Node[] = []
  let outer = node
  for (let parent = outer.parent; isKind(parent, ...WRAPPERS); parent = outer.parent) {
    const type = isKind(parent, 'AsExpression') ? parent.child('type') : undefined
    if (type !== undefined) casts.push(type)
    outer = parent
  }
  return { outer, casts }
}

/** Whether a node is the name of something and no use of the payload: a declared name, a key, a property. */
function isName(node: Node): boolean {
  const parent = node.parent
  if (isKind(parent, 'VariableDeclaration', 'BindingElement')) {
    return (
      parent.child('name') === node ||
      (isKind(parent, 'BindingElement') && parent.child('initializer') !== node)
    )
  }
  if (isKind(parent, 'PropertyAccessExpression')) return parent.child('name') === node
  return isKind(parent, 'PropertyAssignment') && parent.child('name') === node
}

function readAccess(payload: Node): TsRead | undefined {
  const parent = payload.parent
  const access = isKind(parent, 'PropertyAccessExpression', 'ElementAccessExpression')
  if (!access || parent.child('expression') !== payload) return undefined
  const argument = isKind(parent, 'ElementAccessExpression') ? parent.child('argumentExpression') : undefined
  const key = isKind(parent, 'PropertyAccessExpression') ? parent.name : stringValue(argument)
  if (key === undefined) return undefined
  const { outer, casts } = climb(parent)
  return { key, cast: casts[0], ...contextOf(outer), ...spanOf(parent) }
}

function readElement(element: Node, key: string): TsRead {
  const isGuarded = element.child('initializer') !== undefined
  return { key, cast: undefined, isGuarded, alternatives: [], ...spanOf(element) }
}

const FALLBACK = ['??', '||']
const COMPARISON = /^(?:[=!]==?|&&)$/

/** How a value is looked at before it is used. */
function contextOf(value: Node): Pick<TsRead, 'isGuarded' | 'alternatives'> {
  const parent = value.parent
  if (isKind(parent, 'BinaryExpression')) {
    const operator = parent.textOf('operatorToken')
    if (FALLBACK.includes(operator)) return { isGuarded: true, alternatives: keysIn(parent) }
    return { isGuarded: COMPARISON.test(operator), alternatives: [] }
  }
  const isTest =
    (isKind(parent, 'ConditionalExpression') && parent.child('condition') === value) ||
    (isKind(parent, 'IfStatement') && parent.child('expression') === value) ||
    isKind(parent, 'PrefixUnaryExpression', 'TypeOfExpression')
  const isChained =
    isKind(parent, 'PropertyAccessExpression', 'ElementAccessExpression') &&
    parent.child('expression') === value &&
    isOptional(parent)
  return { isGuarded: isTest || isChained, alternatives: [] }
}

/** The properties that an expression reads, for a chain of values to fall back on. */
function keysIn(node: Node): string[] {
  return node
    .descendants('PropertyAccessExpression')
    .filter(
      (one) => isKind(one.child('expression'), 'Identifier') || one.textOf('expression').endsWith('.payload'),
    )
    .map((one) => one.name)
}

/** A log, a test of the whole payload, or a statement of its own: nothing is read there. */
function isIgnored(payload: Node): boolean {
  const call = payload.closest('CallExpression')
  const isLogged = call !== undefined && /^console\./.test(call.textOf('expression'))
  const parent = payload.parent
  return isLogged || isKind(parent, 'IfStatement', 'PrefixUnaryExpression', 'VoidExpression')
}

/** Whether a case has an effect. */
function actsOn(body: Node): boolean {
  const statements = body
    .list('statements')
    .flatMap((one) => (isKind(one, 'Block') ? one.list('statements') : [one]))
  return statements.some((one) => {
    if (isKind(one, 'BreakStatement')) return false
    if (isKind(one, 'ReturnStatement')) return one.child('expression') !== undefined
    if (isKind(one, 'VariableStatement')) return one.descendants('CallExpression').length > 0
    if (!isKind(one, 'ExpressionStatement')) return true
    const value = one.child('expression')
    return !(isKind(value, 'CallExpression') && /^console\./.test(value.textOf('expression')))
  })
}

function commentsIn(body: Node): string[] {
  return body.text.match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? []
}
