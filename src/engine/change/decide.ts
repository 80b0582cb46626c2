import { findEmits } from '../../channel/emits.js'
import { ownEmits } from '../../facts/read-channel.js'
import type { Surveyed } from '../../ledger/surveyed.js'
import { wireKey } from '../../payload/shape.js'
import { printMember } from '../../sites/change/members.js'
import { advisedHere, blocked, changed, inFile } from '../../sites/change/outcome.js'
import { refuseRetyped } from '../../sites/change/retype-reads.js'
import { changeByHand } from '../../sites/change/send.js'
import {
  isReadByClient,
  readsElsewhere,
  readsInBranches,
  renameRead,
  type WebRead,
} from '../../sites/change/web-reads.js'
import { REPORTED } from '../../sites/registry.js'
import {
  type FieldChange,
  isSiteOf,
  type Occurrence,
  type Outcome,
  type Site,
  type SiteId,
  siteKey,
} from '../../sites/site.js'
import { findMentions } from './mentions.js'

/** What is done about a field at one place, and the site that it is told at. */
export interface Decided {
  readonly site: SiteId
  readonly outcome: Outcome
}

/** What is done about a field at every place of the row, and at those that go on from it. */
export function decide(context: Surveyed, change: FieldChange): Decided[] {
  const own = REPORTED.filter((site) => isSiteOf(site, change.direction)).flatMap((site) =>
    context.rows.of(change.event, siteKey(site)).flatMap((found): Decided[] => {
      const fault = context.repository.faultIn(found.file)
      if (fault !== undefined) return [{ site: site.id, outcome: blocked(found, fault.what) }]
      const sharing = findSharing(context, change, site, found)
      if (sharing !== undefined && site.change !== undefined)
        return [{ site: site.id, outcome: blocked(found, `\`${sharing}\` stands there as well`) }]
      return (site.change?.(change, found) ?? []).map((outcome) => ({ site: site.id, outcome }))
    }),
  )
  return [...own, ...decideBare(context, change), ...decideReads(change), ...decideMentions(change)]
}

/** Another event that a method or a branch is for: what is changed there would be changed of it as well. */
function findSharing(
  { rows }: Surveyed,
  { event }: FieldChange,
  site: Site,
  found: Occurrence,
): string | undefined {
  if (site.direction !== 'client-to-server' || site.leeway.isRepeatable) return undefined
  return rows
    .events()
    .filter((other) => other !== event)
    .find((other) =>
      rows.of(other, siteKey(site)).some((one) => one.file === found.file && one.start === found.start),
    )
}

/** Messages that are dicts, which no row has. */
function decideBare(context: Surveyed, change: FieldChange): Decided[] {
  const bare = ownEmits(context).filter((one) => one.kind === 'dict' && one.name === change.event)
  const isKnown = findEmits(context).length > 0
  return !isKnown
    ? []
    : bare.flatMap((emit) =>
        changeByHand(change, emit).map((outcome): Decided => ({ site: 'python-send', outcome })),
      )
}

/** Whatever of the frontend reads the payload outside of its case. */
function decideReads(change: FieldChange): Decided[] {
  const { before, after, wireCase, layout } = change
  const key = before === undefined ? undefined : wireKey(before, wireCase)
  const next = after === undefined ? undefined : wireKey(after, wireCase)
  if (key === undefined) return []
  if (key === next) return decideRetyped(change, key)
  const { own, unsure } = readsElsewhere(change, key)
  const taken = next === undefined || !isReadByClient(change, key) ? [] : readsElsewhere(change, next).own
  if (taken.length > 0)
    return taken.map(({ file, node }): Decided => {
      const reason = `\`${node.text.split('\n')[0]}\` says \`${next}\` there already`
      return { site: 'ts-hook-case', outcome: blocked({ file, start: node.start }, reason) }
    })
  const isTest = (file: string): boolean =>
    /\.(?:test|spec|stories)\.tsx?$|(?:^|\/)(?:__tests__|__mocks__|tests?)\//.test(file)
  const site = (file: string): SiteId =>
    layout.stores.some((one) => one.file === file) ? 'ts-store-action' : 'ts-hook-case'
  return [
    ...own.map((read): Decided => {
      const at = { file: read.file, start: read.node.start }
      const isFollowed = next !== undefined && !isTest(read.file)
      const outcome = isFollowed
        ? changed(at, inFile(read.file, renameRead(read, next)))
        : blocked(at, `\`${read.node.text.split('\n')[0]}\` reads it`)
      return { site: site(read.file), outcome }
    }),
    ...unsure.map(({ file, node }): Decided => {
      const reason = `\`${node.text.split('\n')[0]}\` may read it: nothing there tells the type`
      return { site: site(file), outcome: blocked({ file, start: node.start }, reason) }
    }),
  ]
}

/** Another type may be more than a reader takes: refused where nothing there sees to it, and for people elsewhere. */
function decideRetyped(change: FieldChange, key: string): Decided[] {
  const { wireCase, before, after } = change
  const asked = [before, after].map((one) =>
    one === undefined ? '' : printMember(one, wireCase, { quote: "'" }),
  )
  if (asked[0] === asked[1]) return []
  const refused = refuseRetyped(change)
  const isRefused = ({ file, node }: WebRead): boolean =>
    refused.some((one) => one.file === file && one.start === node.start)
  const reads = [...readsInBranches(change, key), ...readsElsewhere(change, key).own]
  return [
    ...refused.map((outcome): Decided => ({ site: 'ts-hook-case', outcome })),
    ...reads
      .filter((one) => !isRefused(one))
      .map(({ file, node }): Decided => {
        const at = { file, start: node.start }
        const what = `see that \`${node.text.split('\n')[0]}\` takes \`${asked[1]}\``
        return { site: 'ts-hook-case', outcome: advisedHere(at, what) }
      }),
  ]
}

/** Tests, and the mobile app: what they say of a key that goes is for people. */
function decideMentions(change: FieldChange): Decided[] {
  return findMentions(change).map(({ site, at, reason }) => ({ site, outcome: blocked(at, reason) }))
}
