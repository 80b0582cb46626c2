/** A sequence that gives colour and takes no room; nothing else that is shown holds a control character. */
const CODE = String.raw`\p{Cc}\[[0-9;]*m`
const CODES = new RegExp(CODE, 'gu')
/** Such a sequence, a space, or a word; what stands between backticks is one, so that it can be copied. */
const PIECES = new RegExp(`${CODE}|\\s|(?:\`[^\`\\p{Cc}]*\`|[^\\s\\p{Cc}])+`, 'gu')
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const NO_WIDTH = /[\p{Mn}\p{Me}]/u
const RESET = '\u001b[0m'

/** A path of more than two names, with a line and a column or without. */
const PATH = /(?<![\w./`-])([\w.-]+)\/(?:[\w.-]+\/)+([\w.-]+(?::\d+)*)/g

/** What a line begins with that says what the rest is: the lines behind it stand under that. */
const LABEL = /^\s*(?:\w{2,7}: )?/

/** A line that is a command as a whole. */
const COMMAND = /^\s{2,}cachibot-ws [a-z]+-?[a-z]* /

/** Less is no line that words can be broken in. */
const LEAST = 20

/** How many columns of a terminal a text takes; colour takes none. */
export function widthOf(text: string): number {
  const plain = text.replace(CODES, '')
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length
  let width = 0
  for (const char of plain) width += NO_WIDTH.test(char) ? 0 : WIDE.test(char) ? 2 : 1
  return width
}

/**
 * A line as lines that fit a width, broken between words where that is possible; colour goes on in the next one.
 *
 * @param indent what stands in front of all lines but the first
 * @param isExact whether a word that no line holds is broken too, so that the rows can be counted
 */
export function fold(line: string, width: number, indent = '', isExact = true): string[] {
  const lines: string[] = []
  let codes = ''
  let text = ''
  let length = 0
  const end = (): void => {
    lines.push(`${text.trimEnd()}${codes === '' ? '' : RESET}`)
    text = indent + codes
    length = widthOf(indent)
  }
  for (const [piece] of line.matchAll(PIECES)) {
    if (/^\p{Cc}/u.test(piece)) {
      codes = piece === RESET ? '' : codes + piece
      text += piece
      continue
    }
    const isSpace = /^\s$/.test(piece)
    if (isSpace && lines.length > 0 && length === widthOf(indent)) continue
    if (length + widthOf(piece) > width) {
      if (isSpace) continue
      if (length > (lines.length === 0 ? 0 : widthOf(indent))) end()
    }
    for (const char of isExact ? piece : [piece]) {
      if (isExact && length + widthOf(char) > width) end()
      text += char
      length += widthOf(char)
    }
  }
  return [...lines, text]
}

/**
 * Lines of prose for a terminal: long paths lose their middle where that is enough, else a line is broken between words,
 * under what it begins with.
 *
 * @param width characters of a line
 */
export function foldProse(text: string, width: number): string {
  if (width < LEAST) return text
  return text
    .split('\n')
    .flatMap((line) => foldLine(line, width))
    .join('\n')
}

function foldLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line]
  // A command is copied, and a terminal that breaks it by itself gives it back whole.
  if (COMMAND.test(line)) return [line]
  const short = ['$1/…/$2', '…/$2'].map((less) => line.replace(PATH, less))
  const fitting = short.find((one) => widthOf(one) <= width)
  if (fitting !== undefined) return [fitting]
  return fold(line, width, ' '.repeat(Math.min(labelOf(line), Math.floor(width / 2))), false)
}

function labelOf(line: string): number {
  const plain = line.replace(CODES, '')
  const own = /^\s*/.exec(plain)?.[0].length ?? 0
  const label = LABEL.exec(plain)?.[0].length ?? 0
  return label > own ? label : own + 2
}

/** A text in one line that fits a width; an ellipsis says that there is more. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  let length = 0
  for (const char of text) {
    length += widthOf(char)
    if (length > width - 1) break
    kept += char
  }
  return `${kept.trimEnd()}…`
}
