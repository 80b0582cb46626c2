import { Failure } from '../../errors.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { unitOf } from '../../ledger/pair.js'
import { type Surveyed, surveyChannel } from '../../ledger/surveyed.js'
import type { Half, Rows } from '../../sites/site.js'
import { type EventSpec, eventsOf } from '../../spec/event-spec.js'
import { deriveNames } from '../../spec/names.js'
import type { FileWrite } from '../../workspace/diff.js'
import { buildChecklist } from '../checklist.js'
import { prove } from '../proof.js'
import { checkElsewhere, resolveChannel, withMeantChannel } from '../resolve/channel.js'
import { type Conditions, readConditions } from '../resolve/condition.js'
import { resolveTargets } from '../resolve/resolve.js'
import type { EventPlan } from '../result.js'
import { adviseUnreadable } from '../unreadable.js'
import { advise } from './advice.js'
import { checkAgreement } from './agreement.js'
import { claimsOf } from './claims.js'
import { checkTaken, decideAll, type HalfPlan } from './decide.js'
import { describeHalves } from './describe.js'
import { withNewStore } from './new-store.js'
import { stage } from './stage.js'

/**
 * Plans the event at every site, splices it in memory and proves the result by surveying it again.
 *
 * @param options.partial writes what can be placed although something is blocked
 * @returns a Failure 2 or 3 for a spec that cannot be, 5 when the proof fails
 */
export function planAddEvent(
  checkout: Repository,
  discovered: Layout,
  asked: EventSpec,
  options: { readonly partial: boolean },
): EventPlan<FileWrite> | Failure {
  const staged = stageEvent(checkout, discovered, asked)
  if (staged instanceof Failure) return staged
  const isWritten = !staged.isBlocked || options.partial
  return describeStaged(staged, isWritten ? staged.after : staged.before, isWritten)
}

/** An event at every site, in memory and proven; what is blocked of it is not there. */
export interface StagedEvent {
  readonly asked: EventSpec
  readonly before: Surveyed
  readonly after: Surveyed
  readonly halves: readonly HalfPlan[]
  readonly conditions: Conditions
  readonly files: readonly FileWrite[]
  readonly isBlocked: boolean
}

/** @returns a Failure 2 or 3 for a spec that cannot be, 5 when the proof fails */
export function stageEvent(
  checkout: Repository,
  discovered: Layout,
  asked: EventSpec,
): StagedEvent | Failure {
  const resolved = resolve(checkout, discovered, asked)
  if (resolved instanceof Failure) return resolved
  const { before, targets, index } = resolved
  const { repository, layout, channel } = before
  const conditions = readConditions(before, { request: targets[1]?.spec.names.snake }, targets)
  const halves = decideAll(targets)
  const taken = checkTaken(halves)
  if (taken !== undefined) return taken
  const isBlocked = halves.some(({ decisions }) =>
    [...decisions.values()].some((decision) => decision.kind === 'blocked'),
  )
  const files = [...stage(halves), ...(index === undefined ? [] : [index])]
  const staged = repository.overlay(files.map((one) => one.after))
  const after = surveyChannel(staged, layout, channel, eventsOf(asked))
  const subject = targets.map((target) => `\`${target.spec.names.snake}\``).join(' and ')
  const refuted = prove(subject, { before, after, files }, claimsOf(halves))
  return refuted ?? { asked, before, after, halves, conditions, files, isBlocked }
}

/**
 * What was staged as a plan.
 *
 * @param shown its channel as the run leaves it, which places are told of
 */
export function describeStaged(
  { asked, before, halves, conditions, files, isBlocked }: StagedEvent,
  shown: Surveyed,
  isWritten: boolean,
): EventPlan<FileWrite> {
  const { channel } = shown
  const targets = halves.map(({ target }) => target)
  const changes = describeHalves(halves, { ...shown, isWritten, conditions })
  const advice = targets.map((target) =>
    advise({ ...target, repository: shown.repository, rows: shown.rows }),
  )
  const all = [...changes, ...advice.flatMap((one) => one.changes)]
  // What people are to answer with comes before what the event needs besides.
  const isOwed = targets.some(({ owed }) => owed.length > 0)
  const next = (isOwed ? advice.toReversed() : advice).flatMap((one) => one.next)
  const [event] = targets
  return {
    event: {
      channel: channel.id,
      name: asked.names.snake,
      direction: targets.length === 1 ? (event?.direction ?? 'server-to-client') : 'bidirectional',
      fields: event?.fields ?? [],
    },
    changes: all,
    checklist: buildChecklist(channel, all),
    files: isWritten ? files : [],
    isBlocked,
    next: isBlocked ? [...next, ...adviseUnreadable(before.repository)] : next,
  }
}

/** A spec resolved against a checkout in which its store is there, and which has nothing that contradicts it. */
interface Resolved {
  readonly before: Surveyed
  readonly targets: readonly Half[]
  /** The index of the stores with the new one, if there is one. */
  readonly index: FileWrite | undefined
}

function resolve(checkout: Repository, discovered: Layout, given: EventSpec): Resolved | Failure {
  const asked = withMeantChannel(checkout, discovered, given)
  const channel = resolveChannel(checkout, discovered, asked.channel)
  if (channel instanceof Failure) return channel
  const withStore = withNewStore({ repository: checkout, layout: discovered, channel }, asked)
  if (withStore instanceof Failure) return withStore
  const { repository, layout, spec, index } = withStore
  const before = surveyChannel(repository, layout, channel, eventsOf(spec))
  const elsewhere = checkElsewhere(repository, layout, spec, before.rows)
  if (elsewhere !== undefined) return elsewhere
  const targets = resolveTargets(repository, layout, channel, before.rows, adoptRequest(before.rows, spec))
  if (targets instanceof Failure) return targets
  const disagreement = targets.map(checkAgreement).find((one) => one !== undefined)
  return disagreement ?? { before, targets, index }
}

/**
 * An event whose request is there, by a spec that names no other: the pair is completed together. Where the spec says no
 * direction, only a request of the usual name goes with it.
 */
function adoptRequest(rows: Rows, spec: EventSpec): EventSpec {
  const { request } = unitOf(rows, spec.names.snake)
  const usual = `${spec.names.snake}_request`
  const isMeant = spec.direction === undefined ? request === usual : spec.request?.names.snake === usual
  if (request === undefined || !isMeant) return spec
  const fields = spec.request?.fields
  return { ...spec, direction: 'bidirectional', request: { names: deriveNames(request), fields } }
}
