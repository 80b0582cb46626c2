import type { Problem } from '../errors.js'
import { findConflict } from '../workspace/conflict.js'
import { positionOf, type Source } from '../workspace/source.js'

/** Why a file is not read, and where. */
export type Fault = Problem & Required<Pick<Problem, 'fix' | 'place'>>

/** Why a file with a fault at an offset is not read, with the place: a merge conflict, too much depth, or an error of syntax. */
export function describeFault(source: Source, offset: number, isTooDeep = false): Fault {
  const conflict = findConflict(source.text)
  const position = positionOf(source, conflict ?? offset)
  const place = { file: source.path, ...position }
  if (conflict !== undefined) {
    return {
      code: 'merge-conflict',
      what: `\`${source.path}:${position.line}\` holds a merge conflict`,
      fix: 'resolve it, and take out the lines with its markers',
      place,
    }
  }
  return isTooDeep
    ? {
        code: 'does-not-parse',
        what: `\`${source.path}\` is nested too deeply`,
        fix: 'break it up into smaller parts',
        place,
      }
    : {
        code: 'does-not-parse',
        what: `\`${source.path}\` does not parse`,
        fix: 'mend the syntax error',
        place,
      }
}

/** The fault of a parsed file; undefined for a sound one. */
export function faultOf(module: {
  readonly source: Source
  readonly syntaxErrors: readonly number[]
  readonly isTooDeep: boolean
}): Fault | undefined {
  const [first] = module.syntaxErrors
  return first === undefined ? undefined : describeFault(module.source, first, module.isTooDeep)
}
