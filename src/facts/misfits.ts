import type { FieldType } from '../spec/field-type.js'
import { findMisfit } from './compare.js'
import {
  MISFITS,
  type Misfit,
  type MisfitField,
  type SentField,
  type Terms,
  type WantedField,
} from './contract.js'

/** Every key that does not fit, once for each way in which it does not. */
export function findMisfits({ sent, wanted }: Terms): MisfitField[] {
  return MISFITS.flatMap((misfit) =>
    wanted.flatMap((field) => {
      const own = sent.find((one) => one.key === field.key)
      const type = own === undefined ? undefined : typeThatMisfits(own, field, misfit)
      return own === undefined || type === undefined ? [] : [{ misfit, sent: own, field, wanted: type }]
    }),
  )
}

function typeThatMisfits(
  sent: SentField,
  { declared, reads }: WantedField,
  misfit: Misfit,
): FieldType | undefined {
  // Who tests a value, or has another to fall back on, does without a null.
  const isGuarded = declared === undefined && misfit === 'null' && reads.some((one) => one.isGuarded)
  const types = [declared?.type, ...reads.map((one) => one.type)].filter((one) => one !== undefined)
  return isGuarded ? undefined : types.find((type) => findMisfit(sent.type, type) === misfit)
}
