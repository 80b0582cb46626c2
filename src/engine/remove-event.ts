import { emptyBlocks } from '../lang/python/query.js'
import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { directionOf } from '../ledger/direction.js'
import { buildLedger, type Ledger } from '../ledger/ledger.js'
import { isInside, requestsOf, type Unit, usualPartner } from '../ledger/pair.js'
import type { Reference } from '../ledger/references.js'
import { unreadThatSay } from '../ledger/unread.js'
import { placeOf } from '../sites/parts/place.js'
import { SITES } from '../sites/registry.js'
import { type Occurrence, SITE_IDS, type Site, type SurveyContext, siteKey } from '../sites/site.js'
import type { FileChange } from '../workspace/diff.js'
import { cut, offsetBefore } from '../workspace/edits.js'
import { unitToRemove } from './as-made.js'
import { buildChecklist } from './checklist.js'
import { readConditions, resolveReadings, resolveUnit } from './condition.js'
import { type Cuts, collectCuts, findOrphanedExports, type Gone, namesOf } from './cuts.js'
import { SOUND_FILE } from './decide.js'
import { findLost, type Leftover } from './leftovers.js'
import { adviseUsed, findMadeStores } from './made-store.js'
import { findMentions } from './mentions.js'
import { assertProven, findBroken } from './prove.js'
import { readSpec } from './read-spec.js'
import { adviseOtherHalf, adviseRemoval, describeAnswer, describeRemoval, isAnswer } from './removal-words.js'
import type { Change, EventPlan, EventSummary } from './result.js'
import { findSharing, whyItStays } from './shared.js'

/**
 * Plans an event's way out: the spans of its row, of the request that is there only to be answered with it, the store
 * that was made for it, and the imports that nothing else uses. Proven by surveying the rest: the rows are gone, and no
 * other event loses anything but the answer in the branch of a request that goes.
 *
 * @param name a wire name of the channel
 * @param options.force takes out what was edited by hand as well
 * @throws Failure 5 when the proof fails
 */
export function planRemoveEvent(
  repository: Repository,
  layout: Layout,
  channel: Channel,
  name: string,
  options: { readonly force: boolean },
): EventPlan {
  // Of a half-written event, and of the other half of its pair, only their derived names may be left.
  const wanted = [name, usualPartner(name)]
  const rows = buildLedger(repository, layout, channel, wanted)
  const context = { repository, layout, channel, custom: rows.custom, rows }
  const unit = unitToRemove(context, name)
  const conditions = readConditions(
    context,
    unit,
    resolveUnit(context, unit),
    ...resolveReadings(context, unit),
  )
  const gone: Gone[] = []
  const changes: Change[] = []
  for (const { site, found, event } of occurrencesOf(rows, unit)) {
    const place = placeOf(repository.workspace.read(found.file), found.start)
    const shared = { site: site.id, event, ...place }
    const stays = whyItStays(context, unit, site, found)
    if (stays !== undefined) {
      changes.push({ ...shared, status: 'present', reason: stays })
      continue
    }
    const sharing = findSharing(context, unit, site, found)
    if (sharing !== undefined) {
      const reason = `\`${sharing}\` stands there as well: take \`${event}\` out by hand`
      changes.push({ ...shared, status: 'blocked', reason })
      continue
    }
    const fault = repository.faultIn(found.file)
    if (fault !== undefined) {
      const reason = `looked for ${SOUND_FILE}; nearest: ${fault.what}`
      changes.push({ ...shared, ...fault.place, status: 'blocked', reason })
      continue
    }
    const deletions = isCarried(rows, unit, found, site) ? [] : site.cut(context, found)
    if ('kind' in deletions) {
      const answered = answeredAt(rows, unit, site, found)
      if (answered !== undefined) {
        changes.push({ ...shared, status: 'blocked', reason: describeAnswer(channel, answered) })
        continue
      }
      const nearest = deletions.nearest === undefined ? '' : `; nearest: ${deletions.nearest}`
      changes.push({ ...shared, status: 'blocked', reason: `looked for ${deletions.lookedFor}${nearest}` })
      continue
    }
    const isEdited = conditions(site, found) === 'edited'
    const reason = 'it is not as it would be written: --force takes it out all the same'
    if (isEdited && !options.force) changes.push({ ...shared, status: 'blocked', reason })
    else changes.push({ ...shared, status: 'removed' })
    gone.push({ site, found, deletions })
  }
  const orphaned = findOrphanedExports(context, unit)
  changes.push(...orphaned.map((one) => one.change))
  const cuts = collectCuts(context, gone, orphaned)
  const stores = findMadeStores(repository.apply(applyCuts(repository, cuts)), layout, [...cuts.keys()])
  const unused = stores.filter((one) => one.uses.length === 0)
  for (const { index } of unused)
    if (index !== undefined) cuts.set(index.file, [...(cuts.get(index.file) ?? []), index.deletion])
  const files = applyCuts(repository, cuts, new Set(unused.map((one) => one.store.file)))
  const after = repository.apply(files)
  const rest = { ...layout, stores: layout.stores.filter(({ file }) => after.workspace.exists(file)) }
  const mentions = findMentions({ ...context, repository: after, layout: rest }, namesOf(context, gone))
  for (const mention of mentions) {
    const change = describeMention(repository, cuts, unit, mention)
    const isTold = changes.some((one) => one.status === 'blocked' && isSameLine(one, change))
    if (!isTold) changes.push(change)
  }
  for (const change of findHidden(context, unit, gone))
    if (!changes.some((one) => one.status === 'blocked' && one.file === change.file)) changes.push(change)
  for (const lost of findLost(repository, cuts)) changes.push(describeLost(repository, unit, lost))
  changes.push(...findEmptied(repository, after, cuts, unit))
  const isBlocked = changes.some((change) => change.status === 'blocked')
  const others = wanted.filter((one) => one !== unit.event && one !== unit.request)
  if (!isBlocked) prove(context, buildLedger(after, rest, channel, others), unit, gone, files, after)
  return {
    event: summarize(context, unit),
    changes: isBlocked ? changes.map(holdBack) : changes,
    checklist: buildChecklist(channel, isBlocked ? changes.map(holdBack) : changes),
    files: isBlocked ? [] : files,
    isBlocked,
    headline: describeRemoval(unit, unused, isBlocked),
    next: isBlocked
      ? []
      : [
          ...adviseRemoval(context, unit, gone, cuts),
          ...stores.filter((one) => one.uses.length > 0).map(adviseUsed),
          ...adviseOtherHalf(context, unit, gone),
        ],
  }
}

/** Every file with what is cut out of it, or taken away as a whole. */
function applyCuts(repository: Repository, cuts: Cuts, taken: ReadonlySet<string> = new Set()): FileChange[] {
  return [...cuts].map(([file, deletions]): FileChange => {
    const before = repository.workspace.read(file)
    return taken.has(file) ? { before, after: undefined } : { before, after: cut(before, deletions) }
  })
}

/** The request that stays and whose branch sends an event that goes. */
function answeredAt(rows: Ledger, unit: Unit, site: Site, found: Occurrence): string | undefined {
  if (site.id !== 'python-send') return undefined
  return requestsOf(rows, found.event).find(
    (request) =>
      request !== unit.request &&
      rows.of(request, 'python-handler-branch').some((branch) => isInside(found, branch)),
  )
}

function* occurrencesOf(
  rows: Ledger,
  { event, request }: Unit,
): Iterable<{ site: Site; found: Occurrence; event: string }> {
  const sorted = SITES.toSorted((a, b) => SITE_IDS.indexOf(a.id) - SITE_IDS.indexOf(b.id))
  for (const name of request === undefined ? [event] : [event, request])
    for (const site of sorted)
      for (const found of rows.of(name, siteKey(site))) yield { site, found, event: name }
}

/** Whether the branch of the unit's request takes the send along. */
function isCarried(rows: Ledger, { request }: Unit, found: Occurrence, site: Site): boolean {
  if (site.id !== 'python-send' || request === undefined) return false
  return rows.of(request, 'python-handler-branch').some((branch) => isInside(found, branch))
}

function isSameLine(one: Change, other: Change): boolean {
  return one.file === other.file && one.line === other.line
}

function describeMention(
  repository: Repository,
  cuts: Cuts,
  { event }: Unit,
  { file, start, name }: Reference,
): Change {
  const place = placeOf(repository.workspace.read(file), offsetBefore(cuts.get(file) ?? [], start))
  const site = file.endsWith('.py') ? 'python-send' : 'ts-hook-callback'
  return { site, event, status: 'blocked', ...place, reason: `\`${name}\` is still used there` }
}

function describeLost(repository: Repository, { event }: Unit, { name, file, start }: Leftover): Change {
  const place = placeOf(repository.workspace.read(file), start)
  const reason = `\`${name}\` is still used there, and would have no value`
  return { site: 'python-send', event, status: 'blocked', ...place, reason }
}

/** Files that say what is about to go and are not read, so that something of it may stay in them. */
function findHidden(context: SurveyContext, { event, request }: Unit, gone: readonly Gone[]): Change[] {
  const { repository, layout } = context
  const own = [event, ...(request === undefined ? [] : [request])]
  const names = [...own, ...namesOf(context, gone).map((one) => one.name)]
  return unreadThatSay(repository, layout, [...new Set(names)]).flatMap((fault): Change[] => {
    const { place, what } = fault
    if (place === undefined) return []
    const site = place.file.endsWith('.py') ? 'python-send' : 'ts-hook-case'
    return [
      { site, event, status: 'blocked', ...place, reason: `looked for ${SOUND_FILE}; nearest: ${what}` },
    ]
  })
}

/** Blocks that would hold nothing any more. */
function findEmptied(repository: Repository, after: Repository, cuts: Cuts, { event }: Unit): Change[] {
  return [...cuts].flatMap(([path, deletions]): Change[] => {
    if (!path.endsWith('.py')) return []
    const known = emptyBlocks(repository.python(path))
    const emptied = emptyBlocks(after.python(path))
      .map((start) => offsetBefore(deletions, start))
      .filter((start) => !known.includes(start))
    return emptied.map((start) => ({
      site: 'python-send',
      event,
      status: 'blocked',
      ...placeOf(repository.workspace.read(path), start),
      reason: 'looked for something that stays in the block',
    }))
  })
}

function holdBack(change: Change): Change {
  if (change.status !== 'removed') return change
  return { ...change, status: 'advised', reason: 'held back because something is blocked' }
}

function summarize(context: SurveyContext & { rows: Ledger }, unit: Unit): EventSummary {
  const spec = readSpec(context, unit)
  const direction = directionOf(context.rows, unit.event)?.direction ?? 'server-to-client'
  return {
    channel: context.channel.id,
    name: unit.event,
    direction: unit.request === undefined ? direction : 'bidirectional',
    fields: spec.fields ?? [],
  }
}

/** @throws Failure with exit code 5 where something of the event is left, or another one loses something */
function prove(
  { repository, rows }: SurveyContext,
  left: Ledger,
  { event, request }: Unit,
  gone: readonly Gone[],
  files: readonly FileChange[],
  after: Repository,
): void {
  const own = [event, ...(request === undefined ? [] : [request])]
  const bugs = [
    ...gone
      .filter(
        ({ site, found }) =>
          left.of(found.event, siteKey(site)).length > 0 && site.id !== 'ts-payload-interface',
      )
      .map(({ site, found }) => `the ${site.title} of \`${found.event}\` is still there`),
    ...rows
      .events()
      .filter((other) => !own.includes(other))
      .flatMap((other) =>
        SITES.filter((site) => {
          const had = rows
            .of(other, siteKey(site))
            .filter((one) => site.id !== 'python-send' || !isAnswer(gone, one))
          return left.of(other, siteKey(site)).length < had.length
        }).map((site) => `\`${other}\` would lose its ${site.title}`),
      ),
    ...findBroken(repository, files, after),
  ]
  assertProven(`removing \`${event}\``, bugs)
}
