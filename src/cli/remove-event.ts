import { findRemovable } from '../engine/remove/find-removable.js'
import { planRemoveEvent } from '../engine/remove/remove-event.js'
import type { EventPlan } from '../engine/result.js'
import type { Problem } from '../errors.js'
import { renderDiff } from '../workspace/diff.js'
import { confirm } from './confirm.js'
import { canAsk, type GlobalFlags, type World, withCheckout } from './context.js'
import { reportPlan } from './output.js'

/** The flags of `remove-event`. */
export interface RemoveEventFlags extends GlobalFlags {
  readonly channel?: string
  readonly force?: boolean
  readonly dryRun?: boolean
}

/**
 * Runs `remove-event`.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function removeEvent(world: World, name: string, flags: RemoveEventFlags): Promise<number> {
  return withCheckout(world, flags, async ({ repository, layout }, { recovered, write }) => {
    const surveyed = findRemovable(repository, layout, name, flags.channel)
    const plan = planRemoveEvent(surveyed, name, { force: flags.force === true })
    const diff = renderDiff(plan.files)
    if (flags.dryRun !== true && plan.files.length > 0) {
      if (canAsk(world, flags)) await confirm(world, flags, diff, `This ${plan.headline}. Write it?`)
      await write(plan.files, { edits: 'deletions' })
    }
    const problem = plan.isBlocked ? blockedProblem(plan) : undefined
    return reportPlan(world, flags, 'remove-event', { ...plan, recovered }, diff, problem)
  })
}

/** The blocks of a run in one problem; each is told with its place among the changes. */
function blockedProblem({ changes, event }: EventPlan): Problem {
  const blocked = changes.filter((change) => change.status === 'blocked')
  const isForced = blocked.some((change) => !(change.reason ?? '').includes('--force'))
  return {
    what: `\`${event.name}\` cannot be taken out: blocked at ${blocked.length} places; nothing was written`,
    fix: isForced
      ? 'take out by hand what is named above, then run the command again'
      : 'look at the places, then add --force',
  }
}
