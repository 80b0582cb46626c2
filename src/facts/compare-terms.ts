import { findCaseTwins, findFallbacks, findNeverSent, findUndeclared } from './case-twins.js'
import type { Contract, Terms } from './contract.js'
import { withInnerKeys } from './inner-terms.js'
import { findMisfits } from './misfits.js'
import { findUnsendable } from './wire-values.js'

/** Compares what one side sends with what the other expects. */
export function compareTerms(terms: Terms): Contract {
  const all = withInnerKeys(terms)
  return {
    ...terms,
    caseTwins: findCaseTwins(all),
    neverSent: findNeverSent(all),
    fallbacks: findFallbacks(terms),
    undeclared: findUndeclared(all),
    misfits: findMisfits(all),
    unsendable: findUnsendable(terms),
  }
}
