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
    if (row.direction !== 'client-to-server' || row.first('python-handler-branch') !== undefined) return []
    // A member that is used elsewhere is taken in a way that is no branch, by a table say.
    const member = row.members[0]
    if (channel.memberUses.some((one) => one.name === member && one.place.file !== channel.enum.file))
      return []
    if (row.isUnreadAt('python-handler-branch')) return []
    const sent = row.first('ts-send-method')
    const wrong = row.misspelled?.first('python-handler-branch')
    return [
      {
        subject: 'python-handler-branch',
        place: firstPlace(handler.file, wrong, handler.place),
        related: places(sent, row.first('python-enum-member')),
        fixIn: handler.file,
        what: `the client sends \`${row.event}\`, and the handler in \`${handler.file}\` has no branch for it`,
        why: 'what a user asks for is thrown away without an answer',
        fix: `add the branch: \`${addEvent(row)}\``,
      },
    ]
  },
}
