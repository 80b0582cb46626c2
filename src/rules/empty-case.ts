import type { Rule } from './rule.js'
import { firstPlace, places } from './words.js'

/** A case that takes the event and does nothing with it; a comment in it that says why is a decision. */
export const emptyCase: Rule = {
  id: 'empty-case',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every case of the hook does something, or says in a comment why not.',
  check(row, channel) {
    const { case: found } = row
    if (row.direction !== 'server-to-client' || found === undefined) return []
    if (channel.broken.has(channel.hook?.file ?? '')) return []
    const isDecided = found.comments.some((text) => !/\b(TODO|FIXME|XXX)\b/i.test(text))
    if (found.doesSomething || isDecided) return []
    return [
      {
        subject: 'ts-hook-case',
        place: firstPlace(channel.hook?.file ?? '', row.first('ts-hook-case')),
        related: places(row.emits[0]?.place, row.factories[0]?.place),
        what: `the case of \`${row.event}\` does nothing`,
        why: 'the server sends it, and nothing changes on the page',
        fix: `hand the payload to a store, or say in a comment inside the case why nothing is to happen`,
      },
    ]
  },
}
