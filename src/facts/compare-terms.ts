import { findCaseTwins, findNeverSent, findUndeclared } from './case-twins.js'
import type { Contract, Terms } from './contract.js'
import { findMisfits } from './misfits.js'
import { findUnsendable } from './wire-values.js'

/** Compares what one side sends with what the other expects. */
export function compareTerms(terms: Terms): Contract {
  return {
    ...terms,
    caseTwins: findCaseTwins(terms),
    neverSent: findNeverSent(terms),
    undeclared: findUndeclared(terms),
    misfits: findMisfits(terms),
    unsendable: findUnsendable(terms),
  }
}
