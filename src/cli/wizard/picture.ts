import { cut, fold, widthOf } from '../../report/shown/fold.js'
import type { Answered, Choice, Hint } from './question.js'
import { type Cursor, clipped, type Paint } from './screen.js'

/** What stands on the screen while a question is asked. */
export interface Picture {
  readonly lines: readonly string[]
  readonly cursor?: Cursor
}

/** How much there is to draw on, and how. */
export interface Page {
  readonly width: number
  readonly height: number
  readonly paint: Paint
}

const INDENT = '  '

/** A question that was answered, in one line. */
export function answeredLine({ label, answer }: Answered, { width, paint }: Page): string {
  return `${paint('✔', 'done')} ${label} ${paint('›', 'dim')} ${cut(answer, Math.max(8, width - widthOf(label) - 5))}`
}

/** A question that nobody answered. */
export function leftLine(label: string, { paint }: Page): string {
  return `${paint('✖', 'problem')} ${label}`
}

/** A question above it, in as many of the last lines as fit. */
export function below(answered: readonly string[], { lines, cursor }: Picture, { height }: Page): Picture {
  const room = Math.max(0, height - lines.length)
  const above = room === 0 ? [] : answered.slice(-room)
  return {
    lines: [...above, ...lines.slice(0, height)],
    ...(cursor === undefined ? {} : { cursor: { ...cursor, row: cursor.row + above.length } }),
  }
}

/** A question for a line of text, the text with its cursor, and what it becomes. */
export function drawText({ message, value, initial, cursor }: TextState, hint: Hint, page: Page): Picture {
  const typed = typing(message, { value, initial, cursor }, page)
  return { ...typed, lines: [...typed.lines, ...hintLines(hint, page)] }
}

export interface TextState {
  readonly message: string
  readonly value: string
  /** What stands there while nothing is typed. */
  readonly initial: string
  readonly cursor: number
}

/** Choices with what was typed to narrow them. */
export interface ListState {
  readonly message: string
  readonly typed: TextState | undefined
  readonly choices: readonly Choice[]
  readonly chosen: number
  readonly body: readonly string[]
  readonly hint: Hint
}

/** A question with its choices, as many as fit around the one that Enter takes. */
export function drawList({ message, typed, choices, chosen, body, hint }: ListState, page: Page): Picture {
  const { width, height, paint } = page
  const head: Picture =
    typed === undefined
      ? { lines: fold(`${paint('?', 'chosen')} ${paint(message, 'strong')} ${paint('›', 'dim')}`, width) }
      : typing(message, typed, page)
  const tail = [...describeChosen(choices[chosen], choices, page), ...hintLines(hint, page)]
  const room = Math.max(MIN_LIST, Math.min(MAX_LIST, height - head.lines.length - tail.length - MIN_ABOVE))
  const list = listLines(choices, chosen, room, page)
  const left = height - head.lines.length - tail.length - list.length
  const above = clipped(
    body.flatMap((line) => fold(line, width, `${/^ */.exec(line)?.[0] ?? ''}${INDENT}`)),
    left,
    width,
    paint,
  )
  const picture = { lines: [...head.lines, ...list, ...tail], ...(head.cursor && { cursor: head.cursor }) }
  return below(above, picture, { ...page, height: picture.lines.length + above.length })
}

const MIN_LIST = 3
const MAX_LIST = 10
/** Lines for the answers before it, where a list is long. */
const MIN_ABOVE = 3

function listLines(choices: readonly Choice[], chosen: number, room: number, page: Page): string[] {
  const shown = Math.min(room, choices.length)
  const from = Math.max(0, Math.min(choices.length - shown, chosen - Math.floor(shown / 2)))
  const titles = choices.map(titleOf)
  const column = Math.min(Math.floor(page.width / 2), Math.max(0, ...titles.map(widthOf)))
  return choices.slice(from, from + shown).map((choice, index) => {
    const isChosen = from + index === chosen
    const isFirst = index === 0 && from > 0
    const isLast = index === shown - 1 && from + shown < choices.length
    const more = isFirst ? '↑' : isLast ? '↓' : ' '
    const title = cut(titleOf(choice), page.width - 4)
    const mark = isChosen ? page.paint('❯', 'chosen') : ' '
    const description = inline(choice, column, page)
    const gap = description === '' ? '' : ' '.repeat(Math.max(2, column + 2 - widthOf(title)))
    return `${mark}${page.paint(more, 'dim')} ${page.paint(title, isChosen ? 'chosen' : 'plain')}${gap}${page.paint(description, 'dim')}`
  })
}

function titleOf({ title, key }: Choice): string {
  return key === undefined || key === '<' ? title : `${key}  ${title}`
}

/** As much of a description as stands beside its title; nothing where that is next to nothing. */
function inline(choice: Choice, column: number, { width }: Page): string {
  const room = width - 3 - Math.max(column, widthOf(titleOf(choice))) - 2
  return room < 12 ? '' : cut(choice.description ?? '', room)
}

/** The description of the one that Enter takes, where the list does not hold it. */
function describeChosen(choice: Choice | undefined, choices: readonly Choice[], page: Page): string[] {
  if (choice?.description === undefined) return []
  const column = Math.min(Math.floor(page.width / 2), Math.max(0, ...choices.map(titleOf).map(widthOf)))
  if (inline(choice, column, page) === choice.description) return []
  return fold(
    page.paint(`${INDENT}${INDENT}${choice.description}`, 'dim'),
    page.width,
    INDENT + INDENT,
  ).slice(0, 2)
}

/** The lines of a question up to the cursor. */
function typing(
  message: string,
  { value, initial, cursor }: Omit<TextState, 'message'>,
  { width, paint }: Page,
): Required<Picture> {
  const head = fold(`${paint('?', 'chosen')} ${paint(message, 'strong')} ${paint('›', 'dim')} `, width)
  const lines = [...head]
  let column = widthOf(lines.at(-1) ?? '')
  let at: Cursor = { row: lines.length - 1, column }
  const text = value === '' ? initial : value
  let offset = 0
  let run = ''
  const flush = (): void => {
    lines[lines.length - 1] += paint(run, value === '' ? 'dim' : 'plain')
    run = ''
  }
  const turn = (size: number): void => {
    if (column + size <= width) return
    flush()
    lines.push('')
    column = 0
  }
  for (const char of text) {
    turn(widthOf(char))
    if (offset === cursor) at = { row: lines.length - 1, column }
    run += char
    column += widthOf(char)
    offset += char.length
  }
  if (cursor >= offset) {
    turn(1)
    at = { row: lines.length - 1, column }
  }
  flush()
  return { lines, cursor: at }
}

/** What a text becomes, in lines with an indent; the end of a long one is cut. */
function hintLines({ text, isProblem, proposal }: Hint, { width, paint }: Page): string[] {
  if (text === '') return []
  const all = text.split('\n').flatMap((line) => fold(`${INDENT}${line}`, width, INDENT))
  const last = all[MAX_HINT - 1] ?? ''
  const lines = all.length > MAX_HINT ? [...all.slice(0, MAX_HINT - 1), `${cut(last, width - 2)} …`] : all
  const tab = proposal === undefined ? [] : fold(`${INDENT}Tab takes ${proposal}`, width, INDENT)
  return [
    ...lines.map((line) => paint(line, isProblem ? 'problem' : 'dim')),
    ...tab.map((line) => paint(line, 'chosen')),
  ]
}

const MAX_HINT = 6
