import type { Channel } from '../layout/layout.js'
import { SITES } from '../sites/registry.js'
import type { ChecklistId } from '../sites/site.js'
import type { Change, ChecklistItem, Status } from './result.js'

/** Worst first: an item has the worst status of its changes. */
const ORDER: readonly Status[] = [
  'blocked',
  'advised',
  'inserted',
  'removed',
  'changed',
  'present',
  'not-needed',
]

/** The eight items of the reference document in its order; each site says which it fills. */
export function buildChecklist(channel: Channel, changes: readonly Change[]): ChecklistItem[] {
  const items = {
    enum: `${channel.enum.name} enum extended`,
    model: 'Payload model defined',
    factory: `Factory method added to ${channel.envelope.name}`,
    backend: 'Event sent or received in the backend',
    types: 'TypeScript types added',
    hook: 'Handler added to the hook',
    store: 'Store action processes the event',
    client: 'Send method added to the client',
  } satisfies Record<ChecklistId, string>
  return Object.entries(items).map(([id, item]) => {
    const sites = SITES.filter((site) => site.listed.item === id)
    const main = sites.find((site) => site.listed.isMain)?.id
    const own = changes.filter((change) => sites.some((site) => site.id === change.site))
    const worst = own.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))[0]
    const placed =
      own.find((change) => change.site === main && change.file !== undefined) ??
      own.find((change) => change.file !== undefined)
    return {
      item,
      status: worst?.status ?? 'not-needed',
      ...(placed?.file === undefined ? {} : { file: placed.file }),
      ...(placed?.line === undefined ? {} : { line: placed.line }),
    }
  })
}
