import type { ChannelFacts } from '../facts/channel-facts.js'
import type { Contract } from '../facts/contract.js'
import type { Row } from '../facts/row.js'
import type { Drift, Rule } from './rule.js'
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
    const fallbacks = sayFallbacks(row, channel, contract)
    if (never.length === 0) return fallbacks
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
      ...fallbacks,
    ]
  },
}

/** Keys that are read beside some that are sent: nothing is lost, and nothing comes of them. */
function sayFallbacks(row: Row, channel: ChannelFacts, contract: Contract): Omit<Drift, 'event'>[] {
  const { fallbacks, sentAt } = contract
  const keys = fallbacks.map((one) => one.key)
  if (keys.length === 0) return []
  const [it, is] = [plural(keys.length, 'it', 'them'), plural(keys.length, 'it is', 'they are')]
  return [
    {
      severity: 'info',
      subject: `${keys.join()} beside`,
      place: firstPlace(channel.hook?.file ?? '', ...fallbacks.map(placeOfWanted)),
      related: places(...fallbacks.map(placeOfWanted).slice(1), ...sentAt),
      what: `the client reads ${quoteAll(keys)} of \`${row.event}\` beside what is sent, and the server never sends ${it}`,
      why: `${is} always undefined, and who reads the code takes ${it} for something that may come`,
      fix: 'read what is sent alone',
    },
  ]
}
