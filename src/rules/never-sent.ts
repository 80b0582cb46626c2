import { isCalledInside, isDynamic } from '../facts/uses.js'
import type { Rule } from './rule.js'
import { addEvent, eventOf, places } from './words.js'

/** A server event that is declared and never sent. */
export const neverSent: Rule = {
  id: 'never-sent',
  severity: 'error',
  kind: 'presence',
  title: 'Every event of the server is sent somewhere.',
  check: ({ context, channel, rows }) => {
    if (isDynamic(context, channel.envelope.name)) return []
    return rows.flatMap((row) => {
      const [factory] = row.factories
      if (row.direction !== 'server-to-client' || factory === undefined || row.emits.length > 0) return []
      if (isCalledInside(context, channel.envelope.file, factory.name)) return []
      const handled = row.first('ts-hook-case')
      const isDropped = handled === undefined ? ', and the client has no case for it' : ''
      return [
        {
          event: eventOf(row),
          subject: 'python-send',
          place: factory.place,
          related: places(handled, row.first('python-enum-member')),
          what: `\`${channel.envelope.name}.${factory.name}\` makes \`${row.event}\`, and nothing sends it${isDropped}`,
          why: 'the event never reaches anybody, although everything about it looks finished',
          fix: `send it where it happens, or take it out; for a helper that sends it: \`${addEvent(row)}\``,
        },
      ]
    })
  },
}
