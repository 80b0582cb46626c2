import type { Layout } from '../../layout/layout.js'
import type { Repository } from '../../layout/repository.js'
import { hidingFiles } from '../../ledger/unread.js'
import { missingPart } from '../../rules/missing-part.js'
import type { BaselineEntry } from '../../settings/baseline-file.js'
import type { CheckResult } from './check.js'
import { type ReadScope, scopeHolds } from './scope.js'

/**
 * Whether a check could have found what an entry of the baseline accepts. It could not where the entry is not asked for,
 * or its file or channel was not read: such an entry is neither stale nor to be dropped.
 */
export function judgedBy(
  checked: CheckResult,
  read: { readonly repository: Repository; readonly layout: Layout; readonly scope: ReadScope },
): (entry: BaselineEntry) => boolean {
  const { scope } = read
  const unreadFiles = new Set(checked.unread.map((one) => one.place?.file))
  const lost = checked.findings.filter((one) => one.rule === missingPart.id)
  const unreadChannels = new Set(
    scope.channels.filter((one) => !isWhole(one, read, lost.length > 0)).map((one) => one.channel.id),
  )
  const isUnknown = (channel: string): boolean =>
    !checked.channels.includes(channel) &&
    (checked.unread.length > 0 || lost.some((one) => one.subject === channel))
  return ({ channel, event, file }) =>
    scopeHolds(scope, channel, event) &&
    !unreadFiles.has(file) &&
    (channel === undefined || !(unreadChannels.has(channel) || isUnknown(channel)))
}

/** Whether all that a channel has was read. */
function isWhole(
  one: ReadScope['channels'][number],
  { repository, layout }: { readonly repository: Repository; readonly layout: Layout },
  isPartLost: boolean,
): boolean {
  if (!('facts' in one) || one.facts.broken.size > 0) return false
  const { union, hook, client, handler } = one.facts
  if (isPartLost && [union, hook, client, handler].includes(undefined)) return false
  return (
    repository.unreadable.size === 0 || hidingFiles({ repository, layout, channel: one.channel }).length === 0
  )
}
