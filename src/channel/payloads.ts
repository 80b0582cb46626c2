import type { Place } from '../errors.js'
import { literalValue } from '../lang/python/literals.js'
import { statementsOf } from '../lang/python/query.js'
import { isKind, type Node } from '../lang/tree.js'
import type { Shape, ShapeField } from '../payload/shape.js'
import { entriesOf, withKeys } from '../values/python/dicts.js'
import { type Entries, type Entry, NO_ENTRIES } from '../values/python/entries.js'
import { flowOf } from '../values/python/flow.js'
import type { Frame, Written } from '../values/python/frame.js'
import { mergeTypes, typeOf } from '../values/python/types.js'
import { placeOf } from '../workspace/place.js'

/** A place that a reader could not follow, and why: `a key that is made when it runs`. */
export interface UnreadPart {
  readonly reason: string
  readonly place: Place
  /** Whether it is what a caller gives, so that it is judged there. */
  readonly isGiven: boolean
}

/** The payload of a message that the server makes. */
export interface MadePayload {
  /** The keys that can be read. */
  readonly keys: Shape
  /** What of it cannot: with any of these, there may be more keys. */
  readonly unread: readonly UnreadPart[]
}

/** The payload as a whole; undefined where a part of it cannot be read. */
export function shapeOf({ keys, unread }: MadePayload): Shape | undefined {
  return unread.length === 0 ? keys : undefined
}

/** The payload that an expression of a frame gives a message. */
export function readPayload(frame: Frame, payload: Node | undefined): MadePayload {
  return payload === undefined ? { keys: [], unread: [] } : madeOf(frame, entriesOf(frame, payload))
}

/**
 * The payload of a message that a function makes by a call and perhaps goes on with: `message.payload["note"] = note`.
 *
 * @param payload what the call gives
 * @param owner the frame of the function that is asked about, where that is another one
 */
export function readWholePayload(
  frame: Frame,
  call: Node,
  payload: Node | undefined,
  owner: Frame = frame,
): MadePayload {
  const assignment = call.parent
  const name = isKind(assignment, 'assignment') ? assignment.child('left') : undefined
  if (!isKind(name, 'identifier') || frame.scope === undefined)
    return madeOf(owner, payload === undefined ? NO_ENTRIES : entriesOf(frame, payload))
  const start = payload === undefined ? NO_ENTRIES : entriesOf(frame, payload)
  const behind = statementsBehind(frame.scope.function.body, call)
  const flow = { frame, target: `${name.text}.payload`, evaluate: entriesOf, set: withKeys }
  return madeOf(owner, flowOf(flow, behind, start, undefined) ?? start)
}

/** The statements that run after a place, from the inside out. */
function statementsBehind(statements: readonly Node[], place: Node): Node[] {
  const index = statements.findIndex((one) => one.holds(place))
  const around = statements[index]
  if (around === undefined) return []
  const blocks = around.descendants('block').filter((one) => one.holds(place))
  const inner = blocks.at(-1)
  const own = inner === undefined ? [] : statementsOf(inner)
  const behind = own.slice(own.findIndex((one) => one.holds(place)) + 1)
  return [...behind, ...statements.slice(index + 1)]
}

function madeOf(frame: Frame, { entries, unread }: Entries): MadePayload {
  return {
    keys: entries.map((entry) => fieldOf(frame, entry)),
    unread: unread.map((one) => ({
      reason: one.reason,
      isGiven: one.isGiven === true,
      place: placeOf(one.frame.module.source, one.node.start),
    })),
  }
}

function fieldOf(frame: Frame, { key, isSure, at, values }: Entry): ShapeField {
  const [first] = values
  const value = first ?? at
  const type = mergeTypes(values.map(typeOf))
  // What is set under a condition is there only if it is some.
  const isStripped = !isSure && type.kind === 'nullable'
  const { parameter, default: made } = sourceOf(frame, value)
  return {
    key,
    optional: !isSure,
    type: isStripped ? type.item : type,
    start: at.node.start,
    value: value.node.text,
    ...(at.frame.module === frame.module ? {} : { file: at.frame.module.source.path }),
    ...(parameter === undefined ? {} : { parameter }),
    ...(made === undefined || !isSure ? {} : { default: made }),
  }
}

/** The parameter that a value begins with: `x`, `x or {}`, `x.isoformat()`, `x if x is not None else …`. */
function sourceOf(frame: Frame, { node, frame: own }: Written): Pick<ShapeField, 'parameter' | 'default'> {
  const method = frame.scope?.function
  if (method === undefined || own.scope?.function !== method) return {}
  const name = /^\[[\s\S]* in (\w+)\s*\]$|^(\w+)/.exec(node.text)
  const parameter = method.parameters.find(
    (one) => one.name !== 'cls' && one.name === (name?.[1] ?? name?.[2]),
  )
  if (parameter === undefined) return {}
  const given = literalValue(parameter.default)
  const isInstead = node.kind === 'conditional_expression' || node.kind === 'boolean_operator'
  const instead = isInstead ? node.children.findLast((one) => one.isNamed) : undefined
  const literal = instead === undefined ? undefined : literalValue(instead)
  const isReplaced = given === null && literal !== undefined && literal !== null
  const made = isReplaced ? literal : given
  return { parameter: parameter.name, ...(made === undefined ? {} : { default: made }) }
}
