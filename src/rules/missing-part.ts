import type { Place } from '../errors.js'
import type { ChannelFacts } from '../facts/channel-facts.js'
import type { DanglingImport } from '../facts/dangling-imports.js'
import type { LostChannel } from '../facts/lost-channels.js'
import type { Drift, Rule } from './rule.js'
import { firstPlace, places, quoteAll } from './words.js'

/** A channel of which a whole part was not found: one finding instead of one for each of its events. */
export const missingPart: Rule = {
  id: 'missing-part',
  severity: 'error',
  kind: 'presence',
  about: 'channel',
  title: 'Every channel has a handler, a union of its events, a hook with a switch over them, and a client.',
  check(channel, asked) {
    const sends = asked.some((row) => row.direction === 'server-to-client' && row.isUsed)
    const takes = asked.some((row) => row.direction === 'client-to-server' && row.isUsed)
    if (!(sends || takes)) return []
    const parts = [
      sayPart(
        channel,
        'union',
        channel.union === undefined,
        `a union of string literals like \`${channel.enum.name}\``,
      ),
      sayPart(
        channel,
        'hook',
        channel.hook === undefined && sends,
        'a hook with a `switch` over the type of its messages',
      ),
      sayPart(
        channel,
        'client',
        channel.client === undefined && takes,
        'a client class whose methods send its events',
      ),
      sayPart(
        channel,
        'handler',
        channel.handler === undefined && takes,
        'a function decorated with `.websocket(…)`',
      ),
    ].filter((one) => one !== undefined)
    const dangling = channel.danglingImports
    const missing = [...parts.map((one) => one.text), ...dangling.map(sayImport)]
    if (missing.length === 0) return []
    const imports = dangling.map((one) => one.place)
    const own = channel.enum.place
    // Where something of it still stands is where it changed.
    const [place, ...related] =
      parts.length > 0 ? places(...parts.map((one) => one.place), ...imports, own) : imports
    return [
      {
        event: undefined,
        subject: 'parts',
        place: firstPlace(channel.enum.file, place),
        related,
        what: `channel \`${channel.id}\` (${quoteAll([channel.enum.name])}) lacks ${missing.join(', and ')}`,
        why: 'what goes over this channel has nobody at the other end, and nothing of it can be compared',
        fix: 'write the missing part, or take the channel out; `cachibot-ws info --verbose` says what was looked for',
      },
    ]
  },
}

/** A part that is not there, with what comes nearest to it. */
function sayPart(
  channel: ChannelFacts,
  part: 'union' | 'hook' | 'client' | 'handler',
  isMissing: boolean,
  text: string,
): { text: string; place: Place | undefined } | undefined {
  if (!isMissing) return undefined
  const { nearest, place } = channel.nearestTo(part)
  return { text: nearest === undefined ? text : `${text} (nearest: ${nearest})`, place }
}

function sayImport({ name, from, place }: DanglingImport): string {
  return `\`${name}\`, which \`${place.file}\` imports from \`${from}\``
}

/** A channel of which the backend's half was not found. */
export function lostChannelDrift({ id, union, envelope, place, users, nearest }: LostChannel): Drift {
  return {
    event: undefined,
    subject: id,
    place,
    related: places(nearest?.place, ...users.map((file) => ({ file }))),
    what: `channel \`${id}\` (\`${union}\`) lacks a \`str, Enum\` of its events, and a class with the fields \`type\` (of that enum) and \`payload\`; nearest: ${nearest?.text ?? 'nothing in the backend says its name'}`,
    why: `\`${envelope}\` has nobody at the other end, and nothing that goes over this channel can be compared`,
    fix: `bring enum and envelope back, or take ${quoteAll(users)} out as well`,
  }
}
