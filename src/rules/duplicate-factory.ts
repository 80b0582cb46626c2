import { groupBy } from '../group.js'
import type { Rule } from './rule.js'
import { eventOf } from './words.js'

/** Two factories of one name: the later one replaces the earlier. */
export const duplicateFactory: Rule = {
  id: 'duplicate-factory',
  severity: 'error',
  kind: 'hygiene',
  about: 'channel',
  title: 'No two factories have the same name.',
  check(channel, asked) {
    const factories = channel.rows.flatMap((row) => row.factories.map((factory) => ({ row, factory })))
    return [...groupBy(factories, (one) => one.factory.name)].flatMap(([name, all]) => {
      const found = all.toSorted((a, b) => (a.factory.place.line ?? 0) - (b.factory.place.line ?? 0))
      const last = found.at(-1)
      if (found.length < 2 || last === undefined || !asked.includes(last.row)) return []
      return [
        {
          event: eventOf(last.row),
          subject: name,
          place: last.factory.place,
          related: found.slice(0, -1).map((one) => one.factory.place),
          what: `\`${channel.envelope.name}.${name}\` is defined ${found.length} times`,
          why: 'Python keeps the last one: callers of the first send another payload than the one they see',
          fix: 'rename one of them, or put them together',
        },
      ]
    })
  },
}
