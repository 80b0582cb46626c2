import type { Rule } from './rule.js'
import { places, quoteAll } from './words.js'

/** A callback that the hook returns and no component uses. */
export const unusedCallback: Rule = {
  id: 'unused-callback',
  severity: 'warning',
  kind: 'flow',
  about: 'row',
  title: 'Every callback of the hook that sends an event is used by a component.',
  check(row) {
    if (row.direction !== 'client-to-server') return []
    const { returned, isUsed, empty } = row.requestUse
    const [first] = returned
    if (first === undefined || isUsed || empty.length > 0) return []
    const names = quoteAll(returned.map((one) => one.name))
    return [
      {
        subject: first.name,
        place: first.place,
        related: places(row.first('ts-send-method'), row.first('python-handler-branch')),
        what: `nothing uses ${names} to send \`${row.event}\``,
        why: 'nobody can ask for it from the page, although the server would answer',
        fix: `call ${names} from a component, or take the event out`,
      },
    ]
  },
}
