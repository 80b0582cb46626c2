import { internalError } from '../errors.js'
import type { Repository } from '../layout/repository.js'
import type { Ledger } from '../ledger/ledger.js'
import { findShapeDifference } from '../sites/parts/shape.js'
import { SITES } from '../sites/registry.js'
import { type SiteKey, siteKey, type Target } from '../sites/site.js'
import type { Decision } from './decide.js'
import type { StagedFile } from './stage.js'

/**
 * Surveys what was staged: every inserted site is found once, with the payload asked for, and every file
 * still parses, and no other event loses anything.
 *
 * @throws Failure with exit code 5 where that does not hold, which is a bug of ours
 */
export function prove(
  target: Target,
  decisions: ReadonlyMap<SiteKey, Decision>,
  staged: readonly StagedFile[],
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
    const difference =
      site.shape === undefined || shown === undefined
        ? undefined
        : findShapeDifference(site.shape(target), shown, site.id.startsWith('python'))
    if (found.length !== 1 && site.id !== 'python-send')
      bugs.push(`its ${site.title} is found ${found.length} times`)
    else if (found.length === 0) bugs.push(`its ${site.title} is not found`)
    else if (site.shape !== undefined && shown === undefined)
      bugs.push(`the payload of its ${site.title} cannot be read`)
    else if (difference !== undefined) bugs.push(`in its ${site.title} ${difference}`)
  }
  for (const event of target.rows.events()) {
    for (const key of SITES.map(siteKey)) {
      const before = target.rows.of(event, key).length
      if (proven.of(event, key).length < before) bugs.push(`\`${event}\` would lose its ${key}`)
    }
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
