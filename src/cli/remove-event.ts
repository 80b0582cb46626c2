import { findRemovable } from '../engine/remove/find-removable.js'
import { planRemoveEvent } from '../engine/remove/remove-event.js'
import type { EventPlan } from '../engine/result.js'
import { Failure, type Problem } from '../errors.js'
import { WRITABLE } from '../lang/languages.js'
import { plural } from '../report/count.js'
import { carryOut } from './carry-out.js'
import type { GlobalFlags, World } from './context.js'
import { withCheckout } from './writing.js'

/** The flags of `remove-event`. */
export interface RemoveEventFlags extends GlobalFlags {
  readonly channel?: string
  readonly force?: boolean
  readonly dryRun?: boolean
  readonly diff?: boolean
}

/**
 * Runs `remove-event`.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function removeEvent(world: World, name: string, flags: RemoveEventFlags): Promise<number> {
  return withCheckout(world, flags, async ({ repository, layout }, writer) => {
    const surveyed = findRemovable(repository, layout, name, flags.channel)
    const plan = planRemoveEvent(surveyed, name, { force: flags.force === true })
    const question = `This ${plan.headline}. Write it?`
    const rules = { edits: 'deletions', extensions: WRITABLE } as const
    return carryOut(world, flags, [plan], writer, { command: 'remove-event', rules, question, failureOf })
  })
}

/** The blocks of a run in one problem; each is told with its place among the changes. */
function failureOf(plans: readonly EventPlan[]): Failure {
  const changes = plans.flatMap((plan) => plan.changes)
  const name = plans[0]?.event.name
  const blocked = changes.filter((change) => change.status === 'blocked')
  const isForced = blocked.some((change) => !(change.reason ?? '').includes('--force'))
  const problem: Problem = {
    code: 'blocked',
    what: `\`${name}\` cannot be taken out: blocked at ${plural(blocked.length, 'place')}; nothing was written`,
    fix: isForced
      ? 'take out by hand what blocks it, marked x, then run the command again: the rest goes with it'
      : 'look at the places, then add --force',
  }
  return new Failure(1, [problem])
}
