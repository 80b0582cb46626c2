import type { EventPlan } from '../../src/engine/result.js'
import { buildLedger } from '../../src/ledger/ledger.js'
import type { Half } from '../../src/sites/site.js'
import { type EventSpec, eventsOf } from '../../src/spec/event-spec.js'
import type { FileWrite } from '../../src/workspace/diff.js'
import { planAddEvent, resolveChannel, resolveTargets } from './asked.js'
import type { Opened } from './fixtures.js'

/** A checkout with an event planned for it. */
export interface Added extends Opened {
  readonly plan: EventPlan<FileWrite>
  readonly after: Opened['repository']
  /** What the event still needs once it is there: its rows in the tree after. */
  readonly rows: readonly Half[]
}

/** The halves of a spec, resolved against a checkout. */
export function targetsOf(
  { repository, layout }: Pick<Opened, 'repository' | 'layout'>,
  spec: EventSpec,
): readonly Half[] {
  const channel = resolveChannel(repository, layout, spec.channel)
  const ledger = buildLedger(repository, layout, channel, eventsOf(spec))
  return resolveTargets(repository, layout, channel, ledger, spec)
}

/** Plans an event and lays the plan over the checkout. */
export function add(opened: Opened, spec: EventSpec): Added {
  const plan = planAddEvent(opened.repository, opened.layout, spec, { partial: false })
  const after = opened.repository.overlay(plan.files.map((file) => file.after))
  return { ...opened, plan, after, rows: targetsOf({ ...opened, repository: after }, spec) }
}
