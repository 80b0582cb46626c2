import type { Rule } from './rule.js'
import { places, placesOfWanted, quoteAll } from './words.js'

/** Keys that both sides agree on and that are spelled unlike all others of the channel. */
export const unusualWireCase: Rule = {
  id: 'unusual-wire-case',
  severity: 'info',
  kind: 'contract',
  about: 'row',
  title: 'All keys of a channel are spelled in the same case.',
  check(row, { wireCase }) {
    const isOther = wireCase === 'camel' ? /^[a-z0-9]+_/ : /[a-z0-9][A-Z]/
    const twins = row.contract?.caseTwins.map((one) => one.sent) ?? []
    const other = (row.contract?.sent ?? []).filter((one) => isOther.test(one.key) && !twins.includes(one))
    const [first] = other
    if (first === undefined) return []
    const wanted = row.contract?.wanted.filter((one) => other.some((field) => field.key === one.key)) ?? []
    return [
      {
        subject: other.map((one) => one.key).join(),
        place: first.place,
        related: places(...wanted.flatMap(placesOfWanted)),
        what: `\`${row.event}\` carries ${quoteAll(other.map((one) => one.key))}, and most keys of the channel are ${wireCase === 'camel' ? 'camelCase' : 'snake_case'}`,
        why: 'the next who reads a key guesses its case, and guesses wrong',
        fix: 'spell the keys as the others are, on both sides at once',
      },
    ]
  },
}
