import { collision, type Failure, formatPlace } from '../../../errors.js'
import { directionOf } from '../../../ledger/direction.js'
import type { Half } from '../../../sites/site.js'
import type { HalfDirection } from '../../../spec/event-spec.js'
import { placeOf } from '../../../workspace/place.js'

/**
 * What is there of an event and says that it goes the other way.
 *
 * @param isGiven whether the user said the direction, which counts for more than a comment of the enum
 */
export function checkDirection(
  { repository, rows }: Pick<Half, 'repository' | 'rows'>,
  event: string,
  direction: HalfDirection,
  isGiven: boolean,
): Failure | undefined {
  const found = directionOf(rows, event)
  if (found === undefined || found.direction === direction || (isGiven && !found.isCode)) return undefined
  const place = placeOf(repository.workspace.read(found.occurrence.file), found.occurrence.start)
  return collision({
    code: 'direction-differs',
    what: found.isCode
      ? `\`${event}\` is a ${found.direction} event here: it has a ${found.site.title} at ${formatPlace(place)}`
      : `\`${event}\` stands among the ${found.direction} events of the enum: ${formatPlace(place)}`,
    why: 'one name cannot go both ways',
    fix: `use another name, for example \`${event}_${direction === 'client-to-server' ? 'request' : 'result'}\`, or --direction ${found.direction} to complete it`,
    place,
  })
}
