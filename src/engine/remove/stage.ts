import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import type { SurveyContext } from '../../sites/site.js'
import type { FileChange } from '../../workspace/diff.js'
import { cut } from '../../workspace/edits.js'
import { type Cuts, collectCuts, type OrphanedExport } from './cuts.js'
import { findMadeStores, type MadeStore } from './made-store.js'
import type { Gone } from './removal.js'

/** A checkout without an event, of which nothing is written yet. */
export interface Without {
  readonly cuts: Cuts
  /** The files that differ. */
  readonly files: readonly FileChange[]
  readonly repository: Repository
  readonly layout: Layout
  /** The stores that were made for it and that nothing is left of. */
  readonly stores: readonly MadeStore[]
}

/** Takes out what goes, and with it the stores that nothing names any more. */
export function stageRemoval(
  context: SurveyContext,
  gone: readonly Gone[],
  orphaned: readonly OrphanedExport[],
): Without {
  const { repository, layout } = context
  const cuts = collectCuts(context, gone, orphaned)
  const stores = findMadeStores(repository.apply(applyCuts(repository, cuts)), layout, [...cuts.keys()])
  const unused = stores.filter((one) => one.uses.length === 0)
  for (const { index } of unused)
    if (index !== undefined) cuts.set(index.file, [...(cuts.get(index.file) ?? []), index.deletion])
  const files = applyCuts(repository, cuts, new Set(unused.map((one) => one.store.file)))
  const left = repository.apply(files)
  const rest = { ...layout, stores: layout.stores.filter(({ file }) => left.workspace.exists(file)) }
  return { cuts, files, repository: left, layout: rest, stores }
}

/** Every file with what is cut out of it, or taken away as a whole. */
function applyCuts(repository: Repository, cuts: Cuts, taken: ReadonlySet<string> = new Set()): FileChange[] {
  return [...cuts].map(([file, deletions]): FileChange => {
    const before = repository.workspace.read(file)
    return taken.has(file) ? { before, after: undefined } : { before, after: cut(before, deletions) }
  })
}
