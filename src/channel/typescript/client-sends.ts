import type { Place } from '../../errors.js'
import type { TsModule } from '../../lang/module.js'
import { isKind, type Node } from '../../lang/tree.js'
import type { TsClass, TsMethod } from '../../lang/typescript/classes.js'
import type { NameScope } from '../../lang/typescript/exports.js'
import { spanOf } from '../../lang/typescript/grammar.js'
import {
  bare,
  declarationBehind,
  deeper,
  frameOf,
  propertyOf,
  running,
  settle,
  type Written,
} from '../../values/typescript/frame.js'
import { NO_KEYS, type ObjectValue } from '../../values/typescript/object-value.js'
import { filled, objectOf } from '../../values/typescript/objects.js'
import { stringsOf } from '../../values/typescript/strings.js'
import { toldOfKey } from '../../values/typescript/told.js'
import { placeOf } from '../../workspace/place.js'
import type { Span } from '../../workspace/span.js'

/** A function of a client with the messages that it sends by `this.send('name', payload)` or `this.send({ type, payload })`. */
export interface TsSendingMethod extends TsMethod {
  readonly sends: readonly TsSend[]
  /** Calls of its class that give something else than a string or a parameter first: perhaps the type of a message. */
  readonly unreadSends: readonly { readonly by: string; readonly text: string }[]
}

/** A message that is sent, with the payload as far as it can be followed. */
export interface TsSend extends Span {
  readonly file: string
  /** The method of `this` that is called, or what is called instead. */
  readonly by: string
  readonly message: string
  readonly keys: readonly TsSentField[]
  /** What of the payload cannot be read: with any of it, there may be more keys. */
  readonly unread: readonly TsUnreadPart[]
  /** Types of parameters that are sent whole, as they are or spread. */
  readonly types: readonly string[]
}

/** A part of a payload that could not be followed, and why. */
export interface TsUnreadPart {
  readonly reason: string
  readonly place: Place
  /** Whether it is what a caller gives, so that it is judged there. */
  readonly isGiven: boolean
}

/** A key of a sent payload, where an object or a type has it. */
export interface TsSentField extends Span {
  readonly name: string
  readonly file: string
  /** The type with aliases written out; undefined where nothing tells it. */
  readonly type: string | undefined
  readonly optional: boolean
  /** Whether it is `undefined` for sure, so that nothing of it is sent. */
  readonly isNever: boolean
}

/** The methods of a class with what each of them sends. */
export function sendingMethodsOf(scope: NameScope, module: TsModule, one: TsClass): TsSendingMethod[] {
  const frame = frameOf(scope, module)
  const read = one.methods.map((method) => ({ method, calls: callsIn(one, { node: method.node, frame }) }))
  const helpers = new Set(read.flatMap(({ calls }) => calls.flatMap((call) => call.through)))
  return read.map(({ method, calls }) => ({
    ...method,
    // What a helper of the class sends is told of those who call it.
    sends: helpers.has(method.node) ? [] : calls.flatMap(sendsBy),
    unreadSends: calls
      .filter((call) => call.through.length === 0)
      .flatMap(({ by, type, messages }) => {
        const isForwarded = type !== undefined && isParameter(type)
        return type === undefined || isForwarded || messages.length > 0 ? [] : [{ by, text: type.node.text }]
      }),
  }))
}

/** What a method of a class sends where a call gives it something. */
export function sendsWith(
  scope: NameScope,
  module: TsModule,
  one: TsClass,
  method: TsMethod,
  given: readonly Written[],
): TsSend[] {
  const run = given.some(({ node }) => isKind(node, 'SpreadElement'))
    ? { node: method.node, frame: frameOf(scope, module) }
    : runningWhole({ node: method.node, frame: frameOf(scope, module) }, given)
  return callsIn(one, run).flatMap(sendsBy)
}

/** What a call sends that gives a name and a payload, or both in an object, to a method of the client. */
export function sendsOfCall(call: Written, by: string): TsSend[] {
  return sendsBy({ by, node: call.node, at: call, through: [], ...messageOf(argumentsOf(call)) })
}

/** A function where a call gives all that it gives: what it leaves out is not there. */
function runningWhole(one: Written, given: readonly Written[]): Written {
  const run = running(one, given)
  const whole = new Map(run.frame.given)
  for (const parameter of one.node.list('parameters').slice(given.length)) {
    const value = parameter.child('initializer') ?? parameter
    whole.set(parameter, { node: value, frame: run.frame })
  }
  return { node: run.node, frame: { ...run.frame, given: whole } }
}

/** Who keeps a message of the client until it is sent: `this.queue.push({ type, payload })`. */
const QUEUEING = /^this\.[\w.?!]*\.(?:push|unshift|add|enqueue|send)$/

interface Message {
  /** Whether type and payload stand in one object. */
  readonly isWhole: boolean
  readonly type: Written | undefined
  /** The names that its type can be. */
  readonly messages: readonly string[]
  readonly payload: ObjectValue
}

interface Call extends Message {
  readonly by: string
  readonly node: Node
  readonly at: Written
  /** The helpers of the class between the method and the call. */
  readonly through: readonly Node[]
}

/** The calls of a function that may send, and those of the private methods of its class that it calls. */
function callsIn(one: TsClass, { node, frame }: Written, through: readonly Node[] = []): Call[] {
  return node.descendants('CallExpression').flatMap((call): Call[] => {
    const callee = call.child('expression')
    const at = { node: call, frame }
    if (!isKind(callee, 'PropertyAccessExpression')) return []
    const sent = writtenToSocket(at, callee)
    if (sent !== undefined)
      return [{ by: callee.textOf('expression'), node: call, at, through, ...messageOf([sent]) }]
    const isOwn = isKind(callee.child('expression'), 'ThisKeyword', 'SuperKeyword')
    if (!isOwn && !QUEUEING.test(callee.text)) return []
    const message = messageOf(argumentsOf(at))
    if (!isOwn) return message.isWhole ? [{ by: callee.text, node: call, at, through, ...message }] : []
    const helper = message.messages.length > 0 ? undefined : helperOf(one, callee.name, through)
    const next = deeper(frame)
    if (helper === undefined || next === undefined)
      return [{ by: callee.name, node: call, at, through, ...message }]
    const run = runningWhole(
      { node: helper.node, frame: { ...frameOf(frame.scope, frame.module), depth: next.depth } },
      argumentsOf(at),
    )
    const inside = callsIn(one, run, [...through, helper.node]).filter((other) => other.messages.length > 0)
    return inside.length > 0 ? inside : [{ by: callee.name, node: call, at, through, ...message }]
  })
}

/** A method that only its class calls, and that does not stand around the call already. */
function helperOf(one: TsClass, name: string, through: readonly Node[]): TsMethod | undefined {
  return one.methods.find(
    (method) => method.name === name && method.isPrivate && !through.includes(method.node),
  )
}

/** The message of `socket.send(JSON.stringify(message))`. */
function writtenToSocket({ node, frame }: Written, callee: Node): Written | undefined {
  const [first] = node.list('arguments')
  if (callee.name !== 'send' || first === undefined) return undefined
  const text = settle({ node: first, frame })
  const isJson = isKind(text.node, 'CallExpression') && text.node.textOf('expression') === 'JSON.stringify'
  const [message] = isJson ? text.node.list('arguments') : []
  return message === undefined ? undefined : { node: message, frame: text.frame }
}

function argumentsOf({ node, frame }: Written): Written[] {
  return node.list('arguments').map((one) => ({ node: one, frame }))
}

/** `('name', payload)` and `({ type: 'name', payload })`. */
function messageOf([first, second]: readonly Written[]): Message {
  const message = first === undefined ? undefined : settle(first)
  const isWhole = isKind(message?.node, 'ObjectLiteralExpression')
  const type = isWhole ? propertyOf(message, 'type') : first
  const payload = isWhole ? (propertyOf(message, 'payload') ?? spreadOf(message)) : second
  const names = type === undefined ? undefined : stringsOf(type)
  return {
    isWhole: isWhole && type !== undefined && payload !== undefined,
    type,
    messages: [...new Set(names?.map((one) => one.value))],
    payload: names === undefined ? NO_KEYS : payloadOf(first, isWhole, payload),
  }
}

/** The payload of a message; what statements set on that of a message with a name belongs to it. */
function payloadOf(
  message: Written | undefined,
  isWhole: boolean,
  payload: Written | undefined,
): ObjectValue {
  const object = payload === undefined ? NO_KEYS : objectOf(payload)
  const name = message === undefined ? undefined : bare(message.node)
  if (message === undefined || !isWhole || !isKind(name, 'Identifier')) return object
  const declared = declarationBehind(message.frame, name)
  return declared === undefined ? object : filled(declared, `${name.text}.payload`, object, name)
}

/** What a message is made of that its payload may stand in, and that cannot be followed. */
function spreadOf({ node, frame }: Written): Written | undefined {
  const spread = node.list('properties').find((one) => isKind(one, 'SpreadAssignment'))
  return spread === undefined ? undefined : { node: spread, frame }
}

/** Whether an expression is a parameter of which nobody says what is given to it. */
function isParameter({ node, frame }: Written): boolean {
  const name = bare(node)
  if (!isKind(name, 'Identifier')) return false
  const declared = declarationBehind(frame, name)?.node
  return isKind(declared, 'Parameter') || isKind(declared?.parent?.parent, 'Parameter')
}

function sendsBy({ by, node, at, messages, payload }: Call): TsSend[] {
  const keys = payload.keys.map((one): TsSentField => {
    const { type, presence } = toldOfKey(one)
    const { key, file, start, end } = one
    return {
      name: key,
      file,
      start,
      end,
      type,
      optional: presence !== 'always',
      isNever: presence === 'never',
    }
  })
  const unread = payload.unread.map(({ reason, isGiven, node: part, frame }) => ({
    reason,
    place: placeOf(frame.module.source, part.start),
    isGiven: isGiven === true,
  }))
  const file = at.frame.module.source.path
  return messages.map((message) => ({
    by,
    message,
    file,
    keys,
    unread,
    types: payload.types,
    ...spanOf(node),
  }))
}
