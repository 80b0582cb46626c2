import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { type Source, sourceContent } from './source.js'

/** One file before and after; a new file has no `before`. */
export interface FileChange {
  readonly before: Source | undefined
  readonly after: Source
  /** Whether the file goes as a whole; the text of `after` is empty then. */
  readonly isRemoved?: boolean
}

/** The unified diff of the changes, in the order given, as `git apply` takes it. */
export function renderDiff(changes: readonly FileChange[]): string {
  return changes
    .map(({ before, after, isRemoved }) =>
      createTwoFilesPatch(
        before === undefined ? '/dev/null' : `a/${after.path}`,
        isRemoved === true ? '/dev/null' : `b/${after.path}`,
        before === undefined ? '' : sourceContent(before),
        sourceContent(after),
        undefined,
        undefined,
        { headerOptions: FILE_HEADERS_ONLY, context: 3 },
      ),
    )
    .join('')
}
