import { lastUpTo } from './span.js'

/** A text file as read. `text` is without the byte order mark; all offsets are UTF-16 units into it. */
export interface Source {
  /** Relative to the root, with forward slashes. */
  readonly path: string
  readonly text: string
  readonly bom: boolean
  /** The line ending that most lines of the file have. */
  readonly eol: '\n' | '\r\n'
}

const BOM = '\ufeff'

/** Splits the byte order mark off and counts the line endings. */
export function createSource(path: string, content: string): Source {
  const bom = content.startsWith(BOM)
  const text = bom ? content.slice(1) : content
  return { path, text, bom, eol: mostLinesEndInCrlf(text) ? '\r\n' : '\n' }
}

function mostLinesEndInCrlf(text: string): boolean {
  if (!text.includes('\r\n')) return false
  const crlf = text.split('\r\n').length - 1
  return crlf * 2 > text.split('\n').length - 1
}

/** The file's content as it is on disk. */
export function sourceContent(source: Source): string {
  return source.bom ? BOM + source.text : source.text
}

/** Line and column of an offset, both counted from 1. */
export function positionOf(source: Source, offset: number): { line: number; column: number } {
  const starts = lineStartsOf(source)
  const line = Math.max(
    0,
    lastUpTo(starts, offset, (start) => start),
  )
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
}

const LINE_STARTS = new WeakMap<Source, readonly number[]>()

/** The offset at which each line begins; counted once a source. */
function lineStartsOf(source: Source): readonly number[] {
  const known = LINE_STARTS.get(source)
  if (known !== undefined) return known
  const starts = [0]
  for (let at = source.text.indexOf('\n'); at !== -1; at = source.text.indexOf('\n', at + 1))
    starts.push(at + 1)
  LINE_STARTS.set(source, starts)
  return starts
}

/** Offset of the first character of the line that `offset` is in. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

/** Offset just behind the last character of the line that `offset` is in, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset)
  const end = newline === -1 ? text.length : newline
  return end > offset && text[end - 1] === '\r' ? end - 1 : end
}

/** The white space that the line of `offset` begins with. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset)
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
}
