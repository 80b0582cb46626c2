import { findDuplicate } from './duplicate.js'
import type { Rule } from './rule.js'

/** Two members of the enum with one value: Python makes the second another name of the first. */
export const duplicateEnumValue: Rule = {
  id: 'duplicate-enum-value',
  severity: 'error',
  kind: 'hygiene',
  about: 'row',
  title: 'No two members of the enum have the same value.',
  check: (row, channel) =>
    findDuplicate(row, 'python-enum-member', {
      what: `${row.members.map((name) => `\`${name}\``).join(' and ')} of \`${channel.enum.name}\` both have the value \`${row.event}\``,
      why: 'Python silently makes them one member: a message of the second arrives as one of the first',
      fix: 'give each member a value of its own',
    }),
}
