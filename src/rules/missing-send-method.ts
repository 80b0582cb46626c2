import { partPlace, stringsOf } from '../ledger/uses.js'
import type { Rule } from './rule.js'
import { addEvent, eventOf, firstPlace, places } from './words.js'

/** A client event that the client cannot send. */
export const missingSendMethod: Rule = {
  id: 'missing-send-method',
  severity: 'error',
  kind: 'presence',
  title: 'Every event that the server takes is sent by a method of the client.',
  check: ({ context, channel, rows, broken }) =>
    rows.flatMap((row) => {
      const { client } = channel
      if (row.direction !== 'client-to-server' || client === undefined || broken.has(client.file)) return []
      if (row.requestUse.methods.length > 0 || stringsOf(context, row.event).length > 0) return []
      if (row.isUnreadAt('ts-send-method')) return []
      const wrong = row.misspelled?.first('ts-send-method')
      return [
        {
          event: eventOf(row),
          subject: 'ts-send-method',
          place: firstPlace(client.file, wrong, partPlace(context, 'client')),
          related: places(row.first('python-handler-branch'), row.first('python-enum-member')),
          what: `the server takes \`${row.event}\`, and no method of \`${client.name}\` sends it`,
          why: 'nobody can ask for it from the page',
          fix: `add the method: \`${addEvent(row)}\``,
        },
      ]
    }),
}
