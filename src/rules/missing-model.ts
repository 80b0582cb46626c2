import type { Rule } from './rule.js'
import { addEvent, firstPlace } from './words.js'

/** An event whose payload no pydantic model declares. Repositories rightly live without. */
export const missingModel: Rule = {
  id: 'missing-model',
  severity: 'info',
  kind: 'presence',
  about: 'row',
  title: 'Every payload is declared by a pydantic model.',
  check(row, channel) {
    if (!row.isUsed || row.first('python-payload-model') !== undefined) return []
    if (channel.broken.has(channel.envelope.file)) return []
    const isSent = (row.contract?.sent.length ?? 0) > 0
    const isDeclared = row.hasSharedModel || channel.ownerOfModel(row.event) !== undefined
    if (!isSent || isDeclared || channel.lacks(row.modelName, 'python-payload-model')) return []
    return [
      {
        subject: 'python-payload-model',
        place: firstPlace(channel.envelope.file, row.factories[0]?.place, row.first('python-enum-member')),
        related: [],
        what: `no pydantic model \`${row.modelName}\` declares the payload of \`${row.event}\``,
        why: 'what the payload holds stands only where it is put together',
        fix: `add it: \`${addEvent(row)}\``,
      },
    ]
  },
}
