import type { Rule } from './rule.js'
import { ENDS_CONNECTION, firstPlace, placeOfWanted, places, plural, quoteAll, raises } from './words.js'

/** Keys of a request that the server reads and no client sends. */
export const requestFieldNeverSent: Rule = {
  id: 'request-field-never-sent',
  severity: 'error',
  kind: 'contract',
  about: 'row',
  title: 'Every key that the server reads of a request is sent by the client.',
  check(row, channel) {
    const { contract } = row
    if (row.direction !== 'client-to-server' || contract === undefined) return []
    const never = row.neverAsked
    if (never.length === 0) return []
    const keys = never.map((one) => one.key)
    const sent = contract.sent.map((one) => one.key)
    return [
      {
        subject: keys.join(),
        place: firstPlace(channel.handler?.file ?? '', ...never.map(placeOfWanted)),
        related: places(...contract.sentAt, ...never.map(placeOfWanted).slice(1)),
        what: `the server reads ${quoteAll(keys)} of \`${row.event}\`, and the client sends ${sent.length === 0 ? 'no payload' : quoteAll(sent)}`,
        why: never.some((one) => raises(one) && one.reads.some((read) => !read.isGuarded))
          ? ENDS_CONNECTION
          : `the server goes on with the default of ${plural(keys.length, 'that key', 'those keys')}, whatever the user chose`,
        fix: `send ${quoteAll(keys)} from \`${row.requestUse.methods[0]?.name ?? 'the client'}\`, or read what is sent`,
      },
    ]
  },
}
