import { isCalled } from '../ledger/calls.js'
import type { Rule } from './rule.js'
import { eventOf, places } from './words.js'

/** An event that only a function sends which nothing calls. */
export const helperNeverCalled: Rule = {
  id: 'helper-never-called',
  severity: 'warning',
  kind: 'flow',
  title: 'Every event is sent by at least one function that something calls.',
  check: ({ context, rows }) =>
    rows.flatMap((row) => {
      if (row.direction !== 'server-to-client' || row.emits.length === 0) return []
      const dead = row.emits.map((emit) => emit.inside.find((one) => !isCalled(context, one)))
      const [first] = dead
      if (first === undefined || dead.includes(undefined)) return []
      return [
        {
          event: eventOf(row),
          subject: first.name,
          place: first.place,
          related: places(row.emits[0]?.place, row.first('ts-hook-case')),
          what: `only \`${first.name}\` sends \`${row.event}\`, and nothing calls it`,
          why: 'the event never reaches anybody, although everything about it looks finished',
          fix: `call \`${first.name}\` where it happens`,
        },
      ]
    }),
}
