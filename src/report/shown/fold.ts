/** What colours a terminal's text, and takes no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const COLOR = /\u001b\[[0-9;]*m/g

/** A path of more than two names, with a line and a column or without. */
const PATH = /(?<![\w./`-])([\w.-]+)\/(?:[\w.-]+\/)+([\w.-]+(?::\d+)*)/g

/** What a line begins with that says what the rest is: the lines behind it stand under that. */
const LABEL = /^\s*(?:\w{2,7}: )?/

/** Less is no line that words can be broken in. */
const LEAST = 20

/**
 * Lines in lines of at most a width: long paths lose their middle where that is enough, else a line is broken between
 * words. What is in backticks stays whole, and so does a word that is longer than a line.
 *
 * @param width characters of a line
 */
export function fold(text: string, width: number): string {
  if (width < LEAST) return text
  return text
    .split('\n')
    .flatMap((line) => foldLine(line, width))
    .join('\n')
}

function foldLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line]
  const short = line.replace(PATH, '$1/…/$2')
  if (widthOf(short) <= width) return [short]
  const indent = ' '.repeat(Math.min(labelOf(line), width / 2))
  const folded: string[] = []
  let now = ''
  for (const [, space = '', word = ''] of line.matchAll(/(\s*)((?:`[^`]*`|\S)+)/g)) {
    const isFull = now.trim() !== '' && widthOf(now + space + word) > width
    if (isFull) folded.push(now)
    now = isFull ? indent + word : now + space + word
  }
  return [...folded, now]
}

function labelOf(line: string): number {
  const plain = line.replace(COLOR, '')
  const own = /^\s*/.exec(plain)?.[0].length ?? 0
  const label = LABEL.exec(plain)?.[0].length ?? 0
  return label > own ? label : own + 2
}

function widthOf(text: string): number {
  return text.replace(COLOR, '').length
}
