import { type FieldType, isOpaque, JSON_KINDS } from './field-type.js'

/**
 * Whether every value of one type is one of another, as a type checker sees it. What a type does not tell is one of none
 * but itself.
 *
 * @param isPython `int` and `float`, `str` and `datetime` are two types in Python, and one each in TypeScript
 */
export function isAssignable(from: FieldType, to: FieldType, isPython: boolean): boolean {
  if (to.kind === 'scalar' && to.name === 'any') return true
  if (isSame(from, to)) return true
  if (to.kind === 'nullable')
    return isAssignable(from.kind === 'nullable' ? from.item : from, to.item, isPython)
  if (isOpaque(from) || isOpaque(to) || from.kind === 'nullable') return false
  if (from.kind === 'literals')
    return to.kind === 'literals'
      ? from.values.every((one) => to.values.includes(one))
      : to.kind === 'scalar' && (to.name === 'str' || (!isPython && to.name === 'datetime'))
  // A list that can be changed is one of no wider list in Python.
  if (from.kind === 'list' && to.kind === 'list')
    return !isPython && isAssignable(from.item, to.item, isPython)
  if (from.kind === 'object') return isPython && to.kind === 'scalar' && to.name === 'dict'
  if (from.kind !== 'scalar' || to.kind !== 'scalar') return false
  return isPython ? from.name === 'int' && to.name === 'float' : JSON_KINDS[from.name] === JSON_KINDS[to.name]
}

/** Whether two types say the same, in whatever order. */
function isSame(a: FieldType, b: FieldType): boolean {
  const told = (type: FieldType): string =>
    JSON.stringify(type.kind === 'literals' ? { ...type, values: type.values.toSorted() } : type)
  return told(a) === told(b)
}
