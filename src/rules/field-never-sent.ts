import type { Rule } from './rule.js'
import { firstPlace, placeOfWanted, places, plural, quoteAll } from './words.js'

/** Keys of a payload that the client reads and the server never sends. */
export const fieldNeverSent: Rule = {
  id: 'field-never-sent',
  severity: 'error',
  kind: 'contract',
  about: 'row',
  title: 'Every key that the client reads is sent by the server.',
  check(row, channel) {
    const { contract } = row
    if (row.direction !== 'server-to-client' || contract === undefined) return []
    const never = contract.neverSent
    if (never.length === 0) return []
    const keys = never.map((one) => one.key)
    const instead = contract.undeclared.map((one) => one.key)
    const sent = contract.sent.map((one) => one.key)
    const shown = instead.length > 0 ? instead : sent
    const all = shown.length === 0 ? 'no payload' : quoteAll(shown)
    return [
      {
        subject: keys.join(),
        place: firstPlace(channel.hook?.file ?? '', ...never.map(placeOfWanted)),
        related: places(
          ...contract.sentAt,
          ...contract.undeclared.map((one) => one.place),
          ...never.map(placeOfWanted).slice(1),
        ),
        what: `the client reads ${quoteAll(keys)} of \`${row.event}\`, and the server sends ${all}${instead.length > 0 && instead.length < sent.length ? ' instead' : ''}`,
        why: `${plural(keys.length, 'it is', 'they are')} always undefined: what the page does with ${plural(keys.length, 'it', 'them')} never happens`,
        fix: `send ${quoteAll(keys)} from the factory, or read what is sent`,
      },
    ]
  },
}
