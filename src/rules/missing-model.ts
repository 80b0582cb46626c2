import { namesLostIn } from '../ledger/lost-names.js'
import { hasSharedModel, modelName, ownersOfModels } from '../ledger/payload-names.js'
import type { Rule } from './rule.js'
import { addEvent, eventOf, firstPlace } from './words.js'

/** An event whose payload no pydantic model declares. Repositories rightly live without. */
export const missingModel: Rule = {
  id: 'missing-model',
  severity: 'info',
  kind: 'presence',
  title: 'Every payload is declared by a pydantic model.',
  check: ({ context, channel, rows, broken }) => {
    const lost = namesLostIn(context, 'python')
    const ownerOf = ownersOfModels(context.rows)
    return rows.flatMap((row) => {
      if (!row.isUsed || row.first('python-payload-model') !== undefined || broken.has(channel.envelope.file))
        return []
      const isSent = (row.contract?.sent.length ?? 0) > 0
      const isDeclared = hasSharedModel(context, row.event) || ownerOf(row.event) !== undefined
      if (!isSent || isDeclared || lost.has(modelName(row.event))) return []
      return [
        {
          event: eventOf(row),
          subject: 'python-payload-model',
          place: firstPlace(channel.envelope.file, row.factories[0]?.place, row.first('python-enum-member')),
          related: [],
          what: `no pydantic model \`${modelName(row.event)}\` declares the payload of \`${row.event}\``,
          why: 'what the payload holds stands only where it is put together',
          fix: `add it: \`${addEvent(row)}\``,
        },
      ]
    })
  },
}
