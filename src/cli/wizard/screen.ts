import { fold, widthOf } from '../../report/shown/fold.js'

const ESCAPE = '\u001b['
const HIDE = `${ESCAPE}?25l`
const SHOW = `${ESCAPE}?25h`
const ERASE_BELOW = `${ESCAPE}J`

/** A terminal as it is drawn on. */
export type Stream = Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows'>

/** Where the cursor of a line of text stands; columns count from 0. */
export interface Cursor {
  readonly row: number
  readonly column: number
}

/**
 * The lower part of a terminal, drawn as a whole: what is drawn next replaces it, and only lines that differ are written.
 * It moves relative to where it began, so that a terminal that scrolls does not lose it.
 */
export class Screen {
  #lines: readonly string[] = []
  #row = 0
  #columns: number

  constructor(private readonly stream: Stream) {
    this.#columns = this.columns
  }

  /** How wide a line may be: a terminal that is full to the last column wraps. */
  get width(): number {
    return this.columns - 1
  }

  /** How many lines may be drawn without the first of them leaving the screen. */
  get height(): number {
    return Math.max(6, (this.stream.rows || 24) - 1)
  }

  private get columns(): number {
    return Math.max(24, this.stream.columns || 80)
  }

  /**
   * Takes from the screen what was typed before anything was drawn, which the terminal has shown by itself.
   *
   * @param typed with a line end for each line that it began
   */
  eraseEcho(typed: string): void {
    const lines = typed.split(/[\r\n]/).map((line) => widthOf(line.replace(/\p{Cc}/gu, '^X')))
    const rows = lines.reduce((sum, width) => sum + this.rowsOf(width), 0) - 1
    this.stream.write(`\r${up(rows)}${ERASE_BELOW}`)
  }

  /**
   * Draws lines in place of what was drawn last.
   *
   * @param lines of at most {@link width}, and at most {@link height} of them
   * @param cursor where text is typed; without it the cursor is not shown
   */
  draw(lines: readonly string[], cursor?: Cursor): void {
    const isResized = this.#columns !== this.columns
    this.#columns = this.columns
    const before = this.#lines
    const differing = before.findIndex((line, index) => line !== lines[index])
    const same = isResized ? 0 : differing === -1 ? before.length : differing
    let text = HIDE
    if (same < before.length) {
      text += this.moveTo(same) + ERASE_BELOW + lines.slice(same).join('\r\n')
      this.#row = Math.max(same, lines.length - 1)
    } else if (lines.length > same) {
      const last = before.length - 1
      text += last === -1 ? '' : `${this.moveTo(last)}\r\n`
      text += lines.slice(same).join('\r\n')
      this.#row = lines.length - 1
    }
    this.#lines = lines
    if (cursor !== undefined) text += `${this.moveTo(cursor.row)}${right(cursor.column)}${SHOW}`
    if (text !== HIDE) this.stream.write(text)
  }

  /** Leaves what is drawn where it is; what is drawn next stands below. */
  keep(): void {
    const last = this.#lines.length - 1
    this.stream.write(last === -1 ? SHOW : `${this.moveTo(last)}\r\n${SHOW}`)
    this.#lines = []
    this.#row = 0
  }

  /** Writes what stays, below what is drawn. */
  write(text: string): void {
    this.keep()
    this.stream.write(text)
  }

  bell(): void {
    this.stream.write('\u0007')
  }

  /** From the row of the cursor to the begin of another one. */
  private moveTo(row: number): string {
    const rows = (from: number, to: number): number =>
      this.#lines.slice(from, to).reduce((sum, line) => sum + this.rowsOf(widthOf(line)), 0)
    const moved = row < this.#row ? up(rows(row, this.#row)) : down(rows(this.#row, row))
    this.#row = row
    return `\r${moved}`
  }

  /** A terminal that was made narrower has wrapped what stood on it. */
  private rowsOf(width: number): number {
    return Math.max(1, Math.ceil(width / this.columns))
  }
}

function up(rows: number): string {
  return rows > 0 ? `${ESCAPE}${rows}A` : ''
}

function down(rows: number): string {
  return rows > 0 ? `${ESCAPE}${rows}B` : ''
}

function right(columns: number): string {
  return columns > 0 ? `${ESCAPE}${columns}C` : ''
}

/** How something stands on the screen. */
export type Style = 'strong' | 'dim' | 'problem' | 'chosen' | 'done' | 'plain'

const CODES: Readonly<Record<Style, string>> = {
  strong: '1',
  dim: '2',
  problem: '31',
  chosen: '36',
  done: '32',
  plain: '',
}

/** Gives text a style, or leaves it as it is where there is no colour. */
export type Paint = (text: string, style: Style) => string

export function painter(color: boolean): Paint {
  return (text, style) =>
    color && style !== 'plain' && text !== '' ? `${ESCAPE}${CODES[style]}m${text}${ESCAPE}0m` : text
}

/** The first lines of some, and how many there are behind them. */
export function clipped(lines: readonly string[], room: number, width: number, paint: Paint): string[] {
  if (lines.length <= room) return [...lines]
  if (room <= 0) return []
  const kept = lines.slice(0, room - 1)
  return [...kept, ...fold(paint(`  … ${lines.length - kept.length} more lines`, 'dim'), width).slice(0, 1)]
}
