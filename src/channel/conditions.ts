import type { PythonModule } from '../lang/module.js'
import { stringValue } from '../lang/python/literals.js'
import { isKind, type Node } from '../lang/tree.js'
import { escapeRegExp } from '../layout/candidates.js'
import { bare, type Frame, frameAt } from '../values/python/frame.js'
import { itemsBehind } from '../values/python/strings.js'
import { eventOfMember, membersIn } from './enum.js'
import { namesFor, typesIn } from './made.js'
import type { OpenChannel } from './open-channel.js'

/** What a condition compares with the types of a channel. */
export interface Comparison {
  /** What is compared: `msg_type`. */
  readonly subject: string
  /** What stands behind the enum's member: nothing, or `.value`. */
  readonly suffix: string
  readonly events: readonly string[]
}

/** The comparison with one type that a condition is, and nothing else; undefined for any other condition. */
export function comparisonIn(
  open: OpenChannel,
  module: PythonModule,
  condition: Node,
): Comparison | undefined {
  const one = bare(condition)
  const [left, right] = operandsOf(one)
  if (!isKind(one, 'comparison_operator') || left === undefined || right === undefined) return undefined
  if (!/^(?:==|is)$/.test(operatorOf(one))) return undefined
  const events = eventsIn(open, frameAt(open, module, one), right)
  if (events.length !== 1) return undefined
  // A string says whose type it is by what it is compared with alone.
  if (stringValue(right) !== undefined && !/type/i.test(left.text)) return undefined
  return { subject: left.text, suffix: /\.value$/.test(right.text) ? '.value' : '', events }
}

/** The events that a message may be of where a condition holds; none where it says nothing of that. */
export function eventsOfCondition(
  open: OpenChannel,
  module: PythonModule,
  condition: Node,
): readonly string[] {
  const one = bare(condition)
  const frame = frameAt(open, module, one)
  if (isKind(one, 'boolean_operator'))
    return [one.child('left'), one.child('right')].flatMap((side) =>
      side === undefined ? [] : eventsOfCondition(open, module, side),
    )
  if (!isKind(one, 'comparison_operator')) return []
  const [left, right] = operandsOf(one)
  if (left === undefined || right === undefined) return []
  switch (operatorOf(one)) {
    case '==':
    case 'is': {
      const behind = eventsIn(open, frame, right)
      return behind.length > 0 ? behind : eventsIn(open, frame, left)
    }
    case 'in':
      return (itemsBehind(frame, right) ?? []).flatMap((item) => eventsIn(open, frame, item))
    default:
      return []
  }
}

/** The event that a message is of where a condition does not hold: `msg_type != WSMessageType.APPROVAL`. */
export function eventsOfRefusal(open: OpenChannel, module: PythonModule, condition: Node): readonly string[] {
  const one = bare(condition)
  const [, right] = operandsOf(one)
  const isRefusal = isKind(one, 'comparison_operator') && operatorOf(one) === '!='
  return isRefusal && right !== undefined ? eventsIn(open, frameAt(open, module, one), right) : []
}

/**
 * Whether a condition compares a subject with something that cannot be read, so that it may hold for any type; what it
 * compares with strings alone is read.
 */
export function isUnreadCondition(
  open: OpenChannel,
  module: PythonModule,
  condition: Node,
  subject: string,
): boolean {
  const one = bare(condition)
  if (isKind(one, 'boolean_operator'))
    return [one.child('left'), one.child('right')].some(
      (side) => side !== undefined && isUnreadCondition(open, module, side, subject),
    )
  if (isKind(one, 'call')) return !/^isinstance$/.test(one.textOf('function')) && says(one, subject)
  if (!isKind(one, 'comparison_operator') || !says(one, subject)) return false
  const [left, right] = operandsOf(one)
  const other = left !== undefined && says(left, subject) ? right : left
  const frame = frameAt(open, module, one)
  const operator = operatorOf(one)
  if (other === undefined || /not|!=/.test(operator) || isKind(other, 'none')) return false
  const items = operator === 'in' ? itemsBehind(frame, other) : [other]
  return items === undefined || items.some((item) => namesOf(open, frame, item) === undefined)
}

function says(node: Node, subject: string): boolean {
  return new RegExp(`(?<![A-Za-z0-9_.])${escapeRegExp(subject)}(?![A-Za-z0-9_])`).test(node.text)
}

/** The events that a pattern of a `match` takes. */
export function eventsOfPattern(open: OpenChannel, module: PythonModule, pattern: Node): readonly string[] {
  const alternatives = pattern.descendants('union_pattern')[0]?.children ?? [pattern.children[0] ?? pattern]
  const frame = frameAt(open, module, pattern)
  return alternatives.flatMap((one) => {
    const [owner, member, ...more] = one.text.split('.')
    const isMember = owner !== undefined && member !== undefined && more.length === 0
    if (isMember && namesFor(module, open.channel.enum.name).includes(owner))
      return [eventOfMember(open, member)]
    const literal = [one, ...one.children].map(stringValue).find((value) => value !== undefined)
    const known = literal === undefined ? undefined : wireName(open, literal)
    return known === undefined ? eventsIn(open, frame, one) : [known]
  })
}

/** The events that an expression is the type of: a member of the enum, a wire name that it has. */
export function eventsIn(open: OpenChannel, frame: Frame, node: Node): readonly string[] {
  const names = namesOf(open, frame, node) ?? []
  const isMember = namesFor(frame.module, open.channel.enum.name).some((name) =>
    node.text.startsWith(`${name}.`),
  )
  return names.flatMap((name) => (isMember ? [eventOfMember(open, name)] : (wireName(open, name) ?? [])))
}

function namesOf(open: OpenChannel, frame: Frame, node: Node): readonly string[] | undefined {
  const isEnum = (own: Frame, name: string): boolean =>
    namesFor(own.module, open.channel.enum.name).includes(name)
  return typesIn({ node, frame }, isEnum)
}

/** The wire name of a member by its name or its value; undefined where the enum has none. */
function wireName(open: OpenChannel, name: string): string | undefined {
  return membersIn(open).find((one) => one.value === name || one.name === name)?.value
}

function operandsOf(node: Node): readonly Node[] {
  return node.children.filter(
    (child) => child.isNamed && child.kind !== 'comment' && child.field !== 'operators',
  )
}

function operatorOf(node: Node): string {
  return node.children
    .filter((child) => child.field === 'operators')
    .map((child) => child.text)
    .join(' ')
}
