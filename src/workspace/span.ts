/** A range of a text, by offsets in UTF-16 units: from the first character to behind the last one. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Where the last of ascending items stands that begins at an offset or in front of it; -1 where none does. */
export function lastUpTo<T>(ascending: readonly T[], offset: number, startOf: (one: T) => number): number {
  let [low, high] = [-1, ascending.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (startOf(ascending[middle] as T) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** Each of some parts of a text once, in the order in which they begin. */
export function inOrder<T extends Pick<Span, 'start'>>(parts: Iterable<T>): T[] {
  return [...new Set(parts)].sort((a, b) => a.start - b.start)
}

/** Gives those of some parts of a text that are around an offset or end at it, the outermost first. */
export function partsAround<T extends Span>(parts: readonly T[]): (offset: number) => readonly T[] {
  const sorted = parts.toSorted((a, b) => a.start - b.start || b.end - a.end)
  // The furthest that any part reaches up to this one: behind it nothing is around.
  const reach: number[] = []
  for (const { end } of sorted) reach.push(Math.max(end, reach.at(-1) ?? 0))
  return (offset) => {
    const found: T[] = []
    const last = lastUpTo(sorted, offset, ({ start }) => start)
    for (let at = last; at >= 0 && (reach[at] as number) >= offset; at--) {
      const part = sorted[at] as T
      if (part.end >= offset) found.push(part)
    }
    return found.reverse()
  }
}
