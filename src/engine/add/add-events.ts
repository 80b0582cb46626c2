import { Failure } from '../../errors.js'
import { discoverLayout } from '../../layout/discover.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { type Surveyed, surveyChannel } from '../../ledger/surveyed.js'
import { type EventSpec, eventsOf } from '../../spec/event-spec.js'
import type { FileWrite } from '../../workspace/diff.js'
import type { EventPlan } from '../result.js'
import { describeStaged, planAddEvent, type StagedEvent, stageEvent } from './add-event.js'

/** An event that cannot be, by its place among those that were asked for. */
export interface Refused {
  readonly index: number
  readonly failure: Failure
}

/** A checkout with what was discovered in it. */
interface Known {
  readonly repository: Repository
  readonly layout: Layout
}

/**
 * Plans several events, each on what the ones before it leave, as if they were added one after the other: all of them or
 * none, also where only one of them is blocked.
 *
 * @param options.partial writes what can be placed although something is blocked
 * @returns a plan each, in which a file begins as the plan before it leaves it; or all that are refused
 */
export function planAddEvents(
  repository: Repository,
  layout: Layout,
  asked: readonly EventSpec[],
  options: { readonly partial: boolean },
): readonly EventPlan<FileWrite>[] | readonly Refused[] {
  const [only, ...others] = asked
  if (only !== undefined && others.length === 0) {
    const plan = planAddEvent(repository, layout, only, options)
    return plan instanceof Failure ? [{ index: 0, failure: plan }] : [plan]
  }
  let known: Known = { repository, layout }
  const staged: StagedEvent[] = []
  const refused: Refused[] = []
  for (const [index, spec] of asked.entries()) {
    const one = stageEvent(known.repository, known.layout, spec)
    if (one instanceof Failure) refused.push({ index, failure: one })
    else {
      staged.push(one)
      // What is staged may be a store, or the first of what a channel was found by.
      known = discovered(one.after.repository, layout)
    }
  }
  if (refused.length > 0) return refused
  const isWritten = options.partial || !staged.some(({ isBlocked }) => isBlocked)
  const shown = surveyor(isWritten ? known : withNewFiles({ repository, layout }, staged), asked)
  return staged.map((one) => describeStaged(one, shown(one.after.channel.id) ?? one.after, isWritten))
}

/** Whether all that were asked for can be. */
export function isPlanned(
  planned: ReturnType<typeof planAddEvents>,
): planned is readonly EventPlan<FileWrite>[] {
  return planned.every((one) => 'changes' in one)
}

function discovered(repository: Repository, { backend }: Layout): Known {
  return { repository, layout: discoverLayout(repository, backend.folder) }
}

/** A checkout as it is, with the stores that would be new: what is said of an event that is not written asks them. */
function withNewFiles({ repository, layout }: Known, staged: readonly StagedEvent[]): Known {
  const added = staged.flatMap(({ files }) => files).filter(({ before }) => before === undefined)
  const overlaid = repository.overlay(added.map(({ after }) => after))
  return added.length === 0 ? { repository, layout } : discovered(overlaid, layout)
}

/** Surveys the channels that events are told of, each once, looking for all of them. */
function surveyor(
  { repository, layout }: Known,
  asked: readonly EventSpec[],
): (id: string) => Surveyed | undefined {
  const surveyed = new Map<string, Surveyed>()
  return (id) => {
    const channel = layout.channels.find((one) => one.id === id)
    const found = surveyed.get(id)
    if (channel === undefined || found !== undefined) return found
    const names = asked.filter((one) => one.channel === id).flatMap(eventsOf)
    const made = surveyChannel(repository, layout, channel, names)
    surveyed.set(id, made)
    return made
  }
}
