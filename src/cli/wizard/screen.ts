import { shownOf } from '../../report/shown/shown.js'
import type { Hint } from './question.js'

/** Lines that a hint may have below its question. */
const HINT_LINES = 4

const SAVE = '\u001b7'
const RESTORE = '\u001b8'
const ERASE_BELOW = '\u001b[J'

/** A stream as prompts writes to it. */
export interface Screen {
  readonly columns: number
  write(text: string): void
}

/** Makes room for a hint, because what is drawn below the last line of a terminal scrolls the question away. */
export function makeRoom(): string {
  return `${'\n'.repeat(HINT_LINES + 1)}\u001b[${HINT_LINES + 1}A`
}

/**
 * The terminal, with a hint below the question. prompts has one line for its own errors and miscounts more.
 *
 * @param takeHint the hint to draw below what is written now: once for each time the question is drawn
 */
export function screenWithHint(
  stream: NodeJS.WriteStream,
  color: boolean,
  takeHint: () => Hint | undefined,
): Screen {
  const columns = stream.columns || 80
  return {
    columns,
    write(text) {
      const hint = takeHint()
      const lines =
        hint === undefined
          ? []
          : wrap(String(shownOf(hint.text)), columns).map((line) => paint(line, hint, color))
      stream.write(lines.length === 0 ? text : `${text}${SAVE}\n${ERASE_BELOW}${lines.join('\n')}${RESTORE}`)
    },
  }
}

function paint(line: string, { isProblem }: Hint, color: boolean): string {
  return color ? `\u001b[${isProblem ? 31 : 2}m  ${line}\u001b[0m` : `  ${line}`
}

/** A hint in lines that the terminal holds; the end of a long one is cut. */
function wrap(text: string, columns: number): string[] {
  const width = Math.max(20, columns - 4)
  const lines: string[] = ['']
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1] ?? ''
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.length > HINT_LINES ? [...lines.slice(0, HINT_LINES - 1), `${lines[HINT_LINES - 1]} …`] : lines
}
