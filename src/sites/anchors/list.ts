import type { Insertion } from '../../workspace/edits.js'
import { indentAt, lineStart } from '../../workspace/source.js'
import type { Span } from '../../workspace/span.js'
import type { Anchor } from '../site.js'
import { endWithComment, TS_COMMENT } from './blocks.js'

/**
 * Places an entry in an object literal: behind another one, or in front of the first one, on a line of its own
 * where the others have one, with the commas as they are there.
 *
 * @param list the literal with its braces
 * @param previous the entry it follows; undefined where it comes first
 * @param next the first entry, if there is any
 * @param indent one level of the file's indent
 * @param blankLines between entries that stand on lines of their own
 */
export function placeInObject(
  text: string,
  list: Span,
  previous: Span | undefined,
  next: Span | undefined,
  indent: string,
  blankLines: number,
): Pick<Anchor, 'base' | 'place'> {
  if (previous === undefined) return placeFirst(text, list, next, indent)
  if (lineStart(text, previous.start) <= list.start) {
    return { base: '', place: (block) => [{ offset: previous.end, text: `, ${block}` }] }
  }
  const base = indentAt(text, previous.start)
  const comma = /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*?,/.exec(text.slice(previous.end, list.end))
  const lines = '\n'.repeat(blankLines + 1)
  if (comma === null) {
    const offset = endWithComment(text, previous.end, TS_COMMENT)
    const glued: Insertion = { offset: previous.end, text: ',' }
    return {
      base,
      place: (block) =>
        offset === previous.end
          ? [{ offset, text: `,${lines}${block}` }]
          : [{ offset, text: lines + block }, glued],
    }
  }
  const offset = endWithComment(text, previous.end + comma[0].length, TS_COMMENT)
  return { base, place: (block) => [{ offset, text: `${lines}${block},` }] }
}

function placeFirst(
  text: string,
  list: Span,
  next: Span | undefined,
  indent: string,
): Pick<Anchor, 'base' | 'place'> {
  if (next === undefined && text.slice(list.start, list.end).includes('\n')) {
    const base = indentAt(text, list.start) + indent
    return { base, place: (block) => [{ offset: list.start + 1, text: `\n${block},` }] }
  }
  if (next === undefined)
    return { base: '', place: (block) => [{ offset: list.start + 1, text: ` ${block},` }] }
  if (lineStart(text, next.start) < list.start)
    return { base: '', place: (block) => [{ offset: next.start, text: `${block}, ` }] }
  return {
    base: indentAt(text, next.start),
    place: (block) => [{ offset: list.start + 1, text: `\n${block},` }],
  }
}
