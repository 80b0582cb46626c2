import type { Rule } from './rule.js'
import { quoteAll } from './words.js'

/** An action that is named as one which takes an event, with its state, and that nothing calls or knows the event of. */
export const orphanAction: Rule = {
  id: 'orphan-action',
  severity: 'warning',
  kind: 'hygiene',
  about: 'channel',
  title: 'Every action of a store that keeps an event is called by something.',
  check: (channel) =>
    channel.orphanActions
      .filter((one) => !channel.broken.has(one.place.file))
      .map(({ event, action, state, hook, place }) => ({
        event: undefined,
        subject: action,
        place,
        related: [],
        what: `${quoteAll([action, state])} of \`${hook}\` keep \`${event}\`, which no channel has, and nothing calls or reads them`,
        why: 'the state never changes: what is made of it on a page shows nothing',
        fix: `take them out: \`cachibot-ws remove-event ${event}\`, or complete the event with \`cachibot-ws add-event ${event}\``,
      })),
}
