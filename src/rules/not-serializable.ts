import type { Rule } from './rule.js'
import { places } from './words.js'

/** A value that JSON cannot carry. */
export const notSerializable: Rule = {
  id: 'not-serializable',
  severity: 'error',
  kind: 'contract',
  about: 'row',
  title: 'Every value that the server sends is one that JSON can carry.',
  check(row, channel) {
    if (row.direction !== 'server-to-client' || channel.sendsAsJson) return []
    return (row.contract?.unsendable ?? []).map(({ field, type }) => {
      const isDate = /^(datetime\.)?(date|time|datetime)\b/.test(type)
      return {
        subject: field.key,
        place: field.place,
        related: places(row.emits[0]?.place),
        what: `\`${field.key}\` of \`${row.event}\` is a \`${type}\``,
        why: `\`${channel.sender ?? 'send'}\` raises TypeError: JSON has no \`${type}\`, and the message is never sent`,
        fix: isDate
          ? `send \`${field.value}.isoformat()\``
          : `turn it into text, a number or a list in the factory: \`str(${field.value})\``,
      }
    })
  },
}
