import { findNearest, type Place } from '../errors.js'
import type { ChannelFacts } from '../facts/channel-facts.js'
import type { Row } from '../facts/row.js'
import { groupBy } from '../group.js'
import { PYDANTIC_ATTRIBUTES, TYPE_ATTRIBUTES } from '../spec/reserved.generated.js'
import type { Drift, Rule } from './rule.js'
import { addEvent, eventOf, firstPlace, places } from './words.js'

/** A server event that no factory makes, or a factory that is called and does not exist. */
export const missingFactory: Rule = {
  id: 'missing-factory',
  severity: 'error',
  kind: 'presence',
  about: 'channel',
  title: 'Every event of the server has a factory, and every factory that is called exists.',
  check(channel, asked) {
    if (channel.broken.has(channel.envelope.file)) return []
    const calls = findUnknownCalls(channel, asked)
    const told = calls.map((one) => one.event?.name)
    return [...calls, ...findAbsent(channel, asked).filter((one) => !told.includes(one.event?.name))]
  },
}

function findUnknownCalls({ envelope, factoryUses }: ChannelFacts, asked: readonly Row[]): Drift[] {
  const { name } = envelope
  const unknown = factoryUses.filter(
    (one) => !envelope.names.has(one.name) && !ATTRIBUTES.has(one.name) && !one.name.startsWith('__'),
  )
  if (unknown.length === 0) return []
  const factories = asked.flatMap((row) => row.factories.map((one) => ({ row, name: one.name })))
  return [...groupBy(unknown, (one) => one.name)].flatMap(([called, uses]) => {
    const [place, ...others] = uses.map((one) => one.place)
    const nearest = findNearest(
      called,
      factories.map((one) => one.name),
    )
    const row =
      asked.find((one) => one.derivedFactory === called || one.event === called) ??
      factories.find((one) => one.name === nearest)?.row
    if (place === undefined) return []
    const own = row?.factories[0]
    return [
      {
        event: row === undefined ? undefined : eventOf(row),
        subject: 'python-factory',
        place,
        related: places(own?.place ?? envelope.place, ...others),
        what: `\`${name}.${called}\` is called, and \`${name}\` has no such factory`,
        why: 'the line raises AttributeError as soon as it runs: the message is never sent',
        fix: fixOf(own?.name ?? nearest, row === undefined ? undefined : addEvent(row), name),
      },
    ]
  })
}

const ATTRIBUTES: ReadonlySet<string> = new Set([...PYDANTIC_ATTRIBUTES, ...TYPE_ATTRIBUTES])

function fixOf(nearest: string | undefined, command: string | undefined, envelope: string): string {
  if (nearest !== undefined) return `call \`${envelope}.${nearest}\`, or rename the factory`
  return command === undefined ? 'write the factory, or take the call out' : `add the factory: \`${command}\``
}

function findAbsent(channel: ChannelFacts, asked: readonly Row[]): Drift[] {
  const { envelope } = channel
  return asked.flatMap((row) => {
    const isServers = row.direction === 'server-to-client' && row.isUsed
    if (!isServers || row.first('python-factory') !== undefined) return []
    if (row.isUnreadAt('python-factory') || isInherited(channel, row.derivedFactory)) return []
    // A client's event that the server sends lacks who takes it, and not who makes it.
    const isClients = row.first('python-handler-branch', 'ts-send-method') !== undefined
    if (isClients && row.emits.length > 0) return []
    const wrong = row.misspelled?.first('python-factory')
    const sent = row.emits[0]?.place
    const other = makingAs(channel, row)
    const waits = row.first('ts-hook-case', 'ts-union-member')
    return [
      {
        event: eventOf(row),
        subject: 'python-factory',
        place: firstPlace(envelope.file, wrong, other?.place, sent, row.first('python-enum-member')),
        related: places(envelope.place, waits),
        fixIn: envelope.file,
        what:
          other === undefined
            ? `\`${envelope.name}\` has no factory that makes \`${row.event}\``
            : `\`${envelope.name}.${row.derivedFactory}\` makes \`${other.event}\`, and nothing makes \`${row.event}\``,
        why:
          sent === undefined
            ? 'the server cannot send it: what the client does with it never happens'
            : 'the payload is put together where it is sent, and no place says what the client can rely on',
        fix:
          other === undefined
            ? `add it: \`${addEvent(row)}\``
            : `give \`${row.derivedFactory}\` the member of \`${row.event}\``,
      },
    ]
  })
}

/** The factory that has an event's name and makes another one. */
function makingAs({ rows }: ChannelFacts, row: Row): { event: string; place: Place } | undefined {
  for (const { event, factories } of rows) {
    const found = factories.find((one) => one.name === row.derivedFactory)
    if (found !== undefined && event !== row.event) return { event, place: found.place }
  }
  return undefined
}

/** Whether a class has a method of a name that is none of the factories which were read: one of a base class. */
function isInherited({ envelope, rows }: ChannelFacts, name: string): boolean {
  return envelope.names.has(name) && !rows.some((row) => row.factories.some((one) => one.name === name))
}
