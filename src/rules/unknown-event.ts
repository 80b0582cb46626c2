import type { Rule } from './rule.js'
import { addEvent, places } from './words.js'

/** A name that the frontend has and the backend's enum does not. */
export const unknownEvent: Rule = {
  id: 'unknown-event',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every event that the frontend knows is a member of the enum.',
  check(row, channel) {
    const found = row.first('ts-hook-case', 'ts-send-method', 'ts-union-member')
    if (row.first('python-enum-member') !== undefined || found === undefined) return []
    if (channel.broken.has(channel.enum.file) || row.isUnreadAt('python-enum-member')) return []
    const isSent = row.first('ts-send-method') !== undefined
    // A name that the client itself says is an event of the page, as that a connection is back.
    if (!isSent && row.saidBy.includes('client')) return []
    return [
      {
        subject: 'python-enum-member',
        place: found,
        related: places(
          channel.enum.place,
          isSent || row.first('ts-hook-case') !== undefined ? row.first('ts-union-member') : undefined,
        ),
        what: `the server's \`${channel.enum.name}\` has no \`${row.event}\``,
        why: isSent
          ? 'the server ignores what the client sends by this name'
          : 'the server can never send it: what waits for it waits for ever',
        fix: `take \`${row.event}\` out of the frontend, or complete the event: \`${addEvent(row)}\``,
      },
    ]
  },
}
