import { posix } from 'node:path'
import type { Rule } from './rule.js'
import { addEvent, firstPlace, places } from './words.js'

/** An event that the server sends and the client drops. */
export const missingCase: Rule = {
  id: 'missing-case',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every event that the server sends has a case in the hook.',
  check(row, channel) {
    const { hook, union } = channel
    const isServers = row.direction === 'server-to-client' && row.isUsed
    if (!isServers || hook === undefined || channel.broken.has(hook.file)) return []
    if (row.first('ts-hook-case') !== undefined || row.isTakenBefore) return []
    if (row.isUnreadAt('ts-hook-case')) return []
    const wrong = row.misspelled?.first('ts-hook-case')
    const isInUnion = union === undefined || row.first('ts-union-member') !== undefined
    const member = isInUnion ? '' : ` and the member of \`${union.name}\``
    const add = channel.hasSwitch
      ? `add the case${member}: \`${addEvent(row)}\``
      : `take \`${row.event}\` there as well`
    return [
      {
        subject: 'ts-hook-case',
        place: firstPlace(channel.enum.file, wrong, row.emits[0]?.place, row.factories[0]?.place),
        related: places(hook.place, row.factories[0]?.place, row.first('ts-union-member')),
        fixIn: hook.file,
        what: `\`${row.event}\` is sent, with ${
          wrong === undefined ? 'no case' : `\`${row.misspelled?.event}\` for its case`
        } in \`${posix.basename(hook.file)}\``,
        why: 'the browser receives the message and drops it: nothing changes on the page, and no error says so',
        fix: wrong === undefined ? add : `write \`case '${row.event}'\``,
      },
    ]
  },
}
