import type { OpenChannel } from '../../channel/open-channel.js'
import type { SoughtPart } from '../../layout/layout.js'
import { placeOf } from '../../workspace/place.js'
import type { Blocked } from '../site.js'

/** What comes nearest to a part of the channel that was not found, as a block says it; nothing where nothing does. */
export function nearestTo(
  { repository, channel }: OpenChannel,
  part: SoughtPart,
): Pick<Blocked, 'nearest' | 'place'> {
  const nearest = channel.nearest[part]
  if (nearest === undefined) return {}
  const place = placeOf(repository.workspace.read(nearest.file), nearest.start)
  return { nearest: `${nearest.text} at \`${place.file}:${place.line}\``, place }
}
