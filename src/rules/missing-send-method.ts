import type { Place } from '../errors.js'
import type { ChannelFacts } from '../facts/channel-facts.js'
import type { Row } from '../facts/row.js'
import type { Drift, Rule } from './rule.js'
import { addEvent, eventOf, firstPlace, places } from './words.js'

/** A client event that the client cannot send. */
export const missingSendMethod: Rule = {
  id: 'missing-send-method',
  severity: 'error',
  kind: 'presence',
  about: 'channel',
  title:
    'Every event that the server takes is sent by a method of the client, and every method that the hook calls exists.',
  check: (channel, asked) => [...findUnsent(channel, asked), ...findLost(channel)],
}

function findUnsent({ client, broken, rows }: ChannelFacts, asked: readonly Row[]): Drift[] {
  return asked.flatMap((row) => {
    const isServers = row.direction !== 'client-to-server'
    const isTaken = !isServers || row.first('python-handler-branch') !== undefined
    if (!isTaken || client === undefined || broken.has(client.file)) return []
    const wrong = row.misspelled?.first('ts-send-method')
    if (row.requestUse.methods.length > 0 || (row.saidBy.length > 0 && wrong === undefined)) return []
    if (row.isUnreadAt('ts-send-method')) return []
    const other = sendingAs(row, rows)
    return [
      {
        event: eventOf(row),
        subject: 'ts-send-method',
        place: firstPlace(client.file, wrong, other?.place, client.place),
        related: places(row.first('python-handler-branch'), row.first('python-enum-member')),
        fixIn: client.file,
        what:
          other === undefined
            ? `the server takes \`${row.event}\`, and no method of \`${client.name}\` sends it`
            : `the server takes \`${row.event}\`, and \`${other.name}\` of \`${client.name}\` sends \`${other.event}\``,
        why: 'nobody can ask for it from the page',
        fix:
          other !== undefined
            ? `write \`'${row.event}'\` in \`${other.name}\``
            : isServers
              ? 'write the method, or take the branch out'
              : `add the method: \`${addEvent(row)}\``,
      },
    ]
  })
}

/** The method that has an event's name and sends another one, or one that is misspelled. */
function sendingAs(
  row: Row,
  rows: readonly Row[],
): { name: string; event: string; place: Place } | undefined {
  const others = row.misspelled === undefined ? rows : [row.misspelled, ...rows]
  for (const { event, requestUse } of others) {
    const found = requestUse.methods.find((one) => one.name === row.derivedMethod)
    if (found !== undefined && event !== row.event) return { name: found.name, event, place: found.place }
  }
  return undefined
}

/** What the hook calls and the client lacks, of no event that is told otherwise. */
function findLost(channel: ChannelFacts): Drift[] {
  const { client, broken } = channel
  if (client === undefined || broken.has(client.file)) return []
  const known = channel.rows.map((row) => row.derivedMethod)
  return channel.lostCalls
    .filter((one) => !known.includes(one.method))
    .map(({ method, place }) => ({
      event: undefined,
      subject: method,
      place,
      related: places(client.place),
      fixIn: client.file,
      what: `the hook calls \`${method}\`, and \`${client.name}\` has no such method`,
      why: 'the frontend does not compile, and the call raises a TypeError: nothing is sent',
      fix: 'write the method, or take the callback out',
    }))
}
