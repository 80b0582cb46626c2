/** A sequence that gives colour and takes no room; nothing else that is shown holds a control character. */
const CODE = String.raw`\p{Cc}\[[0-9;]*m`
const CODES = new RegExp(CODE, 'gu')
/** Such a sequence, a space, or a word. */
const PIECES = new RegExp(String.raw`${CODE}|\s|[^\s\p{Cc}]+`, 'gu')
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const NO_WIDTH = /[\p{Mn}\p{Me}]/u
const RESET = '\u001b[0m'

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
 */
export function fold(line: string, width: number, indent = ''): string[] {
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
      if (length > widthOf(indent)) end()
    }
    for (const char of piece) {
      if (length + widthOf(char) > width) end()
      text += char
      length += widthOf(char)
    }
  }
  return [...lines, text]
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
