import { lookUp } from '../group.js'
import type { PythonModule } from '../lang/module.js'
import {
  callArguments,
  classesOf,
  type PyArgument,
  type PyAssignment,
  type PyClass,
  type PyFunction,
} from '../lang/python/query.js'
import { isKind, type Node } from '../lang/tree.js'
import { escapeRegExp } from '../layout/candidates.js'
import { baseName, type DefinedClass, findClass } from '../layout/python-names.js'
import { majority } from '../layout/style.js'
import type { Shape, WireCase } from '../payload/shape.js'
import { calledBy } from '../values/python/calls.js'
import type { Written } from '../values/python/frame.js'
import { type Frame, frameAt } from '../values/python/frame.js'
import { placeOf } from '../workspace/place.js'
import type { Source } from '../workspace/source.js'
import { type IsEnum, isValidating, namesFor, readMade, typesIn } from './made.js'
import { type OpenChannel, perChannel } from './open-channel.js'
import { type MadePayload, readWholePayload, shapeOf } from './payloads.js'

/** A classmethod of the envelope that makes a message of one type. */
export interface Factory {
  /** The file that it is in: the envelope's, or that of a base. */
  readonly module: PythonModule
  readonly method: PyFunction
  /** The enum member it gives as `type`. */
  readonly member: string
  readonly payload: MadePayload
  /** The call that makes it, and the expression that is its payload. */
  readonly call: Node
  readonly given: Node | undefined
  /** Its payload where all of it can be read. */
  readonly shape: Shape | undefined
  readonly made: Made
}

/** An argument of a call; positional ones have no name. */
export type Given = PyArgument

/** The call by which a factory makes its message. */
export interface Made {
  /** `cls`, or a helper of the envelope: `cls._make`. */
  readonly callee: string
  /** The keywords of type and payload; undefined where they are given by position. */
  readonly typeBy: string | undefined
  readonly payloadBy: string | undefined
  /** What is given besides. */
  readonly others: readonly Given[]
  /** Everything that is given, in order. */
  readonly order: readonly ('type' | 'payload' | Given)[]
}

/** The envelope class of a channel, if it is still there. */
export const findEnvelope = perChannel(
  ({ repository, channel }): { module: PythonModule; one: PyClass } | undefined => {
    const module = repository.python(channel.envelope.file)
    const one = lookUp(classesOf(module), channel.envelope.name)
    return one === undefined ? undefined : { module, one }
  },
)

/**
 * What a factory of that name would replace or hide: a member of the envelope or of a base that the repository
 * holds, or a name that stands in the class's own annotations, decorators and defaults, which are read in its scope.
 */
export function findHidden(
  context: OpenChannel,
  name: string,
): { name: string; source: Source; start: number } | undefined {
  const found = findEnvelope(context)
  if (found === undefined) return undefined
  for (const { module, one } of withBases(context, found)) {
    const member = [...one.methods, ...one.assignments].find((candidate) => candidate.name === name)
    if (member !== undefined)
      return { name: `${one.name}.${name}`, source: module.source, start: member.node.start }
  }
  const { module, one } = found
  const mention = new RegExp(`(?<![A-Za-z0-9_."'])${escapeRegExp(name)}(?![A-Za-z0-9_"'])`)
  const user = [...one.methods, ...one.assignments].find((member) =>
    textsInScope(member).some((text) => mention.test(text)),
  )
  return user === undefined ? undefined : { name, source: module.source, start: user.node.start }
}

/** What of a member is evaluated in the scope of its class. */
function textsInScope(member: PyFunction | PyAssignment): string[] {
  if ('annotation' in member) {
    return [member.annotation ?? '', member.value === undefined ? '' : member.value.text]
  }
  const parameters = member.parameters.flatMap((one) => [
    one.annotation ?? '',
    one.default === undefined ? '' : one.default.text,
  ])
  return [...member.decorators, ...parameters, member.returns ?? '']
}

/** A class and those it is based on, as far as the repository holds them, nearest first. */
export function withBases({ repository, layout }: OpenChannel, first: DefinedClass): DefinedClass[] {
  const found = [first]
  for (const { module, one } of found)
    for (const base of one.bases.map(baseName)) {
      const next = findClass(repository, layout.backend.folder, module.source.path, base)
      if (next !== undefined && !found.some((other) => other.one === next.one)) found.push(next)
    }
  return found
}

/** The factories of a channel, in source order, then those of the envelope's bases; none where the envelope is gone. */
export const factoriesOfChannel = perChannel((open): readonly Factory[] => {
  const found = findEnvelope(open)
  const classes = found === undefined ? [] : withBases(open, found)
  return classes.flatMap(({ module, one }) => readFactories(open, module, one))
})

function readFactories(open: OpenChannel, module: PythonModule, envelope: PyClass): Factory[] {
  return envelope.methods.flatMap((method) => {
    if (!method.decorators.some((one) => one === 'classmethod' || one === 'staticmethod')) return []
    for (const call of method.node.descendants('call')) {
      const frame = frameAt(open, module, call)
      const read = readCall(envelope, call, frame, open.channel.enum.name)
      if (read === undefined) continue
      const { member, payload, made } = read
      const own = read.isSpread ? readSpread(frame, call) : readWholePayload(frame, call, payload)
      return [{ module, method, member, payload: own, call, given: payload, shape: shapeOf(own), made }]
    }
    return []
  })
}

/** The payload of a message whose keys are keywords of a helper: `cls._make(WSMessageType.SEAT, seatId=1)`. */
function readSpread(frame: Frame, call: Node): MadePayload {
  const run = calledBy(frame, call)
  for (const made of run?.function.node.descendants('call') ?? []) {
    const payload = callArguments(made).find((one) => one.name === 'payload')?.value
    if (run !== undefined && payload !== undefined) return readWholePayload(run.frame, made, payload, frame)
  }
  const place = placeOf(frame.module.source, call.start)
  return { keys: [], unread: [{ reason: 'keywords of a helper that takes any', isGiven: false, place }] }
}

/** A call that makes a message of one type: by the class with `type=`, or by a method of it that gets the member. */
function readCall(
  envelope: PyClass,
  call: Node,
  frame: Frame,
  enumName: string,
): { member: string; payload: Node | undefined; isSpread: boolean; made: Made } | undefined {
  const callee = (call.child('function') ?? call).text
  const [owner = '', helper, ...more] = callee.split('.')
  const isOwn = owner === 'cls' || owner === envelope.name
  const isEnum: IsEnum = (own, name) => namesFor(own.module, enumName).includes(name)
  if (isOwn && more.length === 0 && isValidating(helper ?? '')) return readValidated(call, frame, isEnum)
  const isHelper = isOwn && more.length === 0 && lookUp(envelope.methods, helper ?? '') !== undefined
  const given = callArguments(call)
  const memberOf = ({ value }: Given): string | undefined => {
    const names = isKind(value, 'string') ? [] : (typesIn({ node: value, frame }, isEnum) ?? [])
    return names.length === 1 ? names[0] : undefined
  }
  const type = given.find((one) => (one.name === 'type' || isHelper) && memberOf(one) !== undefined)
  if (type === undefined) return undefined
  const behind = given[given.indexOf(type) + 1]
  const payload =
    given.find((one) => one.name === 'payload') ??
    (isHelper && behind?.name === undefined && behind?.value.kind !== 'dictionary_splat' ? behind : undefined)
  const others = given.filter((one) => one !== type && one !== payload)
  const helped = isHelper ? lookUp(envelope.methods, helper ?? '') : undefined
  const takesAll = /^[^)]*\*\*\w+/s.test(helped?.node.text.slice(helped.node.text.indexOf('(')) ?? '')
  return {
    member: memberOf(type) ?? '',
    payload: payload?.value,
    isSpread: takesAll && payload === undefined && others.some((one) => one.name !== undefined),
    made: {
      callee: isHelper ? `cls.${helper}` : 'cls',
      typeBy: type.name,
      payloadBy: payload?.name,
      others,
      order: given.map((one) => (one === type ? 'type' : one === payload ? 'payload' : one)),
    },
  }
}

/** `cls.model_validate({"type": …, "payload": …})`: as the class would be called. */
function readValidated(call: Node, frame: Frame, isEnum: IsEnum): ReturnType<typeof readCall> {
  const message = readMade(frame, call)
  const names = message === undefined ? [] : (typesIn(message.type, isEnum) ?? [])
  const [member, ...more] = names
  return member === undefined || more.length > 0
    ? undefined
    : { member, payload: message?.payload?.node, isSpread: false, made: BY_CLASS }
}

const BY_CLASS: Made = {
  callee: 'cls',
  typeBy: 'type',
  payloadBy: 'payload',
  others: [],
  order: ['type', 'payload'],
}

/** What a factory sends when it is called like this. */
export function payloadOfCall(factory: Factory, { node, frame }: Written): MadePayload {
  const inner = calledBy(frame, node)?.frame
  return inner === undefined ? factory.payload : readWholePayload(inner, factory.call, factory.given)
}

/** How the channel spells the keys of its payloads, by majority; camelCase where none shows it. */
export const readWireCase = perChannel((open): WireCase => {
  const keys = factoriesOfChannel(open).flatMap((factory) => (factory.shape ?? []).map((field) => field.key))
  const votes = keys.flatMap((key) =>
    /[a-z0-9][A-Z]/.test(key) ? ['camel'] : key.includes('_') ? ['snake'] : [],
  )
  return (majority(votes) as WireCase | undefined) ?? 'camel'
})
