import { findNearest } from '../errors.js'
import { memberUses, namesOfClass, partPlace } from '../facts/uses.js'
import type { Rule } from './rule.js'
import { places } from './words.js'

/** What every enum has by itself. */
const OF_ENUMS = ['__members__', 'value', 'name', '_value2member_map_', 'mro']

/** A member of the enum that the backend uses and that the enum does not define. */
export const missingEnumMember: Rule = {
  id: 'missing-enum-member',
  severity: 'error',
  kind: 'presence',
  title: 'Every member of the enum that the backend uses is defined.',
  check({ context, channel, rows, all, broken }) {
    if (broken.has(channel.enum.file)) return []
    const defined = namesOfClass(context, channel.enum.file, channel.enum.name)
    const unknown = memberUses(context, channel.enum.name).filter(
      (use) => !defined.has(use.name) && !OF_ENUMS.includes(use.name) && !use.name.startsWith('__'),
    )
    return [...new Set(unknown.map((use) => use.name))].flatMap((name) => {
      const wire = name.toLowerCase()
      const event = all.find((row) => row.misspelled?.event === wire)?.event ?? wire
      const uses = unknown.filter((use) => use.name === name).map((use) => use.place)
      const [place, ...others] = uses
      const isAsked = rows.some((row) => row.event === event) || all.every((row) => row.event !== event)
      if (place === undefined || !isAsked) return []
      const nearest = findNearest(name, defined)
      return [
        {
          event: { channel: channel.id, name: event },
          subject: 'python-enum-member',
          place,
          related: places(partPlace(context, 'enum'), ...others),
          what: `\`${channel.enum.name}.${name}\` is used, and the enum does not define it`,
          why: 'the line raises AttributeError as soon as it runs: the message is never sent or never taken',
          fix:
            nearest === undefined
              ? `add the member \`${name} = "${wire}"\` to \`${channel.enum.name}\``
              : `write \`${channel.enum.name}.${nearest}\`, or add the member \`${name} = "${wire}"\``,
        },
      ]
    })
  },
}
