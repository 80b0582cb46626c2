import type { Channel } from '../layout/layout.js'
import type { SiteId } from '../sites/site.js'
import type { Change, ChecklistItem, Status } from './result.js'

/** Worst first: an item has the worst status of its changes. */
const ORDER: readonly Status[] = ['blocked', 'advised', 'inserted', 'removed', 'present', 'not-needed']

/** The eight items of the reference document in its order, each with the sites that fill it. */
export function buildChecklist(channel: Channel, changes: readonly Change[]): ChecklistItem[] {
  const items: readonly (readonly [string, readonly SiteId[]])[] = [
    [`${channel.enum.name} enum extended`, ['python-enum-member']],
    ['Payload model defined', ['python-payload-model']],
    [`Factory method added to ${channel.envelope.name}`, ['python-factory']],
    ['Event sent or received in the backend', ['python-send', 'python-handler-branch']],
    ['TypeScript types added', ['ts-union-member', 'ts-payload-interface']],
    ['Handler added to the hook', ['ts-hook-case']],
    ['Store action processes the event', ['ts-store-action', 'ts-store-state', 'ts-store-member']],
    ['Send method added to the client', ['ts-send-method', 'ts-hook-callback', 'ts-hook-return']],
  ]
  return items.map(([item, sites]) => {
    const own = changes.filter((change) => sites.includes(change.site))
    const worst = own.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status))[0]
    const placed =
      own.find((change) => change.site === sites[0] && change.file !== undefined) ??
      own.find((change) => change.file !== undefined)
    return {
      item,
      status: worst?.status ?? 'not-needed',
      ...(placed?.file === undefined ? {} : { file: placed.file }),
      ...(placed?.line === undefined ? {} : { line: placed.line }),
    }
  })
}
