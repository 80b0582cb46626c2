import type { ChannelFacts } from '../facts/channel-facts.js'
import type { WantedField } from '../facts/contract.js'
import type { FactoryFacts } from '../facts/factory-facts.js'
import type { Row } from '../facts/row.js'
import type { Drift, Rule } from './rule.js'
import { places, placesOfWanted, plural, quoteAll } from './words.js'

/** An optional parameter whose key the other side waits for and that no caller gives: of a factory, or of the client's method. */
export const parameterNeverPassed: Rule = {
  id: 'parameter-never-passed',
  severity: 'warning',
  kind: 'flow',
  about: 'row',
  title: 'Every optional parameter that the other side relies on is given by some caller.',
  check: (row, channel) => [...findInFactories(row, channel), ...findInMethods(row)],
}

function findInFactories(row: Row, channel: ChannelFacts): Omit<Drift, 'event'>[] {
  return row.factories.flatMap((factory) => {
    const wanted = findNeverPassed(row, factory).flatMap(({ name, key }) => {
      const field = row.contract?.wanted.find((one) => one.key === key)
      return field === undefined || !reliesOn(row, field) ? [] : [{ name, key: key ?? '', field }]
    })
    if (wanted.length === 0) return []
    const keys = quoteAll(wanted.map((one) => one.key))
    return [
      {
        subject: wanted.map((one) => one.name).join(),
        place: factory.place,
        related: places(...wanted.flatMap((one) => placesOfWanted(one.field)), row.emits[0]?.place),
        what: `no caller of \`${channel.envelope.name}.${factory.name}\` gives ${quoteAll(wanted.map((one) => one.name))}, and the other side reads it`,
        why: `${keys} ${plural(wanted.length, 'has', 'have')} the default for ever: what the page does with anything else never happens`,
        fix: 'give it where the event is sent, or take it out of factory and case',
      },
    ]
  })
}

/** What a send method of the client could send and the server reads, and what no call gives: an option that the hook drops. */
function findInMethods(row: Row): Omit<Drift, 'event'>[] {
  const wanted = row.neverGiven.flatMap((given) => {
    const field = row.contract?.wanted.find((one) => one.key === given.key)
    return field === undefined || field.reads.length === 0 ? [] : [{ given, field }]
  })
  const [first] = wanted
  if (first === undefined) return []
  const keys = quoteAll(wanted.map((one) => one.given.key))
  const [call, ...others] = first.given.calls
  return [
    {
      subject: wanted.map((one) => one.given.key).join(),
      place: call ?? first.given.place,
      related: places(
        ...wanted.map((one) => one.given.place),
        ...wanted.flatMap((one) => placesOfWanted(one.field)),
        ...others,
      ),
      what: `no caller of \`${first.given.method}\` gives ${keys}, and the other side reads it`,
      why: `the server goes on with the default of ${plural(wanted.length, 'that key', 'those keys')}, whatever the user chose`,
      fix: 'hand it on from the callback, whose type has to take it, or stop reading it',
    },
  ]
}

/** Whether the client reads a key that is always there with its default, or that it cannot do without. */
function reliesOn(row: Row, { key, reads }: WantedField): boolean {
  const isAlways = row.contract?.sent.some((one) => one.key === key && one.always) === true
  return reads.length > 0 && (isAlways || reads.some((one) => !one.isGuarded))
}

function findNeverPassed(row: Row, factory: FactoryFacts): FactoryFacts['parameters'] {
  const calls = row.emits.filter((one) => one.kind === 'factory' && one.name === factory.name)
  const passed = calls.map((one) => one.passed)
  // An answer gives what its request carries, and leaves the rest at its default.
  if (passed.includes(undefined) || calls.every((one) => one.isAnswer)) return []
  return factory.parameters.filter(
    (one, index) =>
      one.hasDefault &&
      one.key !== undefined &&
      passed.every((call) => call !== undefined && call.count <= index && !call.names.includes(one.name)),
  )
}
