import { orThrow } from '../../errors.js'
import { directionOf } from '../../ledger/direction.js'
import { type Unit, usualPartner } from '../../ledger/pair.js'
import { type Surveyed, surveyChannel } from '../../ledger/surveyed.js'
import { buildChecklist } from '../checklist.js'
import { prove } from '../proof.js'
import { readSpec } from '../resolve/read-spec.js'
import type { Change, EventPlan, EventSummary } from '../result.js'
import { unitToRemove } from './as-made.js'
import { claimsOf, isMeantToGo } from './claims.js'
import { describeObstacle, describeOrphaned, describeRemoval } from './describe.js'
import { adviseUsed } from './made-store.js'
import { adviseOtherHalf, adviseRemoval, headlineOf } from './removal-words.js'
import { type TakenOut, takeOut } from './take-out.js'

/**
 * Plans an event's way out: the spans of its row, of the request that is there only to be answered with it, the store
 * that was made for it, and the imports that nothing else uses. Proven by surveying the rest: the rows are gone, and no
 * other event loses anything but the answer in the branch of a request that goes.
 *
 * @param context the channel, surveyed with the event expected: of a half-written one only derived names may be left
 * @param name a wire name of the channel
 * @param options.force takes out what was edited by hand as well
 * @throws Failure 5 when the proof fails
 */
export function planRemoveEvent(
  context: Surveyed,
  name: string,
  options: { readonly force: boolean },
): EventPlan {
  const unit = unitToRemove(context, name)
  const taken = takeOut(context, unit, options)
  const { gone, without, isBlocked } = taken
  const { files, cuts, stores } = without
  if (!isBlocked) {
    const expected = [usualPartner(name)].filter(
      (one) => context.rows.looksFor(one) && one !== unit.event && one !== unit.request,
    )
    const after = surveyChannel(without.repository, without.layout, context.channel, expected)
    const isTaken = isMeantToGo(unit, gone)
    orThrow(prove(`removing \`${unit.event}\``, { before: context, after, files }, claimsOf(gone), isTaken))
  }
  const changes = describeAll(context, unit, taken)
  const unused = stores.filter((one) => one.uses.length === 0)
  const used = stores.filter((one) => one.uses.length > 0)
  return {
    event: summarize(context, unit),
    changes,
    checklist: buildChecklist(context.channel, changes, true),
    files: isBlocked ? [] : files,
    isBlocked,
    headline: headlineOf(unit, unused, isBlocked),
    next: isBlocked
      ? []
      : [
          ...adviseRemoval(context, unit, gone, cuts),
          ...used.map(adviseUsed),
          ...adviseOtherHalf(context, unit, gone),
        ],
  }
}

/** Everything that was decided and found, in the order it is reported. */
function describeAll({ repository }: Surveyed, unit: Unit, taken: TakenOut): Change[] {
  const changes = [
    ...taken.removals.map((one) => describeRemoval(repository, one)),
    ...taken.orphaned.map(describeOrphaned),
    ...taken.obstacles.map((one) => describeObstacle(unit, one)),
  ]
  return taken.isBlocked ? changes.map(holdBack) : changes
}

function holdBack(change: Change): Change {
  if (change.status !== 'removed') return change
  return { ...change, status: 'advised', reason: 'held back because something is blocked' }
}

function summarize(context: Surveyed, unit: Unit): EventSummary {
  const spec = readSpec(context, unit)
  const direction = directionOf(context.rows, unit.event)?.direction ?? 'server-to-client'
  return {
    channel: context.channel.id,
    name: unit.event,
    direction: unit.request === undefined ? direction : 'bidirectional',
    fields: spec.fields ?? [],
  }
}
