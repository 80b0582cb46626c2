import type { Rule } from './rule.js'
import { places } from './words.js'

/** A message that is put together by hand although there is a factory for it. */
export const handBuiltEnvelope: Rule = {
  id: 'hand-built-envelope',
  severity: 'warning',
  kind: 'flow',
  about: 'row',
  title: 'Every message of an event that has a factory is made by it.',
  check(row, channel) {
    const [factory] = row.factories
    if (factory === undefined) return []
    return row.emits
      .filter((emit) => emit.kind !== 'factory')
      .map((emit) => ({
        subject: 'python-send',
        place: emit.place,
        related: places(factory.place),
        what: `\`${row.event}\` is made by hand, past its factory`,
        why: 'a change of the payload in the factory does not reach this message, and clients get two kinds of it',
        fix: `call \`${channel.envelope.name}.${factory.name}\` here, and give it what it lacks`,
      }))
  },
}
