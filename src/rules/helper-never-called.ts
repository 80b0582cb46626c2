import type { Named } from '../facts/named.js'
import type { Row } from '../facts/row.js'
import { groupBy } from '../group.js'
import type { Rule } from './rule.js'
import { eventOf, places, quoteAll } from './words.js'

/** Events that only a function sends which nothing calls: one finding a function. */
export const helperNeverCalled: Rule = {
  id: 'helper-never-called',
  severity: 'warning',
  kind: 'flow',
  about: 'channel',
  title: 'Every event is sent by at least one function that something calls.',
  check(_, asked) {
    return [...groupBy(asked.flatMap(findDead), (one) => one.sender.name)].flatMap(([name, own]) => {
      const [first] = own
      if (first === undefined) return []
      return [
        {
          event: eventOf(first.row),
          subject: name,
          place: first.sender.place,
          related: places(first.row.emits[0]?.place, ...own.map((one) => one.row.first('ts-hook-case'))),
          what: `only \`${name}\` sends ${quoteAll(own.map((one) => one.row.event))}, and nothing calls it`,
          why: 'the event never reaches anybody, although everything about it looks finished',
          fix: `call \`${name}\` where it happens`,
        },
      ]
    })
  },
}

/** A row all of whose emits stand in functions that nothing calls, with the first of those. */
function findDead(row: Row): { row: Row; sender: Named }[] {
  if (row.direction !== 'server-to-client') return []
  const senders = row.emits.map((emit) => emit.uncalled)
  const [sender] = senders
  return sender === undefined || senders.includes(undefined) ? [] : [{ row, sender }]
}
