import { findNearest } from '../errors.js'
import type { Rule } from './rule.js'
import { places } from './words.js'

/** What every enum has by itself. */
const OF_ENUMS = ['__members__', 'value', 'name', '_value2member_map_', 'mro']

/** A member of the enum that the backend uses and that the enum does not define. */
export const missingEnumMember: Rule = {
  id: 'missing-enum-member',
  severity: 'error',
  kind: 'presence',
  about: 'channel',
  title: 'Every member of the enum that the backend uses is defined.',
  check(channel, asked) {
    const { rows, enum: members } = channel
    if (channel.broken.has(members.file)) return []
    const unknown = channel.memberUses.filter(
      (use) => !members.names.has(use.name) && !OF_ENUMS.includes(use.name) && !use.name.startsWith('__'),
    )
    const sent = channel.unknownTypes.map(({ name, place }) => ({
      event: { channel: channel.id, name },
      subject: 'python-enum-member',
      place,
      related: places(members.place),
      fixIn: members.file,
      what: `a message of type \`${name}\` is sent, and \`${members.name}\` has no such member`,
      why: 'no client knows it: what is sent here is dropped',
      fix: `add the member \`${name.toUpperCase()} = "${name}"\` to \`${members.name}\`, or send a type that it has`,
    }))
    const used = [...new Set(unknown.map((use) => use.name))].flatMap((name) => {
      const wire = name.toLowerCase()
      const event = rows.find((row) => row.misspelled?.event === wire)?.event ?? wire
      const uses = unknown.filter((use) => use.name === name).map((use) => use.place)
      const [place, ...others] = uses
      const isAsked = asked.some((row) => row.event === event) || rows.every((row) => row.event !== event)
      if (place === undefined || !isAsked) return []
      const nearest = findNearest(name, members.names)
      return [
        {
          event: { channel: channel.id, name: event },
          subject: 'python-enum-member',
          place,
          related: places(members.place, ...others),
          ...(nearest === undefined ? { fixIn: members.file } : {}),
          what: `\`${members.name}.${name}\` is used, and the enum does not define it`,
          why: 'the line raises AttributeError as soon as it runs: the message is never sent or never taken',
          fix:
            nearest === undefined
              ? `add the member \`${name} = "${wire}"\` to \`${members.name}\``
              : `write \`${members.name}.${nearest}\`, or add the member \`${name} = "${wire}"\``,
        },
      ]
    })
    return [...used, ...sent]
  },
}
