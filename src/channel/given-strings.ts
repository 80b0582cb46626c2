import type { Place } from '../errors.js'
import { isKind, type Node } from '../lang/tree.js'
import { calledBy } from '../values/python/calls.js'
import { bare, type Frame, sidesOf, type Written } from '../values/python/frame.js'
import { stringsOf } from '../values/python/strings.js'
import { placeOf } from '../workspace/place.js'
import type { Emit } from './emits.js'
import { callersOf, forwarded } from './made.js'
import type { OpenChannel } from './open-channel.js'

/** A string that a call gives, where it is written. */
export interface GivenString {
  readonly value: string
  readonly place: Place
}

/** The strings that the calls of a factory give to one of its parameters, as far as they are written out; each once. */
export function stringsGiven(open: OpenChannel, emits: readonly Emit[], parameter: string): GivenString[] {
  const found = emits.flatMap(({ at }) => {
    const run = isKind(at.node, 'call') ? calledBy(at.frame, at.node) : undefined
    return stringsOfCall(open, at.node, run?.frame, parameter)
  })
  return [...new Map(found.toReversed().map((one) => [one.value, one])).values()].reverse()
}

/** The strings that an expression may be; those that a function is given are those of its callers. */
function stringsIn(open: OpenChannel, written: Written): GivenString[] {
  const { frame } = written
  const node = bare(written.node)
  if (isKind(node, 'conditional_expression'))
    return sidesOf(node).flatMap((side) => stringsIn(open, { node: side, frame }))
  const values = stringsOf(frame, node)
  if (values !== undefined) {
    const place = placeOf(frame.module.source, node.start)
    return values.map((value) => ({ value, place }))
  }
  const name = forwarded({ node, frame })
  if (name === undefined) return []
  return callersOf(open, frame).flatMap(({ call, frame: run }) => stringsOfCall(open, call, run, name))
}

/** The strings that a call gives to a parameter; what the parameter is by itself is not of the call. */
function stringsOfCall(
  open: OpenChannel,
  call: Node,
  run: Frame | undefined,
  parameter: string,
): GivenString[] {
  const given = run?.given.get(parameter)
  return given === undefined || !call.holds(given.node) ? [] : stringsIn(open, given)
}
