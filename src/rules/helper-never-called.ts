import { isCalled } from '../facts/calls.js'
import type { ChannelFacts } from '../facts/channel-facts.js'
import type { EmitScope, Row } from '../facts/row.js'
import type { Rule } from './rule.js'
import { eventOf, places, quoteAll } from './words.js'

/** Events that only a function sends which nothing calls: one finding a function. */
export const helperNeverCalled: Rule = {
  id: 'helper-never-called',
  severity: 'warning',
  kind: 'flow',
  title: 'Every event is sent by at least one function that something calls.',
  check(facts) {
    const dead = findDead(facts)
    return [...new Set(dead.map((one) => one.scope.name))].flatMap((name) => {
      const own = dead.filter((one) => one.scope.name === name)
      const [first] = own
      if (first === undefined) return []
      return [
        {
          event: eventOf(first.row),
          subject: name,
          place: first.scope.place,
          related: places(first.row.emits[0]?.place, ...own.map((one) => one.row.first('ts-hook-case'))),
          what: `only \`${name}\` sends ${quoteAll(own.map((one) => one.row.event))}, and nothing calls it`,
          why: 'the event never reaches anybody, although everything about it looks finished',
          fix: `call \`${name}\` where it happens`,
        },
      ]
    })
  },
}

/** The rows all of whose emits stand in functions that nothing calls, with the first of those. */
function findDead({ context, rows }: ChannelFacts): { row: Row; scope: EmitScope }[] {
  return rows.flatMap((row) => {
    if (row.direction !== 'server-to-client') return []
    const scopes = row.emits.map((emit) => emit.inside.find((one) => !isCalled(context, one)))
    const [scope] = scopes
    return scope === undefined || scopes.includes(undefined) ? [] : [{ row, scope }]
  })
}
