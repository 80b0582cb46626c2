import { factoryMutants } from './factories.js'
import type { Mutant, Parts, Texts } from './mutant.js'
import { branchMutants, enumMutants, sendMutants } from './python.js'
import { caseMutants, clientMutants, hookMutants, interfaceMutants, unionMutants } from './typescript.js'

/** Every mutant of a channel: made by text and by TypeScript's own parser, not by what the tool reads. */
export function mutantsOf(texts: Texts, parts: Parts): Mutant[] {
  const makers = [
    enumMutants,
    factoryMutants,
    sendMutants,
    branchMutants,
    unionMutants,
    caseMutants,
    interfaceMutants,
    clientMutants,
    hookMutants,
  ]
  return makers.flatMap((make) => make(texts, parts))
}
