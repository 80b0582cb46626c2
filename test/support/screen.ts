/** What a terminal shows of what a program writes: as much of one as our questions and the library use. */
export class ScreenReader {
  #rows: string[][] = [[]]
  #row = 0
  #column = 0
  /** How many lines have left the screen at its top. */
  scrolled = 0
  /** Whether text ran into the right edge, where a terminal breaks it anywhere. */
  hasWrapped = false

  constructor(
    private readonly columns: number,
    private readonly rows: number,
  ) {}

  /** The lines on the screen, without the empty ones at its end. */
  static of(output: string, columns: number, rows: number): ScreenReader {
    const screen = new ScreenReader(columns, rows)
    for (const [piece, , count = '', command] of output.matchAll(PIECES)) {
      if (command === undefined) screen.write(piece)
      else screen.run(command, count)
    }
    return screen
  }

  get lines(): string[] {
    const lines = this.#rows.map((row) => row.join('').trimEnd())
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1)
  }

  private write(char: string): void {
    if (char === '\r') this.#column = 0
    else if (char === '\n') this.feed()
    else if (char === '\b') this.#column = Math.max(0, this.#column - 1)
    else if (char >= ' ') {
      if (this.#column === this.columns) {
        this.hasWrapped = true
        this.#column = 0
        this.feed()
      }
      const row = this.rowAt(this.#row)
      while (row.length < this.#column) row.push(' ')
      row[this.#column++] = char
    }
  }

  private feed(): void {
    if (this.#row < this.rows - 1) this.#row++
    else {
      this.#rows.shift()
      this.scrolled++
    }
  }

  private run(command: string, count: string): void {
    const by = Number(count) || 1
    if (command === 'A') this.#row = Math.max(0, this.#row - by)
    else if (command === 'B') this.#row = Math.min(this.rows - 1, this.#row + by)
    else if (command === 'C') this.#column = Math.min(this.columns - 1, this.#column + by)
    else if (command === 'J') {
      this.rowAt(this.#row).length = Math.min(this.rowAt(this.#row).length, this.#column)
      this.#rows.length = this.#row + 1
    } else if (command === 'K') this.rowAt(this.#row).length = this.#column
    else if (!'mhl'.includes(command)) throw new Error(`no terminal here knows ${command}`)
  }

  private rowAt(index: number): string[] {
    while (this.#rows.length <= index) this.#rows.push([])
    return this.#rows[index] ?? []
  }
}

const PIECES = new RegExp(String.raw`${'\u001b'}\[(\??)([0-9;]*)([A-Za-z])|[\s\S]`, 'gu')
