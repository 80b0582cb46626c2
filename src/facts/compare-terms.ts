import { findCaseTwins, findFallbacks, findNeverSent, findUndeclared } from './case-twins.js'
import type { Contract, Terms } from './contract.js'
import { findMisfits } from './misfits.js'
import { findUnsendable } from './wire-values.js'

/** Compares what one side sends with what the other expects. */
export function compareTerms(terms: Terms): Contract {
  return {
    ...terms,
    caseTwins: findCaseTwins(terms),
    neverSent: findNeverSent(terms),
    fallbacks: findFallbacks(terms),
    undeclared: findUndeclared(terms),
    misfits: findMisfits(terms),
    unsendable: findUnsendable(terms),
  }
}
