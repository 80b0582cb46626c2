import type { Rule } from './rule.js'
import { places, quoteAll } from './words.js'

/** A method of the client that nothing calls. */
export const unusedSendMethod: Rule = {
  id: 'unused-send-method',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every method of the client that sends an event is called.',
  check(row, channel) {
    const { hook } = channel
    // What a hook calls goes with it.
    if (row.direction !== 'client-to-server' || hook === undefined || channel.broken.has(hook.file)) return []
    const { methods, isSent } = row.requestUse
    const [first] = methods
    if (first === undefined || isSent) return []
    return [
      {
        subject: 'ts-hook-callback',
        place: first.place,
        related: places(row.first('python-handler-branch'), row.first('ts-hook-return')),
        what: `nothing calls ${quoteAll(methods.map((one) => one.name))} for \`${row.event}\``,
        why: 'nobody can ask for it from the page, although the server would answer',
        fix: `call \`${first.name}\` from a callback that the hook returns, or take the event out`,
      },
    ]
  },
}
