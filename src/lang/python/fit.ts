import type { Edit } from '../../workspace/edits.js'
import type { Source } from '../../workspace/source.js'
import { indentAt, lineEnd, lineStart } from '../../workspace/source.js'
import type { Span } from '../../workspace/span.js'
import type { PythonModule } from '../module.js'
import { isKind, type Node } from '../tree.js'
import { displayWidth } from './print.js'

/** How long lines may be, and what a level of indent is. */
export interface Fit {
  readonly width: number
  readonly indent: string
}

/**
 * The edits that break the brackets of a statement as `ruff format` does, where it stands otherwise: a list that is too
 * long for its line, or that would fit on one. A comma at the end of a list keeps it one item a line. Of a function only
 * its head is looked at; a statement that has blocks otherwise stays as it is.
 *
 * @param loosened lists that nothing keeps one item a line
 */
export function fitStatement(
  module: PythonModule,
  statement: Node,
  fit: Fit,
  loosened: ReadonlySet<Node> = new Set(),
): Edit[] {
  const head = headOf(statement)
  return head === undefined ? [] : new Fitter(module.source, fit, loosened).fit(head, 0)
}

/** A list of a statement, as it was and as it is. */
export interface Edited {
  readonly before: Node
  readonly after: Node
}

/**
 * The lists that stand one item a line because they once had to, and have to no more, where lists of that length stand
 * on a line of the file otherwise.
 *
 * @param before the module as it was
 * @param lists those of one statement, the inner ones in front
 */
export function loosenLists(
  before: PythonModule,
  after: PythonModule,
  lists: readonly Edited[],
  fit: Fit,
): Set<Node> {
  const loosened = new Set<Node>()
  for (const list of lists) {
    const isHeld = list.after.descendants(...BRACKETS).some((one) => isPinned(one) && !loosened.has(one))
    if (!isPinned(list.before) || !isPinned(list.after) || isHeld) continue
    const [was, is] = [joinedWidth(before, list.before, fit), joinedWidth(after, list.after, fit)]
    if (was === undefined || is === undefined || was <= fit.width || is > fit.width) continue
    const { kind } = list.before
    const alike = { but: list.before, kind, likeness: likenessOf(before, list.before), width: is }
    if (!standApart(before, alike, fit, fit.width - (was - is))) loosened.add(list.after)
  }
  return loosened
}

/** A list that could stand on a line. */
export interface Joined {
  /** The list that is not asked. */
  readonly but: Node
  readonly kind: string
  /** What stands in front of it on its line, or how else lists are told to be like it. */
  readonly likeness: string
  /** How wide its line is with all its items. */
  readonly width: number
}

/**
 * Whether a list stands one item a line as those like it do in a file: there is a width from which they do, and it is the
 * one that goes against the fewest of them; where it goes against half of those that stand apart, there is none.
 *
 * @param least the width from which they are too long to stand on one when they have an item more
 */
export function standApart(module: PythonModule, list: Joined, fit: Fit, least: number): boolean {
  const { but, kind, likeness, width } = list
  const near = module.root.descendants(kind).flatMap((one) => {
    const its = one === but || itemsOf(one).length < 2 ? 0 : (joinedWidth(module, one, fit) ?? 0)
    // What fits behind its head says nothing of those that had to be moved below it.
    const isMoved = !isKind(one, ...HUGGED) || one.text.includes('\n')
    const isNear = isMoved && Math.min(least, fit.width * NEAR) < its && its <= fit.width
    return isNear && likenessOf(module, one) === likeness ? [{ width: its, isApart: isPinned(one) }] : []
  })
  // Where nothing tells, an argument less is no reason to write a call anew.
  if (near.length === 0) return kind === 'argument_list'
  const against = (from: number): number => near.filter((one) => one.isApart !== one.width >= from).length
  const widths = near.map((one) => one.width).sort((a, b) => b - a)
  const from = widths.reduce((best, one) => (against(one) < against(best) ? one : best), fit.width + 1)
  return width >= from && against(from) * 2 <= near.filter((one) => one.isApart).length
}

/** A list that takes so much of a line is nearly as long as it. */
const NEAR = 0.5

/** What lists are written alike by: what stands in front of them, and whether a call gives everything by its name. */
function likenessOf({ source }: PythonModule, list: Node): string {
  if (isKind(list, 'parameters')) return 'parameters'
  const head = source.text.slice(lineStart(source.text, list.start), list.start).trim()
  if (!isKind(list, 'argument_list') || head.startsWith('return ')) return head
  return itemsOf(list).every((one) => one.kind === 'keyword_argument') ? 'by name' : 'by place'
}

/** How wide a line would be with all items of a list together; undefined where they cannot stand on one. */
function joinedWidth({ source }: PythonModule, list: Node, fit: Fit): number | undefined {
  const { text } = source
  const isWhole = [list, ...list.descendants('comment', 'string')].every(
    (one) => one.kind !== 'comment' && !(one.kind === 'string' && one.text.includes('\n')),
  )
  if (!isWhole) return undefined
  const base = columnsOf(indentAt(text, list.start), fit)
  const inner = displayWidth(
    itemsOf(list)
      .map((one) => flatText(one.text))
      .join(', '),
  )
  if (isKind(list, ...HUGGED)) return base + columnsOf(fit.indent, fit) + inner
  const start = lineStart(text, list.start)
  const head = text.slice(start, list.start).trimStart()
  const rest = text.slice(list.end, lineEnd(text, list.end))
  return base + displayWidth(head) + inner + 2 + displayWidth(rest)
}

function columnsOf(white: string, { indent }: Fit): number {
  const width = indent === '\t' ? 4 : indent.length
  return [...white].reduce((sum, char) => sum + (char === '\t' ? width : 1), 0)
}

/** A text on one line, without the commas that kept lists in it apart. */
function flatText(text: string): string {
  return text
    .replace(/([([{])[ \t]*\r?\n\s*/g, '$1')
    .replace(/,?[ \t]*\r?\n\s*([)\]}])/g, '$1')
    .replace(/[ \t]*\r?\n\s*/g, ' ')
}

/** The lists of a statement that can be broken, the inner ones in front. */
export function listsOf(statement: Node): Node[] {
  return (headOf(statement)?.brackets ?? []).flatMap(innerFirst)
}

function innerFirst(list: Node): Node[] {
  return [...outermostIn(list).flatMap(innerFirst), list]
}

function outermostIn(list: Node): Node[] {
  return list.children.flatMap(outermost)
}

/** The innermost statement around an offset that has no blocks, or the function whose head it is in. */
export function statementAt(module: PythonModule, offset: number): Node | undefined {
  let found: Node | undefined
  for (let node: Node | undefined = module.root; node !== undefined; ) {
    if (isKind(node, ...SIMPLE, 'function_definition')) found = node
    node = node.children.find((child) => child.start <= offset && offset <= child.end && child.isNamed)
  }
  const body = isKind(found, 'function_definition') ? found.child('body') : undefined
  return body !== undefined && body.start <= offset ? undefined : found
}

const SIMPLE = [
  'expression_statement',
  'return_statement',
  'raise_statement',
  'assert_statement',
  'delete_statement',
] as const

/** What stands on one line where it fits: a statement, the head of a function, an item of a list. */
interface Unit extends Span {
  /** The brackets in it that none of the others is around. */
  readonly brackets: readonly Node[]
}

const BRACKETS = [
  'parameters',
  'argument_list',
  'dictionary',
  'list',
  'set',
  'tuple',
  'parenthesized_expression',
] as const
/** Brackets whose items may stand together on a line of their own. */
const HUGGED = ['parameters', 'argument_list'] as const

function headOf(statement: Node): Unit | undefined {
  if (isKind(statement, ...SIMPLE)) return unitOf(statement)
  const parameters = statement.child('parameters')
  const body = statement.child('body')
  if (parameters === undefined || body === undefined) return undefined
  const colon = statement.children.findLast((child) => child.kind === ':' && child.end <= body.start)
  return { start: statement.start, end: colon?.end ?? parameters.end, brackets: [parameters] }
}

function unitOf(node: Node): Unit {
  return { start: node.start, end: node.end, brackets: outermost(node) }
}

function outermost(node: Node): Node[] {
  return isKind(node, ...BRACKETS) ? [node] : node.children.flatMap(outermost)
}

/** The items of a list; the expression in parentheses. */
function itemsOf(bracket: Node): readonly Node[] {
  return bracket.children.filter((child) => child.isNamed && child.kind !== 'comment')
}

class Fitter {
  private readonly text: string

  constructor(
    source: Source,
    private readonly page: Fit,
    private readonly loosened: ReadonlySet<Node>,
  ) {
    this.text = source.text
  }

  /** @param tail how many characters follow on its last line */
  fit(unit: Unit, tail: number): Edit[] {
    const base = indentAt(this.text, unit.start)
    if (this.text.slice(lineStart(this.text, unit.start), unit.start).trim() !== '') return []
    const broken = unit.brackets.filter((one) => one.text.includes('\n'))
    const bracket = broken.length > 0 ? broken[0] : this.breakable(unit)
    if (bracket === undefined || broken.length > 1) return []
    const written = this.text.slice(unit.start, unit.end)
    if (this.flatten(unit) === undefined)
      return isGlued(bracket) ? this.setApart(bracket, base) : this.fitItems(bracket)
    const printed = this.print(unit, base, tail)
    return printed === written.replaceAll('\r\n', '\n')
      ? []
      : [{ start: unit.start, end: unit.end, text: printed }]
  }

  /** The items of a list that stays one item a line, or that holds something which does. */
  private fitItems(bracket: Node): Edit[] {
    const tail = this.isPinned(bracket) ? 1 : 0
    return itemsOf(bracket).flatMap((item) => this.fit(unitOf(item), tail))
  }

  /** A list that holds one which is broken, and is not broken itself: each item gets lines of its own. */
  private setApart(bracket: Node, base: string): Edit[] {
    const inner = base + this.page.indent
    const items = itemsOf(bracket)
    const mark = items.length > 1 ? ',' : ''
    const lines = items.map((item) => {
      const [first = '', ...others] = item.text.split(/\r?\n/)
      const moved = others.map((line) => (line.startsWith(base) ? inner + line.slice(base.length) : line))
      return `\n${inner}${[first, ...moved].join('\n')}${mark}`
    })
    return [{ start: bracket.start + 1, end: bracket.end - 1, text: `${lines.join('')}\n${base}` }]
  }

  /** A unit as it is to stand, its first line behind `base`. */
  private print(unit: Unit, base: string, tail: number): string {
    const flat = this.flatten(unit) ?? this.text.slice(unit.start, unit.end)
    const bracket = this.breakable(unit)
    if (this.columns(base) + displayWidth(flat) + tail <= this.page.width || bracket === undefined)
      return flat
    const inner = base + this.page.indent
    const items = itemsOf(bracket)
    const head = this.flat({ start: unit.start, end: bracket.start + 1 })
    const rest = `\n${base}${this.flat({ start: bracket.end - 1, end: unit.end })}`
    const together = items.map((item) => this.flat(item)).join(', ')
    const isHugged = isKind(bracket, ...HUGGED)
    if (isHugged && this.columns(inner) + displayWidth(together) <= this.page.width)
      return `${head}\n${inner}${together}${rest}`
    const [only, ...others] = items
    if (only !== undefined && others.length === 0 && !isKind(bracket, 'parameters'))
      return `${head}\n${inner}${this.print(unitOf(only), inner, 0)}${rest}`
    const lines = items.map((item) => `\n${inner}${this.print(unitOf(item), inner, 1)},`)
    return head + lines.join('') + rest
  }

  /** The last brackets of a unit that have something in them. */
  private breakable({ brackets }: Unit): Node | undefined {
    return brackets.findLast((one) => itemsOf(one).length > 0)
  }

  /** A unit on one line; undefined where something of it cannot stand on one. */
  private flatten(unit: Unit): string | undefined {
    const isSure = unit.brackets.every((bracket) =>
      [bracket, ...bracket.descendants(...BRACKETS, 'comment', 'string')].every(
        (node) =>
          node.kind !== 'comment' &&
          !(node.kind === 'string' && node.text.includes('\n')) &&
          !(isKind(node, ...BRACKETS) && this.isPinned(node)),
      ),
    )
    const flat = this.flat(unit)
    return isSure && !/,\s*[\])}]/.test(flat) && !flat.includes('\n') ? flat : undefined
  }

  private flat({ start, end }: Span): string {
    return flatText(this.text.slice(start, end))
  }

  private columns(white: string): number {
    return columnsOf(white, this.page)
  }

  private isPinned(list: Node): boolean {
    return isPinned(list) && !this.loosened.has(list)
  }
}

/** Whether the first item of a list stands on the line of its bracket, and another one goes on over lines. */
function isGlued(bracket: Node): boolean {
  const [first] = itemsOf(bracket)
  const isSound = bracket.descendants('comment').length === 0
  const isOpen = first !== undefined && !bracket.text.slice(0, first.start - bracket.start).includes('\n')
  return (
    isKind(bracket, ...HUGGED) &&
    isSound &&
    isOpen &&
    itemsOf(bracket).some((one) => one.kind !== 'string' && one.text.includes('\n'))
  )
}

/** Whether a comma at its end keeps a list one item a line. */
function isPinned(bracket: Node): boolean {
  if (!bracket.text.includes('\n')) return false
  const last = bracket.children.findLast((child) => child.kind !== 'comment' && child.end < bracket.end)
  return last?.kind === ','
}
