import { cutBlock, cutLines } from '../../workspace/cut.js'
import type { Deletion } from '../../workspace/edits.js'
import { placeOf } from '../../workspace/place.js'
import type { Source } from '../../workspace/source.js'
import type { Span } from '../../workspace/span.js'
import type { Blocked } from '../site.js'

/** The lines of a range, or why it cannot go as a whole. */
export function wholeLines(source: Source, range: Span): Deletion[] | Blocked {
  return orBlocked(source, range, cutLines(source.text, range))
}

/** The lines of a block with the blank lines that set it apart, or why it cannot go as a whole. */
export function wholeBlock(source: Source, range: Span): Deletion[] | Blocked {
  return orBlocked(source, range, cutBlock(source.text, range))
}

function orBlocked(source: Source, range: Span, deletion: Deletion | undefined): Deletion[] | Blocked {
  if (deletion !== undefined) return [deletion]
  const place = placeOf(source, range.start)
  return {
    kind: 'blocked',
    lookedFor: 'lines of its own',
    nearest: 'something else stands on its lines',
    place,
  }
}
