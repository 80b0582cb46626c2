import type { Rule } from './rule.js'
import { eventOf, firstPlace, places } from './words.js'

/** A branch of the handler that takes the event and does nothing with it; a `pass` with a comment is a decision. */
export const emptyBranch: Rule = {
  id: 'empty-branch',
  severity: 'warning',
  kind: 'flow',
  title: 'Every branch of the handler does more than log what it got.',
  check: ({ rows, channel }) =>
    rows.flatMap((row) => {
      const branches = row.of('python-handler-branch')
      if (branches.length === 0 || branches.some((one) => one.links?.isPlaceholder !== true)) return []
      if (branches.some((one) => /^\s*pass\s*#(?!.*\b(?:TODO|FIXME)\b)/m.test(row.textOf(one)))) return []
      return [
        {
          event: eventOf(row),
          subject: 'python-handler-branch',
          place: firstPlace(channel.handler?.file ?? '', row.first('python-handler-branch')),
          related: places(row.first('ts-send-method')),
          what: `the branch of \`${row.event}\` only logs what it got`,
          why: 'what a user asks for is thrown away without an answer',
          fix: 'say in the branch what the server does with it, or in a comment behind `pass` why nothing',
        },
      ]
    }),
}
