import { findClient } from '../channel/client.js'
import { callsOfMethod, directSends } from '../channel/client-calls.js'
import { perChannel } from '../channel/open-channel.js'
import type { UnreadPart } from '../channel/payloads.js'
import type { TsSend, TsSendingMethod } from '../channel/typescript/client-sends.js'
import { formatPlace, type Place } from '../errors.js'
import { groupBy } from '../group.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'

/** What the client sends of an event: by its methods, or past them. */
export function sendsOf(context: SurveyContext, event: string): readonly TsSend[] {
  const own = methodsSending(context, event).flatMap((method) => {
    const sends = method.sends.filter((one) => one.message === event)
    // What a method is given and hands on is what its callers give.
    const isGiven = sends.some((one) => one.unread.some((part) => part.isGiven))
    const calls = isGiven ? callsOfMethod(context, method) : undefined
    return calls?.flatMap((one) => one.sends.filter((send) => send.message === event)) ?? sends
  })
  return [...own, ...directSends(context).filter((one) => one.message === event)]
}

function methodsSending(context: SurveyContext, event: string): readonly TsSendingMethod[] {
  return (methodsByMessage(context).get(event) ?? []).map(({ method }) => method)
}

const methodsByMessage = perChannel((open) =>
  groupBy(
    (findClient(open)?.methods ?? []).flatMap((method) =>
      [...new Set(method.sends.map((one) => one.message))].map((message) => ({ method, message })),
    ),
    ({ message }) => message,
  ),
)

/** The places of an event's payload that cannot be read, as the client makes it. */
export function readUnreadSent(context: SurveyContext, event: string): readonly UnreadPart[] {
  const unread = sendsOf(context, event).flatMap((one) => one.unread.filter((part) => !part.isGiven))
  return [...new Map(unread.map((one) => [formatPlace(one.place), one])).values()]
}

/** A key that a method of the client sends if it is given, and that no call gives. */
export interface NeverGiven {
  readonly key: string
  readonly method: string
  /** Where the method sets it. */
  readonly place: Place
  readonly calls: readonly Place[]
}

/** The keys of an event that the client could send and never does. */
export function findNeverGiven(context: SurveyContext, event: string): NeverGiven[] {
  const { repository } = context
  const made = methodsSending(context, event).map((method) => ({
    method,
    calls: callsOfMethod(context, method),
  }))
  if (made.some((one) => one.calls === undefined)) return []
  const sent = [
    ...made.flatMap(({ calls }) => calls?.flatMap((one) => one.sends) ?? []),
    ...directSends(context),
  ].filter((one) => one.message === event)
  if (sent.some((one) => one.unread.length > 0)) return []
  const isGiven = (key: string): boolean =>
    sent.some((one) => one.keys.some((other) => other.name === key && !other.isNever))
  const at = (file: string, start: number): Place => placeOf(repository.typescript(file).source, start)
  return made.flatMap(({ method, calls }) => {
    const keys = method.sends.filter((one) => one.message === event).flatMap((one) => one.keys)
    return keys
      .filter((one) => !isGiven(one.name))
      .map((one) => ({
        key: one.name,
        method: method.name,
        place: at(one.file, one.start),
        calls: (calls ?? []).map(({ use }) => at(use.file, use.start)),
      }))
  })
}
