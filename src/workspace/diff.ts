import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { type Source, sourceContent } from './source.js'

/** One file before and after; a new file has no `before`, one that is taken away has no `after`. */
export type FileChange =
  | FileWrite
  | {
      readonly before: Source
      readonly after: undefined
    }

/** A file that is there afterwards. */
export interface FileWrite {
  readonly before: Source | undefined
  readonly after: Source
}

/** The path of the file that changes. */
export function pathOf(change: FileChange): string {
  return change.after === undefined ? change.before.path : change.after.path
}

/** Changes that were made one after the other as one change a file. */
export function composed(changes: readonly FileChange[]): FileChange[] {
  const byPath = new Map<string, FileChange>()
  for (const change of changes) {
    const before = byPath.get(pathOf(change))
    byPath.set(
      pathOf(change),
      before === undefined ? change : ({ before: before.before, after: change.after } as FileChange),
    )
  }
  return [...byPath.values()]
}

/** The unified diff of the changes, in the order given, as `git apply` takes it. */
export function renderDiff(changes: readonly FileChange[]): string {
  return changes
    .map((change) =>
      createTwoFilesPatch(
        change.before === undefined ? '/dev/null' : `a/${pathOf(change)}`,
        change.after === undefined ? '/dev/null' : `b/${pathOf(change)}`,
        change.before === undefined ? '' : sourceContent(change.before),
        change.after === undefined ? '' : sourceContent(change.after),
        undefined,
        undefined,
        { headerOptions: FILE_HEADERS_ONLY, context: 3 },
      ),
    )
    .join('')
}
