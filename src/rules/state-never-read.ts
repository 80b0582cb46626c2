import { groupBy } from '../group.js'
import type { Rule } from './rule.js'
import { eventOf, places } from './words.js'

/** State that events set and that nothing of the page reads. */
export const stateNeverRead: Rule = {
  id: 'state-never-read',
  severity: 'warning',
  kind: 'flow',
  about: 'channel',
  title: 'State that keeps an event is read by a component.',
  check(_, asked) {
    const all = asked.flatMap((row) => row.unreadState.map((state) => ({ row, ...state })))
    return [...groupBy(all, (one) => `${one.hook} ${one.key}`)].flatMap(([name, own]) => {
      const [first] = own
      if (first === undefined) return []
      const { row, hook, key, place, isWhole } = first
      return [
        {
          event: eventOf(row),
          subject: name,
          place,
          related: places(...own.map((one) => one.row.first('ts-hook-case'))),
          ...(isWhole ? { severity: 'info' as const } : {}),
          what: `\`${row.event}\` sets \`${key}\` of \`${hook}\`, and no component reads it${isWhole ? ' by its name' : ''}`,
          why: 'the message arrives, and nothing on the page shows it',
          fix: `read \`${key}\` where it is to be seen, or take it out of the store`,
        },
      ]
    })
  },
}
