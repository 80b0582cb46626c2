/**
 * How deep a syntax tree may be. What walks a tree may recurse, and nobody writes such code by hand: the stack holds
 * several times as much.
 */
export const MAX_DEPTH = 1000

/** The offset of the bracket that is the first to be nested deeper than a file may be; the deepest where none is. */
export function deepestBracket(text: string): number {
  let depth = 0
  let deepest = 0
  let offset = 0
  for (let index = 0; index < text.length && deepest <= MAX_DEPTH; index++) {
    const char = text[index] ?? ''
    if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    if (depth <= deepest) continue
    deepest = depth
    offset = index
  }
  return offset
}
