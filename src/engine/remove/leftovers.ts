import { localNamesOf as tsLocals } from '../../channel/typescript/locals.js'
import { isOf } from '../../lang/languages.js'
import { localNamesOf as pythonLocals } from '../../lang/python/locals.js'
import type { Repository } from '../../layout/repository.js'
import { cutItems, cutLines } from '../../workspace/cut.js'
import type { Deletion } from '../../workspace/edits.js'
import type { Span } from '../../workspace/span.js'

/** A local name that was fine until something was taken out. */
export interface Leftover {
  readonly name: string
  readonly file: string
  readonly start: number
}

/** Names that are read where what gave them their value is gone. */
export function findLost(repository: Repository, cuts: ReadonlyMap<string, readonly Deletion[]>): Leftover[] {
  return [...cuts].flatMap(([file, deletions]): Leftover[] => {
    if (!isOf(file, 'python')) return []
    const isLeft = leftBy(deletions)
    const lost = pythonLocals(repository.python(file)).flatMap(({ locals }) =>
      locals.flatMap(({ name, bindings, reads }) => {
        const read = reads.find(isLeft)
        return read === undefined || bindings.some(isLeft) ? [] : [{ name, file, start: read.start }]
      }),
    )
    return distinct(lost)
  })
}

/** Names that only what is gone has read, and that stay. */
export function findUnused(
  repository: Repository,
  cuts: ReadonlyMap<string, readonly Deletion[]>,
): Leftover[] {
  return [...cuts].flatMap(([file, deletions]): Leftover[] => {
    const isLeft = leftBy(deletions)
    const locals = isOf(file, 'python')
      ? pythonLocals(repository.python(file)).flatMap((one) => one.locals)
      : tsLocals(repository.typescript(file)).map((one) => ({ ...one, bindings: [one], reads: one.uses }))
    const unused = locals.flatMap(({ name, bindings, reads }) => {
      const bound = bindings.find(isLeft)
      const isUnused = reads.length > 0 && !reads.some(isLeft) && !name.startsWith('_')
      return bound === undefined || !isUnused ? [] : [{ name, file, start: bound.start }]
    })
    return distinct(unused)
  })
}

/** What was taken out of a store for the event alone, with its place in arrays of dependencies. */
export function releaseTaken(repository: Repository, file: string, cuts: readonly Deletion[]): Deletion[] {
  if (isOf(file, 'python')) return []
  const module = repository.typescript(file)
  const isLeft = leftBy(cuts)
  const unused = tsLocals(module).filter(
    (one) => one.taken !== undefined && isLeft(one) && one.uses.length > 0 && !one.uses.some(isLeft),
  )
  const lists = new Map<
    number,
    { statement: Span | undefined; entries: readonly Span[]; indexes: Set<number> }
  >()
  const drop = (entries: readonly Span[], index: number, statement?: Span): void => {
    const key = entries[0]?.start ?? 0
    const list = lists.get(key) ?? { statement, entries, indexes: new Set() }
    lists.set(key, { ...list, indexes: list.indexes.add(index) })
  }
  for (const { taken, dependencies } of unused) {
    if (taken !== undefined) drop(taken.entries, taken.index, taken.statement)
    for (const { entries, index } of dependencies) drop(entries, index)
  }
  const { text } = module.source
  return [...lists.values()].flatMap(({ statement, entries, indexes }) => {
    const isWhole = statement !== undefined && indexes.size === entries.length
    const whole = isWhole ? cutLines(text, statement) : undefined
    return whole === undefined ? cutItems(text, entries, indexes) : [whole]
  })
}

function leftBy(deletions: readonly Deletion[]): (range: Span) => boolean {
  return ({ start, end }) => !deletions.some((one) => one.start <= start && end <= one.end)
}

/** A name that a function shares with those inside it is told once. */
function distinct(found: readonly Leftover[]): Leftover[] {
  return found.filter((one, index) => found.findIndex((other) => other.start === one.start) === index)
}
