import type { Rule } from './rule.js'
import { firstPlace, places, plural, quoteAll } from './words.js'

/** Keys that the server sends and the client's type does not have. */
export const fieldNotDeclared: Rule = {
  id: 'field-not-declared',
  severity: 'warning',
  kind: 'contract',
  about: 'row',
  title: 'Every key that the server sends is declared by the type of the client.',
  check(row, channel) {
    const { contract } = row
    if (row.direction !== 'server-to-client' || contract === undefined) return []
    // A key that goes by two names is one defect, which `field-never-sent` tells.
    const extra = contract.neverSent.length > 0 ? [] : contract.undeclared
    const [first] = extra
    if (first === undefined) return []
    const keys = quoteAll(extra.map((one) => one.key))
    return [
      {
        subject: extra.map((one) => one.key).join(),
        place: firstPlace(channel.envelope.file, first.place),
        related: places(row.first('ts-payload-interface'), ...contract.wantedAt),
        what: `the server sends ${keys} with \`${row.event}\`, and the type of the client does not declare ${plural(extra.length, 'it', 'them')}`,
        why: 'nothing of the page can use it, and the next who reads the type takes it for not there',
        fix: `declare ${keys} in the interface, or stop sending ${plural(extra.length, 'it', 'them')}`,
      },
    ]
  },
}
