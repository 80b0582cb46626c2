import type { Rule } from './rule.js'

/** A send that is called and not awaited. */
export const sendNotAwaited: Rule = {
  id: 'send-not-awaited',
  severity: 'error',
  kind: 'flow',
  about: 'row',
  title: 'Every send is awaited, or given to a task.',
  check: (row) =>
    row.emits
      .filter((emit) => emit.isLost)
      .map((emit) => ({
        subject: 'python-send',
        place: emit.place,
        related: [],
        what: `\`${row.event}\` is given to a send that is not awaited`,
        why: 'the call makes a coroutine and never runs it: nothing is sent from here',
        fix: 'put `await` in front of the call',
      })),
}
