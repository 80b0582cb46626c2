import type { Rows } from './site.js'

/** A query of rows that is answered once for as many occurrences as they have. */
export function perRows<T>(query: (rows: Rows) => T): (rows: Rows) => T {
  const answers = new WeakMap<Rows, { readonly size: number; readonly value: T }>()
  return (rows) => {
    const known = answers.get(rows)
    if (known?.size === rows.size) return known.value
    const value = query(rows)
    answers.set(rows, { size: rows.size, value })
    return value
  }
}

/** The events of rows, to ask whether one is there. */
export const eventSet = perRows((rows): ReadonlySet<string> => new Set(rows.events()))
