import { internalError } from '../errors.js'
import type { Repository } from '../layout/repository.js'
import type { Ledger } from '../ledger/ledger.js'
import { findShapeDifference } from '../sites/parts/shape.js'
import { SITES } from '../sites/registry.js'
import { siteKey, type Target } from '../sites/site.js'
import type { FileChange } from '../workspace/diff.js'
import { carrierOf, type Half } from './add/decide.js'

/**
 * Surveys what was staged: every inserted site is found once, with the payload asked for, and every file
 * still parses, and no other event loses anything.
 *
 * @throws Failure with exit code 5 where that does not hold, which is a bug of ours
 */
export function prove(
  halves: readonly Half[],
  staged: readonly FileChange[],
  after: Repository,
  proven: Ledger,
): void {
  const before = halves[0]?.target
  if (before === undefined) return
  const bugs = [
    ...findBroken(before.repository, staged, after),
    ...halves.flatMap((half) => findMissing(half, halves, proven)),
    ...findLost(before, proven),
  ]
  assertProven(halves.map(({ target }) => `\`${target.spec.names.snake}\``).join(' and '), bugs)
}

/** @throws Failure with exit code 5 that lists what does not hold, which is a bug of ours */
export function assertProven(subject: string, bugs: readonly string[]): void {
  if (bugs.length === 0) return
  throw internalError(
    ...bugs.map((bug) => ({
      what: `the proof of ${subject} failed: ${bug}`,
      why: 'this is a bug of cachibot-ws, and nothing was written',
      fix: 'report it with the output of `cachibot-ws info --json` and the command you ran',
    })),
  )
}

/** Files that have more syntax errors than before. */
export function findBroken(before: Repository, staged: readonly FileChange[], after: Repository): string[] {
  return staged.flatMap((change) => {
    if (change.after === undefined) return []
    const { path } = change.after
    const errors = (repository: Repository): number =>
      (path.endsWith('.py') ? repository.python(path) : repository.typescript(path)).syntaxErrors.length
    return errors(after) > errors(before) ? [`\`${path}\` would no longer parse`] : []
  })
}

/** What was to be written and is not found once, as it was asked for. */
function findMissing({ target, decisions }: Half, halves: readonly Half[], proven: Ledger): string[] {
  const event = target.spec.names.snake
  return SITES.flatMap((site) => {
    const kind = decisions.get(siteKey(site))?.kind
    const title = `the ${site.title} of \`${event}\``
    const found = proven.of(event, siteKey(site))
    if (kind === 'carried') {
      const isWritten = carrierOf(halves)?.kind === 'insert'
      return isWritten && found.length === 0 ? [`${title} is not found`] : []
    }
    if (kind !== 'insert') return []
    if (found.length === 0) return [`${title} is not found`]
    if (found.length > 1 && site.id !== 'python-send') return [`${title} is found ${found.length} times`]
    if (site.shape === undefined) return []
    const shown = found[0]?.shape
    if (shown === undefined) return [`the payload of ${title} cannot be read`]
    const difference = findShapeDifference(site.shape(target), shown, site.id.startsWith('python'))
    return difference === undefined ? [] : [`in ${title} ${difference}`]
  })
}

function findLost({ rows }: Target, proven: Ledger): string[] {
  return rows.events().flatMap((event) =>
    SITES.map(siteKey)
      .filter((key) => proven.of(event, key).length < rows.of(event, key).length)
      .map((key) => `\`${event}\` would lose its ${key}`),
  )
}
