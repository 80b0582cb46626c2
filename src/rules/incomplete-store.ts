import { missingStoreParts } from '../facts/store-parts.js'
import type { Rule } from './rule.js'
import { addEvent, eventOf } from './words.js'

/** A store that has only a part of what keeps an event. */
export const incompleteStore: Rule = {
  id: 'incomplete-store',
  severity: 'error',
  kind: 'presence',
  title: 'A store that keeps an event has its action, its state and the type of both.',
  check: ({ context, rows, broken }) =>
    rows
      .filter((row) => row.direction === 'server-to-client')
      .flatMap((row) =>
        missingStoreParts(context, row.event)
          .filter((one) => !broken.has(one.place.file))
          .map((one) => ({
            event: eventOf(row),
            subject: one.site,
            place: one.place,
            related: row.at('ts-hook-case'),
            what: `\`${one.hook}\` has no \`${one.name}\` ${one.isOfType ? 'in its type' : 'in its object'}, which \`${row.event}\` needs`,
            why: 'the frontend does not compile, or the event is lost on its way to the page',
            fix: `add it: \`${addEvent(row)}\``,
          })),
      ),
}
