import type { Problem } from '../errors.js'
import { findConflict } from '../workspace/conflict.js'
import { positionOf, type Source } from '../workspace/source.js'

/** Why a file with a fault at an offset is not read, with the place: a merge conflict, too much depth, or an error of syntax. */
export function describeFault(
  source: Source,
  offset: number,
  isTooDeep = false,
): Required<Pick<Problem, 'what' | 'fix' | 'place'>> {
  const conflict = findConflict(source.text)
  const position = positionOf(source, conflict ?? offset)
  const place = { file: source.path, ...position }
  if (conflict !== undefined) {
    return {
      what: `\`${source.path}:${position.line}\` holds a merge conflict`,
      fix: 'resolve it, and take out the lines with its markers',
      place,
    }
  }
  return isTooDeep
    ? { what: `\`${source.path}\` is nested too deeply`, fix: 'break it up into smaller parts', place }
    : { what: `\`${source.path}\` does not parse`, fix: 'mend the syntax error', place }
}

/** The fault of a parsed file; undefined for a sound one. */
export function faultOf(module: {
  readonly source: Source
  readonly syntaxErrors: readonly number[]
  readonly isTooDeep: boolean
}): Required<Pick<Problem, 'what' | 'fix' | 'place'>> | undefined {
  const [first] = module.syntaxErrors
  return first === undefined ? undefined : describeFault(module.source, first, module.isTooDeep)
}
