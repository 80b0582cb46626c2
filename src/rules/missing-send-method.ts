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

function findUnsent({ client, broken }: ChannelFacts, asked: readonly Row[]): Drift[] {
  return asked.flatMap((row) => {
    const isServers = row.direction !== 'client-to-server'
    const isTaken = !isServers || row.first('python-handler-branch') !== undefined
    if (!isTaken || client === undefined || broken.has(client.file)) return []
    const wrong = row.misspelled?.first('ts-send-method')
    if (row.requestUse.methods.length > 0 || (row.saidBy.length > 0 && wrong === undefined)) return []
    if (row.isUnreadAt('ts-send-method')) return []
    return [
      {
        event: eventOf(row),
        subject: 'ts-send-method',
        place: firstPlace(client.file, wrong, client.place),
        related: places(row.first('python-handler-branch'), row.first('python-enum-member')),
        fixIn: client.file,
        what: `the server takes \`${row.event}\`, and no method of \`${client.name}\` sends it`,
        why: 'nobody can ask for it from the page',
        fix: isServers ? 'write the method, or take the branch out' : `add the method: \`${addEvent(row)}\``,
      },
    ]
  })
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
