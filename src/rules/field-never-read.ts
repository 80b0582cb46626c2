import { findCaseTwins } from '../facts/case-twins.js'
import { isReadInHandler } from '../facts/handler-reads.js'
import { findNeverAsked } from '../facts/other-clients.js'
import type { Rule } from './rule.js'
import { eventOf, firstPlace, places, plural, quoteAll } from './words.js'

/** Keys that the client sends and the server never reads. */
export const fieldNeverRead: Rule = {
  id: 'field-never-read',
  severity: 'warning',
  kind: 'contract',
  title: 'Every key that the client sends is read by the server.',
  check: ({ context, rows, channel }) =>
    rows.flatMap((row) => {
      const { contract } = row
      if (row.direction !== 'client-to-server' || contract === undefined || contract.isWantedOpen) return []
      // A key that goes by two names is one defect, which the key that is never sent tells.
      if (findNeverAsked(row).length > 0) return []
      if (row.of('python-handler-branch').every((one) => one.links?.isPlaceholder === true)) return []
      const twins = findCaseTwins(contract).map((one) => one.sent)
      const extra = contract.sent.filter(
        (one) =>
          !twins.includes(one) &&
          !contract.wanted.some((field) => field.key === one.key) &&
          !isReadInHandler(context, row.event, one.key),
      )
      const [first] = extra
      if (first === undefined) return []
      const keys = quoteAll(extra.map((one) => one.key))
      return [
        {
          event: eventOf(row),
          subject: extra.map((one) => one.key).join(),
          place: firstPlace(channel.client?.file ?? '', first.place),
          related: places(...contract.wantedAt),
          what: `the client sends ${keys} with \`${row.event}\`, and the server reads ${plural(extra.length, 'it', 'them')} nowhere`,
          why: 'what a user chose has no effect, and no error says so',
          fix: `read ${keys} in the branch, or stop sending ${plural(extra.length, 'it', 'them')}`,
        },
      ]
    }),
}
