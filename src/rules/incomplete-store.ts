import type { Rule } from './rule.js'
import { addEvent } from './words.js'

/** A store that has only a part of what keeps an event. */
export const incompleteStore: Rule = {
  id: 'incomplete-store',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'A store that keeps an event has its action, its state and the type of both.',
  check(row, channel) {
    // Without a hook nobody knows what its case would call.
    if (row.direction !== 'server-to-client' || channel.hook === undefined) return []
    return row.missingStoreParts
      .filter((one) => !channel.broken.has(one.place.file))
      .map((one) => ({
        subject: one.site,
        place: one.place,
        related: row.at('ts-hook-case'),
        what: `\`${one.hook}\` has no \`${one.name}\` ${one.isOfType ? 'in its type' : 'in its object'}, which \`${row.event}\` needs`,
        why: 'the frontend does not compile, or the event is lost on its way to the page',
        fix: `add it: \`${addEvent(row)}\``,
      }))
  },
}
