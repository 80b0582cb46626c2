import type { Deletion } from './edits.js'
import { lineEnd, lineStart } from './source.js'
import type { Span } from './span.js'

/** White space and comments of either language in front of a mark. */
const BETWEEN = /^(?:\s|\/\/[^\n]*(?=\n)|#[^\n]*(?=\n)|\/\*[\s\S]*?\*\/)*/

/** What may follow on a line that goes as a whole: a mark and a comment. */
const REST = /^[ \t]*[,;]?[ \t]*(?:\/\/.*|#.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/

/** The lines that a range stands on, if nothing else does. Blank lines around them stay. */
export function cutLines(text: string, range: Span): Deletion | undefined {
  const start = lineStart(text, range.start)
  const stop = lineEnd(text, range.end)
  const isAlone = text.slice(start, range.start).trim() === '' && REST.test(text.slice(range.end, stop))
  if (!isAlone) return undefined
  return start === 0
    ? { start, end: lineBehind(text, stop) }
    : { start: endOfLineAbove(text, start), end: stop }
}

/**
 * The lines of a block and the blank lines in front of it; those behind it where it is the first of what it stands
 * in. The JSDoc above it goes with it.
 */
export function cutBlock(text: string, range: Span): Deletion | undefined {
  const lines = cutLines(text, { start: startWithDoc(text, range.start), end: range.end })
  if (lines === undefined) return undefined
  // What a file begins with is set apart by the blank lines behind it.
  if (lines.start === 0) return { start: 0, end: lines.end + blankLinesAt(text, lines.end) }
  let { start } = lines
  while (start > 0 && text.slice(lineStart(text, start), start).trim() === '') {
    start = endOfLineAbove(text, lineStart(text, start))
  }
  const above = text.slice(lineStart(text, start), start)
  const isFirst = start === lines.start && /[{([:]\s*(?:\/\/.*|#.*)?$/.test(above)
  return { start, end: isFirst ? endBeforeText(text, lines.end) : lines.end }
}

/**
 * Entries of a list with commas, each with its own comma. Where the last ones go and there was no comma behind them,
 * the one in front goes, so that the list ends as it did.
 *
 * @param entries all of the list, in order
 * @param dropped indexes of those that go
 * @param takeLines what goes of an entry that stands on lines of its own
 */
export function cutItems(
  text: string,
  entries: readonly Span[],
  dropped: ReadonlySet<number>,
  takeLines: (text: string, range: Span) => Deletion | undefined = cutLines,
): Deletion[] {
  const last = entries.findLastIndex((_, index) => !dropped.has(index))
  const kept = entries[last]
  const final = entries[entries.length - 1]
  const isBare = last < entries.length - 1 && commaBehind(text, final?.end ?? 0) === undefined
  const glue = kept === undefined || !isBare ? undefined : commaBehind(text, kept.end)
  const deletions = entries.flatMap((entry, index): Deletion[] => {
    if (!dropped.has(index)) return []
    const lines = takeLines(text, entry)
    if (lines !== undefined) return [lines]
    const next = entries[index + 1]
    const start = index > last ? entry.start - spacesBefore(text, entry.start) : entry.start
    const end = next?.start ?? (commaBehind(text, entry.end) ?? entry.end - 1) + 1
    return [{ start, end }]
  })
  return glue === undefined ? deletions : [...deletions, { start: glue, end: glue + 1 }]
}

/** A member of an interface: its lines, or in a type on one line the member with the mark that sets it apart. */
export function cutMember(text: string, range: Span): Deletion {
  const lines = cutLines(text, range)
  if (lines !== undefined) return lines
  const before = range.start - spacesBefore(text, range.start)
  if (/[;,]$/.test(text.slice(range.start, range.end))) return { start: before, end: range.end }
  return { start: /[;,]/.test(text[before - 1] ?? '') ? before - 1 : before, end: range.end }
}

/** One of several alternatives of a union, with the `|` that sets it apart; undefined for the only one. */
export function cutAlternative(
  text: string,
  range: Span,
  previous: Span | undefined,
  next: Span | undefined,
): Deletion | undefined {
  const pipe = /\|\s*$/.exec(text.slice(previous?.end ?? 0, range.start))
  const start = pipe === null ? undefined : (previous?.end ?? 0) + pipe.index
  if (previous === undefined && next === undefined) return undefined
  if (start === undefined) return next === undefined ? undefined : { start: range.start, end: next.start }
  const isOwnLine = text.slice(lineStart(text, start), start).trim() === ''
  const isTrailing = text.slice(start, range.start).includes('\n')
  if (isTrailing) return { start: previous?.end ?? start, end: range.end }
  if (!isOwnLine) return { start: start - spacesBefore(text, start), end: range.end }
  const rest = text.slice(range.end, lineEnd(text, range.end))
  const end = /^[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/.test(rest)
    ? range.end + rest.length
    : range.end
  return { start: endOfLineAbove(text, lineStart(text, start)), end }
}

/** The start of the JSDoc that stands right above an offset, else the offset. */
function startWithDoc(text: string, offset: number): number {
  const above = lineStart(text, lineStart(text, offset) - 1)
  const end = /\*\/[ \t]*\r?\n[ \t]*$/.exec(text.slice(above, offset))
  if (end === null) return offset
  const close = above + end.index
  const open = text.indexOf('/**', text.lastIndexOf('*/', close - 1) + 1)
  return open === -1 || open + 3 > close ? offset : open
}

/** Offset of the comma that follows, with nothing but white space and comments between. */
function commaBehind(text: string, offset: number): number | undefined {
  const behind = offset + (BETWEEN.exec(text.slice(offset))?.[0].length ?? 0)
  return text[behind] === ',' ? behind : undefined
}

function spacesBefore(text: string, offset: number): number {
  return /[ \t]*$/.exec(text.slice(lineStart(text, offset), offset))?.[0].length ?? 0
}

/** Offset in front of the line ending of the line above a line. */
function endOfLineAbove(text: string, start: number): number {
  const end = start - 1
  return text[end - 1] === '\r' ? end - 1 : end
}

/** Offset of the line behind the one that ends at an offset. */
function lineBehind(text: string, end: number): number {
  const newline = text.indexOf('\n', end)
  return newline === -1 ? text.length : newline + 1
}

/** How long the blank lines are that begin at an offset. */
function blankLinesAt(text: string, offset: number): number {
  return /^(?:[ \t]*\r?\n)*/.exec(text.slice(offset))?.[0].length ?? 0
}

/** Behind the blank lines that follow the end of a line, in front of the line ending of the last of them. */
function endBeforeText(text: string, end: number): number {
  const blank = /^(?:\r?\n[ \t]*(?=\r?\n))*/.exec(text.slice(end))?.[0].length ?? 0
  return end + blank
}
