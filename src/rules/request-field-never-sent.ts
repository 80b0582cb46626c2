import { placeOfWanted } from '../facts/contract.js'
import { findNeverAsked } from '../facts/other-clients.js'
import type { Rule } from './rule.js'
import { eventOf, firstPlace, places, plural, quoteAll } from './words.js'

/** Keys of a request that the server reads and no client sends. */
export const requestFieldNeverSent: Rule = {
  id: 'request-field-never-sent',
  severity: 'error',
  kind: 'contract',
  title: 'Every key that the server reads of a request is sent by the client.',
  check: ({ rows, channel }) =>
    rows.flatMap((row) => {
      const { contract } = row
      if (row.direction !== 'client-to-server' || contract === undefined) return []
      const never = findNeverAsked(row)
      if (never.length === 0) return []
      const keys = never.map((one) => one.key)
      const sent = contract.sent.map((one) => one.key)
      return [
        {
          event: eventOf(row),
          subject: keys.join(),
          place: firstPlace(channel.handler?.file ?? '', ...never.map(placeOfWanted)),
          related: places(...contract.sentAt, ...never.map(placeOfWanted).slice(1)),
          what: `the server reads ${quoteAll(keys)} of \`${row.event}\`, and the client sends ${sent.length === 0 ? 'no payload' : quoteAll(sent)}`,
          why: `the server goes on with the default of ${plural(keys.length, 'that key', 'those keys')}, whatever the user chose`,
          fix: `send ${quoteAll(keys)} from \`${row.requestUse.methods[0]?.name ?? 'the client'}\`, or read what is sent`,
        },
      ]
    }),
}
