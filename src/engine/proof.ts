import { type Failure, internalError, type Problem } from '../errors.js'
import type { Repository } from '../layout/repository.js'
import type { Surveyed } from '../ledger/surveyed.js'
import { findShapeDifference } from '../payload/shape.js'
import { SITES } from '../sites/registry.js'
import { type Half, type Occurrence, type Site, siteKey } from '../sites/site.js'
import type { FileChange } from '../workspace/diff.js'

/** What was staged: the channel as it is and as it would be, and the files that differ. */
export interface Staged {
  readonly before: Surveyed
  readonly after: Surveyed
  readonly files: readonly FileChange[]
}

/** What a run says of one cell, once what it staged is surveyed. */
export type Claim =
  /** It is found once, or once more where there may be several, with the payload that was asked for. */
  | { readonly kind: 'written'; readonly site: Site; readonly target: Half }
  /** It is found, wherever that is. */
  | { readonly kind: 'carried'; readonly site: Site; readonly event: string }
  /** Nothing of it is found. */
  | { readonly kind: 'gone'; readonly site: Site; readonly event: string }

/**
 * Proves what was staged before anything is written: every file still parses, every claim holds, and nothing else is
 * lost.
 *
 * @param isTaken whether an occurrence was meant to go
 * @returns a Failure with exit code 5 that lists what does not hold, which is a bug of ours
 */
export function prove(
  subject: string,
  staged: Staged,
  claims: readonly Claim[],
  isTaken: (site: Site, found: Occurrence) => boolean = () => false,
): Failure | undefined {
  const bugs = [
    ...findBroken(staged),
    ...claims.flatMap((claim) => refute(claim, staged)),
    ...findLost(staged, isTaken),
  ]
  return bugs.length === 0 ? undefined : disproved(subject, bugs)
}

/** What does not hold of what was staged, each in words. */
export function disproved(subject: string, bugs: readonly string[]): Failure {
  return internalError(
    ...bugs.map(
      (bug): Problem => ({
        code: 'proof-failed',
        what: `the proof of ${subject} failed: ${bug}`,
        why: 'this is a bug of cachibot-ws, and nothing was written',
        fix: 'report it with the output of `cachibot-ws info --json` and the command you ran',
      }),
    ),
  )
}

/** Files that have more syntax errors than before. */
function findBroken({ before, after, files }: Staged): string[] {
  return files.flatMap((change) => {
    if (change.after === undefined) return []
    const { path } = change.after
    const errors = (repository: Repository): number => repository.file(path)?.module.syntaxErrors.length ?? 0
    return errors(after.repository) > errors(before.repository) ? [`\`${path}\` would no longer parse`] : []
  })
}

/** What is not as it is said to be. */
function refute(claim: Claim, { before, after: { rows } }: Staged): string[] {
  const { site } = claim
  const event = claim.kind === 'written' ? claim.target.spec.names.snake : claim.event
  const title = `the ${site.title} of \`${event}\``
  const found = rows.of(event, siteKey(site))
  if (claim.kind === 'gone') return found.length > 0 ? [`${title} is still there`] : []
  if (found.length === 0) return [`${title} is not found`]
  if (claim.kind === 'carried') return []
  const had = site.leeway.isRepeatable ? before.rows.of(event, siteKey(site)).length : 0
  if (found.length !== had + 1) return [`${title} is found ${found.length} times`]
  if (site.shape === undefined) return []
  const shown = found[0]?.shape
  if (shown === undefined) return [`the payload of ${title} cannot be read`]
  const difference = findShapeDifference(site.shape(claim.target), shown, site.side === 'server')
  return difference === undefined ? [] : [`in ${title} ${difference}`]
}

/** What was there, was not meant to go, and is there less often. */
function findLost({ before, after }: Staged, isTaken: (site: Site, found: Occurrence) => boolean): string[] {
  return before.rows.events().flatMap((event) =>
    SITES.filter((site) => {
      const had = before.rows.of(event, siteKey(site)).filter((one) => !isTaken(site, one))
      return after.rows.of(event, siteKey(site)).length < had.length
    }).map((site) => `\`${event}\` would lose its ${site.title}`),
  )
}
