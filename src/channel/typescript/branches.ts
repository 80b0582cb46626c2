import { isKind, type Node, within } from '../../lang/tree.js'
import { clausesOf, isFunctionLike, spanOf } from '../../lang/typescript/grammar.js'
import { isTerminated } from '../../lang/typescript/query.js'
import { entriesOf } from '../../values/typescript/entries.js'
import {
  bare,
  calledBy,
  type Frame,
  functionBehind,
  resultsOf,
  running,
  settle,
  type Written,
} from '../../values/typescript/frame.js'
import { type StringValue, stringsIn, stringsOf } from '../../values/typescript/strings.js'
import type { Span } from '../../workspace/span.js'
import { type Message, partOf } from './message.js'

/** What a branch takes messages by: the strings of a label, undefined where they cannot be told. */
export interface Label extends Written {
  readonly values: readonly string[] | undefined
}

/** Code that runs for messages of certain types alone. */
export interface Branch extends Span {
  readonly kind: 'case' | 'if' | 'entry'
  readonly message: Message
  /** The `switch`, the `if` or the call of a table that it is a branch of. */
  readonly of: Node
  readonly labels: readonly Label[]
  /** The statements, the expression or the function that run, and the frame of their names. */
  readonly body: readonly Node[]
  readonly frame: Frame
  /** The frame of the place that it is said to stand at. */
  readonly at: Frame
  /** Whether what stands behind it is not reached by what it takes. */
  readonly isLast: boolean
}

/** A place that takes messages by their types in a way that cannot be followed. */
export interface UnreadTaking extends Written {
  readonly kind: 'case' | 'handler'
  readonly reason: string
}

/** How a message is taken apart. */
export interface Taking {
  readonly branches: readonly Branch[]
  readonly unread: readonly UnreadTaking[]
}

/** Every branch that takes a message by its type below a node, also in functions that it is handed to. */
export function takingOf(message: Message, around: Written): Taking {
  const found = new Taker(message)
  found.walk([around.node], around.frame)
  return found
}

class Taker implements Taking {
  readonly branches: Branch[] = []
  readonly unread: UnreadTaking[] = []
  private readonly entered = new Set<Node>()

  constructor(private readonly message: Message) {}

  walk(nodes: readonly Node[], frame: Frame): void {
    const consumed = new Set<Node>()
    for (const node of within(nodes, (one) => !consumed.has(one))) {
      if (!consumed.has(node) && this.take(node, frame, consumed)) consumed.add(node)
    }
  }

  /** Whether what is below a node has been looked at. */
  private take(node: Node, frame: Frame, consumed: Set<Node>): boolean {
    if (isKind(node, 'SwitchStatement')) return this.takeSwitch(node, frame)
    if (isKind(node, 'IfStatement')) return this.takeIf(node, frame, consumed)
    if (isKind(node, 'ConditionalExpression')) return this.takeTernary(node, frame)
    if (isKind(node, 'BinaryExpression')) return this.takeAnd(node, frame)
    return isKind(node, 'CallExpression') && this.takeCall(node, frame)
  }

  private takeSwitch(node: Node, frame: Frame): boolean {
    const subject = node.child('expression')
    if (!isKind(node, 'SwitchStatement')) return false
    const isTrue = subject?.kind === 'TrueKeyword'
    if (!isTrue && !this.isPart('type', subject, frame)) return false
    const clauses = clausesOf(node)
    for (const [index, clause] of clauses.entries()) {
      const label = isKind(clause, 'CaseClause') ? clause.child('expression') : undefined
      if (label === undefined) {
        this.walk(clause.list('statements'), frame)
        continue
      }
      const asked = isTrue ? this.asked(label, frame) : undefined
      if (isTrue && asked?.isNot !== false) {
        this.walk(clause.list('statements'), frame)
        continue
      }
      // An empty clause shares the body of the next one that has any.
      const body = clauses.slice(index).find((one) => one.list('statements').length > 0) ?? clause
      this.add({
        kind: 'case',
        of: node,
        labels: asked?.labels ?? [labelOf({ node: label, frame })],
        body: body.list('statements'),
        frame,
        at: frame,
        isLast: true,
        ...spanOf(clause),
      })
    }
    return true
  }

  private takeIf(node: Node, frame: Frame, consumed: Set<Node>): boolean {
    const asked = this.asked(node.child('expression'), frame)
    const then = node.child('thenStatement')
    const otherwise = node.child('elseStatement')
    if (asked === undefined || then === undefined) return false
    const [taken, left] = asked.isNot ? [otherwise, then] : [then, otherwise]
    if (left !== undefined) this.walk([left], frame)
    if (taken !== undefined) {
      const isLast = isTerminated(taken) || otherwise !== undefined
      this.addIf(node, asked.labels, [taken], frame, isLast)
    } else if (asked.isNot && isTerminated(then)) {
      // What goes on behind `if (msg.type !== 'x') return` is the branch of `x`.
      const statements = node.parent?.list('statements') ?? []
      const behind = statements.slice(statements.indexOf(node) + 1)
      for (const one of behind) consumed.add(one)
      this.addIf(node, asked.labels, behind, frame, true)
    }
    return true
  }

  private takeTernary(node: Node, frame: Frame): boolean {
    const asked = this.asked(node.child('condition'), frame)
    if (asked === undefined) return false
    const sides = [node.child('whenTrue'), node.child('whenFalse')]
    const [taken, left] = asked.isNot ? sides.toReversed() : sides
    if (left !== undefined) this.walk([left], frame)
    if (taken !== undefined) this.addIf(node, asked.labels, [taken], frame, false)
    return true
  }

  /** `msg.type === 'x' && show(msg.payload)`. */
  private takeAnd(node: Node, frame: Frame): boolean {
    const right = node.child('right')
    if (node.textOf('operatorToken') !== '&&' || right === undefined) return false
    const asked = this.asked(node.child('left'), frame)
    if (asked === undefined || asked.isNot) return false
    this.addIf(node, asked.labels, [right], frame, false)
    return true
  }

  private takeCall(call: Node, frame: Frame): boolean {
    const callee = call.child('expression')
    const table = callee === undefined ? undefined : this.tableBehind({ node: callee, frame })
    const given = call.list('arguments').map((node) => ({ node, frame }))
    if (table !== undefined) {
      this.takeTable(call, frame, table, given)
      return true
    }
    const parts = given.map((one) => partOf(this.message, one))
    if (!parts.includes('message') && !parts.includes('type')) return false
    const called = calledBy(frame, call)
    if (called !== undefined) this.enter(called)
    return false
  }

  /** A function that the message is handed to, once. */
  private enter({ node, frame }: Written): void {
    const body = node.child('body')
    if (body === undefined || this.entered.has(node)) return
    this.entered.add(node)
    this.walk([body], frame)
  }

  private takeTable(call: Node, at: Frame, table: Written, given: readonly Written[]): void {
    const entries = entriesOf(table)
    if (entries === undefined) {
      const reason = 'a table of handlers that is not written out'
      this.unread.push({ kind: 'case', reason, node: call, frame: at })
      return
    }
    for (const { key, at: place, node, frame } of entries) {
      const labels = [{ node: place, frame, values: key === undefined ? undefined : [key] }]
      const entry = { kind: 'entry', of: call, labels, at: frame, isLast: true, ...spanOf(place) } as const
      const made = functionBehind({ node, frame })
      const run = made === undefined ? { node, frame } : running(made, given)
      this.add({ ...entry, body: made === undefined ? [] : partsOfFunction(run.node), frame: run.frame })
      if (made !== undefined || isLog(node)) continue
      const reason = 'nothing is known of what it does'
      this.unread.push({ kind: 'handler', reason, node: place, frame })
    }
  }

  /** The table that a function is looked up in by the type: `handlers[msg.type]`, `handlers.get(msg.type)`. */
  private tableBehind(callee: Written): Written | undefined {
    const { node, frame } = settle(callee)
    if (isKind(node, 'ElementAccessExpression')) {
      const object = node.child('expression')
      return object !== undefined && this.isPart('type', node.child('argumentExpression'), frame)
        ? { node: object, frame }
        : undefined
    }
    const method = isKind(node, 'CallExpression') ? node.child('expression') : undefined
    const map = isKind(method, 'PropertyAccessExpression') ? method.child('expression') : undefined
    return map !== undefined &&
      method?.name === 'get' &&
      this.isPart('type', node.list('arguments')[0], frame)
      ? { node: map, frame }
      : undefined
  }

  private add(branch: Omit<Branch, 'message'>): void {
    this.branches.push({ ...branch, message: this.message })
  }

  private addIf(
    place: Node,
    labels: readonly Label[],
    body: readonly Node[],
    frame: Frame,
    isLast: boolean,
  ): void {
    const end = Math.max(place.end, body.at(-1)?.end ?? 0)
    this.add({ kind: 'if', of: place, labels, body, frame, at: frame, isLast, start: place.start, end })
  }

  /** The types that a condition asks for. */
  private asked(
    condition: Node | undefined,
    frame: Frame,
  ): { readonly labels: readonly Label[]; readonly isNot: boolean } | undefined {
    if (condition === undefined) return undefined
    const node = bare(condition)
    const again = (one: Node | undefined, at = frame) => this.asked(one, at)
    if (isKind(node, 'PrefixUnaryExpression')) {
      const inner = node.text.startsWith('!') ? again(node.child('operand')) : undefined
      return inner === undefined ? undefined : { ...inner, isNot: !inner.isNot }
    }
    if (isKind(node, 'CallExpression')) return this.askedByCall(node, frame)
    if (isKind(node, 'Identifier')) {
      const settled = settle({ node, frame })
      return settled.node === node || isFunctionLike(settled.node)
        ? undefined
        : again(settled.node, settled.frame)
    }
    if (!isKind(node, 'BinaryExpression')) return undefined
    const operator = node.textOf('operatorToken')
    const sides = [node.child('left'), node.child('right')]
    if (operator === '||' || operator === '&&') {
      const [left, right] = sides.map((one) => again(one))
      const isEach = left !== undefined && right !== undefined && left.isNot === right.isNot
      // `a || b` takes both, and so does what is left by `!a && !b`.
      if (isEach && left.isNot === (operator === '&&'))
        return { labels: [...left.labels, ...right.labels], isNot: left.isNot }
      const one = left ?? right
      return one?.isNot === false ? one : undefined
    }
    if (!/^[!=]==?$/.test(operator)) return undefined
    const type = sides.findIndex((one) => this.isPart('type', one, frame))
    const other = type === -1 ? undefined : sides[1 - type]
    if (other === undefined) return undefined
    const isNothing = /^(?:undefined|null)$/.test(other.text)
    return isNothing
      ? undefined
      : { labels: [labelOf({ node: other, frame })], isNot: operator.startsWith('!') }
  }

  /** `TYPES.includes(msg.type)`, `TYPES.has(msg.type)`, `isThinking(msg)`. */
  private askedByCall(call: Node, frame: Frame): ReturnType<Taker['asked']> {
    const callee = call.child('expression')
    const [first] = call.list('arguments')
    const list = isKind(callee, 'PropertyAccessExpression') ? callee.child('expression') : undefined
    if (list !== undefined && /^(?:includes|has)$/.test(callee?.name ?? '')) {
      if (!this.isPart('type', first, frame)) return undefined
      const values = stringsIn({ node: list, frame })
      return { labels: [{ node: list, frame, values: values?.map(textOf) }], isNot: false }
    }
    if (!this.isPart('message', first, frame) && !this.isPart('type', first, frame)) return undefined
    const called = calledBy(frame, call)
    const [result, ...others] = called === undefined ? [] : resultsOf(called.node)
    return called === undefined || others.length > 0 ? undefined : this.asked(result, called.frame)
  }

  private isPart(part: 'message' | 'type', node: Node | undefined, frame: Frame): boolean {
    return node !== undefined && partOf(this.message, { node, frame }) === part
  }
}

/** What of a function says what it does: its parameters and its body. */
export function partsOfFunction(one: Node): Node[] {
  return [...one.list('parameters'), ...one.list('body')]
}

function labelOf(label: Written): Label {
  return { ...label, values: stringsOf(label)?.map(textOf) }
}

function textOf({ value }: StringValue): string {
  return value
}

/** Whether a function that is handed messages does nothing but show them to developers. */
function isLog(node: Node): boolean {
  return /^console\./.test(node.text)
}
