import type { Insertion } from '../../workspace/edits.js'
import { lineEnd, lineStart } from '../../workspace/source.js'

/** Events that end a conversation and stay last: new ones go in front of the last run of them. */
const LAST_EVENTS = ['approval_needed', 'usage', 'error', 'done']

/**
 * The index at which a new event goes into a list of wire names: in front of the last run of
 * {@link LAST_EVENTS}, at the end where there is none.
 */
export function orderIndex(events: readonly (string | undefined)[]): number {
  const isLast = (event: string | undefined): boolean => event !== undefined && LAST_EVENTS.includes(event)
  let index = events.length - 1
  while (index >= 0 && !isLast(events[index])) index--
  if (index < 0) return events.length
  while (index > 0 && isLast(events[index - 1])) index--
  return index
}

/** Offset behind `end` and the comment that follows it on its line, if nothing but one does. */
export function endWithComment(text: string, end: number, comment: RegExp): number {
  const stop = lineEnd(text, end)
  const rest = text.slice(end, stop)
  return comment.test(rest) ? stop : end
}

/** The start of the line of a Python statement, or of the comments that stand right above it. */
export function startWithComments(text: string, start: number): number {
  let offset = lineStart(text, start)
  while (offset > 0) {
    const above = lineStart(text, offset - 1)
    if (!/^\s*#/.test(text.slice(above, offset))) break
    offset = above
  }
  return offset
}

/** `// …` or one closed block comment up to the end of the line. */
export const TS_COMMENT = /^\s*(\/\/.*|\/\*(?:(?!\*\/).)*\*\/\s*)?$/
/** `# …` up to the end of the line. */
export const PYTHON_COMMENT = /^\s*(#.*)?$/

/** Places a block on lines of its own behind an offset, after as many blank lines. */
export function placeBehind(offset: number, blankLines: number): (block: string) => Insertion[] {
  return (block) => [{ offset, text: '\n'.repeat(blankLines + 1) + block }]
}

/** Places a block on lines of its own in front of a line, before as many blank lines. */
export function placeInFront(offset: number, blankLines: number): (block: string) => Insertion[] {
  return (block) => [{ offset, text: block + '\n'.repeat(blankLines + 1) }]
}

/**
 * Places a block on lines of its own in front of a line, and behind it as many blank lines as stand in front: taking
 * it out with those above it gives the text back.
 */
export function placeApart(text: string, offset: number): (block: string) => Insertion[] {
  return placeInFront(offset, blankLinesAbove(text, offset))
}

/** Blank lines right above the line that begins at an offset. */
export function blankLinesAbove(text: string, offset: number): number {
  const above = /\n((?:[ \t]*\r?\n)*)$/.exec(text.slice(0, offset))?.[1] ?? ''
  return above.split('\n').length - 1
}

/** Blank lines behind the line that ends at an offset; any number of them at the end of a file. */
export function blankLinesBelow(text: string, offset: number): number {
  const rest = text.slice(offset)
  const [gap = ''] = /^\s*\n/.exec(rest) ?? []
  return rest.trim() === '' ? Number.POSITIVE_INFINITY : gap.split('\n').length - 2
}

/** Blank lines between two offsets of a text. */
export function blankLinesBetween(text: string, start: number, end: number): number {
  const lines = text.slice(start, end).split('\n').slice(1, -1)
  return lines.filter((line) => line.trim() === '').length
}
