import type { Rule } from './rule.js'

/** Two branches of one event in one chain of the handler: the second is never reached. */
export const duplicateBranch: Rule = {
  id: 'duplicate-branch',
  severity: 'error',
  kind: 'hygiene',
  about: 'row',
  title: 'No event has two branches in one chain of the handler.',
  check(row) {
    const [first, second, ...others] = row.doubledBranches
    if (first === undefined || second === undefined) return []
    return [
      {
        subject: 'python-handler-branch',
        place: second,
        related: [first, ...others],
        what: `the handler takes \`${row.event}\` twice in one chain`,
        why: 'the second branch is never reached: what it does never happens',
        fix: 'put both into one branch',
      },
    ]
  },
}
