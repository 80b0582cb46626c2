import type { Place } from '../errors.js'
import { findMisfit, foldKey } from './compare.js'
import type { SentField } from './contract.js'
import type { Row } from './row.js'

/** How a model and the payload that is sent differ at one key. */
export interface ModelDifference {
  readonly key: string
  readonly what: string
  readonly place: Place | undefined
}

/** What the pydantic model of an event says otherwise than what is sent; the case of keys is no difference. */
export function findModelDifferences(row: Row): ModelDifference[] {
  const [model] = row.of('python-payload-model')
  const { contract } = row
  if (model?.shape === undefined || contract === undefined || contract.isSentOpen) return []
  const { shape } = model
  const isOf = (sent: SentField, key: string): boolean =>
    foldKey(sent.key) === foldKey(key) || sent.parameter === key.replace(/_$/, '') || sent.parameter === key
  const differences: ModelDifference[] = []
  for (const sent of contract.sent) {
    const field = shape.find((one) => isOf(sent, one.key))
    if (field === undefined) {
      differences.push({ key: sent.key, what: `it has no \`${sent.key}\``, place: sent.place })
      continue
    }
    const misfit = findMisfit(sent.type, field.type)
    if (misfit === undefined || (misfit === 'null' && field.optional === true)) continue
    const what = misfit === 'null' ? 'can be null on the wire' : 'has another type there'
    differences.push({ key: sent.key, what: `\`${field.key}\` ${what}`, place: sent.place })
  }
  for (const { key } of shape) {
    if (!contract.sent.some((sent) => isOf(sent, key)))
      differences.push({ key, what: `\`${key}\` is never sent`, place: undefined })
  }
  return differences
}
