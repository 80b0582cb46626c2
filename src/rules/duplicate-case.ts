import { findDuplicates } from './duplicate.js'
import type { Rule } from './rule.js'

/** Two cases of one event: the second is never reached. */
export const duplicateCase: Rule = {
  id: 'duplicate-case',
  severity: 'error',
  kind: 'hygiene',
  title: 'No event has two cases in the switch.',
  check: (facts) =>
    findDuplicates(facts, 'ts-hook-case', (row) => ({
      what: `\`case '${row.event}'\` stands twice in the switch`,
      why: 'the second one is never reached: what it does never happens',
      fix: 'put both into one case',
    })),
}
