import { branchesAround } from '../channel/branches.js'
import { type Emit, isDropped } from '../channel/emits.js'
import type { SurveyContext } from '../sites/site.js'
import { isCalled } from './calls.js'
import type { Named } from './named.js'

/** A place of the backend that makes a message. */
export interface EmitFacts extends Named {
  readonly kind: 'factory' | 'envelope' | 'dict'
  /** What a call gives to the factory; undefined where that cannot be told. */
  readonly passed: { readonly count: number; readonly names: readonly string[] } | undefined
  /** Whether it is given to a send that nobody awaits, which never runs. */
  readonly isLost: boolean
  /** Whether what is made comes to nothing. */
  readonly isDropped: boolean
  /** Whether it stands in the branch of a request. */
  readonly isAnswer: boolean
  /** The innermost function around it that nothing calls. */
  readonly uncalled: Named | undefined
}

/** What rules may know of an emit. */
export function emitFacts(context: SurveyContext, emit: Emit): EmitFacts {
  const { kind, name, place, passed, isLost } = emit
  return {
    kind,
    name,
    place,
    passed,
    isLost,
    get isDropped() {
      return isDropped(context, emit)
    },
    get isAnswer() {
      return isInBranch(context, emit)
    },
    get uncalled() {
      return emit.inside.find((one) => !isCalled(context, one))
    },
  }
}

function isInBranch(context: SurveyContext, { file, start, end }: Emit): boolean {
  return (
    file === context.channel.handler?.file && branchesAround(context, start).some((one) => end <= one.end)
  )
}
