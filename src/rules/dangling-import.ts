import type { Place } from '../errors.js'
import type { LostName } from '../facts/lost-names.js'
import type { Rule } from './rule.js'
import { addEvent, eventOf } from './words.js'

/** A name that a part of a channel imports from the file of the payloads, or that `__all__` lists, and that is not there. */
export const danglingImport: Rule = {
  id: 'dangling-import',
  severity: 'error',
  kind: 'presence',
  about: 'channel',
  title: 'Every name that is imported from the file of the payloads, or listed in `__all__`, is there.',
  check: (channel, asked) =>
    onePerName(channel.lostNames).flatMap(({ name, event, site, place, file, isListed, also }) => {
      const owner = channel.rows.find((row) => row.modelName === name)
      const row = asked.find((one) => one === owner)
      // Its event has a finding already, or is one of another channel.
      const isTold = row === undefined && (owner !== undefined || channel.isKnownAnywhere(event))
      // What handler and hook lack by this name is told of them.
      if (channel.danglingImports.some((other) => other.name === name)) return []
      if (isTold || channel.broken.has(file) || channel.broken.has(place.file)) return []
      return [
        {
          event: row === undefined ? undefined : eventOf(row),
          subject: row === undefined ? name : site,
          place,
          related: [{ file }, ...also],
          what: isListed
            ? `\`__all__\` lists \`${name}\`, and nothing in \`${file}\` binds it`
            : `\`${name}\` is imported from \`${file}\`, which does not have it`,
          why:
            site === 'python-payload-model'
              ? 'the import raises as soon as it runs, and the backend does not start'
              : 'the frontend does not compile',
          fix:
            row === undefined
              ? `take \`${name}\` out, or write it: \`cachibot-ws remove-event ${event}\` takes out what is left of an event`
              : `complete the event: \`${addEvent(row)}\``,
        },
      ]
    }),
}

/** Each name that a language lacks once, with the other places that take it. */
function onePerName(lost: readonly LostName[]): (LostName & { readonly also: readonly Place[] })[] {
  const keyOf = ({ name, site }: LostName): string => `${name} ${site}`
  const first = lost.filter((one, index) => lost.findIndex((other) => keyOf(other) === keyOf(one)) === index)
  return first.map((one) => ({
    ...one,
    also: lost.flatMap((other) => (other !== one && keyOf(other) === keyOf(one) ? [other.place] : [])),
  }))
}
