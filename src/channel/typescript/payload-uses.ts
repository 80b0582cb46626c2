import { isKind, type Node, within } from '../../lang/tree.js'
import { isFunctionLike, isOptional, keyOfElement, spanOf } from '../../lang/typescript/grammar.js'
import { calledBy, isWrapper, type Written } from '../../values/typescript/frame.js'
import { stringsOf } from '../../values/typescript/strings.js'
import { memberType, settleType, tellingType } from '../../values/typescript/types.js'
import type { Span } from '../../workspace/span.js'
import { type Branch, partsOfFunction } from './branches.js'
import { copied, isName, type Message, type Part, partOf, partOfDeclared } from './message.js'
import { actionType } from './store-actions.js'

/** One key of the payload that is read: `payload.seatId`, `p.row as number`, `{ note }`. */
export interface TsRead extends Span {
  readonly file: string
  readonly key: string
  /** What its value is cast to, where it is. */
  readonly cast: Written | undefined
  /** Whether its value is tested or has another one to fall back on. */
  readonly isGuarded: boolean
  /** Keys that stand in for it: `p.totalTokens ?? p.tokens`. */
  readonly alternatives: readonly string[]
}

/** What a branch does with the payload of its message, wherever it goes. */
export interface TsPayloadUse {
  /** Types that the payload as a whole is given, and that say keys. */
  readonly types: readonly Written[]
  /** Every type that it is given, as written. */
  readonly typeTexts: readonly string[]
  readonly reads: readonly TsRead[]
  /** Whether the payload goes somewhere that reads it out of sight: a store's action, a function of a package. */
  readonly isHandedOn: boolean
  /** Where it cannot be told which keys are read: nothing there says the type of the payload either. */
  readonly unread: readonly (Written & { readonly reason: string })[]
  /** The functions that it is followed into. */
  readonly followed: readonly Written[]
  /** Whether there is anything but a `break`, a log and names that nothing uses. */
  readonly doesSomething: boolean
  /** The comments inside. */
  readonly comments: readonly string[]
}

/** What a branch does with the payload. */
export function payloadUseOf(branch: Branch): TsPayloadUse {
  const reader = new PayloadReader(branch.message)
  reader.read(branch.body.map((node) => ({ node, frame: branch.frame })))
  const { types, typeTexts, reads, isHandedOn, unread, followed } = reader
  return {
    types,
    typeTexts: [...typeTexts],
    reads,
    isHandedOn,
    unread: types.length === 0 ? unread : [],
    followed,
    doesSomething: branch.body.some(actsOn),
    comments: commentsIn(branch.at.module.source.text.slice(branch.start, branch.end)),
  }
}

/** How many calls are followed for one branch. */
const MAX_CALLS = 100

class PayloadReader {
  readonly types: Written[] = []
  readonly typeTexts = new Set<string>()
  readonly reads: TsRead[] = []
  readonly unread: (Written & { readonly reason: string })[] = []
  readonly followed: Written[] = []
  isHandedOn = false

  constructor(private readonly message: Message) {}

  /** @param called the function that a call runs, whose results are read where it is called */
  read(parts: readonly Written[], called?: Node): void {
    for (const { node: root, frame } of parts) {
      for (const node of within([root])) {
        if (isKind(node, 'Parameter')) this.readParameter({ node, frame })
        else if (isKind(node, 'ObjectBindingPattern')) this.readPattern({ node, frame })
        else if (isPrimary(node)) this.readExpression({ node, frame }, called)
      }
    }
  }

  private readParameter(parameter: Written): void {
    const type = parameter.node.child('type')
    const part = type === undefined ? undefined : partOfDeclared(this.message, parameter)
    if (type === undefined || part === undefined) return
    this.addType(part, { ...parameter, node: type })
  }

  /** `const { a, b: c } = msg.payload`, in a parameter as well. */
  private readPattern({ node: pattern, frame }: Written): void {
    const owner = pattern.parent
    if (owner === undefined || this.partOfPattern({ node: owner, frame }) !== 'payload') return
    for (const element of pattern.list('elements')) {
      if (element.child('dotDotDotToken') !== undefined) continue
      const key = keyOfElement(element)
      if (key === undefined) this.escape({ node: element, frame }, 'a key that is made when it runs')
      else
        this.reads.push({
          key,
          file: frame.module.source.path,
          cast: undefined,
          isGuarded: element.child('initializer') !== undefined,
          alternatives: [],
          ...spanOf(element),
        })
    }
  }

  private partOfPattern(owner: Written): Part | undefined {
    if (!isKind(owner.node, 'VariableDeclaration')) return partOfDeclared(this.message, owner)
    const value = owner.node.child('initializer')
    return value === undefined ? undefined : partOf(this.message, { ...owner, node: value })
  }

  private readExpression({ node, frame }: Written, called: Node | undefined): void {
    const part = partOf(this.message, { node, frame })
    if (part === undefined && isKind(node, 'CallExpression')) this.readClosure({ node, frame })
    if (part === undefined || part === 'type') return
    const { outer, casts } = climb(node, isWhole)
    for (const cast of casts) this.addType(part, { node: cast, frame })
    const parent = outer.parent
    if (isKind(parent, 'VariableDeclaration')) {
      const type = parent.child('type')
      if (type !== undefined) this.addType(part, { node: type, frame })
      return
    }
    if (part === 'payload' && this.readAccess({ node: outer, frame }, called !== undefined)) return
    if (part === 'message' && isKind(parent, 'PropertyAccessExpression', 'ElementAccessExpression')) return
    if (isKind(parent, 'CallExpression') && parent.child('expression') !== outer) {
      this.handOn({ node: outer, frame }, parent, part)
      return
    }
    const own = called === undefined ? undefined : functionAround(outer)
    if (own !== undefined && own === called && (isKind(parent, 'ReturnStatement') || parent === called)) {
      const type = called.child('type')
      if (type !== undefined) this.addType(part, { node: type, frame })
      return
    }
    if (!isIgnored(outer) && part === 'payload')
      this.escape({ node: outer, frame }, sayWhole(parent ?? outer))
  }

  /** A function beside the branch that reads the payload around it: `text('id')`. */
  private readClosure({ node: call, frame }: Written): void {
    const called = this.followed.length < MAX_CALLS ? calledBy(frame, call) : undefined
    const around = called === undefined ? undefined : functionAround(called.node)
    if (called === undefined || around === undefined || !around.holds(call)) return
    const isGiven = firstOf(this.message, call, frame) !== undefined
    const reads = [...called.node.below()].some(
      (node) => isPrimary(node) && partOf(this.message, { node, frame: called.frame }) === 'payload',
    )
    if (isGiven || !reads) return
    this.followed.push(called)
    this.read(
      partsOfFunction(called.node).map((one) => ({ node: one, frame: called.frame })),
      called.node,
    )
  }

  /** What a payload or a message is given to. */
  private handOn({ node, frame }: Written, call: Node, part: Part): void {
    if (isIgnored(node)) return
    const called = this.followed.length < MAX_CALLS ? calledBy(frame, call) : undefined
    if (called !== undefined) {
      this.followed.push(called)
      const parts = partsOfFunction(called.node).map((one) => ({ node: one, frame: called.frame }))
      // What the arguments around are is read where they stand: each is followed once.
      if (firstOf(this.message, call, frame) === node) this.read(parts, called.node)
      return
    }
    const callee = call.child('expression')
    const index = call.list('arguments').indexOf(node)
    const type = callee === undefined ? undefined : actionType({ node: callee, frame }, index)
    if (type !== undefined && this.types.length === 0) this.addType(part, type)
    this.escape({ node, frame }, sayWhole(call))
  }

  private addType(part: Part, written: Written): void {
    const type = part === 'payload' ? written : memberType(written, 'payload')
    if (type === undefined) return
    this.typeTexts.add(settleType(type).node.text)
    const telling = tellingType(type)
    if (telling !== undefined && !this.types.some((one) => one.node === telling.node))
      this.types.push(telling)
  }

  private escape(where: Written, what: string): void {
    this.isHandedOn = true
    this.unread.push({ ...where, reason: `${what}, where nothing says which keys are read` })
  }

  private readAccess({ node: payload, frame }: Written, isCalled: boolean): boolean {
    const parent = payload.parent
    const isAccess = isKind(parent, 'PropertyAccessExpression', 'ElementAccessExpression')
    if (!isAccess || parent.child('expression') !== payload) return false
    const { outer, casts } = climb(parent)
    const [cast] = casts
    const argument = isKind(parent, 'ElementAccessExpression')
      ? parent.child('argumentExpression')
      : undefined
    const keys =
      argument === undefined
        ? [{ node: parent, frame, value: parent.name }]
        : (stringsOf({ node: argument, frame }) ?? [])
    if (keys.length === 0) this.escape({ node: parent, frame }, 'a key that is made when it runs')
    for (const { value: key, node, frame: at } of keys) {
      // A helper reads the key that its caller names.
      const isNamed = isCalled && argument !== undefined && node !== argument
      this.reads.push({
        key,
        file: (isNamed ? at : frame).module.source.path,
        cast: cast === undefined ? undefined : { node: cast, frame },
        ...contextOf(outer),
        ...spanOf(isNamed ? node : parent),
      })
    }
    return true
  }
}

/** Whether a node can be what the payload is, and not only be around it. */
function isPrimary(node: Node): boolean {
  if (isKind(node, 'Identifier')) return !isName(node)
  return isKind(node, 'PropertyAccessExpression', 'ElementAccessExpression', 'CallExpression')
}

function functionAround(node: Node): Node | undefined {
  return [...node.ancestors()].find(isFunctionLike)
}

/** The first argument of a call that is anything of the message. */
function firstOf(message: Message, call: Node, frame: Written['frame']): Node | undefined {
  return call.list('arguments').find((node) => {
    const part = partOf(message, { node, frame })
    return part === 'message' || part === 'payload'
  })
}

/**
 * The outermost parentheses, casts and `!` around an expression, and the types of the casts from the inside.
 *
 * @param goesOn what else is the expression still
 */
function climb(
  node: Node,
  goesOn: (outer: Node, parent: Node) => boolean = () => false,
): { outer: Node; casts: Node[] } {
  const casts: Node[] = []
  let outer = node
  for (let parent = outer.parent; parent !== undefined; parent = outer.parent) {
    if (!isWrapper(parent) && !goesOn(outer, parent)) break
    const type = isKind(parent, 'AsExpression') ? parent.child('type') : undefined
    if (type !== undefined) casts.push(type)
    outer = parent
  }
  return { outer, casts }
}

/** Whether a payload stays one: `msg.payload ?? {}`, `isOld ? upgrade(msg) : msg.payload`, `{ ...msg.payload }`. */
function isWhole(outer: Node, parent: Node): boolean {
  if (isKind(parent, 'SpreadAssignment'))
    return isKind(parent.parent, 'ObjectLiteralExpression') && copied(parent.parent) === outer
  if (isKind(outer, 'SpreadAssignment')) return isKind(parent, 'ObjectLiteralExpression')
  if (isKind(parent, 'ConditionalExpression')) return parent.child('condition') !== outer
  return (
    isKind(parent, 'BinaryExpression') &&
    FALLBACK.includes(parent.textOf('operatorToken')) &&
    parent.child('left') === outer
  )
}

const FALLBACK = ['??', '||']
const COMPARISON = /^(?:[=!]==?|&&)$/

/** How a value is looked at before it is used. */
function contextOf(value: Node): Pick<TsRead, 'isGuarded' | 'alternatives'> {
  const parent = value.parent
  if (isKind(parent, 'BinaryExpression')) {
    const operator = parent.textOf('operatorToken')
    const isFallback = FALLBACK.includes(operator)
    return {
      isGuarded: isFallback || COMPARISON.test(operator),
      alternatives: isFallback ? keysIn(parent) : [],
    }
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

/** A log, a test of the whole payload, a list of what a hook depends on, or a statement of its own: nothing is read there. */
function isIgnored(payload: Node): boolean {
  const isLogged = [...payload.ancestors()].some(
    (one) => isKind(one, 'CallExpression') && /^console\./.test(one.textOf('expression')),
  )
  const parent = payload.parent
  return (
    isLogged ||
    isKind(parent, 'IfStatement', 'PrefixUnaryExpression', 'VoidExpression', 'ExpressionStatement') ||
    (isKind(parent, 'BinaryExpression') &&
      /^(?:[=!]==?|in|instanceof)$/.test(parent.textOf('operatorToken'))) ||
    (isKind(parent, 'BinaryExpression') &&
      parent.textOf('operatorToken') === '&&' &&
      parent.child('left') === payload) ||
    isKind(parent, 'TypeOfExpression')
  )
}

function sayWhole(node: Node): string {
  return `\`${node.text.split('\n')[0]}\`, which takes the payload as a whole`
}

/** Whether a part of a branch has an effect. */
function actsOn(part: Node): boolean {
  if (isKind(part, 'Parameter', 'BreakStatement', 'ContinueStatement', 'EmptyStatement')) return false
  if (isKind(part, 'Block')) return part.list('statements').some(actsOn)
  if (isKind(part, 'ReturnStatement')) {
    const value = part.child('expression')
    return value !== undefined && actsOn(value)
  }
  if (isKind(part, 'VariableStatement')) return part.descendants('CallExpression').length > 0
  if (isKind(part, 'ExpressionStatement')) return part.list('expression').some(actsOn)
  return !(isKind(part, 'CallExpression') && /^console\./.test(part.textOf('expression')))
}

function commentsIn(text: string): string[] {
  return text.match(/\/\/.*|\/\*[\s\S]*?\*\//g) ?? []
}
