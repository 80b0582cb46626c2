import { cutItems } from './cut.js'
import type { Edit } from './edits.js'
import { indentAt, lineEnd, lineStart } from './source.js'
import type { Span } from './span.js'

/** White space and comments of either language in front of a comma. */
const BEFORE_COMMA = /^(?:\s|#[^\n]*\n|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*?,/

/** A comment that ends a line. */
const COMMENT = /^[ \t]*(?:#.*|\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/

/**
 * Puts an item into a list with brackets and commas: on a line of its own where the others have one, with the commas as
 * they are there.
 *
 * @param list the list with its brackets
 * @param index how many items stand in front of it
 * @param pad what stands between the brackets and the only item
 */
export function insertItem(
  text: string,
  list: Span,
  items: readonly Span[],
  index: number,
  item: string,
  pad = '',
): Edit[] {
  const previous = items[index - 1]
  const next = items[index]
  const at = (offset: number, inserted: string): Edit => ({ start: offset, end: offset, text: inserted })
  if (previous === undefined && next === undefined)
    return [{ start: list.start + 1, end: list.end - 1, text: `${pad}${item}${pad}` }]
  if (previous === undefined) {
    const first = next as Span
    const glue = hasOwnLine(text, list, items, 0) ? `,\n${indentAt(text, first.start)}` : ', '
    return [at(first.start, item + glue)]
  }
  if (!hasOwnLine(text, list, items, index - 1)) return [at(previous.end, `, ${item}`)]
  const base = indentAt(text, previous.start)
  const comma = BEFORE_COMMA.exec(text.slice(previous.end, next?.start ?? list.end))
  const end = behindComment(text, previous.end + (comma?.[0].length ?? 0))
  if (comma !== null) return [at(end, `\n${base}${item},`)]
  return end === previous.end
    ? [at(end, `,\n${base}${item}`)]
    : [at(previous.end, ','), at(end, `\n${base}${item}`)]
}

/** Takes items out of a list, each with its comma; brackets with nothing in them any more are closed up. */
export function dropItems(
  text: string,
  list: Span,
  items: readonly Span[],
  dropped: ReadonlySet<number>,
): Edit[] {
  if (items.every((_, index) => dropped.has(index)))
    return [{ start: list.start + 1, end: list.end - 1, text: '' }]
  return cutItems(text, items, dropped).map((one) => ({ ...one, text: '' }))
}

/** Whether an item stands on lines of its own, as one of a list that has an item a line. */
function hasOwnLine(text: string, list: Span, items: readonly Span[], index: number): boolean {
  const item = items[index] as Span
  const start = lineStart(text, item.start)
  if (start <= list.start || text.slice(start, item.start).trim() !== '') return false
  const rest = text.slice(item.end, lineEnd(text, item.end))
  const isAlone = COMMENT.test(rest.replace(/^\s*,/, ''))
  // A list whose only line has no comma at its end goes on in that line.
  const isTrailing = items.length > 1 || /^\s*,/.test(text.slice(item.end, list.end))
  return isAlone && isTrailing
}

function behindComment(text: string, end: number): number {
  const stop = lineEnd(text, end)
  return COMMENT.test(text.slice(end, stop)) ? stop : end
}
