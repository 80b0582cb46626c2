import type { Rule } from './rule.js'
import { firstPlace, places } from './words.js'

/** A branch of the handler that takes the event and does nothing with it; a `pass` with a comment is a decision. */
export const emptyBranch: Rule = {
  id: 'empty-branch',
  severity: 'warning',
  kind: 'flow',
  about: 'row',
  title: 'Every branch of the handler does more than log what it got.',
  check(row, channel) {
    const { branches } = row
    if (
      branches.length === 0 ||
      branches.some((one) => !one.isPlaceholder || one.isDecided || one.owes !== undefined)
    )
      return []
    return [
      {
        subject: 'python-handler-branch',
        place: firstPlace(channel.handler?.file ?? '', row.first('python-handler-branch')),
        related: places(row.first('ts-send-method')),
        what: `the branch of \`${row.event}\` only logs what it got`,
        why: 'what a user asks for is thrown away without an answer',
        fix: 'say in the branch what the server does with it, or in a comment behind `pass` why nothing',
      },
    ]
  },
}
