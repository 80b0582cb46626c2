import { namesLostIn } from '../ledger/lost-names.js'
import { modelName, ownersOfModels, typesOf } from '../ledger/payload-names.js'
import type { Rule } from './rule.js'
import { addEvent, eventOf, firstPlace } from './words.js'

/** An event whose payload no TypeScript interface declares. Repositories rightly live without. */
export const missingInterface: Rule = {
  id: 'missing-interface',
  severity: 'info',
  kind: 'presence',
  title: 'Every payload is declared by a TypeScript interface.',
  check: ({ context, channel, rows, broken }) => {
    const lost = namesLostIn(context, 'typescript')
    const ownerOf = ownersOfModels(context.rows)
    return rows.flatMap((row) => {
      const { union } = channel
      const { contract } = row
      if (!row.isUsed || row.first('ts-payload-interface') !== undefined) return []
      if (union === undefined || contract === undefined || broken.has(union.file)) return []
      if (contract.isDeclared || ownerOf(row.event) !== undefined) return []
      if (lost.has(modelName(row.event))) return []
      // A case that does not look at the payload needs no type for it.
      const isIgnored = row.use !== undefined && row.use.reads.length === 0 && !row.use.isHandedOn
      if (isIgnored) return []
      const types = typesOf(context.rows, row.event)
      const isServers = row.direction === 'server-to-client'
      const isNamed = types.some((type) => /^[A-Za-z_]\w*$/.test(type))
      const isNeeded = isServers
        ? types.every((type) => /^\w+$/.test(type)) && contract.sent.length > 0
        : isNamed
      if (!isNeeded) return []
      const name = types.find((type) => /^[A-Za-z_]\w*$/.test(type)) ?? modelName(row.event)
      return [
        {
          event: eventOf(row),
          subject: 'ts-payload-interface',
          place: firstPlace(union.file, row.first('ts-hook-case', 'ts-send-method')),
          related: row.factories.map((one) => one.place),
          what: `no interface \`${name}\` declares the payload of \`${row.event}\``,
          why: 'the compiler cannot tell a key that is there from one that is not',
          fix: `add it: \`${addEvent(row)}\``,
        },
      ]
    })
  },
}
