import type { Span } from '../../workspace/span.js'
import type { Written } from './frame.js'

/** What a type says of a value. */
export interface Declared {
  /** The type with its aliases written out; undefined where nothing tells it. */
  readonly type: string | undefined
  readonly optional: boolean
}

/** A key of an object. */
export interface ObjectKey extends Span {
  readonly key: string
  /** Where it is set; the first of several places. */
  readonly file: string
  /** Whether the object has it whatever happens. */
  readonly isSure: boolean
  /** What it may be: expressions, or what a type declares. */
  readonly values: readonly (Written | Declared)[]
}

/** What could not be followed, and why, in words that go on after "is". */
export interface UnreadObject extends Written {
  readonly reason: string
  /** Whether it is what a caller gives. */
  readonly isGiven?: true
}

/** An object as far as it can be read: there may be more keys where something of it is unread. */
export interface ObjectValue {
  readonly keys: readonly ObjectKey[]
  readonly unread: readonly UnreadObject[]
  /** The types of parameters that it takes keys from, as written. */
  readonly types: readonly string[]
}

export const NO_KEYS: ObjectValue = { keys: [], unread: [], types: [] }

/** An object of which nothing can be read. */
export function unreadObject({ node, frame }: Written, reason: string, isGiven?: true): ObjectValue {
  return { ...NO_KEYS, unread: [{ node, frame, reason, ...(isGiven === undefined ? {} : { isGiven }) }] }
}

/** An object with a key set on it: it has that one for sure if it is set for sure or was there. */
export function withKey(object: ObjectValue, set: ObjectKey): ObjectValue {
  const known = object.keys.find((one) => one.key === set.key)
  if (known === undefined) return { ...object, keys: [...object.keys, set] }
  const merged = set.isSure ? set : { ...known, values: [...known.values, ...set.values] }
  return { ...object, keys: object.keys.map((one) => (one === known ? merged : one)) }
}

/** An object with all keys of another one set on it. */
export function mergeObjects(object: ObjectValue, other: ObjectValue): ObjectValue {
  const { keys } = other.keys.reduce(withKey, object)
  return { keys, unread: [...object.unread, ...other.unread], types: [...object.types, ...other.types] }
}

/** One of several objects: it has for sure what all of them have. */
export function chooseObjects(objects: readonly ObjectValue[]): ObjectValue {
  const names = [...new Set(objects.flatMap((object) => object.keys.map((one) => one.key)))]
  const keys = names.flatMap((key): ObjectKey[] => {
    const found = objects.flatMap((object) => object.keys.filter((one) => one.key === key))
    const [first] = found
    if (first === undefined) return []
    const isSure = found.length === objects.length && found.every((one) => one.isSure)
    const values = [...new Map(found.flatMap((one) => one.values).map((one) => [idOf(one), one])).values()]
    return [{ ...first, isSure, values }]
  })
  const unread = objects.flatMap((one) => one.unread)
  return {
    keys,
    unread: unread.filter((one, index) => unread.findIndex((other) => other.node === one.node) === index),
    types: [...new Set(objects.flatMap((one) => one.types))],
  }
}

/** An object that may not be there at all. */
export function maybeObject(object: ObjectValue): ObjectValue {
  return chooseObjects([object, NO_KEYS])
}

/** An object without keys. */
export function withoutKeys(object: ObjectValue, keys: readonly string[]): ObjectValue {
  return { ...object, keys: object.keys.filter((one) => !keys.includes(one.key)) }
}

function idOf(value: Written | Declared): unknown {
  return 'node' in value ? value.node : value
}
