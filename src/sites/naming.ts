import { type Conventions, withoutPrefix } from '../channel/conventions.js'
import type { Emit } from '../channel/emits.js'
import { eventOfMember } from '../channel/enum.js'
import { deriveNames } from '../spec/names.js'
import { eventSet, perRows } from './per-rows.js'
import type { Half, Kept, Rows, SurveyContext } from './site.js'

/** `seat_taken` → `SeatTakenPayload`: the payload's model and interface. */
export function modelName(event: string): string {
  return `${deriveNames(event).pascal}Payload`
}

/** `seat_taken` → `send_seat_taken`: the helper that sends the event. */
export function helperName(event: string): string {
  return `send_${event}`
}

/**
 * The types that the hook's case casts the payload to, and those that the client's method takes; of `Pick<…>` and the like,
 * the one that it is made of.
 */
export function typesOf(rows: Rows, event: string): readonly string[] {
  const found = [...rows.of(event, 'ts-hook-case'), ...rows.of(event, 'ts-send-method')]
  return found.flatMap((one) => one.links?.types ?? []).map((type) => MADE_OF.exec(type)?.[1] ?? type)
}

const MADE_OF = /^(?:Pick|Omit|Partial|Required|Readonly)<\s*([A-Za-z_]\w*)\s*[,>]/

/** Tells of each event another one whose payload has the type that would have the name of its own; it looks at each row once. */
export const ownersOfModels = perRows((rows): ((event: string) => string | undefined) => {
  const users = new Map<string, string[]>()
  for (const event of rows.events()) {
    for (const type of typesOf(rows, event)) {
      const known = users.get(type)
      if (known === undefined) users.set(type, [event])
      else known.push(event)
    }
  }
  return (event) => users.get(modelName(event))?.find((other) => other !== event)
})

/** The name of the event's interface: what the hook casts to or the client takes, else the derived one. */
export function interfaceName({ rows, spec }: Half): string {
  const event = spec.names.snake
  return typesOf(rows, event).find((type) => /^[A-Za-z_]\w*$/.test(type)) ?? modelName(event)
}

/** The model or interface of the request that stands behind this event's own. */
export function followingModel({ partner }: Half): string | undefined {
  return partner?.side === 'behind' ? modelName(partner.event) : undefined
}

/** `seat_claim` → `sendSeatClaim`: the client's method. */
export function sendMethodName(custom: Conventions, event: string): string {
  return `send${deriveNames(custom.methodDropsPrefix ? withoutPrefix(custom, event) : event).pascal}`
}

/** The methods of the client that send an event: the existing ones, else the derived one. */
export function sendMethodsOf(
  { rows, custom }: Pick<SurveyContext, 'rows' | 'custom'>,
  event: string,
): string[] {
  const found = rows.of(event, 'ts-send-method').flatMap((one) => one.links?.name ?? [])
  return found.length > 0 ? found : [sendMethodName(custom, event)]
}

/** `seat_claim` → `sendSeatClaim`: the hook's callback. */
export function callbackName(custom: Conventions, event: string): string {
  return sendMethodName(custom, event)
}

/** The expression of the event's factory: `WSMessage.seat_taken`. */
export function factoryCall(target: Half): string {
  return `${target.channel.envelope.name}.${factoryName(target)}`
}

/** The name of the event's factory: the existing one's, else the derived one. */
export function factoryName({ rows, spec, custom }: Half): string {
  const event = spec.names.snake
  return rows.of(event, 'python-factory')[0]?.links?.name ?? derivedFactory(custom, event)
}

/** The name that the channel's factories would have for an event. */
export function derivedFactory(custom: Conventions, event: string): string {
  return custom.factoryDropsPrefix ? withoutPrefix(custom, event) : event
}

/** `seat_taken` → `handleSeatTaken`: the action of the store. */
export function actionName(event: string): string {
  return `handle${deriveNames(event).pascal}`
}

/** `seat_taken` → `lastSeatTaken`, `seatTakenEvents`, `seatTakenById`, or `seatTakenCount` where there is no payload. */
export function stateName(event: string, kind: Kept['kind']): string {
  const { pascal, camel } = deriveNames(event)
  switch (kind) {
    case 'latest':
      return `last${pascal}`
    case 'append':
      return `${camel}Events`
    case 'upsert':
      return `${camel}ById`
    case 'count':
      return `${camel}Count`
  }
}

/** `seat_taken` → `seat-taken`: the event of the window that stands in for a store, as listeners know it. */
export function windowEvent(event: string): string {
  return event.replaceAll('_', '-')
}

/** What a member of a class stands behind: `WSMessage.`. */
export function behindOwner(owner: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_])${owner}\\s*\\.\\s*$`)
}

/**
 * The events that a message is of: by the factories that make it, or where one has none by what the channel would call it;
 * a message that is made by hand by its type.
 */
export function eventsOfEmit({ rows, custom, ...open }: SurveyContext, { kind, name }: Emit): string[] {
  const events = eventSet(rows)
  if (kind !== 'factory') {
    const named = new Set([name, eventOfMember(open, name)])
    return [...named].filter((event) => events.has(event))
  }
  const derived = [...new Set([name, custom.prefix + name])].filter(
    (event) =>
      events.has(event) &&
      rows.of(event, 'python-factory').length === 0 &&
      derivedFactory(custom, event) === name,
  )
  return [...(eventsByFactory(rows).get(name) ?? []), ...derived]
}

const eventsByFactory = perRows((rows): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  for (const event of rows.events())
    for (const { links } of rows.of(event, 'python-factory'))
      if (links?.name !== undefined)
        found.set(links.name, (found.get(links.name) ?? new Set<string>()).add(event))
  return found
})
