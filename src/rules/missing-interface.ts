import type { Rule } from './rule.js'
import { addEvent, firstPlace } from './words.js'

/** An event whose payload no TypeScript interface declares. Repositories rightly live without. */
export const missingInterface: Rule = {
  id: 'missing-interface',
  severity: 'info',
  kind: 'presence',
  about: 'row',
  title: 'Every payload is declared by a TypeScript interface.',
  check(row, channel) {
    const { union } = channel
    const { contract } = row
    if (!row.isUsed || row.first('ts-payload-interface') !== undefined) return []
    if (union === undefined || contract === undefined || channel.broken.has(union.file)) return []
    if (contract.isDeclared || channel.ownerOfModel(row.event) !== undefined) return []
    if (channel.lacks(row.modelName, 'ts-payload-interface')) return []
    // A case that does not look at the payload needs no type for it.
    const isIgnored = row.case?.usesPayload === false
    if (isIgnored) return []
    const types = row.payloadTypes
    const isServers = row.direction === 'server-to-client'
    const isNamed = types.some((type) => /^[A-Za-z_]\w*$/.test(type))
    const isNeeded = isServers
      ? types.every((type) => /^\w+$/.test(type)) && contract.sent.length > 0
      : isNamed
    if (!isNeeded) return []
    const name = types.find((type) => /^[A-Za-z_]\w*$/.test(type)) ?? row.modelName
    return [
      {
        subject: 'ts-payload-interface',
        place: firstPlace(union.file, row.first('ts-hook-case', 'ts-send-method')),
        related: row.factories.map((one) => one.place),
        what: `no interface \`${name}\` declares the payload of \`${row.event}\``,
        why: 'the compiler cannot tell a key that is there from one that is not',
        fix: `add it: \`${addEvent(row)}\``,
      },
    ]
  },
}
