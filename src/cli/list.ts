import { channelsOf } from '../engine/find-event.js'
import { listEvents, listUnread } from '../engine/list/list-events.js'
import { formatPlace } from '../errors.js'
import { createPainter } from '../report/color.js'
import { renderListJson } from '../report/json.js'
import { renderListMarkdown, renderListTable } from '../report/list.js'
import { say } from '../report/shown/shown.js'
import { type GlobalFlags, openWhole, type World, wantsColor } from './context.js'
import { chooseFormat } from './formats.js'

const FORMATS = ['table', 'markdown', 'json'] as const

/** The flags of `list`. */
export interface ListFlags extends GlobalFlags {
  readonly channel?: string
  readonly format?: string
}

/** Runs `list`: every event with its fields and sites. */
export async function list(world: World, flags: ListFlags): Promise<number> {
  const format = chooseFormat(flags, FORMATS) ?? 'table'
  const { repository, layout } = openWhole(world, flags)
  const channels = channelsOf(repository, layout, flags.channel)
  const events = listEvents(repository, layout, channels)
  if (format === 'json') world.stdout.write(renderListJson(events))
  else if (format === 'markdown') world.stdout.write(renderListMarkdown(events))
  else world.stdout.write(renderListTable(events, createPainter(wantsColor(world, flags, world.stdout))))
  if (flags.quiet === true) return 0
  for (const { what, place } of listUnread(repository, layout, channels)) {
    const at = place === undefined ? '' : `${formatPlace(place)}: `
    world.stderr.write(say`${at}${what}, so what is in it may not be listed\n`)
  }
  return 0
}
