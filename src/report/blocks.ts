import type { Change } from '../engine/result.js'
import { formatPlace } from '../errors.js'
import { groupBy } from '../group.js'

/** Changes that are told as one: the sites, and one of them for what is there. */
export interface Told {
  readonly sites: readonly string[]
  readonly first: Change
}

/** What is blocked for one reason and at one place together, so that what several sites look for is told once. */
export function withBlocksTogether(changes: readonly Change[]): Told[] {
  const groups = groupBy(changes, (change) =>
    change.status === 'blocked'
      ? JSON.stringify([formatPlace({ ...change, file: change.file ?? '' }), change.reason])
      : change,
  )
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    return first === undefined ? [] : [{ sites: [...new Set(group.map(({ site }) => site))], first }]
  })
}
