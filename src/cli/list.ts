import { join } from 'node:path'
import { ambiguousEvent, findEvent, nearestEvent, surveyChannels } from '../engine/find-event.js'
import { listEvents, listUnread } from '../engine/list/list-events.js'
import { readWhole, type WholeEvent } from '../engine/list/whole-event.js'
import { formatPlace, type Problem, wrongInput } from '../errors.js'
import type { Surveyed } from '../ledger/surveyed.js'
import { createPainter } from '../report/color.js'
import { renderListJson } from '../report/json.js'
import { renderListMarkdown, renderListTable } from '../report/list.js'
import { block, say } from '../report/shown/shown.js'
import { renderWhole } from '../report/whole-event.js'
import { openWhole } from './checkout.js'
import { chooseFormat } from './choose-format.js'
import { columnsOf, type GlobalFlags, type World, wantsColor } from './context.js'
import { printSpecOf } from './print-spec-of.js'
import { schemaAddress } from './setup/schema-address.js'

const FORMATS = ['table', 'markdown', 'json', 'spec'] as const

/** Of the table, where no terminal says how wide it is. */
const WIDTH = 100

/** The flags of `list`. */
export interface ListFlags extends GlobalFlags {
  readonly channel?: string
  readonly format?: string
}

/**
 * Runs `list`: every event with its fields and sites, or the named ones whole.
 *
 * @throws Failure with exit code 2 for a name that no channel has, or several, and for a spec of no event
 */
export async function list(world: World, names: readonly string[], flags: ListFlags): Promise<number> {
  const format = chooseFormat(flags, FORMATS) ?? 'table'
  const checkout = openWhole(world, flags)
  const { root, repository, layout } = checkout
  const surveyed = surveyChannels(repository, layout, flags.channel)
  assertKnown(surveyed, names, flags.channel)
  const events = listEvents(surveyed, (name) => names.length === 0 || names.includes(name))
  const whole = names.length === 0 ? undefined : readWhole(surveyed, events)
  const paint = createPainter(wantsColor(world, flags, world.stdout))
  if (format === 'spec') {
    const schema = schemaAddress(root, join(world.cwd, 'event.yaml'))
    const specs = named(whole).map((one) => printSpecOf(checkout, one, schema))
    world.stdout.write(block(specs.join('---\n')))
  } else if (format === 'json') world.stdout.write(renderListJson(events, whole))
  else if (format === 'markdown') world.stdout.write(renderListMarkdown(events))
  else
    world.stdout.write(
      whole === undefined
        ? renderListTable(events, paint, columnsOf(world.stdout, WIDTH))
        : renderWhole(whole, paint),
    )
  if (flags.quiet === true) return 0
  for (const { what, place } of listUnread(
    repository,
    layout,
    surveyed.map(({ channel }) => channel),
  )) {
    const at = place === undefined ? '' : `${formatPlace(place)}: `
    world.stderr.write(say`${at}${what}, so what is in it may not be listed\n`)
  }
  return 0
}

function assertKnown(
  channels: readonly Surveyed[],
  names: readonly string[],
  channelId: string | undefined,
): void {
  const problems = names.flatMap((name): Problem[] => {
    const sought = findEvent(channels, ({ rows }) => rows.has(name))
    if (sought.kind === 'found') return []
    if (sought.kind === 'ambiguous') return [ambiguousEvent(name, sought.ids, 'name one')]
    return [nearestEvent(channels, name, channelId)]
  })
  if (problems.length > 0) throw wrongInput(...problems)
}

/** The events that specs are printed of: only named ones are read whole. */
function named(whole: readonly WholeEvent[] = []): readonly WholeEvent[] {
  if (whole.length > 0) return whole
  throw wrongInput({
    code: 'missing-argument',
    what: 'a spec is of an event, and none is named',
    fix: 'name one, or several: cachibot-ws list seat_taken --format spec',
  })
}
