import { channelsOf } from '../engine/find-event.js'
import { listEvents } from '../engine/list-events.js'
import { createPainter } from '../report/color.js'
import { renderListJson } from '../report/json.js'
import { renderListMarkdown, renderListTable } from '../report/list.js'
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
  const { repository, layout } = await openWhole(world, flags)
  const events = listEvents(repository, layout, channelsOf(repository, layout, flags.channel))
  if (format === 'json') world.stdout.write(renderListJson(events))
  else if (format === 'markdown') world.stdout.write(renderListMarkdown(events))
  else world.stdout.write(renderListTable(events, createPainter(wantsColor(world, flags, world.stdout))))
  return 0
}
