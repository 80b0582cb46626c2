import { readWireCase } from '../../channel/envelope.js'
import type { Place, Problem } from '../../errors.js'
import { isOf } from '../../lang/languages.js'
import type { Channel, Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { directionOf } from '../../ledger/direction.js'
import { isPayloadUnread, readFields } from '../../ledger/fields.js'
import { type Unit, unitOf } from '../../ledger/pair.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { hidingFiles } from '../../ledger/unread.js'
import { wireKey } from '../../payload/shape.js'
import { REPORTED, SITE_IDS } from '../../sites/registry.js'
import { type Half, isSiteOf, type Site, type SiteId, type SurveyContext, siteKey } from '../../sites/site.js'
import type { HalfDirection } from '../../spec/event-spec.js'
import type { Field } from '../../spec/field-type.js'
import { placeOf } from '../../workspace/place.js'
import { type Conditions, readConditions } from '../resolve/condition.js'
import { resolveUnit } from '../resolve/resolve-unit.js'
import { readPurpose } from './read-purpose.js'

/** How a site of an event is: as this tool writes it, edited by hand, not there, not there and rightly so, or not to be told. */
export const CELL_STATUSES = ['present', 'edited', 'missing', 'absent', 'unknown', 'not-needed'] as const
export type CellStatus = (typeof CELL_STATUSES)[number]

/** One site of a listed event. */
export interface ListedCell {
  readonly site: SiteId
  readonly status: CellStatus
  readonly place: Place | undefined
}

/** The head of a column of `list`: a letter, and what it stands for. */
export interface ListedColumn {
  readonly site: SiteId
  readonly letter: string
  readonly column: string
}

/** The columns of `list`, in the order of the table: one a site id. */
export const COLUMNS: readonly ListedColumn[] = SITE_IDS.flatMap((id) =>
  REPORTED.filter((site) => site.id === id)
    .slice(0, 1)
    .map(({ listed: { letter, column } }) => ({ site: id, letter, column })),
)

/** One row of `list`. */
export interface ListedEvent {
  readonly channel: string
  readonly name: string
  readonly direction: HalfDirection | 'unknown'
  /** The other half of a bidirectional event. */
  readonly partner: string | undefined
  /** Each with its key on the wire; undefined where nothing that is there shows the payload, or it is not read. */
  readonly fields: readonly Field[] | undefined
  /** What it is for, as the code says in words. */
  readonly purpose: string | undefined
  /** One cell a site id that its direction has. */
  readonly cells: readonly ListedCell[]
}

interface ListContext extends Surveyed {
  /** Files of the channel that are not read, or not as a whole. */
  readonly hiding: readonly string[]
}

/** What is not read and may hold a part of a channel, with its places. */
export function listUnread(
  repository: Repository,
  layout: Layout,
  channels: readonly Channel[],
): readonly Problem[] {
  const hiding = channels.flatMap((channel) => hidingFiles({ repository, layout, channel }))
  const all = [...repository.unreadable.values(), ...hiding]
  return all.filter((one, index) => all.findIndex(({ what }) => what === one.what) === index)
}

/**
 * Every event of the channels, in the order of their enums.
 *
 * @param isAsked which of them
 */
export function listEvents(
  channels: readonly Surveyed[],
  isAsked: (name: string) => boolean = () => true,
): ListedEvent[] {
  return channels.flatMap((surveyed) => {
    const hiding = hidingFiles(surveyed).flatMap((one) => one.place?.file ?? [])
    const context = { ...surveyed, hiding }
    return context.rows
      .events()
      .filter(isAsked)
      .map((name) => listEvent(context, name))
  })
}

function listEvent(context: ListContext, name: string): ListedEvent {
  const { rows, channel } = context
  const unit = unitOf(rows, name)
  const direction = directionOf(rows, name)?.direction
  const targets = resolveUnit(context, unit)
  const conditions = readConditions(context, unit, targets)
  const target = targets.find((one) => one.spec.names.snake === name)
  const wireCase = readWireCase(context)
  const isUnread = isPayloadUnread(rows, name, direction ?? 'server-to-client')
  const fields = isUnread ? undefined : readFields(rows, name, direction ?? 'server-to-client', wireCase)
  return {
    channel: channel.id,
    name,
    direction: direction ?? 'unknown',
    partner: partnerOf(unit, name),
    fields: fields?.map((field) => ({
      ...field,
      wire: wireKey(field, wireCase),
    })),
    purpose: readPurpose(context, name),
    cells: direction === undefined ? [] : cellsOf(context, name, direction, conditions, target),
  }
}

function partnerOf({ event, request }: Unit, name: string): string | undefined {
  return name === event ? request : event
}

/** The cells of a row by site id; the worst of those that share one. */
function cellsOf(
  context: ListContext,
  name: string,
  direction: HalfDirection,
  conditions: Conditions,
  target: Half | undefined,
): ListedCell[] {
  return SITE_IDS.flatMap((id): ListedCell[] => {
    const cells = REPORTED.filter((site) => site.id === id && isSiteOf(site, direction)).map((site) =>
      cellOf(context, name, site, conditions, target),
    )
    const worst = cells.toSorted((a, b) => rank(a.status) - rank(b.status))[0]
    return worst === undefined ? [] : [worst]
  })
}

function rank(status: CellStatus): number {
  return ['missing', 'unknown', 'absent', 'edited', 'present', 'not-needed'].indexOf(status)
}

function cellOf(
  { repository, rows, hiding }: ListContext,
  name: string,
  site: Site,
  conditions: Conditions,
  target: Half | undefined,
): ListedCell {
  const found = rows.of(name, siteKey(site))
  const [first] = found
  if (first !== undefined) {
    const isEdited = found.some((one) => conditions(site, one) === 'edited')
    const place = placeOf(repository.workspace.read(first.file), first.start)
    return { site: site.id, status: isEdited ? 'edited' : 'present', place }
  }
  const isServers = site.side === 'server'
  const isTold = hasKey(rows, name, site) && !hiding.some((file) => isOf(file, 'python') === isServers)
  const gone = site.listed.isOptional === true ? 'absent' : 'missing'
  const status = isNeeded(site, target) ? (isTold ? gone : 'unknown') : 'not-needed'
  return { site: site.id, status, place: undefined }
}

/** Whether an event needs a site; of what cannot be resolved, every one. */
function isNeeded(site: Site, target: Half | undefined): boolean {
  return target === undefined || site.notNeeded(target) === undefined
}

/** Whether anything that an event is looked for through is there: else, whether it is cannot be told. */
function hasKey(rows: SurveyContext['rows'], name: string, { linked }: Site): boolean {
  if (linked === undefined || linked.through.length === 0) return true
  return linked.through.some((key) => rows.of(name, key).length > 0)
}
