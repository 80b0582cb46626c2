import type { Place } from '../../errors.js'
import { isOf } from '../../lang/languages.js'
import { emptyBlocks } from '../../lang/python/query.js'
import type { Unit } from '../../ledger/pair.js'
import { unreadThatSay } from '../../ledger/unread.js'
import type { SurveyContext } from '../../sites/site.js'
import { offsetBefore } from '../../workspace/edits.js'
import { placeOf } from '../../workspace/place.js'
import { namesOf } from './cuts.js'
import { findLost } from './leftovers.js'
import { findMentions } from './mentions.js'
import type { Gone } from './removal.js'
import type { Without } from './stage.js'

/** What would not work any more, or may not, without an event that goes. */
export type Obstacle =
  /** Something else still says a name that goes. */
  | { readonly kind: 'mentioned'; readonly place: Place; readonly name: string }
  /** A file says it and is not read, so that something of it may stay there. */
  | { readonly kind: 'hidden'; readonly place: Place; readonly fault: string }
  /** A local is still read, and would have no value. */
  | { readonly kind: 'lost'; readonly place: Place; readonly name: string }
  /** A block would hold nothing any more. */
  | { readonly kind: 'emptied'; readonly place: Place }

/**
 * Everything that stands in the way of taking a unit out as it was staged.
 *
 * @param blocked the places that are blocked already: nothing more is told of their lines
 */
export function findObstacles(
  context: SurveyContext,
  unit: Unit,
  gone: readonly Gone[],
  without: Without,
  blocked: readonly Place[],
): Obstacle[] {
  const told = [...blocked]
  const onceAt = (isSame: (one: Place, other: Place) => boolean) => (found: Obstacle) => {
    const isTold = told.some((one) => isSame(one, found.place))
    if (!isTold) told.push(found.place)
    return !isTold
  }
  return [
    ...findMentioned(context, gone, without).filter(onceAt(isSameLine)),
    ...findHidden(context, unit, gone).filter(onceAt((one, other) => one.file === other.file)),
    ...findWithoutValue(context, without),
    ...findEmptied(context, without),
  ]
}

function isSameLine(one: Place, other: Place): boolean {
  return one.file === other.file && one.line === other.line
}

function findMentioned(context: SurveyContext, gone: readonly Gone[], without: Without): Obstacle[] {
  const { repository, layout, cuts } = without
  const mentions = findMentions({ ...context, repository, layout }, namesOf(context, gone))
  return mentions.map(({ name, file, start }) => {
    const before = offsetBefore(cuts.get(file) ?? [], start)
    return { kind: 'mentioned', name, place: placeOf(context.repository.workspace.read(file), before) }
  })
}

function findHidden(context: SurveyContext, { event, request }: Unit, gone: readonly Gone[]): Obstacle[] {
  const own = [event, ...(request === undefined ? [] : [request])]
  const names = [...own, ...namesOf(context, gone).map((one) => one.name)]
  return unreadThatSay(context.repository, context.layout, [...new Set(names)]).flatMap(
    ({ place, what }): Obstacle[] => (place === undefined ? [] : [{ kind: 'hidden', place, fault: what }]),
  )
}

function findWithoutValue({ repository }: SurveyContext, { cuts }: Without): Obstacle[] {
  return findLost(repository, cuts).map(({ name, file, start }) => {
    return { kind: 'lost', name, place: placeOf(repository.workspace.read(file), start) }
  })
}

function findEmptied({ repository }: SurveyContext, { repository: left, cuts }: Without): Obstacle[] {
  return [...cuts].flatMap(([path, deletions]): Obstacle[] => {
    if (!isOf(path, 'python')) return []
    const known = emptyBlocks(repository.python(path))
    const emptied = emptyBlocks(left.python(path))
      .map((start) => offsetBefore(deletions, start))
      .filter((start) => !known.includes(start))
    const { source } = repository.python(path)
    return emptied.map((start) => ({ kind: 'emptied', place: placeOf(source, start) }))
  })
}
