import type { Rule } from './rule.js'
import { addEvent, places } from './words.js'

/** A member of the enum that neither side uses. */
export const unusedEvent: Rule = {
  id: 'unused-event',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every member of the enum is sent or taken by somebody.',
  check(row, channel) {
    const place = row.first('python-enum-member')
    if (place === undefined || row.isUsed || row.emits.length > 0) return []
    // Who cannot be found may use it.
    const parts = [channel.handler, channel.hook, channel.client]
    if (parts.includes(undefined) || channel.unreadSends.length > 0) return []
    return [
      {
        subject: 'python-enum-member',
        place,
        related: places(row.first('ts-union-member')),
        what: `\`${channel.enum.name}\` declares \`${row.event}\`, and neither side sends or takes it`,
        why: 'who reads the enum takes the event for one that works, and it never happens',
        fix: `take the member out${row.first('ts-union-member') === undefined ? '' : ' of enum and union'}, or complete the event: \`${addEvent(row)}\``,
      },
    ]
  },
}
