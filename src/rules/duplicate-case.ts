import { findDuplicate } from './duplicate.js'
import type { Rule } from './rule.js'

/** Two cases of one event: the second is never reached. */
export const duplicateCase: Rule = {
  id: 'duplicate-case',
  severity: 'error',
  kind: 'hygiene',
  about: 'row',
  title: 'No event has two cases in the switch.',
  check: (row) =>
    findDuplicate(row, 'ts-hook-case', {
      what: `\`case '${row.event}'\` stands twice in the switch`,
      why: 'the second one is never reached: what it does never happens',
      fix: 'put both into one case',
    }),
}
