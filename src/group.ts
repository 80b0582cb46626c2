/** All of a list under the key of each, in their order. */
export function groupBy<K, T>(all: Iterable<T>, keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return groups
}

/** The first of a list that has a name. A long list is gone through once for all, so it must be one that stays as it is. */
export function lookUp<T extends { readonly name: string }>(list: readonly T[], name: string): T | undefined {
  if (list.length <= FEW) return list.find((one) => one.name === name)
  return allNamed(list, name)[0]
}

/** All of a list that have a name, in their order; as {@link lookUp}. */
export function allNamed<T extends { readonly name: string }>(
  list: readonly T[],
  name: string,
): readonly T[] {
  if (list.length <= FEW) return list.filter((one) => one.name === name)
  const groups = grouped.get(list) ?? groupBy(list, (one) => one.name)
  grouped.set(list, groups)
  return (groups.get(name) ?? []) as readonly T[]
}

/** So few are looked through sooner than an index is made. */
const FEW = 8

const grouped = new WeakMap<readonly object[], ReadonlyMap<string, readonly object[]>>()

/** Whether a text is in a list; as {@link lookUp}. */
export function isIn(list: readonly string[], text: string): boolean {
  if (list.length <= FEW) return list.includes(text)
  const set = sets.get(list) ?? new Set(list)
  sets.set(list, set)
  return set.has(text)
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>()
