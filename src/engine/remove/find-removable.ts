import { wrongInput } from '../../errors.js'
import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { usualPartner } from '../../ledger/pair.js'
import { expecting, type Surveyed } from '../../ledger/surveyed.js'
import { ambiguousEvent, findEvent, nearestEvent, surveyChannels } from '../find-event.js'
import { isPartial } from '../resolve/resolve-unit.js'
import { unitToRemove } from './as-made.js'
import { findOrphanedExports } from './cuts.js'
import { takeOut } from './take-out.js'

/**
 * The channel that an event to be taken out stands in, surveyed with the event expected.
 *
 * @throws Failure with exit code 2 where none has it, or several and no channel was asked for
 */
export function findRemovable(
  repository: Repository,
  layout: Layout,
  name: string,
  channelId: string | undefined,
): Surveyed {
  const channels = surveyChannels(repository, layout, channelId)
  const keyed = findEvent(channels, ({ rows }) => rows.has(name))
  const left = keyed.kind === 'unknown' ? channelsWithRest(channels, name) : []
  const sought = keyed.kind === 'unknown' ? findEvent(left, () => true) : keyed
  if (sought.kind === 'found') return expecting(sought.in, name, ...otherHalf(sought.in, name))
  if (sought.kind === 'ambiguous') throw wrongInput(ambiguousEvent(name, sought.ids, 'say which one'))
  throw wrongInput(nearestEvent(channels, name, channelId))
}

/** Of a half-written event the other half of its pair may be left by its derived names alone. */
function otherHalf({ rows }: Surveyed, name: string): string[] {
  return isPartial(rows, name) ? [usualPartner(name)] : []
}

/**
 * The channels that have something of an event by its derived names alone: those with the longest prefix that the name
 * has, and nothing where something else uses what is left, for then it is no event's.
 */
function channelsWithRest(channels: readonly Surveyed[], name: string): readonly Surveyed[] {
  const found = channels
    .filter(({ custom }) => name.startsWith(custom.prefix))
    .map((one) => expecting(one, name, ...otherHalf(one, name)))
    .filter((one) => hasRest(one, name) && !isUsed(one, name))
  const longest = Math.max(...found.map(({ custom }) => custom.prefix.length))
  return found.filter(({ custom }) => custom.prefix.length === longest)
}

function hasRest(context: Surveyed, name: string): boolean {
  return (
    context.rows.has(name) || findOrphanedExports(context, { event: name, request: undefined }).length > 0
  )
}

/** Whether something else says what would be taken out. */
function isUsed(context: Surveyed, name: string): boolean {
  const { obstacles } = takeOut(context, unitToRemove(context, name), { force: false })
  return obstacles.some(({ kind }) => kind === 'mentioned')
}
