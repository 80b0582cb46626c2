import type { Occurrence, Rows } from '../sites/site.js'
import { directionOf } from './direction.js'

/** A bidirectional event as two rows, or one row by itself. */
export interface Unit {
  /** The event that the server sends; else the only row. */
  readonly event: string
  /** The request that it answers. */
  readonly request: string | undefined
}

/**
 * The unit that a row belongs to. Two rows are a pair where the branch of the request sends the event and nothing
 * else does, or where the request is named `<event>_request`.
 */
export function unitOf(rows: Rows, name: string): Unit {
  if (directionOf(rows, name)?.direction === 'client-to-server') {
    const event = answerOf(rows, name)
    return event === undefined ? { event: name, request: undefined } : { event, request: name }
  }
  return { event: name, request: rows.events().find((other) => answerOf(rows, other) === name) }
}

/** What the other half of a pair is called where nobody gave its request a name. */
export function usualPartner(name: string): string {
  return /^(.+)_request$/.exec(name)?.[1] ?? `${name}_request`
}

/** The event that a request is answered with. */
function answerOf(rows: Rows, request: string): string | undefined {
  if (directionOf(rows, request)?.direction !== 'client-to-server') return undefined
  const branch = rows.of(request, 'python-handler-branch')[0]
  const owed = branch?.links?.owes
  if (owed !== undefined && directionOf(rows, owed)?.direction === 'server-to-client') return owed
  const sent = branch === undefined ? [] : rows.events().filter((event) => isSentOnlyIn(rows, event, branch))
  const named = /^(.+)_request$/.exec(request)?.[1]
  const isNamed = named !== undefined && directionOf(rows, named)?.direction === 'server-to-client'
  if (isNamed) return named
  return sent.length === 1 ? sent[0] : undefined
}

function isSentOnlyIn(rows: Rows, event: string, branch: Occurrence): boolean {
  const sends = rows.of(event, 'python-send')
  return sends.length > 0 && sends.every((send) => isInside(send, branch))
}

/** The requests in whose branches an event is sent, or is to be. */
export function requestsOf(rows: Rows, event: string): string[] {
  const sends = rows.of(event, 'python-send')
  return rows
    .events()
    .filter((other) =>
      rows
        .of(other, 'python-handler-branch')
        .some((branch) => branch.links?.owes === event || sends.some((send) => isInside(send, branch))),
    )
}

/** The events that are sent in the branch of a request, or are to be. */
export function answersOf(rows: Rows, request: string): string[] {
  const branches = rows.of(request, 'python-handler-branch')
  const isInBranch = (send: Occurrence): boolean => branches.some((branch) => isInside(send, branch))
  const isOwed = (event: string): boolean => branches.some(({ links }) => links?.owes === event)
  return rows.events().filter((event) => isOwed(event) || rows.of(event, 'python-send').some(isInBranch))
}

/** Whether one occurrence stands inside another. */
export function isInside(inner: Occurrence, outer: Occurrence): boolean {
  return inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end
}
