/**
 * Printers for Python text. Lines inside a printed value are indented with tabs, one a level, relative to
 * where the value stands; the renderer turns them into the file's own indent.
 */

/** Where a piece of code will stand: what a line may hold, and how deep the code begins. */
export interface Page {
  /** Characters a line may have. */
  readonly width: number
  /** Columns that one level of indent takes. */
  readonly indentWidth: number
  /** Columns that the first line begins at. */
  readonly column: number
}

/**
 * A bracketed list that stands on one line if it fits and else has one item a line with a trailing comma,
 * which is the form that `ruff format` keeps.
 */
export type Doc =
  | string
  | {
      readonly open: string
      readonly items: readonly Doc[]
      readonly close: string
      /** It holds one expression, such as a comprehension, and no comma goes behind it. */
      readonly isOne?: boolean
    }
  /** A call on the result of a call, `f(a).g(b)`: the last one is broken first. */
  | { readonly chain: readonly [Bracketed, Bracketed] }
  /** Parts that stand on a line each, at one depth, where they do not fit on one: `a`, `if b`, `else c`. */
  | { readonly parts: readonly Doc[] }
  /** A string that stands on several lines, concatenated, where it does not fit on one. */
  | { readonly open: string; readonly string: string; readonly quote: '"' | "'" }

type Bracketed = { readonly open: string; readonly items: readonly Doc[]; readonly close: string }

/** Prints a doc that begins `level` levels below the page's column. */
export function printDoc(doc: Doc, page: Page, level = 0, behind = 0): string {
  if (typeof doc === 'string') return doc
  const flat = printFlat(doc)
  if (page.column + level * page.indentWidth + displayWidth(flat) + behind <= page.width) return flat
  if ('string' in doc) return printLongString(doc, page, level)
  if ('chain' in doc) return printChain(doc.chain, page, level, behind)
  if ('parts' in doc) {
    return doc.parts.map((part) => printDoc(part, page, level, behind)).join(`\n${'\t'.repeat(level)}`)
  }
  if (doc.items.length === 0) return flat
  const inner = '\t'.repeat(level + 1)
  const mark = doc.isOne === true ? '' : ','
  const items = doc.items.map((item) => `${inner}${printDoc(item, page, level + 1, mark.length)}${mark}\n`)
  return `${doc.open}\n${items.join('')}${'\t'.repeat(level)}${doc.close}`
}

/** A doc with a text in front of it, such as the name of an argument. */
export function prefixDoc(prefix: string, doc: Doc): Doc {
  if (typeof doc === 'string') return prefix + doc
  if ('open' in doc) return { ...doc, open: prefix + doc.open }
  if ('chain' in doc) {
    const [first, last] = doc.chain
    return { chain: [{ ...first, open: prefix + first.open }, last] }
  }
  const [first, ...rest] = doc.parts
  return first === undefined ? doc : { parts: [prefixDoc(prefix, first), ...rest] }
}

/** `target = value`, the value in parentheses on a line of its own where only that fits. */
export function printAssignment(target: string, value: string, page: Page, level = 0): string {
  const flat = `${target} = ${value}`
  const column = page.column + level * page.indentWidth
  const fitsAlone = column + page.indentWidth + displayWidth(value) <= page.width
  if (column + displayWidth(flat) <= page.width || !fitsAlone) return flat
  return `${target} = (\n${'\t'.repeat(level + 1)}${value}\n${'\t'.repeat(level)})`
}

/** `target = value`: brackets are broken inside, anything else goes into parentheses. */
export function printSetting(target: string, value: Doc, page: Page, level: number): string {
  const isBracketed = typeof value !== 'string' && 'open' in value
  return isBracketed
    ? printDoc(prefixDoc(`${target} = `, value), page, level)
    : printAssignment(target, printDoc(value, page, level), page, level)
}

/**
 * A string literal with the preferred quotes, or with the others where that escapes less, as `ruff format`
 * writes it; what cannot be seen is escaped.
 */
export function printString(value: string, preferred: '"' | "'" = '"'): string {
  const other = preferred === '"' ? "'" : '"'
  const quote = value.split(preferred).length > value.split(other).length ? other : preferred
  const body = [...value]
    .map((char) => {
      if (char === '\\' || char === quote) return `\\${char}`
      if (char === '\n') return '\\n'
      if (char === '\r') return '\\r'
      if (char === '\t') return '\\t'
      return isPlain(char) ? char : escapeCodePoint(char)
    })
    .join('')
  return `${quote}${body}${quote}`
}

/** A docstring: on one line if it fits, else wrapped with the closing quotes on a line of their own. */
export function printDocstring(text: string, page: Page, level = 0): string {
  const escaped = text.replaceAll('\\', '\\\\').replace(/"{3,}|"+$/g, (run) => '\\"'.repeat(run.length))
  const body = escaped.startsWith('"') ? ` ${escaped}` : escaped
  const column = page.column + level * page.indentWidth
  if (column + displayWidth(body) + 6 <= page.width) return `"""${body}"""`
  const lines = wrapWords(body, page.width - column, 3)
  const [only] = lines
  if (only !== undefined && lines.length === 1) {
    // ruff format pulls the closing quotes up to a single line: break it, or leave what cannot be broken.
    const space = only.lastIndexOf(' ')
    if (space === -1) return `"""${only}"""`
    lines.splice(0, 1, only.slice(0, space), only.slice(space + 1))
  }
  const indent = '\t'.repeat(level)
  return `"""${lines.join(`\n${indent}`)}\n${indent}"""`
}

/** A comment behind code, or nothing where it would not fit or a tool would take it for an order. */
export function printTrailingComment(code: string, text: string, page: Page): string {
  const comment = `  # ${text}`
  const fits = page.column + displayWidth(code) + displayWidth(comment) <= page.width
  return isOrder(text) || !fits ? '' : comment
}

/** The lines of a comment of its own, without the `# `; none where a tool would take it for an order. */
export function printCommentLines(text: string, page: Page, level = 0): string[] {
  return isOrder(text) ? [] : wrapComment(text, page, level)
}

/** The lines of a comment of ours, which is an order to this tool alone. */
export function wrapComment(text: string, page: Page, level = 0): string[] {
  return wrapWords(text, page.width - page.column - level * page.indentWidth - 2, 0)
}

/** Whether a tool reads a comment as an order to itself. */
function isOrder(text: string): boolean {
  return /noqa|type:|ruff:|fmt:|isort|pylint|pragma|mypy:|pyright|nosec|flake8|coding[:=]|cachibot-ws/i.test(
    text,
  )
}

/** A JSON value as a Python literal. */
export function printValue(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return printString(value)
  if (Array.isArray(value)) return `[${value.map(printValue).join(', ')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => `${printString(key)}: ${printValue(item)}`)
    return `{${entries.join(', ')}}`
  }
  return String(value).replace('e+', 'e')
}

/** Columns that a text takes; wide characters count as two, as linters count them. */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text) width += (char.codePointAt(0) ?? 0) >= 0x1100 ? 2 : 1
  return width
}

function printChain(
  [first, last]: readonly [Bracketed, Bracketed],
  page: Page,
  level: number,
  behind: number,
): string {
  const head = `${printFlat(first)}${last.open}`
  const isHeadFitting = page.column + level * page.indentWidth + displayWidth(head) <= page.width
  if (isHeadFitting) return printDoc({ ...last, open: head }, page, level, behind)
  const inner = '\t'.repeat(level + 1)
  const items = first.items.map((item) => `${inner}${printDoc(item, page, level + 1, 1)},\n`).join('')
  const rest = printDoc({ ...last, open: first.close + last.open }, page, level, behind)
  return `${first.open}\n${items}${'\t'.repeat(level)}${rest}`
}

function printFlat(doc: Doc): string {
  if (typeof doc === 'string') return doc
  if ('string' in doc) return doc.open + printString(doc.string, doc.quote)
  if ('chain' in doc) return doc.chain.map(printFlat).join('')
  if ('parts' in doc) return doc.parts.map(printFlat).join(' ')
  return doc.open + doc.items.map(printFlat).join(', ') + doc.close
}

function printLongString(doc: Extract<Doc, { string: string }>, page: Page, level: number): string {
  const inner = '\t'.repeat(level + 1)
  const room = page.width - page.column - (level + 1) * page.indentWidth - 3
  const lines = wrapWords(doc.string, room, 0).map((line, index, all) =>
    index < all.length - 1 ? `${line} ` : line,
  )
  const printed = lines.map((line) => `${inner}${printString(line, doc.quote)}\n`)
  return `${doc.open}(\n${printed.join('')}${'\t'.repeat(level)})`
}

function wrapWords(text: string, width: number, firstIndent: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    const room = width - (lines.length === 0 ? firstIndent : 0)
    if (line !== '' && displayWidth(line) + 1 + displayWidth(word) > room) {
      lines.push(line)
      line = word
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  return [...lines, line]
}

function isPlain(char: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}]/u.test(char)
}

function escapeCodePoint(char: string): string {
  const code = char.codePointAt(0) ?? 0
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}
