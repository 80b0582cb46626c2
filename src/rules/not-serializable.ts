import { sendsAsJson } from '../facts/json-mode.js'
import { unsendable } from '../facts/wire-values.js'
import type { Rule } from './rule.js'
import { eventOf, places } from './words.js'

/** A value that JSON cannot carry. */
export const notSerializable: Rule = {
  id: 'not-serializable',
  severity: 'error',
  kind: 'contract',
  title: 'Every value that the server sends is one that JSON can carry.',
  check: ({ context, rows, channel }) => {
    if (sendsAsJson(context)) return []
    return rows.flatMap((row) =>
      (row.direction === 'server-to-client' ? (row.contract?.sent ?? []) : []).flatMap((field) => {
        const type = unsendable(field)
        if (type === undefined) return []
        const isDate = /^(datetime\.)?(date|time|datetime)\b/.test(type)
        return [
          {
            event: eventOf(row),
            subject: field.key,
            place: field.place,
            related: places(row.emits[0]?.place),
            what: `\`${field.key}\` of \`${row.event}\` is a \`${type}\``,
            why: `\`${channel.manager?.methods[0]?.name ?? 'send'}\` raises TypeError: JSON has no \`${type}\`, and the message is never sent`,
            fix: isDate
              ? `send \`${field.value}.isoformat()\``
              : `turn it into text, a number or a list in the factory: \`str(${field.value})\``,
          },
        ]
      }),
    )
  },
}
