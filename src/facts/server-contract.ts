import type { Emit } from '../channel/emits.js'
import { type Factory, factoriesOfChannel, payloadOfCall } from '../channel/envelope.js'
import { stringsGiven } from '../channel/given-strings.js'
import { perChannel } from '../channel/open-channel.js'
import type { MadePayload, UnreadPart } from '../channel/payloads.js'
import { branchesTaking, isCase } from '../channel/receiving.js'
import type { TsRead } from '../channel/typescript/payload-uses.js'
import { formatPlace } from '../errors.js'
import { isKind } from '../lang/tree.js'
import {
  expandType,
  readObjectType,
  type TsObjectType,
  withoutNull,
} from '../lang/typescript/object-types.js'
import { scopeOf } from '../layout/repository.js'
import type { Shape } from '../payload/shape.js'
import { readTsShape, readTsType } from '../payload/typescript.js'
import type { SurveyContext } from '../sites/site.js'
import type { FieldType } from '../spec/field-type.js'
import { settleType } from '../values/typescript/types.js'
import { placeOf } from '../workspace/place.js'
import type { Span } from '../workspace/span.js'
import { type FieldRead, mergeSent, type SentField, type Terms, type WantedField } from './contract.js'
import { withNamedInterface } from './named-interface.js'
import { typeOfValue } from './wire-values.js'

/** What the server sends of an event and what the hook's case takes it for; undefined where one of them is gone. */
export function readServerContract(
  context: SurveyContext,
  event: string,
  emits: readonly Emit[],
): Terms | undefined {
  const factories = factoriesOf(context, event)
  const payloads = [
    ...factories.flatMap((one) =>
      payloadsOf(one, emits).map((made) => ({ made, file: one.module.source.path })),
    ),
    ...emits.filter((one) => one.kind !== 'factory').map((one) => ({ made: one.payload, file: one.file })),
  ]
  if (payloads.length === 0 || context.channel.hook === undefined) return undefined
  const wanted = readWanted(context, event)
  if (wanted === undefined) return undefined
  const sent = mergeSent(payloads.map(({ made, file }) => readSent(context, made.keys, file)))
  return {
    sent,
    given: factories.flatMap((one) => givenBy(context, one, emits, wanted.wanted)),
    isSentOpen: payloads.some(({ made }) => made.unread.length > 0),
    sentAt:
      factories.length > 0
        ? factories.map((one) => placeOf(one.module.source, definitionOf(one)))
        : emits.map((one) => one.place),
    ...withNamedInterface(context, event, wanted),
  }
}

/** The places of an event's payload that cannot be read, as the server makes it; what a caller gives is judged there. */
export function readUnreadPayloads(
  context: SurveyContext,
  event: string,
  emits: readonly Emit[],
): readonly UnreadPart[] {
  const made = [
    ...factoriesOf(context, event).flatMap((one) => payloadsOf(one, emits)),
    ...emits.map((one) => one.payload),
  ]
  const unread = made.flatMap((one) => one.unread).filter((one) => !one.isGiven)
  return [...new Map(unread.map((one) => [formatPlace(one.place), one])).values()]
}

/** What a factory sends; where that is what its callers give, what each of them gives. */
function payloadsOf(factory: Factory, emits: readonly Emit[]): readonly MadePayload[] {
  const calls = emits.filter((one) => one.kind === 'factory' && one.name === factory.method.name)
  const isGiven = factory.payload.unread.some((one) => one.isGiven)
  if (!isGiven || calls.length === 0) return [factory.payload]
  return calls.map((one) => (isKind(one.at.node, 'call') ? payloadOfCall(factory, one.at) : factory.payload))
}

/** What the calls of a factory give to its keys of which the client lists the values. */
function givenBy(
  context: SurveyContext,
  { method, payload }: Factory,
  emits: readonly Emit[],
  wanted: readonly WantedField[],
): SentField[] {
  const calls = emits.filter((one) => one.kind === 'factory' && one.name === method.name)
  return payload.keys.flatMap(({ key, value, parameter }) => {
    const field = wanted.find((one) => one.key === key)
    if (field === undefined || parameter === undefined || value !== parameter || !listsValues(field))
      return []
    return stringsGiven(context, calls, parameter).map(
      (one): SentField => ({
        key,
        type: { kind: 'literals', values: [one.value] },
        always: true,
        place: one.place,
        value: one.value,
        parameter,
      }),
    )
  })
}

function listsValues({ declared, reads }: WantedField): boolean {
  const types = [declared?.type, ...reads.map((one) => one.type)]
  return types.some((one) => (one?.kind === 'nullable' ? one.item : one)?.kind === 'literals')
}

/** The factories of an event. */
export function factoriesOf(context: SurveyContext, event: string): Factory[] {
  return context.rows
    .of(event, 'python-factory')
    .flatMap(({ file, start }) => factoriesByPlace(context).get(`${file}:${start}`) ?? [])
}

const factoriesByPlace = perChannel(
  (open): ReadonlyMap<string, Factory> =>
    new Map(
      factoriesOfChannel(open).map((one) => [`${one.module.source.path}:${one.method.node.start}`, one]),
    ),
)

/** The offset of the `def`, behind the decorators. */
function definitionOf({ method }: Factory): number {
  return (method.node.children.find((one) => one.kind === 'function_definition') ?? method.node).start
}

function readSent({ repository }: SurveyContext, shape: Shape, file: string): SentField[] {
  return shape.map((field) => ({
    key: field.key,
    type: typeOfValue(field),
    always: field.optional === false,
    place: placeOf(repository.python(field.file ?? file).source, field.start ?? 0),
    value: field.value ?? '',
    parameter: field.parameter,
  }))
}

type Wanted = Pick<Terms, 'wanted' | 'isDeclared' | 'isOwnType' | 'isWantedOpen' | 'wantedAt'>

/** What of the payload cannot be read as the client takes it, each place once. */
export function readUnreadReads(
  context: SurveyContext,
  event: string,
): readonly Omit<UnreadPart, 'isGiven'>[] {
  const unread = branchesTaking(context, event)
    .flatMap((one) => one.use.unread)
    .map(({ reason, node, frame }) => ({ reason, place: placeOf(frame.module.source, node.start) }))
  return [...new Map(unread.map((one) => [formatPlace(one.place), one])).values()]
}

/** What the cases of an event read, and what they declare the payload to be. */
function readWanted(context: SurveyContext, event: string): Wanted | undefined {
  const branches = branchesTaking(context, event).filter(isCase)
  if (branches.length === 0) return undefined
  const { repository, layout } = context
  const uses = branches.map((one) => one.use)
  const written = uses.flatMap((one) => one.types)
  const allReads = uses.flatMap((one) => one.reads)
  const scope = scopeOf(repository, layout)
  const place = (file: string, { start }: Pick<Span, 'start'>) =>
    placeOf(repository.typescript(file).source, start)
  const types = written.map(({ node, frame }) => readObjectType(scope, frame.module, node))
  const declared = mergeTypes(types)
  const isDeclared = declared !== undefined && types.length > 0
  const typeOfRead = ({ cast }: TsRead): FieldType | undefined => {
    const found = cast === undefined ? undefined : settleType(cast)
    return found === undefined ? undefined : readTsType(expandType(scope, found.frame.module, found.node))
  }
  const keys = [
    ...new Set([...(declared?.members ?? []).map((one) => one.name), ...allReads.map((one) => one.key)]),
  ]
  return {
    wanted: keys.map((key): WantedField => {
      const members = (declared?.members ?? []).filter((one) => one.name === key)
      const member = members.find((one) => !one.optional) ?? members[0]
      const [shown] = member === undefined ? [] : readTsShape([member])
      const reads = allReads.filter((one) => one.key === key)
      // A key that the case tests once is read as one that may be missing.
      const isGuarded = reads.some((one) => one.isGuarded || /\bundefined\b/.test(one.cast?.node.text ?? ''))
      return {
        key,
        declared:
          member === undefined || shown === undefined
            ? undefined
            : { type: shown.type, optional: shown.optional === true, place: place(member.file, member) },
        reads: reads.map(
          (one): FieldRead => ({
            alternatives: one.alternatives,
            type: typeOfRead(one),
            isGuarded,
            place: place(one.file, one),
          }),
        ),
      }
    }),
    isDeclared: isDeclared && !written.some(({ node }) => PICKED.test(node.text)),
    isOwnType: written.every((one) => /^\w+Payload$/.test(withoutNull(one.node).text)),
    isWantedOpen: uses.some((one) => one.isHandedOn),
    wantedAt: [
      ...branches.map((one) => place(one.file, one)),
      ...written.map(({ node, frame }) => placeOf(frame.module.source, node.start)),
    ],
  }
}

/** A type of some of the keys of another one. */
const PICKED = /\b(?:Pick|Omit)</

/** All types that the payload is given; undefined where one of them cannot be read. */
function mergeTypes(types: readonly (TsObjectType | undefined)[]): TsObjectType | undefined {
  const known = types.filter((one) => one !== undefined)
  const isReadable = known.length === types.length && known.every((one) => !one.isOpen)
  return isReadable ? { members: known.flatMap((one) => one.members), isOpen: false } : undefined
}
