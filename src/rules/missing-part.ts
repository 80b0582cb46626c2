import { partPlace } from '../ledger/mentions.js'
import type { Rule } from './rule.js'
import { firstPlace, quoteAll } from './words.js'

/** A channel of which a whole part was not found: one finding instead of one for each of its events. */
export const missingPart: Rule = {
  id: 'missing-part',
  severity: 'error',
  kind: 'presence',
  title: 'Every channel has a handler, a union of its events, a hook with a switch over them, and a client.',
  check({ context, channel, rows, broken }) {
    const sends = rows.some((row) => row.direction === 'server-to-client' && row.isUsed)
    const takes = rows.some((row) => row.direction === 'client-to-server' && row.isUsed)
    const missing = [
      channel.union === undefined ? `a union of string literals like \`${channel.enum.name}\`` : undefined,
      channel.hook === undefined && sends
        ? 'a hook with a `switch` over the type of its messages'
        : undefined,
      channel.client === undefined && takes ? 'a client class whose methods send its events' : undefined,
      channel.handler === undefined && takes ? 'a function decorated with `.websocket(…)`' : undefined,
    ].filter((one) => one !== undefined)
    if (missing.length === 0 || !(sends || takes)) return []
    return [
      {
        event: undefined,
        subject: 'parts',
        place: firstPlace(channel.enum.file, partPlace(context, 'enum')),
        related: [],
        what: `channel \`${channel.id}\` (${quoteAll([channel.enum.name])}) lacks ${missing.join(', and ')}`,
        why: 'what goes over this channel has nobody at the other end, and nothing of it can be compared',
        fix:
          broken.size > 0
            ? `mend the syntax error in ${quoteAll([...broken])} first`
            : 'write the missing part, or take the channel out; `cachibot-ws info --verbose` says what was looked for',
      },
    ]
  },
}
