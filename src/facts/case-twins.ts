import { foldKey } from './compare.js'
import type { CaseTwin, SentField, Terms, WantedField } from './contract.js'

/** Every pair of keys that differ in their case alone. */
export function findCaseTwins({ sent, wanted }: Terms): CaseTwin[] {
  const isSent = (key: string): boolean => sent.some((one) => one.key === key)
  const isWanted = (key: string): boolean => wanted.some((one) => one.key === key)
  return wanted.flatMap((field) => {
    if (isSent(field.key)) return []
    const twin = sent.find((one) => foldKey(one.key) === foldKey(field.key) && !isWanted(one.key))
    return twin === undefined ? [] : [{ sent: twin, wanted: field }]
  })
}

/** Keys that are expected and that nothing sends, not even in another case. */
export function findNeverSent(terms: Terms): WantedField[] {
  const { sent, wanted } = terms
  if (terms.isSentOpen) return []
  const twins = findCaseTwins(terms).map((one) => one.wanted)
  const isSent = (key: string): boolean => sent.some((one) => one.key === key)
  return wanted.filter((field) => {
    if (isSent(field.key) || twins.includes(field)) return false
    const reads = field.reads.filter(
      (one) => !one.alternatives.some((key) => key !== field.key && isSent(key)),
    )
    // Who gets the payload as a whole reads what its type declares; a type of the page's own declares more.
    const isPassedOn = field.declared !== undefined && terms.isWantedOpen && terms.isOwnType
    return reads.length > 0 || field.declared?.optional === false || isPassedOn
  })
}

/** Keys that are read where another one is missing, which is sent, and that nothing sends themselves. */
export function findFallbacks(terms: Terms): WantedField[] {
  if (terms.isSentOpen) return []
  const never = findNeverSent(terms)
  const twins = findCaseTwins(terms).map((one) => one.wanted)
  return terms.wanted.filter(
    (field) =>
      field.reads.length > 0 &&
      !terms.sent.some((one) => one.key === field.key) &&
      !never.includes(field) &&
      !twins.includes(field),
  )
}

/** Keys that are sent and that the other side's type does not have, not even in another case. */
export function findUndeclared(terms: Terms): SentField[] {
  if (!terms.isDeclared) return []
  const twins = findCaseTwins(terms).map((one) => one.sent)
  const declared = terms.wanted.filter((one) => one.declared !== undefined).map((one) => one.key)
  return terms.sent.filter((one) => !declared.includes(one.key) && !twins.includes(one))
}
