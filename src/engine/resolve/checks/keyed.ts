import { collision, type Failure, formatPlace } from '../../../errors.js'
import { SITES } from '../../../sites/registry.js'
import { type Half, siteKey, tellsAlone } from '../../../sites/site.js'
import { placeOf } from '../../../workspace/place.js'

/**
 * A type or a store that has the derived name where nothing has the wire name: without fields to compare, it is
 * something else that must not be merged into.
 */
export function checkKeyed(
  { repository, rows }: Pick<Half, 'repository' | 'rows'>,
  event: string,
): Failure | undefined {
  const there = SITES.filter((site) => rows.of(event, siteKey(site)).length > 0)
  const type = there.findLast(({ role, linked }) => role === 'declares' && linked !== undefined)
  const found = type === undefined ? undefined : rows.of(event, siteKey(type))[0]
  if (found === undefined || there.some(tellsAlone)) return undefined
  const place = placeOf(repository.workspace.read(found.file), found.start)
  return collision({
    code: 'name-taken',
    what: `a payload of that name is there, and nothing else of \`${event}\`: ${formatPlace(place)}`,
    why: 'it may belong to something else, and the event would take it over',
    fix: 'give the fields with -f if it is the payload of this event, or use another name',
    place,
  })
}
