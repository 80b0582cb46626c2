import { isOpaque } from '../spec/field-type.js'
import { findMisfit, foldKey } from './compare.js'
import type { Contract, SentField, WantedField } from './contract.js'

/**
 * Whether a key that is sent and that nobody reads is one that is read and never sent, by another name: one name holds the
 * other, or each is the only one of its kind and their types fit.
 */
export function isRenamed({ sent, wanted, neverSent }: Contract, key: SentField): boolean {
  const extra = sent.filter((one) => !wanted.some((field) => field.key === one.key))
  const [only] = neverSent
  const isOnly = neverSent.length === 1 && extra.length === 1
  return (
    neverSent.some((one) => isLike(one.key, key.key)) || (isOnly && only !== undefined && fits(key, only))
  )
}

/** `approved`, `isApproved` */
function isLike(key: string, other: string): boolean {
  const [one, two] = [foldKey(key), foldKey(other)]
  return one.includes(two) || two.includes(one)
}

function fits({ type }: SentField, { reads, declared }: WantedField): boolean {
  const types = [declared?.type, ...reads.map((one) => one.type)].filter((one) => one !== undefined)
  const known = types.filter((one) => !isOpaque(one))
  return !isOpaque(type) && known.length > 0 && known.every((one) => findMisfit(type, one) === undefined)
}
