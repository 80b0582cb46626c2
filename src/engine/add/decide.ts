import { collision, type Failure, formatPlace, type Problem } from '../../errors.js'
import { isOf } from '../../lang/languages.js'
import { hidingFiles } from '../../ledger/unread.js'
import { SITES } from '../../sites/registry.js'
import { renderTemplate } from '../../sites/render.js'
import { findRequirementConflict } from '../../sites/requirements/requirements.js'
import { type Blocked, type Half, isSiteOf, type Site, type SiteKey, siteKey } from '../../sites/site.js'
import type { Insertion } from '../../workspace/edits.js'
import { SOUND_FILE } from '../blocked.js'

/** One site of the event: there already, not needed, blocked, or to be written. */
export type Decision =
  | { readonly kind: 'present' }
  | { readonly kind: 'not-needed'; readonly reason: string }
  /** The request's branch, which is written in the same run, does it. */
  | { readonly kind: 'carried' }
  | { readonly kind: 'blocked'; readonly blocked: Blocked }
  | {
      readonly kind: 'insert'
      readonly file: string
      readonly insertions: readonly Insertion[]
      readonly text: string
    }

/** One half of an event with what is to be done at every site of its direction. */
export interface HalfPlan {
  readonly target: Half
  readonly decisions: ReadonlyMap<SiteKey, Decision>
}

/** What is to be done for the targets of one event: the event's own half first, which a request answers with. */
export function decideAll(targets: readonly Half[]): HalfPlan[] {
  const halves: HalfPlan[] = []
  for (const target of targets) halves.push({ target, decisions: decide(target, halves[0]?.decisions) })
  return halves
}

/** What is to be done at every site. Sites come behind those they need, so that a block is passed on. */
function decide(
  target: Half,
  answer: ReadonlyMap<SiteKey, Decision> | undefined,
): ReadonlyMap<SiteKey, Decision> {
  const decisions = new Map<SiteKey, Decision>()
  const ordered = SITES.filter((site) => isSiteOf(site, target.direction))
  while (ordered.length > 0) {
    const ready = ordered.findIndex((site) => site.needs.every((need) => decisions.has(need)))
    const [site] = ordered.splice(Math.max(ready, 0), 1)
    if (site !== undefined) decisions.set(siteKey(site), decideSite(target, site, decisions, answer))
  }
  return decisions
}

function decideSite(
  target: Half,
  site: Site,
  decisions: ReadonlyMap<SiteKey, Decision>,
  answer: ReadonlyMap<SiteKey, Decision> | undefined,
): Decision {
  const isThere = target.rows.of(target.spec.names.snake, siteKey(site)).length > 0
  const isAskedAgain =
    site.leeway.isRepeatable && siteKey(site) === 'python-send' && target.place !== undefined
  if (isThere && !isAskedAgain) return { kind: 'present' }
  if (!isThere && target.isSendOnly)
    return { kind: 'not-needed', reason: 'the event lives without it, and one more send was asked for' }
  const reason = site.notNeeded(target)
  if (reason !== undefined) return { kind: 'not-needed', reason }
  if (isCarried(target, site)) return { kind: 'carried' }
  const unread = site.unread?.(target, target.spec.names.snake)
  if (unread !== undefined) {
    const { text, place } = unread
    const lookedFor = `certainty that \`${target.spec.names.snake}\` has no ${site.title} yet`
    return {
      kind: 'blocked',
      blocked: { kind: 'blocked', lookedFor, nearest: `${text}, which may be it`, place },
    }
  }
  const anchor = site.anchor(target)
  if (anchor.kind === 'blocked') return { kind: 'blocked', blocked: withFault(target, site, anchor) }
  const missing =
    site.needs.find((need) => decisions.get(need)?.kind === 'blocked') ??
    SITES.filter((one) => one.leeway.carriedBy === siteKey(site))
      .flatMap((one) => one.needs)
      .find((need) => answer?.get(need)?.kind === 'blocked')
  if (missing !== undefined) {
    return {
      kind: 'blocked',
      blocked: {
        kind: 'blocked',
        lookedFor: `the ${titleOf(missing)} it refers to, which is blocked`,
        place: { file: anchor.file },
      },
    }
  }
  const files = [anchor.file, ...site.requirements(target).map((one) => one.file)]
  const fault = files.map((file) => target.repository.faultIn(file)).find((one) => one !== undefined)
  if (fault !== undefined) {
    const { what: nearest, place } = fault
    return { kind: 'blocked', blocked: { kind: 'blocked', lookedFor: SOUND_FILE, nearest, place } }
  }
  const block = renderTemplate(site.template, site.view(target), anchor.indent, anchor.base)
  return { kind: 'insert', file: anchor.file, insertions: anchor.place(block), text: block }
}

/** What was not found may stand in a file that is not read: then that is what is near. */
function withFault(target: Half, site: Site, blocked: Blocked): Blocked {
  const own = blocked.place === undefined ? undefined : target.repository.faultIn(blocked.place.file)
  const hiding = blocked.place === undefined ? hidingFiles(target) : []
  const fault =
    own ??
    hiding.find(({ place }) => isOf(place?.file ?? '', 'python') === (site.side === 'server')) ??
    hiding[0]
  return fault?.place === undefined ? blocked : { ...blocked, nearest: fault.what, place: fault.place }
}

/** What is done about the site of the request that carries this one. */
export function carrierOf({ leeway }: Site, halves: readonly HalfPlan[]): Decision | undefined {
  const { carriedBy } = leeway
  if (carriedBy === undefined) return undefined
  return halves.map((half) => half.decisions.get(carriedBy)).find((decision) => decision !== undefined)
}

/** Whether the request, which is still to be written there, carries the event. */
function isCarried({ partner, rows, spec, owed }: Half, { leeway }: Site): boolean {
  return (
    spec.emit.in === undefined &&
    owed.length === 0 &&
    leeway.carriedBy !== undefined &&
    partner?.side === 'behind' &&
    rows.of(partner.event, leeway.carriedBy).length === 0
  )
}

function titleOf(key: SiteKey): string {
  return SITES.find((site) => siteKey(site) === key)?.title ?? key
}

/** Every name that is to be written and is taken by something else. */
export function checkTaken(halves: readonly HalfPlan[]): Failure | undefined {
  const problems = halves.flatMap(({ target, decisions }) =>
    SITES.filter((site) => decisions.get(siteKey(site))?.kind === 'insert').flatMap((site) => {
      const conflicts = site
        .requirements(target)
        .map((one) => findRequirementConflict(target.repository, target.layout, one))
      return [site.findTaken(target), ...conflicts].flatMap((taken): Problem[] =>
        taken === undefined
          ? []
          : [
              {
                code: 'name-taken',
                what: `\`${taken.name}\` is taken: ${formatPlace(taken.place)}`,
                why: `the ${site.title} of \`${target.spec.names.snake}\` needs that name, and it means something else there`,
                fix:
                  taken.fix ??
                  (target.answer === undefined
                    ? 'use another event name'
                    : 'name the request with --request'),
                place: taken.place,
              },
            ],
      )
    }),
  )
  const unique = problems.filter(
    (one, index) => problems.findIndex((other) => other.what === one.what) === index,
  )
  return unique.length > 0 ? collision(...unique) : undefined
}
