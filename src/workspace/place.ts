import type { Place } from '../errors.js'
import { positionOf, type Source } from './source.js'

/** The place of an offset. */
export function placeOf(source: Source, offset: number): Place {
  return { file: source.path, ...positionOf(source, offset) }
}
