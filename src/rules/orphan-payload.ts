import type { Rule } from './rule.js'
import { quoteAll } from './words.js'

/** Payload types that no event has and nothing uses: one finding a file. */
export const orphanPayload: Rule = {
  id: 'orphan-payload',
  severity: 'info',
  kind: 'hygiene',
  about: 'channel',
  title: 'Every payload type belongs to an event, or something uses it.',
  check: (channel) =>
    channel.orphans
      .filter((one) => !channel.broken.has(one.file))
      .flatMap(({ file, types }) => {
        const [first, ...others] = types
        if (first === undefined) return []
        return [
          {
            event: undefined,
            subject: types.map((one) => one.name).join(),
            place: first.place,
            related: others.map((one) => one.place),
            what: `${quoteAll(types.map((one) => one.name))} in \`${file}\` ${others.length === 0 ? 'belongs' : 'belong'} to no event, and nothing uses ${others.length === 0 ? 'it' : 'them'}`,
            why: 'who reads the file takes it for what goes over the wire',
            fix: 'take it out, or complete its event with `cachibot-ws add-event`',
          },
        ]
      }),
}
