import { internalError } from '../errors.js'
import type { Source } from './source.js'
import type { Span } from './span.js'

/** Text that comes in at an offset of the old text; `\n` stands for the file's own line ending. */
export interface Insertion {
  readonly offset: number
  readonly text: string
}

/** A range of the old text that goes. */
export type Deletion = Span

/**
 * Splices insertions into a source at their original offsets. Insertions at one offset keep their order.
 * Taking them out again gives the old text back; that law is checked on every call.
 *
 * @throws Failure with exit code 5 when an offset is outside the text or the law does not hold
 */
export function splice(source: Source, insertions: readonly Insertion[]): Source {
  const inserted: Span[] = []
  let text = ''
  let position = 0
  for (const insertion of insertions.toSorted((a, b) => a.offset - b.offset)) {
    if (insertion.offset < position || insertion.offset > source.text.length) {
      throw internalError({
        code: 'internal',
        what: `an insertion is outside of \`${source.path}\``,
        place: { file: source.path },
      })
    }
    text += source.text.slice(position, insertion.offset)
    const start = text.length
    text += toEol(insertion.text, source.eol)
    inserted.push({ start, end: text.length })
    position = insertion.offset
  }
  text += source.text.slice(position)
  if (takeOut(text, inserted) !== source.text) {
    throw internalError({
      code: 'internal',
      what: `the edit of \`${source.path}\` is no pure insertion`,
      place: { file: source.path },
    })
  }
  return { ...source, text }
}

/** Takes ranges out of a source; those that overlap are one. Every other character stays. */
export function cut(source: Source, deletions: readonly Deletion[]): Source {
  return { ...source, text: takeOut(source.text, deletions) }
}

/** Where a character of a text stood before ranges in front of it were taken out. */
export function offsetBefore(deletions: readonly Deletion[], offset: number): number {
  let result = offset
  let position = 0
  for (const one of [...deletions].sort((a, b) => a.start - b.start)) {
    if (one.start > result) break
    result += Math.max(0, one.end - Math.max(position, one.start))
    position = Math.max(position, one.end)
  }
  return result
}

/** The text without the given ranges. */
function takeOut(text: string, ranges: readonly Span[]): string {
  const sorted = [...ranges].sort((a, b) => a.start - b.start)
  let result = ''
  let position = 0
  for (const range of sorted) {
    if (range.start > position) result += text.slice(position, range.start)
    position = Math.max(position, range.end)
  }
  return result + text.slice(position)
}

function toEol(text: string, eol: Source['eol']): string {
  return eol === '\n' ? text : text.replaceAll('\n', '\r\n')
}

/** A range of the old text and what comes in its place; `\n` stands for the file's own line ending. */
export interface Edit extends Span {
  readonly text: string
}

/**
 * Replaces ranges of a source. Every character outside of them stays; several at one offset keep their order.
 *
 * @throws Failure with exit code 5 when two of them overlap, or one is outside of the text
 */
export function replace(source: Source, edits: readonly Edit[]): Source {
  let text = ''
  let position = 0
  for (const edit of inOrder(edits)) {
    if (edit.start < position || edit.end < edit.start || edit.end > source.text.length)
      throw internalError({
        code: 'internal',
        what: `two edits of \`${source.path}\` overlap`,
        place: { file: source.path },
      })
    text += source.text.slice(position, edit.start) + toEol(edit.text, source.eol)
    position = edit.end
  }
  return { ...source, text: text + source.text.slice(position) }
}

/** Where a character of a text stands once ranges were replaced; one inside of a range stands where that begins. */
export function offsetAfter(source: Source, edits: readonly Edit[], offset: number): number {
  let shift = 0
  for (const edit of inOrder(edits)) {
    const isInside = edit.start < offset && offset < edit.end
    if (isInside) return edit.start + shift
    if (edit.end > offset || (edit.start === edit.end && edit.start === offset && edit.text === '')) break
    shift += toEol(edit.text, source.eol).length - (edit.end - edit.start)
  }
  return offset + shift
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
}
