import type { Rule } from './rule.js'
import { placeOfWanted, places, quoteAll } from './words.js'

/** A key that one side spells in snake_case and the other in camelCase. */
export const wireCaseMismatch: Rule = {
  id: 'wire-case-mismatch',
  severity: 'error',
  kind: 'contract',
  about: 'row',
  title: 'Both sides spell a key in the same case.',
  check(row) {
    const twins = row.contract?.caseTwins ?? []
    const [first] = twins
    if (first === undefined) return []
    const isServers = row.direction !== 'client-to-server'
    return [
      {
        subject: twins.map((one) => one.sent.key).join(),
        place: first.sent.place,
        related: places(...twins.map((one) => placeOfWanted(one.wanted))),
        what: `\`${row.event}\` is sent with ${quoteAll(twins.map((one) => one.sent.key))}, and the ${isServers ? 'client' : 'server'} reads ${quoteAll(twins.map((one) => one.wanted.key))}`,
        why: 'JSON keys are compared letter by letter: the value is there and nobody finds it',
        fix: `spell the ${twins.length === 1 ? 'key' : 'keys'} alike on both sides`,
      },
    ]
  },
}
