import { findMisfit, type Misfit } from '../facts/compare.js'
import { placeOfWanted, type SentField, type WantedField } from '../facts/contract.js'
import type { Row } from '../facts/row.js'
import type { FieldType } from '../spec/field-type.js'

/** A key whose values do not fit what the other side takes them for. */
export interface MisfitField {
  readonly sent: SentField
  readonly field: WantedField
  readonly wanted: FieldType
}

/** Every key of a row that does not fit in one way. */
export function findMisfits(row: Row, kind: Misfit): MisfitField[] {
  const { contract } = row
  if (contract === undefined) return []
  return contract.wanted.flatMap((field) => {
    const sent = contract.sent.find((one) => one.key === field.key)
    const wanted = sent === undefined ? undefined : typeThatMisfits(sent, field, kind)
    return sent === undefined || wanted === undefined || placeOfWanted(field) === undefined
      ? []
      : [{ sent, field, wanted }]
  })
}

function typeThatMisfits(
  sent: SentField,
  { declared, reads }: WantedField,
  kind: Misfit,
): FieldType | undefined {
  // Who tests a value, or has another to fall back on, does without a null.
  const isGuarded = declared === undefined && kind === 'null' && reads.some((one) => one.isGuarded)
  const types = [declared?.type, ...reads.map((one) => one.type)].filter((one) => one !== undefined)
  return isGuarded ? undefined : types.find((type) => findMisfit(sent.type, type) === kind)
}
