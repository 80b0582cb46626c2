import { joined, type Sayable, type Shown, shownOf } from './shown.js'

/**
 * A text in lines of at most a width, broken between words; what is in backticks stays whole, so that it can be copied.
 *
 * @param head what stands in front of the first line
 * @param indent how far the others are indented
 */
export function wrapped(
  head: Shown,
  text: Sayable,
  { width, indent }: { readonly width: number; readonly indent: number },
): Shown[] {
  const lines: Shown[] = []
  let line = head
  for (const word of wordsOf(String(shownOf(text)))) {
    if (line.width > 0 && line.width + 1 + word.length > width) {
      lines.push(line)
      line = joined([' '.repeat(indent - 1)])
    }
    line = joined([line, word], line.width > 0 ? ' ' : '')
  }
  return [...lines, line]
}

function wordsOf(text: string): readonly string[] {
  return text.match(/(?:`[^`]*`|\S)+/g) ?? []
}
