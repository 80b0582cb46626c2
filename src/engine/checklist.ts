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

const WRITTEN: ReadonlySet<Status> = new Set(['inserted', 'removed', 'changed'])

/** The eight items in the words of the reference document, which says what is to be done. */
function itemsToDo({ enum: { name }, envelope }: Channel): Record<ChecklistId, string> {
  return {
    enum: `${name} enum extended`,
    model: 'Payload model defined',
    factory: `Factory method added to ${envelope.name}`,
    backend: 'Event sent or received in the backend',
    types: 'TypeScript types added',
    hook: 'Handler added to the hook',
    store: 'Store action processes the event',
    client: 'Send method added to the client',
  }
}

/** The same as what is there. */
function itemsThere({ enum: { name }, envelope }: Channel): Record<ChecklistId, string> {
  return {
    enum: `Member of ${name}`,
    model: 'Payload model',
    factory: `Factory method of ${envelope.name}`,
    backend: 'Send, or branch, of the backend',
    types: 'TypeScript types',
    hook: 'Case of the hook',
    store: 'Store action, with its state',
    client: 'Send method of the client',
  }
}

/**
 * The eight items of the reference document in its order; each site says which it fills.
 *
 * @param isRemoval whether they are told as what goes, and not as what is to be done
 */
export function buildChecklist(
  channel: Channel,
  changes: readonly Change[],
  isRemoval = false,
): ChecklistItem[] {
  const items = isRemoval ? itemsThere(channel) : itemsToDo(channel)
  return Object.entries(items).map(([id, item]) => {
    const sites = SITES.filter((site) => site.listed.item === id)
    const main = sites.find((site) => site.listed.isMain)?.id
    const all = changes.filter((change) => sites.some((site) => site.id === change.site))
    // What was written at a site is told, and not what is still to be done with it: that is next.
    const own = all.filter(
      (change) =>
        change.status !== 'advised' ||
        !all.some((one) => one.site === change.site && WRITTEN.has(one.status) && one.event === change.event),
    )
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
