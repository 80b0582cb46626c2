import type { Rule } from './rule.js'
import { places } from './words.js'

/** An empty function that stands where the callback of an event belongs. */
export const emptyFunctionPassed: Rule = {
  id: 'empty-function-passed',
  severity: 'warning',
  kind: 'flow',
  about: 'row',
  title: 'No component is given an empty function in place of a callback that sends an event.',
  check(row) {
    if (row.direction !== 'client-to-server') return []
    const { returned, isUsed, empty } = row.requestUse
    const [first] = empty
    const [callback] = returned
    if (first === undefined || callback === undefined || isUsed) return []
    return [
      {
        subject: first.name,
        place: first.place,
        related: places(callback.place, row.first('python-handler-branch')),
        what: `\`${first.name}\` is given an empty function, and nothing uses \`${callback.name}\`, which sends \`${row.event}\``,
        why: 'a user clicks and nothing happens: the server is never asked',
        fix: `pass \`${callback.name}\` of the hook to \`${first.name}\``,
      },
    ]
  },
}
