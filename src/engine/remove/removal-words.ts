import { formatPlace } from '../../errors.js'
import type { Channel } from '../../layout/layout.js'
import { isInside, requestsOf, type Unit, unitOf } from '../../ledger/pair.js'
import type { Occurrence, SurveyContext } from '../../sites/site.js'
import { cut } from '../../workspace/edits.js'
import { placeOf } from '../../workspace/place.js'
import { isInMobileApp, MOBILE_CONSTANTS } from '../mobile.js'
import { adviseUnreadable } from '../unreadable.js'
import type { Cuts } from './cuts.js'
import { findUnused } from './leftovers.js'
import type { MadeStore } from './made-store.js'
import type { Gone } from './removal.js'

/** What goes, by name, in one sentence. */
export function headlineOf(
  { event, request }: Unit,
  stores: readonly MadeStore[],
  isBlocked: boolean,
): string {
  const all = [
    ...(request === undefined ? [] : [`its request \`${request}\``]),
    ...stores.map(({ store }) => `the store \`${store.hook}\` that was made for it`),
  ]
  const last = all.pop()
  const more = last === undefined ? '' : `${all.map((one) => `, ${one}`).join('')} and ${last}`
  return `${isBlocked ? 'would remove' : 'removes'} \`${event}\`${more}`
}

/** Why an answer cannot be taken out of the branch of a request that stays. */
export function describeAnswer(channel: Channel, request: string): string {
  return `it is all that the branch of \`${request}\` does, and cannot go alone: take the request out first: ${commandFor(channel, request)}`
}

/** What stays of a pair of which one half goes. */
export function adviseOtherHalf(
  { channel, rows }: SurveyContext,
  { event, request }: Unit,
  gone: readonly Gone[],
): string[] {
  const named = unitOf(rows, event)
  const requests = new Set([...requestsOf(rows, event), ...(named.event === event ? [named.request] : [])])
  const unanswered = [...requests].filter((one) => one !== undefined && one !== request)
  const unsent = rows.events().filter((other) => {
    const sends = rows.of(other, 'python-send')
    return (
      other !== event && other !== request && sends.length > 0 && sends.every((send) => isAnswer(gone, send))
    )
  })
  return [
    ...unanswered.map(
      (one) =>
        `the request \`${one}\` stays, and is not answered with \`${event}\` any more; it goes with ${commandFor(channel, one ?? '')}`,
    ),
    ...unsent.map(
      (one) =>
        `\`${one}\` stays, and nothing sends it any more: send it, or take it out with ${commandFor(channel, one)}`,
    ),
  ]
}

/** What is left to people: locals that nothing uses any more, and the mobile app. */
export function adviseRemoval(
  context: SurveyContext,
  { event, request }: Unit,
  gone: readonly Gone[],
  cuts: Cuts,
): string[] {
  const { repository } = context
  const known = [event, ...(request === undefined ? [] : [request])].filter(
    (name) => isInMobileApp(context, name) === true,
  )
  const unused = findUnused(repository, cuts).map(({ name, file, start }) => {
    const source = repository.workspace.read(file)
    const deletions = cuts.get(file) ?? []
    const before = cut({ ...source, text: source.text.slice(0, start) }, deletions)
    const place = placeOf(cut(source, deletions), before.text.length)
    return `nothing uses \`${name}\` any more: ${formatPlace(place)}`
  })
  return [
    ...unused,
    ...known.map((name) => `the mobile app still knows \`${name}\`: ${MOBILE_CONSTANTS}`),
    ...(gone.length === 0 ? [] : adviseUnreadable(repository)),
  ]
}

/** Whether something stands in the branch of a request that goes. */
export function isAnswer(gone: readonly Gone[], one: Occurrence): boolean {
  return gone.some((other) => other.site.id === 'python-handler-branch' && isInside(one, other.found))
}

/** The command that takes an event out. */
function commandFor(channel: Channel, event: string): string {
  return `cachibot-ws remove-event ${event}${channel.id === 'main' ? '' : ` --channel ${channel.id}`}`
}
