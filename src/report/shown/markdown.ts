import { type Sayable, Shown } from './shown.js'
import { oneLine, withoutCommands } from './visible.js'

/** Markdown in one line. A subtype of its own would let plain text pass for it: it is known by where it was made. */
const MADE = new WeakSet<Shown>()

/** Our own Markdown with values in it: each is plain text that leads nowhere, but for what stands in backticks. */
export function markdown(words: TemplateStringsArray, ...values: readonly Sayable[]): Shown {
  const parts = words.map(
    (word, index) => `${word}${index < values.length ? marked(values[index] ?? '') : ''}`,
  )
  return made(withoutCommands(parts.join('')))
}

/** A value as inline code. */
export function code(value: Sayable): Shown {
  return made(codeOf(oneLine(String(value))))
}

function marked(value: Sayable): string {
  if (value instanceof Shown && MADE.has(value)) return String(value)
  return oneLine(String(value))
    .split(/(?<!`)`([^`]+)`(?!`)/)
    .map((part, index) => (index % 2 === 1 ? codeOf(part) : plain(part)))
    .join('')
}

/** What GitHub would make a link or a mention of is shown as code, which it leaves alone. */
function plain(text: string): string {
  return text
    .split(/([^\s()<>|]*(?::\/\/|\bwww\.|@(?=\w)|#(?=\w))[^\s()<>|]*)/i)
    .map((part, index) => (index % 2 === 1 ? codeOf(part) : part.replace(MARKS, entity)))
    .join('')
}

/** What HTML, a table, a link, code, emphasis and mathematics begin with; an underscore inside a word is none. */
const MARKS = /[&<>|\\`[\]*~$]|(?<!\w)_|_(?!\w)/g

function codeOf(text: string): string {
  return /[&<>|\\`]|^\s|\s$|^$/.test(text)
    ? `<code>${text.replace(/[^\w\s.,:;/?={}()'"-]/gu, entity)}</code>`
    : `\`${text}\``
}

function entity(char: string): string {
  return `&#${char.codePointAt(0)};`
}

function made(text: string): Shown {
  const shown = Shown.safe(text)
  MADE.add(shown)
  return shown
}
