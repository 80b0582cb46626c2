import type { Place } from '../../errors.js'
import { isOf } from '../../lang/languages.js'
import type { Repository } from '../../layout/repository.js'
import type { Unit } from '../../ledger/pair.js'
import type { SiteId } from '../../sites/site.js'
import { placeOf } from '../../workspace/place.js'
import { describeBlocked, SOUND_FILE } from '../blocked.js'
import type { Change } from '../result.js'
import type { OrphanedExport } from './cuts.js'
import type { Obstacle } from './obstacles.js'
import type { Removal } from './removal.js'

/** Where a removal is told: at what it is about, or at what blocks it. */
export function placeOfRemoval(repository: Repository, { found, ...removal }: Removal): Place {
  const place = placeOf(repository.workspace.read(found.file), found.start)
  return removal.kind === 'blocked' ? { ...place, ...removal.place } : place
}

/** What became of one occurrence. */
export function describeRemoval(repository: Repository, removal: Removal): Change {
  const { site, found } = removal
  const shared = { site: site.id, event: found.event, ...placeOfRemoval(repository, removal) }
  switch (removal.kind) {
    case 'goes':
      return { ...shared, status: 'removed' }
    case 'edited': {
      const reason = 'it is not as it would be written: --force takes it out all the same'
      return { ...shared, status: 'blocked', reason }
    }
    case 'stays':
      return { ...shared, status: 'present', reason: removal.reason }
    case 'blocked':
      return { ...shared, status: 'blocked', reason: removal.reason }
  }
}

/** The re-export that goes because what it passes on is not there. */
export function describeOrphaned({ name, event, place }: OrphanedExport): Change {
  const reason = `\`${name}\` was re-exported, and is not there`
  return { site: 'python-payload-model', event, status: 'removed', ...place, reason }
}

/** What stands in the way, at the site that is most like it. */
export function describeObstacle({ event }: Unit, obstacle: Obstacle): Change {
  return { site: siteLike(obstacle), event, status: 'blocked', ...obstacle.place, reason: reasonOf(obstacle) }
}

function siteLike({ kind, place }: Obstacle): SiteId {
  if (isOf(place.file, 'python')) return 'python-send'
  return kind === 'hidden' ? 'ts-hook-case' : 'ts-hook-callback'
}

function reasonOf(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'mentioned':
      return `\`${obstacle.name}\` is still used there`
    case 'hidden':
      return describeBlocked({ lookedFor: SOUND_FILE, nearest: obstacle.fault })
    case 'lost':
      return `\`${obstacle.name}\` is still used there, and would have no value`
    case 'emptied':
      return 'looked for something that stays in the block'
  }
}
