/**
 * How deep a syntax tree may be. What walks whole trees does not recurse; what reads one construct may, and the stack
 * holds that many calls.
 */
export const MAX_DEPTH = 3500

/** Where a text that is too deep for its parser probably is: at its deepest bracket, or in its longest line. */
export function deepestPlace(text: string): number {
  let depth = 0
  let deepest = 0
  let offset = 0
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? ''
    if ('([{'.includes(char)) depth++
    else if (')]}'.includes(char)) depth--
    if (depth <= deepest) continue
    deepest = depth
    offset = index
  }
  return deepest > LIKELY ? offset : longestLine(text)
}

/** More brackets around one place than code by hand has. */
const LIKELY = 100

function longestLine(text: string): number {
  let longest = 0
  let found = 0
  let start = 0
  for (const line of text.split('\n')) {
    if (line.length > longest) {
      longest = line.length
      found = start
    }
    start += line.length + 1
  }
  return found
}
