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
export function findMisfits({ sent, given, wanted }: Terms): MisfitField[] {
  return MISFITS.flatMap((misfit) =>
    wanted.flatMap((field) => {
      const ofKey = ({ key }: SentField): boolean => key === field.key
      const found = sent.filter(ofKey).flatMap((one) => misfitOf(one, field, misfit))
      // What the calls give is told where the key itself fits.
      return found.length > 0 || misfit !== 'literals'
        ? found
        : given.filter(ofKey).flatMap((one) => misfitOf(one, field, misfit))
    }),
  )
}

function misfitOf(sent: SentField, field: WantedField, misfit: Misfit): MisfitField[] {
  const wanted = typeThatMisfits(sent, field, misfit)
  return wanted === undefined ? [] : [{ misfit, sent, field, wanted }]
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
