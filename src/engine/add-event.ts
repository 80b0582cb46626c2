import type { Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { buildLedger, type Ledger } from '../ledger/ledger.js'
import { unitOf } from '../ledger/pair.js'
import { nameOf, placeOfRequirement } from '../sites/missing-requirements.js'
import { placeOf } from '../sites/parts/place.js'
import { SITES } from '../sites/registry.js'
import { SITE_IDS, type Site, siteKey, type Target } from '../sites/site.js'
import type { EventSpec } from '../spec/event-spec.js'
import { deriveNames } from '../spec/names.js'
import type { FileWrite } from '../workspace/diff.js'
import { advise, adviseUnreadable } from './advice.js'
import { assertAgreement } from './agreement.js'
import { buildChecklist } from './checklist.js'
import { type Conditions, readConditions } from './condition.js'
import { assertNothingTaken, carrierOf, type Decision, decideAll, type Half } from './decide.js'
import { withNewStore } from './new-store.js'
import { prove } from './prove.js'
import { eventsOf, resolveChannel, resolveTargets } from './resolve.js'
import type { Change, EventPlan } from './result.js'
import { type Completed, findCompleted, stage } from './stage.js'

/**
 * Plans the event at every site, splices it in memory and proves the result by surveying it again.
 *
 * @param options.partial writes what can be placed although something is blocked
 * @throws Failure 2 or 3 for a spec that cannot be, 5 when the proof fails
 */
export function planAddEvent(
  checkout: Repository,
  discovered: Layout,
  asked: EventSpec,
  options: { readonly partial: boolean },
): EventPlan<FileWrite> {
  const channel = resolveChannel(checkout, discovered, asked.channel)
  const { repository, layout, spec, index } = withNewStore(checkout, discovered, channel, asked)
  const names = eventsOf(spec)
  const ledger = buildLedger(repository, layout, channel, names)
  const targets = resolveTargets(repository, layout, channel, ledger, adoptRequest(ledger, spec))
  for (const target of targets) assertAgreement(target)
  const context = { repository, layout, channel, custom: ledger.custom, rows: ledger }
  const conditions = readConditions(context, { request: targets[1]?.spec.names.snake }, targets)
  const halves = decideAll(targets)
  assertNothingTaken(halves)
  const isBlocked = halves.some(({ decisions }) =>
    [...decisions.values()].some((decision) => decision.kind === 'blocked'),
  )
  const staged = [...stage(halves), ...(index === undefined ? [] : [index])]
  const isWritten = !isBlocked || options.partial
  const after = repository.overlay(staged.map((one) => one.after))
  const proven = buildLedger(after, layout, channel, names)
  prove(halves, staged, after, proven)
  const shown = isWritten ? after : repository
  const shownAs = { repository: shown, proven: isWritten ? proven : undefined, conditions }
  const completed = findCompleted(halves)
  const changes = halves.flatMap((half) => describe(half, halves, shownAs, completed))
  const advice = targets.map((target) =>
    advise({ ...target, repository: shown, rows: isWritten ? proven : ledger }),
  )
  const all = [...changes, ...advice.flatMap((one) => one.changes)]
  const next = advice.flatMap((one) => one.next)
  const [event] = targets
  return {
    event: {
      channel: channel.id,
      name: spec.names.snake,
      direction: targets.length === 1 ? (event?.direction ?? 'server-to-client') : 'bidirectional',
      fields: event?.fields ?? [],
    },
    changes: all,
    checklist: buildChecklist(channel, all),
    files: isWritten ? staged : [],
    isBlocked,
    next: isBlocked ? [...next, ...adviseUnreadable(checkout)] : next,
  }
}

/** A spec that says no direction, of an event whose request is there: the pair is completed together. */
function adoptRequest(rows: Ledger, spec: EventSpec): EventSpec {
  const request = unitOf(rows, spec.names.snake).request
  if (spec.direction !== undefined || request !== `${spec.names.snake}_request`) return spec
  return { ...spec, direction: 'bidirectional', request: { names: deriveNames(request), fields: undefined } }
}

/** What changes are described by; without a proven ledger nothing is written. */
interface Shown {
  readonly repository: Repository
  readonly proven: Ledger | undefined
  readonly conditions: Conditions
}

/** One change a site, in the order they are reported, and one for each thing that a place which is there lacked. */
function describe(
  half: Half,
  halves: readonly Half[],
  shown: Shown,
  completed: readonly Completed[],
): Change[] {
  const sorted = SITES.toSorted((a, b) => SITE_IDS.indexOf(a.id) - SITE_IDS.indexOf(b.id))
  return sorted.flatMap((site) => {
    const own = half.decisions.get(siteKey(site))
    const decision = own?.kind === 'carried' ? carrierOf(halves) : own
    if (decision === undefined) return []
    const lacking = completed.filter((one) => one.target === half.target && one.site === site)
    return [
      describeSite(half.target, site, decision, shown),
      ...lacking.map((one) => describeCompleted(one, shown)),
    ]
  })
}

function describeCompleted({ target, site, requirement }: Completed, shown: Shown): Change {
  const verb = requirement.kind === 'python-export' ? 're-exported' : 'imported'
  const reason = `\`${nameOf(shown.repository, requirement)}\` was not ${verb}`
  const shared = { site: site.id, event: target.spec.names.snake }
  return shown.proven === undefined
    ? { ...shared, status: 'advised', file: requirement.file, reason: `${reason}; ${HELD_BACK}` }
    : { ...shared, status: 'inserted', ...placeOfRequirement(shown.repository, requirement), reason }
}

const HELD_BACK = 'held back because something is blocked; --partial writes it'

function describeSite(
  target: Target,
  site: Site,
  decision: Decision,
  { repository, proven, conditions }: Shown,
): Change {
  const event = target.spec.names.snake
  const shared = { site: site.id, event }
  if (decision.kind === 'not-needed') return { ...shared, status: 'not-needed', reason: decision.reason }
  if (decision.kind === 'blocked') {
    const { lookedFor, nearest, place } = decision.blocked
    const reason = `looked for ${lookedFor}${nearest === undefined ? '' : `; nearest: ${nearest}`}`
    return { ...shared, status: 'blocked', ...place, reason }
  }
  const found = (proven ?? target.rows).of(event, siteKey(site))[0]
  const place = found === undefined ? {} : placeOf(repository.workspace.read(found.file), found.start)
  if (decision.kind !== 'insert') {
    const there = target.rows.of(event, siteKey(site))
    const isEdited = there.some((one) => conditions(site, one) === 'edited')
    return {
      ...shared,
      status: 'present',
      ...place,
      ...(isEdited ? { reason: 'edited by hand, and left so' } : {}),
    }
  }
  if (proven !== undefined) return { ...shared, status: 'inserted', ...place, text: decision.text }
  return { ...shared, status: 'advised', file: decision.file, text: decision.text, reason: HELD_BACK }
}
