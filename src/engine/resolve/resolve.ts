import { readWireCase } from '../../channel/envelope.js'
import { Failure } from '../../errors.js'
import type { Channel, Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { readFields } from '../../ledger/fields.js'
import type { Ledger } from '../../ledger/ledger.js'
import { SITES } from '../../sites/registry.js'
import { resolveNamedTypes } from '../../sites/requirements/named-types.js'
import { asCaller } from '../../sites/send/call.js'
import { chooseEmit } from '../../sites/send/choose-emit.js'
import { findEmitPlace, findSentAt } from '../../sites/send/find-place.js'
import { checkSources } from '../../sites/send/values.js'
import { type Half, isSiteOf, type Partner, siteKey } from '../../sites/site.js'
import type { EventSpec, HalfDirection } from '../../spec/event-spec.js'
import { checkAnswer, owedFields } from './checks/answer.js'
import { checkDirection } from './checks/direction.js'
import { checkKeyed } from './checks/keyed.js'
import { checkKeys } from './checks/keys.js'
import { checkNames } from './checks/names.js'
import { resolveKept } from './kept.js'
import { inheritFields } from './request-fields.js'
import { resolveStore } from './store.js'

/**
 * Resolves a spec against a repository: the direction and the fields that an existing event has, the wire
 * case, the store, the way it is sent. A bidirectional event is two targets, the event and its request.
 *
 * @returns a Failure 2 for an unknown store or a field that request and answer have as two types, 3 where the
 *   event exists with another shape or direction
 */
export function resolveTargets(
  repository: Repository,
  layout: Layout,
  channel: Channel,
  ledger: Ledger,
  spec: EventSpec,
): readonly Half[] | Failure {
  const { custom } = ledger
  const context = { repository, layout, channel, custom, rows: ledger }
  const { request } = spec
  const direction = spec.direction === 'client-to-server' ? 'client-to-server' : 'server-to-client'
  const refused =
    checkNames(custom, channel, spec) ??
    checkDirection(context, spec.names.snake, direction, spec.direction !== undefined) ??
    (request && checkDirection(context, request.names.snake, 'client-to-server', true))
  if (refused !== undefined) return refused
  const name = request?.names.snake
  const behind = name === undefined ? undefined : ({ event: name, side: 'behind' } as const)
  // Whoever gives the fields as well describes the whole event, which is completed.
  const isMore = spec.emit.in !== undefined && spec.fields === undefined
  const event = resolveTarget(context, spec, direction, behind, undefined, isMore)
  if (event instanceof Failure) return event
  if (request === undefined) return [event]
  const half: EventSpec = {
    ...spec,
    names: request.names,
    direction: 'client-to-server',
    fields: request.fields ?? inheritFields(ledger, event, request.names.snake),
    description: undefined,
    store: { hook: undefined, as: undefined },
  }
  const partner = { event: spec.names.snake, side: 'before' } as const
  // Sent from somewhere else, the event is no answer that the branch gives.
  const answer = spec.emit.in === undefined ? event : undefined
  const refusedAnswer = checkAnswer(event, half)
  if (refusedAnswer !== undefined) return refusedAnswer
  const asked = resolveTarget(context, half, 'client-to-server', partner, answer, isMore)
  if (asked instanceof Failure) return asked
  const owed = owedFields(event, half)
  return [
    { ...event, owed },
    { ...asked, owed },
  ]
}

function resolveTarget(
  context: Pick<Half, 'repository' | 'layout' | 'channel' | 'custom'> & { readonly rows: Ledger },
  spec: EventSpec,
  direction: HalfDirection,
  partner: Partner | undefined,
  answer: Half | undefined,
  isMore: boolean,
): Half | Failure {
  const { custom, rows } = context
  const wireCase = readWireCase(context)
  const own = spec.fields ?? readFields(rows, spec.names.snake, direction, wireCase) ?? []
  const other = spec.fields === undefined ? checkKeyed(context, spec.names.snake) : undefined
  if (other !== undefined) return other
  const isServerEvent = direction === 'server-to-client'
  const leading = custom.leading.filter((field) => !own.some((one) => one.name === field.name))
  const fields = isServerEvent ? [...leading, ...own] : own
  const sends = isServerEvent ? rows.of(spec.names.snake, 'python-send') : []
  const asked = isServerEvent && sends.length > 0 ? spec.emit.in : undefined
  const sentAt = asked === undefined ? undefined : findSentAt({ ...context, spec }, asked, sends)
  if (sentAt instanceof Failure) return sentAt
  // An event that is sent somewhere needs no other place but one that is asked for.
  const isPlaced = isServerEvent && (sends.length === 0 || (asked !== undefined && sentAt === undefined))
  const place = isPlaced ? findEmitPlace({ ...context, spec }) : undefined
  if (place instanceof Failure) return place
  const namedTypes = resolveNamedTypes(context, fields)
  if (namedTypes instanceof Failure) return namedTypes
  const store = isServerEvent ? resolveStore(context, spec) : undefined
  if (store instanceof Failure) return store
  const kept = resolveKept(context, spec, fields)
  if (kept instanceof Failure) return kept
  const emit = isServerEvent
    ? chooseEmit({ ...context, spec }, place, asked === undefined ? {} : { sends })
    : undefined
  if (emit instanceof Failure) return emit
  const target: Half = {
    ...context,
    spec,
    direction,
    partner,
    answer,
    owed: [],
    fields,
    wireCase,
    namedTypes,
    store,
    kept,
    emit,
    place,
    sentAt,
    isSendOnly: isMore && isWhole(rows, spec.names.snake, direction),
  }
  return (
    checkKeys(fields, wireCase) ??
    (place === undefined ? undefined : checkSources(asCaller(target), place)) ??
    target
  )
}

/** Whether an event stands everywhere that it does not rightly live without. */
function isWhole(rows: Ledger, event: string, direction: HalfDirection): boolean {
  return SITES.filter((site) => isSiteOf(site, direction) && !site.leeway.isOptional).every(
    (site) => rows.of(event, siteKey(site)).length > 0,
  )
}
