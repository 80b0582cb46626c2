import type { Emit } from '../channel/emits.js'
import type { SurveyContext } from '../sites/site.js'
import { placeOf } from '../workspace/place.js'
import { isCalledInside } from './class-members.js'
import type { Named } from './named.js'
import { factoriesOf } from './server-contract.js'

/** A factory with its parameters, without `cls`. */
export interface FactoryFacts extends Named {
  readonly parameters: readonly (Named & { readonly hasDefault: boolean; readonly key: string | undefined })[]
  /** Whether another method of the envelope calls it. */
  readonly isCalledInside: boolean
}

/** What rules may know of the factories of an event. */
export function readFactories(context: SurveyContext, event: string, emits: readonly Emit[]): FactoryFacts[] {
  return factoriesOf(context, event).map(({ module: { source }, method, shape }) => ({
    name: method.name,
    place: placeOf(source, Math.max(method.node.start, source.text.indexOf('def ', method.node.start))),
    parameters: method.parameters
      .filter((one) => one.name !== 'cls')
      .map((one) => ({
        name: one.name,
        hasDefault: one.default !== undefined,
        key: shape?.find((field) => field.parameter === one.name)?.key,
        place: placeOf(source, method.node.start),
      })),
    isCalledInside: isCalledInside(context, method.name, emits),
  }))
}
