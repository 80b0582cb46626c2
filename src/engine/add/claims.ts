import { SITES } from '../../sites/registry.js'
import { siteKey } from '../../sites/site.js'
import type { Claim } from '../proof.js'
import { carrierOf, type HalfPlan } from './decide.js'

/** What is to be found once an event is written: each site that is inserted, and what another one carries. */
export function claimsOf(halves: readonly HalfPlan[]): Claim[] {
  return halves.flatMap(({ target, decisions }) =>
    SITES.flatMap((site): Claim[] => {
      const kind = decisions.get(siteKey(site))?.kind
      if (kind === 'insert') return [{ kind: 'written', site, target }]
      const isCarried = kind === 'carried' && carrierOf(site, halves)?.kind === 'insert'
      return isCarried ? [{ kind: 'carried', site, event: target.spec.names.snake }] : []
    }),
  )
}
