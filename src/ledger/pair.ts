import { perRows } from '../sites/per-rows.js'
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
  const { answers, requests } = pairsOf(rows)
  if (directionOf(rows, name)?.direction === 'client-to-server') {
    const event = answers.get(name)
    return event === undefined ? { event: name, request: undefined } : { event, request: name }
  }
  return { event: name, request: requests.get(name) }
}

/** What the other half of a pair is called where nobody gave its request a name. */
export function usualPartner(name: string): string {
  return /^(.+)_request$/.exec(name)?.[1] ?? `${name}_request`
}

/** The event that each request is answered with, and the first request that each event answers. */
const pairsOf = perRows((rows) => {
  const answers = new Map<string, string>()
  const requests = new Map<string, string>()
  for (const request of rows.events()) {
    const event = answerOf(rows, request)
    if (event === undefined) continue
    answers.set(request, event)
    if (!requests.has(event)) requests.set(event, request)
  }
  return { answers, requests }
})

/** The event that a request is answered with. */
function answerOf(rows: Rows, request: string): string | undefined {
  if (directionOf(rows, request)?.direction !== 'client-to-server') return undefined
  const branch = rows.of(request, 'python-handler-branch')[0]
  const owed = branch?.links?.owes
  if (owed !== undefined && directionOf(rows, owed)?.direction === 'server-to-client') return owed
  const named = /^(.+)_request$/.exec(request)?.[1]
  const isNamed = named !== undefined && directionOf(rows, named)?.direction === 'server-to-client'
  if (isNamed) return named
  const sent =
    branch === undefined ? [] : answersOf(rows, request).filter((event) => isSentOnlyIn(rows, event, branch))
  return sent.length === 1 ? sent[0] : undefined
}

function isSentOnlyIn(rows: Rows, event: string, branch: Occurrence): boolean {
  const sends = rows.of(event, 'python-send')
  return sends.length > 0 && sends.every((send) => isInside(send, branch))
}

/** The requests in whose branches an event is sent, or is to be. */
export function requestsOf(rows: Rows, event: string): readonly string[] {
  return sentInBranches(rows).requests.get(event) ?? []
}

/** The events that are sent in the branch of a request, or are to be. */
export function answersOf(rows: Rows, request: string): readonly string[] {
  return sentInBranches(rows).answers.get(request) ?? []
}

/** Which events are sent in the branches of which requests, or are to be, in the order of the rows both ways. */
const sentInBranches = perRows((rows) => {
  const places = rows.events().flatMap((event, row) => {
    const branches = rows.of(event, 'python-handler-branch').map((one) => ({ one, row, isBranch: true }))
    return [...branches, ...rows.of(event, 'python-send').map((one) => ({ one, row, isBranch: false }))]
  })
  places.sort(
    (a, b) =>
      (a.one.file < b.one.file ? -1 : a.one.file > b.one.file ? 1 : a.one.start - b.one.start) ||
      Number(b.isBranch) - Number(a.isBranch),
  )
  const events = rows.events()
  const answers = new Map<number, Set<number>>()
  const requests = new Map<number, Set<number>>()
  const link = (branch: number, event: number): void => {
    answers.set(branch, (answers.get(branch) ?? new Set()).add(event))
    requests.set(event, (requests.get(event) ?? new Set()).add(branch))
  }
  const rowOf = new Map(events.map((event, row) => [event, row]))
  let open: typeof places = []
  for (const place of places) {
    open = open.filter(({ one }) => one.file === place.one.file && place.one.start <= one.end)
    if (place.isBranch) {
      open.push(place)
      const owed = rowOf.get(place.one.links?.owes ?? '')
      if (owed !== undefined) link(place.row, owed)
    } else {
      for (const branch of open) if (isInside(place.one, branch.one)) link(branch.row, place.row)
    }
  }
  const named = (found: ReadonlyMap<number, ReadonlySet<number>>): ReadonlyMap<string, readonly string[]> =>
    new Map(
      [...found].map(([row, others]) => [
        events[row] as string,
        [...others].sort((a, b) => a - b).map((other) => events[other] as string),
      ]),
    )
  return { answers: named(answers), requests: named(requests) }
})

/** Whether one occurrence stands inside another. */
export function isInside(inner: Occurrence, outer: Occurrence): boolean {
  return inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end
}
