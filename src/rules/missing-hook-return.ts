import type { Rule } from './rule.js'
import { addEvent, eventOf, places } from './words.js'

/** A callback of the hook that stays inside of it. */
export const missingHookReturn: Rule = {
  id: 'missing-hook-return',
  severity: 'error',
  kind: 'presence',
  title: 'Every callback of the hook that sends an event is returned or used by the hook itself.',
  check: ({ rows, channel, broken }) =>
    rows.flatMap((row) => {
      if (row.direction !== 'client-to-server' || broken.has(channel.hook?.file ?? '')) return []
      const { callbacks, returned, isUsed } = row.requestUse
      const [first] = callbacks
      if (first === undefined || returned.length > 0 || isUsed) return []
      return [
        {
          event: eventOf(row),
          subject: 'ts-hook-return',
          place: first.place,
          related: places(row.first('ts-send-method'), row.first('python-handler-branch')),
          what: `the hook makes \`${first.name}\`, which sends \`${row.event}\`, and does not return it`,
          why: 'no component can call it: nobody can ask for the event from the page',
          fix: `return it: \`${addEvent(row)}\``,
        },
      ]
    }),
}
