import type { Node } from '../../lang/tree.js'
import type { Frame, Written } from './frame.js'

/** A key of a dict. */
export interface Entry {
  readonly key: string
  /** Whether the dict has it whatever happens. */
  readonly isSure: boolean
  /** Where it is set; the first of several places. */
  readonly at: Written
  /** What it may be; the annotation of a field where a model says it. */
  readonly values: readonly Written[]
}

/** What could not be followed, and why, in words that go on after "is". */
export interface UnreadValue extends Written {
  readonly reason: string
  /** Whether it is what a caller gives. */
  readonly isGiven?: true
}

/** A dict as far as it can be read: there may be more keys where something of it is unread. */
export interface Entries {
  readonly entries: readonly Entry[]
  readonly unread: readonly UnreadValue[]
}

export const NO_ENTRIES: Entries = { entries: [], unread: [] }

/** A dict of which nothing can be read. */
export function unreadEntries(frame: Frame, node: Node, reason: string): Entries {
  return { entries: [], unread: [{ node, frame, reason }] }
}

/** A dict with a key set on it: it has that one for sure if it is set for sure or was there. */
export function withEntry(dict: Entries, entry: Entry): Entries {
  const known = dict.entries.find((one) => one.key === entry.key)
  if (known === undefined) return { ...dict, entries: [...dict.entries, entry] }
  const merged: Entry = entry.isSure
    ? { ...entry, at: known.at }
    : { ...known, values: [...known.values, ...entry.values] }
  return { ...dict, entries: dict.entries.map((one) => (one === known ? merged : one)) }
}

/** A dict with all keys of another one set on it. */
export function mergeEntries(dict: Entries, other: Entries): Entries {
  const merged = other.entries.reduce(withEntry, dict)
  return { entries: merged.entries, unread: [...dict.unread, ...other.unread] }
}

/** One of several dicts: it has for sure what all of them have. */
export function chooseEntries(dicts: readonly Entries[]): Entries {
  const [first, ...others] = dicts
  if (first === undefined || others.length === 0) return first ?? NO_ENTRIES
  const keys = [...new Set(dicts.flatMap((dict) => dict.entries.map((one) => one.key)))]
  const entries = keys.flatMap((key): Entry[] => {
    const found = dicts.map((dict) => dict.entries.find((one) => one.key === key))
    const there = found.filter((one) => one !== undefined)
    const [one] = there
    if (one === undefined) return []
    const isSure = there.length === dicts.length && there.every((other) => other.isSure)
    return [{ ...one, isSure, values: distinct(there.flatMap((other) => other.values)) }]
  })
  return { entries, unread: distinct(dicts.flatMap((dict) => dict.unread)) }
}

function distinct<T extends Written>(written: readonly T[]): T[] {
  return written.filter((one, index) => written.findIndex((other) => other.node === one.node) === index)
}
