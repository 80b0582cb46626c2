import { type Conventions, withoutPrefix } from '../../channel/conventions.js'
import { readWireCase } from '../../channel/envelope.js'
import { collision, Failure, formatPlace, type Problem, wrongInput } from '../../errors.js'
import { python } from '../../lang/python/language.js'
import type { Channel, Layout, StoreRef } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { directionOf } from '../../ledger/direction.js'
import { readFields } from '../../ledger/fields.js'
import type { Ledger } from '../../ledger/ledger.js'
import { findShapeDifference, type Shape, type WireCase, wireKey } from '../../payload/shape.js'
import { quoteForShell } from '../../shell.js'
import { stateName } from '../../sites/naming.js'
import { SITES } from '../../sites/registry.js'
import { resolveNamedTypes } from '../../sites/requirements/named-types.js'
import { findEmitPlace } from '../../sites/send/find-place.js'
import { chooseEmit } from '../../sites/send/sender.js'
import { assertSources } from '../../sites/send/values.js'
import { type Half, type Kept, type Partner, siteKey, tellsAlone } from '../../sites/site.js'
import { defaultStore, findHome, readKept, readUpsertKey, usedStores } from '../../sites/store.js'
import type { EventSpec, HalfDirection } from '../../spec/event-spec.js'
import { type Field, printField } from '../../spec/field-type.js'
import { findEventNameProblem, unknownChoice } from '../../spec/reserved.js'
import { placeOf } from '../../workspace/place.js'

/**
 * The channel of a spec.
 *
 * @throws Failure with exit code 2 for one that was not discovered
 */
export function resolveChannel(repository: Repository, layout: Layout, id: string): Channel {
  const channel = layout.channels.find((one) => one.id === id)
  if (channel === undefined)
    throw wrongInput(...repository.unreadable.values(), missingChannel(repository, layout, id))
  return channel
}

function missingChannel(repository: Repository, layout: Layout, id: string): Problem {
  if (id !== 'main') {
    const known = layout.channels.map((one) => one.id)
    return unknownChoice('channel of this repository', id, known)
  }
  const { folder } = layout.backend
  const candidates = repository.search(
    folder,
    python.extensions,
    (text) => /\bWSMessage(Type)?\b/.test(text) && /^class /m.test(text),
  )
  const fault = candidates.map((file) => repository.faultIn(file)).find((one) => one !== undefined)
  return {
    what: `the channel \`${id}\` was not found in \`${folder}\``,
    why: `looked for \`class WSMessageType(str, Enum)\` and a class with the fields \`type: WSMessageType\` and \`payload\`${
      fault === undefined ? '' : `; nearest: ${fault.what}`
    }`,
    fix: fault?.fix ?? 'see what was found: cachibot-ws info --verbose',
    ...(fault === undefined ? {} : { place: fault.place }),
  }
}

/** The wire names that a spec is about: the event's, and its request's. */
export function eventsOf(spec: EventSpec): string[] {
  return [spec.names.snake, ...(spec.request === undefined ? [] : [spec.request.names.snake])]
}

/**
 * Resolves a spec against a repository: the direction and the fields that an existing event has, the wire
 * case, the store, the way it is sent. A bidirectional event is two targets, the event and its request.
 *
 * @throws Failure 2 for an unknown store or a field of the answer that the request does not carry, 3 where the
 *   event exists with another shape or direction
 */
export function resolveTargets(
  repository: Repository,
  layout: Layout,
  channel: Channel,
  ledger: Ledger,
  spec: EventSpec,
): readonly Half[] {
  const { custom } = ledger
  const context = { repository, layout, channel, custom, rows: ledger }
  assertNames(custom, channel, spec)
  const { request } = spec
  const direction = spec.direction === 'client-to-server' ? 'client-to-server' : 'server-to-client'
  assertDirection(context, spec.names.snake, direction, spec.direction !== undefined)
  if (request === undefined) return [resolveTarget(context, spec, direction, undefined, undefined)]
  const name = request.names.snake
  assertDirection(context, name, 'client-to-server', true)
  const event = resolveTarget(context, spec, direction, { event: name, side: 'behind' }, undefined)
  const half: EventSpec = {
    ...spec,
    names: request.names,
    direction: 'client-to-server',
    fields: request.fields ?? inheritFields(ledger, event, name),
    description: undefined,
    store: { hook: undefined, as: undefined },
  }
  const partner = { event: spec.names.snake, side: 'before' } as const
  assertSourced(event, half)
  // Sent from somewhere else, the event is no answer that the branch gives.
  const answer = spec.emit.in === undefined ? event : undefined
  return [event, resolveTarget(context, half, 'client-to-server', partner, answer)]
}

function resolveTarget(
  context: Pick<Half, 'repository' | 'layout' | 'channel' | 'custom'> & { readonly rows: Ledger },
  spec: EventSpec,
  direction: HalfDirection,
  partner: Partner | undefined,
  answer: Half | undefined,
): Half {
  const { repository, layout, channel, custom, rows } = context
  const wireCase = readWireCase(repository, channel)
  const own = spec.fields ?? readFields(rows, spec.names.snake, direction, wireCase) ?? []
  if (spec.fields === undefined) assertKeyed(context, spec.names.snake)
  const isServerEvent = direction === 'server-to-client'
  const leading = custom.leading.filter((field) => !own.some((one) => one.name === field.name))
  const fields = isServerEvent ? [...leading, ...own] : own
  // An event that is sent somewhere needs no other place.
  const isSent = rows.of(spec.names.snake, 'python-send').length > 0
  const place = isServerEvent && !isSent ? findEmitPlace({ ...context, spec }) : undefined
  if (place instanceof Failure) throw place
  const target: Half = {
    ...context,
    spec,
    direction,
    partner,
    answer,
    fields,
    wireCase,
    namedTypes: resolveNamedTypes(repository, layout, channel, fields),
    store: isServerEvent ? resolveStore(context, spec) : undefined,
    kept: resolveKept(context, spec, fields),
    emit: isServerEvent ? chooseEmit({ ...context, spec }, place) : undefined,
    place,
  }
  assertKeys(fields, wireCase)
  if (place !== undefined) assertSources(target, place)
  return target
}

/**
 * The fields of a request that was not given any: what it shows if it exists, with the event's types where they
 * are the same for JSON; else the ones that the event requires.
 */
function inheritFields(ledger: Ledger, event: Half, request: string): readonly Field[] {
  const shown = readFields(ledger, request, 'client-to-server', event.wireCase)
  if (shown === undefined) {
    return event.fields
      .filter((field) => !field.optional && field.default === undefined && !isLeading(event, field))
      .map(({ description: _own, ...field }) => field)
  }
  return shown.map((field) => {
    const same = event.fields.find((one) => one.name === field.name)
    if (
      same === undefined ||
      findShapeDifference([shapeField(field)], [shapeField(same)], false) !== undefined
    )
      return field
    return { ...field, type: same.type }
  })
}

/** @throws Failure with exit code 2 when the branch could not give the event a field that it requires. */
function assertSourced(event: Half, request: EventSpec): void {
  const { fields } = request
  if (fields === undefined || event.spec.emit.to === 'none' || event.spec.emit.in !== undefined) return
  const problems = event.fields.flatMap((field): Problem[] => {
    const carried = fields.find((one) => one.name === field.name)
    const name = event.spec.names.snake
    const flag = `--request-field ${quoteForShell(`${field.name}:${printField(field)}`)}`
    if (carried === undefined) {
      if (field.optional || field.default !== undefined || isLeading(event, field)) return []
      return [
        {
          what: `\`${name}\` requires \`${field.name}\`, and the request \`${request.names.snake}\` does not carry it`,
          why: 'the branch of the request answers with the event, from the fields of the request',
          fix: `add ${flag}, or make the field optional`,
        },
      ]
    }
    if (carries(carried, field)) return []
    return [
      {
        what: `\`${field.name}\` is ${printField(carried)} in the request \`${request.names.snake}\`, and ${printField(field)} in \`${name}\``,
        why: 'the branch of the request answers with the event, from the fields of the request',
        fix: `give ${flag}`,
      },
    ]
  })
  if (problems.length > 0) throw wrongInput(...problems)
}

/** Whether the values of a request's field are values of the answer's. */
function carries(request: Field, answer: Field): boolean {
  const isNumber =
    printField({ ...request, optional: false }) === 'int' &&
    printField({ ...answer, optional: false }) === 'float'
  return isNumber || findShapeDifference([shapeField(request)], [shapeField(answer)], true) === undefined
}

/** Whether a field is one that every event of the channel carries. */
function isLeading({ custom }: Half, field: Field): boolean {
  return custom.leading.some((one) => one.name === field.name)
}

/**
 * @throws Failure with exit code 2 for a name without the prefix that all names of the channel have, and for one
 *   whose factory cannot be named
 */
function assertNames(custom: Conventions, channel: Channel, spec: EventSpec): void {
  const problems = eventsOf(spec).flatMap((event, index): Problem[] => {
    if (!event.startsWith(custom.prefix)) {
      return [
        {
          what: `\`${event}\` does not begin with \`${custom.prefix}\`, as every event of the channel \`${channel.id}\` does`,
          fix: `use \`${custom.prefix}${event}\``,
        },
      ]
    }
    const bare = withoutPrefix(custom, event)
    const isFactory = index === 0 && spec.direction !== 'client-to-server' && custom.factoryDropsPrefix
    const problem = isFactory && bare !== event ? findEventNameProblem(bare, 'factory') : undefined
    if (problem === undefined) return []
    const why = `factories of the channel are named without \`${custom.prefix}\`, and ${problem.why ?? problem.what}`
    return [
      {
        what: `\`${event}\` cannot be an event name here`,
        why,
        fix: `use another name, for example \`${event}_changed\``,
      },
    ]
  })
  if (problems.length > 0) throw wrongInput(...problems)
}

function shapeField(field: Field): Shape[number] {
  const type = field.type.kind === 'nullable' ? field.type.item : field.type
  return { key: field.name, type, optional: undefined }
}

function resolveStore(
  context: Pick<Half, 'repository' | 'layout' | 'channel' | 'custom' | 'rows'>,
  spec: EventSpec,
): StoreRef | undefined {
  const { repository, layout, channel } = context
  const { hook } = spec.store
  const home = findHome(context, spec.names.snake)
  if (hook !== undefined) {
    if (hook === 'none') {
      if (home === undefined) return undefined
      throw collision({
        what: `\`${spec.names.snake}\` already keeps its state in \`${home.store.hook}\``,
        why: `its \`${home.action}\` is there`,
        fix: 'leave out --store',
        place: { file: home.store.file },
      })
    }
    const found = chooseStore(context, hook)
    if (found === undefined)
      throw wrongInput(
        unknownChoice('store of this repository', hook, [
          'none',
          ...layout.stores.map((store) => store.hook),
        ]),
      )
    if (home !== undefined && home.store.hook !== hook) {
      throw collision({
        what: `\`${spec.names.snake}\` already keeps its state in \`${home.store.hook}\``,
        why: `its \`${home.action}\` is there`,
        fix: `leave out --store, or give --store ${home.store.hook}`,
        place: { file: home.store.file },
      })
    }
    return found
  }
  if (home !== undefined) return home.store
  return defaultStore(repository, layout, channel)
}

/**
 * The store of a name: the one that the channel's hook imports where several files have it.
 *
 * @throws Failure with exit code 2 where nothing says which one is meant
 */
function chooseStore(
  { repository, layout, channel }: Pick<Half, 'repository' | 'layout' | 'channel'>,
  hook: string,
): StoreRef | undefined {
  const [first, second, ...others] = layout.stores.filter((store) => store.hook === hook)
  if (first === undefined || second === undefined) return first
  const used = usedStores(repository, layout, channel).find((store) => store.hook === hook)
  if (used !== undefined) return used
  const files = [first, second, ...others].map((store) => `\`${store.file}\``)
  throw wrongInput({
    what: `${files.length} files have a store \`${hook}\`: ${files.join(', ')}`,
    why: `the hook of the channel \`${channel.id}\` imports none of them, so which one is meant cannot be told`,
    fix: 'rename one of them',
    place: { file: second.file },
  })
}

/**
 * What the store keeps of the event: what it keeps already, else what was asked for.
 *
 * @throws Failure 2 for a field that cannot tell events apart, 3 where the store keeps them in another way
 */
function resolveKept(
  context: Pick<Half, 'repository' | 'layout' | 'channel' | 'custom' | 'rows'>,
  spec: EventSpec,
  fields: readonly Field[],
): Kept {
  const event = spec.names.snake
  const { as } = spec.store
  const existing = readKept(context, event)
  // An event without fields has no latest one to keep: it is counted, as it was when it was added.
  const isAsAsked =
    existing === as?.way || (existing === 'count' && as?.way === 'latest' && fields.length === 0)
  if (existing !== undefined && as !== undefined && !isAsAsked) {
    throw collision({
      what: `the store keeps \`${event}\` in another way already: \`${stateName(event, existing)}\``,
      why: `asked for ${as.way}, there is ${existing}; an event that exists is completed, never replaced`,
      fix: 'leave out --store-as',
    })
  }
  const kind = existing ?? (fields.length === 0 ? 'count' : (as?.way ?? 'latest'))
  if (fields.length === 0 && as !== undefined && as.way !== 'latest') {
    throw wrongInput({
      what: `\`${event}\` has no fields, so there is nothing to ${as.way}`,
      fix: 'leave out --store-as: its store counts it',
    })
  }
  if (kind !== 'upsert') return { kind }
  const able = fields.filter(isKey)
  const { repository, channel } = context
  const wireCase = readWireCase(repository, channel)
  const key = existing === 'upsert' && as === undefined ? readUpsertKey(context, event) : undefined
  const by = able.find(
    (field) => field.name === as?.field || (as === undefined && wireKey(field, wireCase) === key),
  )
  if (by !== undefined) return { kind, by }
  const choices = able.map((field) => field.name)
  if (choices.length === 0) {
    throw wrongInput({
      what: `no field of \`${event}\` tells its events apart`,
      why: `upsert needs a field that is always sent and is a str or an int`,
      fix: `add one, for example -f ${as?.field ?? 'id'}:str, or leave out --store-as`,
    })
  }
  throw wrongInput(
    as?.field === undefined
      ? {
          what: `which field tells the events of \`${event}\` apart is not said`,
          fix: `add --store-as upsert:${choices[0] ?? '<field>'}`,
        }
      : unknownChoice('field that tells events apart (a required str or int)', as.field, choices),
  )
}

/** Whether the value of a field can be the key of a map: always sent, and a string or an integer. */
function isKey({ type, optional }: Field): boolean {
  return (
    !optional &&
    (type.kind === 'literals' || (type.kind === 'scalar' && (type.name === 'str' || type.name === 'int')))
  )
}

/** @throws Failure with exit code 2 when two fields have one key on the wire of the channel. */
function assertKeys(fields: readonly Field[], wireCase: WireCase): void {
  const names = new Map<string, string>()
  for (const field of fields) {
    const key = wireKey(field, wireCase)
    const other = names.get(key)
    if (other !== undefined) {
      throw wrongInput({
        what: `the fields \`${other}\` and \`${field.name}\` have the same wire key \`${key}\``,
        fix: 'give one of them another `wire`',
      })
    }
    names.set(key, field.name)
    const { type } = field
    const inner = type.kind === 'list' || type.kind === 'nullable' ? type.item : type
    if (inner.kind === 'object') assertKeys(inner.fields, wireCase)
  }
}

/**
 * @throws Failure with exit code 3 when a type or a store has the derived name and nothing has the wire name:
 *   without fields to compare, it is something else that must not be merged into
 */
function assertKeyed({ repository, rows }: Pick<Half, 'repository' | 'rows'>, event: string): void {
  const there = SITES.filter((site) => rows.of(event, siteKey(site)).length > 0)
  const type = there.findLast(({ role, linked }) => role === 'declares' && linked !== undefined)
  const found = type === undefined ? undefined : rows.of(event, siteKey(type))[0]
  if (found === undefined || there.some(tellsAlone)) return
  const place = placeOf(repository.workspace.read(found.file), found.start)
  throw collision({
    what: `a payload of that name is there, and nothing else of \`${event}\`: ${formatPlace(place)}`,
    why: 'it may belong to something else, and the event would take it over',
    fix: 'give the fields with -f if it is the payload of this event, or use another name',
    place,
  })
}

/**
 * @param isGiven whether the user said the direction, which counts for more than a comment of the enum
 * @throws Failure with exit code 3 when what is there says that the event goes the other way
 */
function assertDirection(
  { repository, rows }: Pick<Half, 'repository' | 'rows'>,
  event: string,
  direction: HalfDirection,
  isGiven: boolean,
): void {
  const found = directionOf(rows, event)
  if (found === undefined || found.direction === direction || (isGiven && !found.isCode)) return
  const place = placeOf(repository.workspace.read(found.occurrence.file), found.occurrence.start)
  throw collision({
    what: found.isCode
      ? `\`${event}\` is a ${found.direction} event here: it has a ${found.site.title} at ${formatPlace(place)}`
      : `\`${event}\` stands among the ${found.direction} events of the enum: ${formatPlace(place)}`,
    why: 'one name cannot go both ways',
    fix: `use another name, for example \`${event}_${direction === 'client-to-server' ? 'request' : 'result'}\`, or --direction ${found.direction} to complete it`,
    place,
  })
}
