import type { Rule } from './rule.js'
import { addEvent, places } from './words.js'

/** A callback of the hook that stays inside of it. */
export const missingHookReturn: Rule = {
  id: 'missing-hook-return',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every callback of the hook that sends an event is returned or used by the hook itself.',
  check(row, channel) {
    if (row.direction !== 'client-to-server' || channel.broken.has(channel.hook?.file ?? '')) return []
    const { callbacks, returned, isUsed } = row.requestUse
    const [first] = callbacks
    if (first === undefined || returned.length > 0 || isUsed) return []
    return [
      {
        subject: 'ts-hook-return',
        place: first.place,
        related: places(row.first('ts-send-method'), row.first('python-handler-branch')),
        what: `the hook makes \`${first.name}\`, which sends \`${row.event}\`, and does not return it`,
        why: 'no component can call it: nobody can ask for the event from the page',
        fix: `return it: \`${addEvent(row)}\``,
      },
    ]
  },
}
