import type { Rule } from './rule.js'
import { firstPlace, places } from './words.js'

/** A branch of the handler that is marked to answer its request with an event, and only logs what it got. */
export const unansweredRequest: Rule = {
  id: 'unanswered-request',
  severity: 'warning',
  kind: 'flow',
  about: 'row',
  title: 'Every request whose answer was left to people is answered.',
  check(row, channel) {
    const owed = row.branches.flatMap((one) => one.owes ?? [])
    const [event] = owed
    if (event === undefined || owed.length < row.branches.length) return []
    return [
      {
        subject: 'python-handler-branch',
        place: firstPlace(channel.handler?.file ?? '', row.first('python-handler-branch')),
        related: places(row.first('ts-send-method')),
        what: `the branch of \`${row.event}\` is to answer with \`${event}\`, and only logs what it got`,
        why: 'the client asks and waits, and nothing comes back',
        fix: `send \`${event}\` in the branch where it is marked, and take the mark out`,
      },
    ]
  },
}
