import type { Place } from '../errors.js'
import type { Rule } from './rule.js'
import { addEvent, firstPlace, places } from './words.js'

/** A client event that the server ignores. */
export const missingHandlerBranch: Rule = {
  id: 'missing-handler-branch',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every event that the client sends has a branch in the handler.',
  check(row, channel) {
    const { handler } = channel
    if (handler === undefined || channel.broken.has(handler.file)) return []
    const sent = row.first('ts-send-method')
    const isServers = row.direction !== 'client-to-server'
    if ((isServers && sent === undefined) || row.first('python-handler-branch') !== undefined) return []
    // A member that is used but to make a message is taken in a way that is no branch, by a table say.
    const member = row.members[0]
    const isMade = ({ file, line }: Place): boolean =>
      [channel.enum.file, channel.envelope.file].includes(file) ||
      row.emits.some(({ place }) => place.file === file && place.line === line)
    if (channel.memberUses.some((one) => one.name === member && !isMade(one.place))) return []
    if (row.isUnreadAt('python-handler-branch')) return []
    const wrong = row.misspelled?.first('python-handler-branch')
    return [
      {
        subject: 'python-handler-branch',
        place: firstPlace(handler.file, wrong, handler.place),
        related: places(sent, row.first('python-enum-member')),
        fixIn: handler.file,
        what: `the client sends \`${row.event}\`, and the handler in \`${handler.file}\` has no branch for it`,
        why: 'what a user asks for is thrown away without an answer',
        fix: isServers
          ? 'take the send out, as the event is one of the server, or write the branch'
          : `add the branch: \`${addEvent(row)}\``,
      },
    ]
  },
}
