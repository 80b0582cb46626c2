import type { Rule } from './rule.js'
import { addEvent, places } from './words.js'

/** A server event that is declared and never sent. */
export const neverSent: Rule = {
  id: 'never-sent',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every event of the server is sent somewhere.',
  check(row, channel) {
    const [factory] = row.factories
    const isMade = row.emits.some((emit) => !emit.isDropped)
    if (row.direction !== 'server-to-client' || factory === undefined || isMade) return []
    if (factory.isCalledInside || channel.unreadSends.length > 0) return []
    // Its request tells that it is to be.
    if (channel.owed.has(row.event)) return []
    // What a handler sends goes with it.
    const { handler, danglingImports } = channel
    if (handler === undefined || danglingImports.some((one) => one.place.file === handler.file)) return []
    const handled = row.first('ts-hook-case')
    const isDropped = handled === undefined ? ', and the client has no case for it' : ''
    return [
      {
        subject: 'python-send',
        ...(handled === undefined ? { severity: 'warning' as const } : {}),
        place: factory.place,
        related: places(handled, ...row.emits.map((emit) => emit.place), row.first('python-enum-member')),
        what: `\`${channel.envelope.name}.${factory.name}\` makes \`${row.event}\`, and nothing sends it${isDropped}`,
        why:
          handled === undefined
            ? 'the event never reaches anybody, and nobody waits for it'
            : 'the event never reaches anybody, although everything about it looks finished',
        fix: `send it where it happens, or take it out; a helper: \`${addEvent(row)}\``,
      },
    ]
  },
}
