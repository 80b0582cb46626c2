import { foldProse } from './fold.js'
import { oneLine, withoutCommands } from './visible.js'

/** What goes into a text: a raw string is made visible first, what is {@link Shown} is taken as it is. */
export type Sayable = Shown | string | number

/**
 * Text that a terminal, the log of a CI runner or a pipe may get: the one type that a stream takes. A raw string
 * is none, and comes in through a sink of this folder: `say`, `block`, `markdown`, `command`, `json`.
 */
export class Shown {
  private constructor(
    private readonly text: string,
    /** How many characters of it are seen; colour has none. */
    readonly width: number,
    /** Whether its lines may be broken where a terminal is too narrow: prose, and no diff, JSON or script. */
    readonly isProse: boolean,
  ) {}

  /** For the sinks of this folder: text that was made safe for the one it goes to. */
  static safe(text: string, width = text.length, isProse = false): Shown {
    return new Shown(text, width, isProse)
  }

  /** The text for a terminal of that many characters a line. */
  fitted(width: number): string {
    return this.isProse ? foldProse(this.text, width) : this.text
  }

  padEnd(width: number): Shown {
    const missing = Math.max(0, width - this.width)
    return new Shown(this.text + ' '.repeat(missing), this.width + missing, this.isProse)
  }

  trimEnd(): Shown {
    return new Shown(this.text.trimEnd(), this.width, this.isProse)
  }

  /** At most `width` characters; where some had to go an ellipsis says so. Not for coloured text. */
  cut(width: number): Shown {
    if (this.width <= width) return this
    const kept = this.text.slice(0, Math.max(0, width - 1)).replace(/[\ud800-\udbff]$/, '')
    return Shown.safe(`${kept}…`)
  }

  toString(): string {
    return this.text
  }
}

/** Our own words with values in them; every raw string among them is made visible, in one line. */
export function say(words: TemplateStringsArray, ...values: readonly Sayable[]): Shown {
  const parts = values.map(shownOf)
  return together(words.flatMap((word, index) => [Shown.safe(word), ...parts.slice(index, index + 1)]))
}

/** Parts in one line, with our own words between them. */
export function joined(parts: readonly Sayable[], between = ''): Shown {
  return together(
    parts.flatMap((part, index) => [...(index === 0 ? [] : [Shown.safe(between)]), shownOf(part)]),
  )
}

/** Lines, each with its end, which may be broken. */
export function lines(all: readonly Sayable[]): Shown {
  const text = all.map((line) => `${shownOf(line)}\n`).join('')
  return Shown.safe(text, text.length, true)
}

/** A text of many lines, such as a page or a diff on a terminal: its line ends and tabs stay. */
export function block(text: string): Shown {
  return Shown.safe(withoutCommands(text.split('\n').map(oneLineWithTabs).join('\n')))
}

/** The width of the widest. */
export function widest(all: readonly Shown[]): number {
  return all.reduce((width, one) => Math.max(width, one.width), 0)
}

/** A raw string made visible; what is shown already, as it is. */
export function shownOf(part: Sayable): Shown {
  return part instanceof Shown ? part : Shown.safe(withoutCommands(oneLine(String(part))))
}

/** Parts that are harmless alone can be a command of a runner side by side. */
function together(parts: readonly Shown[]): Shown {
  const width = parts.reduce((sum, part) => sum + part.width, 0)
  return Shown.safe(withoutCommands(parts.join('')), width)
}

function oneLineWithTabs(line: string): string {
  return line.split('\t').map(oneLine).join('\t')
}
