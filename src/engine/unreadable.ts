import type { Repository } from '../layout/repository.js'

/** What could not be read, and so may hold what was looked for. */
export function adviseUnreadable(repository: Repository): string[] {
  return [...repository.unreadable.values()].map(
    (problem) => `${problem.what}, so nothing was looked for in it`,
  )
}
