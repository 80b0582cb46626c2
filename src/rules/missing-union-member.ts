import type { Rule } from './rule.js'
import { addEvent, firstPlace, places } from './words.js'

/** An event that both sides use and the union does not have. */
export const missingUnionMember: Rule = {
  id: 'missing-union-member',
  severity: 'error',
  kind: 'presence',
  about: 'row',
  title: 'Every event that the frontend uses is a member of the union.',
  check(row, channel) {
    const { union } = channel
    if (union === undefined || channel.broken.has(union.file) || !row.isUsed) return []
    if (row.first('ts-union-member') !== undefined) return []
    if (row.isUnreadAt('ts-union-member')) return []
    const used = row.first('ts-hook-case', 'ts-send-method')
    const wrong = row.misspelled?.first('ts-union-member')
    return [
      {
        subject: 'ts-union-member',
        place: firstPlace(union.file, wrong, union.place),
        related: places(used, row.first('python-enum-member')),
        fixIn: union.file,
        what: `\`${union.name}\` has no \`'${row.event}'\`${wrong === undefined ? '' : `, but \`'${row.misspelled?.event}'\``}`,
        why: 'the frontend does not compile: the name is compared with a type that it can never have',
        fix: wrong === undefined ? `add it: \`${addEvent(row)}\`` : `write \`'${row.event}'\``,
      },
    ]
  },
}
