import type { Rule } from './rule.js'
import { firstPlace, places, plural, quoteAll } from './words.js'

/** Keys that the client sends and the server never reads. */
export const fieldNeverRead: Rule = {
  id: 'field-never-read',
  severity: 'warning',
  kind: 'contract',
  about: 'row',
  title: 'Every key that the client sends is read by the server.',
  check(row, channel) {
    const { contract } = row
    if (row.direction !== 'client-to-server' || contract === undefined || contract.isWantedOpen) return []
    if (row.branches.every((one) => one.isPlaceholder)) return []
    const twins = contract.caseTwins.map((one) => one.sent)
    const extra = contract.sent.filter(
      (one) =>
        !twins.includes(one) &&
        // A key that goes by two names is one defect, which the key that is never sent tells.
        !row.isRenamed(one) &&
        !contract.wanted.some((field) => field.key === one.key) &&
        !row.isReadInHandler(one.key),
    )
    const [first] = extra
    if (first === undefined) return []
    const keys = quoteAll(extra.map((one) => one.key))
    return [
      {
        subject: extra.map((one) => one.key).join(),
        place: firstPlace(channel.client?.file ?? '', first.place),
        related: places(...contract.wantedAt),
        what: `the server never reads ${keys}, which \`${row.event}\` sends`,
        why: 'what a user chose has no effect, and no error says so',
        fix: `read ${keys} in the branch, or stop sending ${plural(extra.length, 'it', 'them')}`,
      },
    ]
  },
}
