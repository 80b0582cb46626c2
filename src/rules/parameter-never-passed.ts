import type { WantedField } from '../facts/contract.js'
import type { FactoryFacts } from '../facts/factory-facts.js'
import type { Row } from '../facts/row.js'
import type { Rule } from './rule.js'
import { places, placesOfWanted, plural, quoteAll } from './words.js'

/** An optional parameter of a factory whose key the client waits for and that no caller gives. */
export const parameterNeverPassed: Rule = {
  id: 'parameter-never-passed',
  severity: 'warning',
  kind: 'flow',
  about: 'row',
  title: 'Every optional parameter of a factory that the client relies on is given by some caller.',
  check: (row, channel) =>
    row.factories.flatMap((factory) => {
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
          what: `no caller of \`${channel.envelope.name}.${factory.name}\` gives ${quoteAll(wanted.map((one) => one.name))}, and the client reads ${keys}`,
          why: `${keys} ${plural(wanted.length, 'has', 'have')} the default for ever: what the page does with anything else never happens`,
          fix: 'give it where the event is sent, or take it out of factory and case',
        },
      ]
    }),
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
