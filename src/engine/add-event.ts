import { type Problem, collision, formatPlace, internalError } from '../errors.js'
import { type Ledger, buildLedger } from '../ledger/ledger.js'
import type { Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { placeOf } from '../sites/parts/place.js'
import { findShapeDifference } from '../sites/parts/shape.js'
import { SITES } from '../sites/registry.js'
import { renderTemplate } from '../sites/render.js'
import { findRequirementConflict, resolveRequirements } from '../sites/requirements.js'
import { type Blocked, type Requirement, SITE_IDS, type Site, type SiteKey, type Target, siteKey } from '../sites/site.js'
import type { EventSpec } from '../spec/event-spec.js'
import type { FileChange } from '../workspace/diff.js'
import { type Insertion, splice } from '../workspace/edits.js'
import type { Source } from '../workspace/source.js'
import { advise } from './advice.js'
import { buildChecklist } from './checklist.js'
import { resolveChannel, resolveTarget } from './resolve.js'
import type { Change, ChecklistItem, EventSummary } from './result.js'

/** What `add-event` would do, proven and not yet written. */
export interface AddEventPlan {
  readonly event: EventSummary
  readonly changes: readonly Change[]
  readonly checklist: readonly ChecklistItem[]
  /** Empty when nothing is missing, and when something is blocked and `partial` was not given. */
  readonly files: readonly FileChange[]
  readonly isBlocked: boolean
  /** What is left to people, in words. */
  readonly next: readonly string[]
}

/** One site of the event: there already, not needed, blocked, or to be written. */
type Decision =
  | { readonly kind: 'present' }
  | { readonly kind: 'not-needed'; readonly reason: string }
  | { readonly kind: 'blocked'; readonly blocked: Blocked }
  | { readonly kind: 'insert'; readonly file: string; readonly insertions: readonly Insertion[]; readonly text: string }

/**
 * Plans the event at every site, splices it in memory and proves the result by surveying it again.
 *
 * @param options.partial writes what can be placed although something is blocked
 * @throws Failure 2 or 3 for a spec that cannot be, 5 when the proof fails
 */
export function planAddEvent(
  repository: Repository,
  layout: Layout,
  spec: EventSpec,
  options: { readonly partial: boolean },
): AddEventPlan {
  const channel = resolveChannel(layout, spec.channel)
  const ledger = buildLedger(repository, layout, channel, spec.names.snake)
  const target = resolveTarget(repository, layout, channel, ledger, spec)
  const decisions = decide(target)
  assertNothingTaken(target, decisions)
  const isBlocked = [...decisions.values()].some((decision) => decision.kind === 'blocked')
  const staged = stage(target, decisions)
  const isWritten = !isBlocked || options.partial
  const after = repository.overlay(staged.map((one) => one.after))
  const proven = buildLedger(after, layout, channel, spec.names.snake)
  prove(target, decisions, staged, after, proven)
  const shown = isWritten ? after : repository
  const changes = describe(target, decisions, shown, isWritten ? proven : ledger)
  const advice = advise({ ...target, repository: shown, rows: isWritten ? proven : ledger })
  const all = [...changes, ...advice.changes]
  return {
    event: { channel: channel.id, name: spec.names.snake, direction: spec.direction, fields: target.fields },
    changes: all,
    checklist: buildChecklist(channel, all),
    files: isWritten ? staged : [],
    isBlocked,
    next: advice.next,
  }
}

function decide(target: Target): Map<SiteKey, Decision> {
  const decisions = new Map<SiteKey, Decision>()
  const ordered = [...SITES]
  while (ordered.length > 0) {
    const ready = ordered.findIndex((site) => site.needs.every((need) => decisions.has(need)))
    const [site] = ordered.splice(Math.max(ready, 0), 1)
    if (site !== undefined) decisions.set(siteKey(site), decideSite(target, site, decisions))
  }
  return decisions
}

function decideSite(target: Target, site: Site, decisions: ReadonlyMap<SiteKey, Decision>): Decision {
  if (target.rows.of(target.spec.names.snake, siteKey(site)).length > 0) return { kind: 'present' }
  const reason = site.notNeeded(target)
  if (reason !== undefined) return { kind: 'not-needed', reason }
  const anchor = site.anchor(target)
  if (anchor.kind === 'blocked') return { kind: 'blocked', blocked: anchor }
  const missing = site.needs.find((need) => decisions.get(need)?.kind === 'blocked')
  if (missing !== undefined) {
    return { kind: 'blocked', blocked: { kind: 'blocked', lookedFor: `the ${titleOf(missing)} it refers to, which is blocked`, place: { file: anchor.file } } }
  }
  const broken = brokenAt(target.repository, anchor.file)
  if (broken !== undefined) return { kind: 'blocked', blocked: { kind: 'blocked', lookedFor: 'a file that parses', nearest: 'a syntax error', place: broken } }
  const block = renderTemplate(site.template, site.view(target), anchor.indent, anchor.base)
  return { kind: 'insert', file: anchor.file, insertions: anchor.place(block), text: block }
}

function titleOf(key: SiteKey): string {
  return SITES.find((site) => siteKey(site) === key)?.title ?? key
}

function brokenAt(repository: Repository, file: string): ReturnType<typeof placeOf> | undefined {
  const module = file.endsWith('.py') ? repository.python(file) : repository.typescript(file)
  const offset = module.syntaxErrors[0]
  return offset === undefined ? undefined : placeOf(module.source, offset)
}

/** @throws Failure with exit code 3 that lists every name that is taken by something else. */
function assertNothingTaken(target: Target, decisions: ReadonlyMap<SiteKey, Decision>): void {
  const problems: Problem[] = []
  for (const site of SITES) {
    if (decisions.get(siteKey(site))?.kind !== 'insert') continue
    const conflicts = site.requirements(target).map((one) => findRequirementConflict(target.repository, target.layout, one))
    for (const taken of [site.findTaken(target), ...conflicts]) {
      if (taken === undefined) continue
      problems.push({
        what: `\`${taken.name}\` is taken: ${formatPlace(taken.place)}`,
        why: `the ${site.title} of \`${target.spec.names.snake}\` needs that name, and it means something else there`,
        fix: 'use another event name',
        place: taken.place,
      })
    }
  }
  const unique = problems.filter((one, index) => problems.findIndex((other) => other.what === one.what) === index)
  if (unique.length > 0) throw collision(...unique)
}

/** The new text of every file that changes, in the order the sites touch them. */
function stage(target: Target, decisions: ReadonlyMap<SiteKey, Decision>): { before: Source; after: Source }[] {
  const insertions = new Map<string, Insertion[]>()
  const requirements: Requirement[] = []
  const add = (file: string, list: readonly Insertion[]): void => {
    insertions.set(file, [...(insertions.get(file) ?? []), ...list])
  }
  for (const site of SITES) {
    const decision = decisions.get(siteKey(site))
    if (decision?.kind !== 'insert') continue
    add(decision.file, decision.insertions)
    requirements.push(...site.requirements(target))
  }
  for (const file of new Set(requirements.map((one) => one.file))) {
    add(file, resolveRequirements(target.repository, target.layout, file, requirements))
  }
  return [...insertions].flatMap(([file, list]) => {
    if (list.length === 0) return []
    const before = target.repository.workspace.read(file)
    return [{ before, after: splice(before, list).source }]
  })
}

/** @throws Failure with exit code 5: what was staged is not what was asked for, which is a bug of ours. */
function prove(
  target: Target,
  decisions: ReadonlyMap<SiteKey, Decision>,
  staged: readonly { before: Source; after: Source }[],
  after: Repository,
  proven: Ledger,
): void {
  const bugs: string[] = []
  for (const { before, after: source } of staged) {
    const isPython = source.path.endsWith('.py')
    const errors = (repository: Repository): number =>
      (isPython ? repository.python(source.path) : repository.typescript(source.path)).syntaxErrors.length
    if (errors(after) > errors(target.repository)) bugs.push(`\`${before.path}\` would no longer parse`)
  }
  for (const site of SITES) {
    if (decisions.get(siteKey(site))?.kind !== 'insert') continue
    const found = proven.of(target.spec.names.snake, siteKey(site))
    const shown = found[0]?.shape
    const difference = site.shape === undefined || shown === undefined ? undefined : findShapeDifference(site.shape(target), shown)
    if (found.length !== 1 && site.id !== 'python-send') bugs.push(`its ${site.title} is found ${found.length} times`)
    else if (found.length === 0) bugs.push(`its ${site.title} is not found`)
    else if (site.shape !== undefined && shown === undefined) bugs.push(`the payload of its ${site.title} cannot be read`)
    else if (difference !== undefined) bugs.push(`in its ${site.title} ${difference}`)
  }
  if (bugs.length === 0) return
  throw internalError(
    ...bugs.map((bug) => ({
      what: `the proof of \`${target.spec.names.snake}\` failed: ${bug}`,
      why: 'this is a bug of cachibot-ws, and nothing was written',
      fix: 'report it with the output of `cachibot-ws info --json` and the command you ran',
    })),
  )
}

/** One change a site, in the order they are reported. */
function describe(target: Target, decisions: ReadonlyMap<SiteKey, Decision>, repository: Repository, ledger: Ledger): Change[] {
  const event = target.spec.names.snake
  const sorted = SITES.toSorted((a, b) => SITE_IDS.indexOf(a.id) - SITE_IDS.indexOf(b.id))
  return sorted.flatMap((site): Change[] => {
    const decision = decisions.get(siteKey(site))
    const shared = { site: site.id, event }
    switch (decision?.kind) {
      case undefined:
        return []
      case 'not-needed':
        return [{ ...shared, status: 'not-needed', reason: decision.reason }]
      case 'blocked': {
        const { lookedFor, nearest, place } = decision.blocked
        return [{ ...shared, status: 'blocked', ...place, reason: `looked for ${lookedFor}${nearest === undefined ? '' : `; nearest: ${nearest}`}` }]
      }
      case 'insert':
      case 'present': {
        const found = ledger.of(event, siteKey(site))[0]
        const place = found === undefined ? { file: decision.kind === 'insert' ? decision.file : '' } : placeOf(repository.workspace.read(found.file), found.start)
        if (decision.kind === 'present') return [{ ...shared, status: 'present', ...place }]
        return [{ ...shared, status: 'inserted', ...place, text: decision.text }]
      }
    }
  })
}

