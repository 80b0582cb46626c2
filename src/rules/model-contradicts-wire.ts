import type { Rule } from './rule.js'
import { firstPlace, places } from './words.js'

/** A pydantic model that declares another payload than the one that is sent. */
export const modelContradictsWire: Rule = {
  id: 'model-contradicts-wire',
  severity: 'warning',
  kind: 'contract',
  about: 'row',
  title: 'A pydantic model declares the payload that is sent.',
  check(row, channel) {
    const differences = row.modelDifferences
    const [first] = differences
    if (first === undefined || row.contract === undefined) return []
    return [
      {
        subject: differences.map((one) => one.key).join(),
        place: firstPlace(channel.envelope.file, row.first('python-payload-model')),
        related: places(...differences.map((one) => one.place), ...row.contract.sentAt),
        what: `the model of \`${row.event}\` differs: ${differences.map((one) => one.what).join('; ')}`,
        why: 'who reads the model, or validates with it, gets another payload than the one on the wire',
        fix: 'declare in the model what is sent',
      },
    ]
  },
}
