import { findDuplicate } from './duplicate.js'
import type { Rule } from './rule.js'

/** A member that stands twice in the union: all tools let it pass. */
export const duplicateUnionMember: Rule = {
  id: 'duplicate-union-member',
  severity: 'warning',
  kind: 'hygiene',
  about: 'row',
  title: 'No member stands twice in the union.',
  check: (row, channel) =>
    findDuplicate(row, 'ts-union-member', {
      what: `\`'${row.event}'\` stands twice in \`${channel.union?.name}\``,
      why: 'who takes one of them out thinks that the event is gone, and it is not',
      fix: 'take one of them out',
    }),
}
