import type { Unit } from '../../ledger/pair.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { findOrphanedExports, type OrphanedExport } from './cuts.js'
import { decideRemovals } from './decide.js'
import { placeOfRemoval } from './describe.js'
import { findObstacles, type Obstacle } from './obstacles.js'
import { type Gone, isGone, type Removal } from './removal.js'
import { stageRemoval, type Without } from './stage.js'

/** A unit taken out in memory, with all that was decided and found on the way. */
export interface TakenOut {
  readonly removals: readonly Removal[]
  readonly gone: readonly Gone[]
  readonly orphaned: readonly OrphanedExport[]
  readonly without: Without
  readonly obstacles: readonly Obstacle[]
  readonly isBlocked: boolean
}

/** Decides what goes of a unit, stages the rest, and looks for what stands in the way. */
export function takeOut(context: Surveyed, unit: Unit, options: { readonly force: boolean }): TakenOut {
  const removals = decideRemovals(context, unit, options)
  const gone = removals.filter(isGone)
  const orphaned = findOrphanedExports(context, unit)
  const without = stageRemoval(context, gone, orphaned)
  const blocked = removals.filter(({ kind }) => kind === 'blocked' || kind === 'edited')
  const places = blocked.map((one) => placeOfRemoval(context.repository, one))
  const obstacles = findObstacles(context, unit, gone, without, places)
  const isBlocked = blocked.length + obstacles.length > 0
  return { removals, gone, orphaned, without, obstacles, isBlocked }
}
