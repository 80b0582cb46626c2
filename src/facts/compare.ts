import { compareTypes } from '../payload/shape.js'
import { type FieldType, isOpaque } from '../spec/field-type.js'
import type { Misfit } from './contract.js'

/** The misfit of two types; undefined where they fit, or where that cannot be told. */
export function findMisfit(sent: FieldType, wanted: FieldType): Misfit | undefined {
  if (isOpaque(wanted)) return undefined
  if (sent.kind === 'nullable') {
    if (wanted.kind === 'nullable') return findMisfit(sent.item, wanted.item)
    const inner = findMisfit(sent.item, wanted)
    return inner ?? 'null'
  }
  if (isOpaque(sent)) return undefined
  if (wanted.kind === 'nullable') return findMisfit(sent, wanted.item)
  if (sent.kind === 'list' && wanted.kind === 'list') {
    const inner = findMisfit(sent.item, wanted.item)
    return inner === 'null' ? 'type' : inner
  }
  if (sent.kind === 'literals' && wanted.kind === 'literals')
    return sent.values.every((one) => wanted.values.includes(one)) ? undefined : 'literals'
  return compareTypes(sent, wanted) === 'different' ? 'type' : undefined
}

/** A key without its case, so that `seat_id` and `seatId` are one. */
export function foldKey(key: string): string {
  return key.replaceAll('_', '').toLowerCase()
}
