import type { Place } from '../errors.js'
import { isKnown } from '../ledger/left-behind.js'
import { findLostNames, type LostName } from '../ledger/lost-names.js'
import { eventOfModel, modelName } from '../ledger/payload-names.js'
import type { Rule } from './rule.js'
import { addEvent, eventOf } from './words.js'

/** A name that a part of a channel imports from the file of the payloads, or that `__all__` lists, and that is not there. */
export const danglingImport: Rule = {
  id: 'dangling-import',
  severity: 'error',
  kind: 'presence',
  title: 'Every name that is imported from the file of the payloads, or listed in `__all__`, is there.',
  check: ({ context, rows, all, broken }) =>
    onePerName(findLostNames(context)).flatMap(({ name, place, file, isListed, language, also }) => {
      const owner = all.find((row) => modelName(row.event) === name)
      const row = rows.find((one) => one === owner)
      // Its event has a finding already, or is one of another channel.
      const isTold = row === undefined && (owner !== undefined || isKnown(context, eventOfModel(name)))
      if (isTold || broken.has(file) || broken.has(place.file)) return []
      return [
        {
          event: row === undefined ? undefined : eventOf(row),
          subject: row === undefined ? name : siteOf(language),
          place,
          related: [{ file }, ...also],
          what: isListed
            ? `\`__all__\` lists \`${name}\`, and nothing in \`${file}\` binds it`
            : `\`${name}\` is imported from \`${file}\`, which does not have it`,
          why:
            language === 'python'
              ? 'the import raises as soon as it runs, and the backend does not start'
              : 'the frontend does not compile',
          fix:
            row === undefined
              ? `take \`${name}\` out, or write it: \`cachibot-ws remove-event ${eventOfModel(name)}\` takes out what is left of an event`
              : `complete the event: \`${addEvent(row)}\``,
        },
      ]
    }),
}

/** The site that an event lacks, by who misses it. */
function siteOf(language: LostName['language']): string {
  return language === 'python' ? 'python-payload-model' : 'ts-payload-interface'
}

/** Each name that a language lacks once, with the other places that take it. */
function onePerName(lost: readonly LostName[]): (LostName & { readonly also: readonly Place[] })[] {
  const keyOf = ({ name, language }: LostName): string => `${name} ${siteOf(language)}`
  const first = lost.filter((one, index) => lost.findIndex((other) => keyOf(other) === keyOf(one)) === index)
  return first.map((one) => ({
    ...one,
    also: lost.flatMap((other) => (other !== one && keyOf(other) === keyOf(one) ? [other.place] : [])),
  }))
}
