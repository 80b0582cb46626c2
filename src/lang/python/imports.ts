import { cutBlock, cutItems, cutLines } from '../../workspace/cut.js'
import type { Deletion, Insertion } from '../../workspace/edits.js'
import { indentAt, lineEnd, lineStart } from '../../workspace/source.js'
import type { PythonModule } from '../module.js'
import { perModule } from '../per-module.js'
import type { Node } from '../tree.js'
import { displayWidth } from './print.js'
import { boundNames, importsOf, type PyImport, type PyImportedName } from './query.js'

/** A name that a module must bind by `from module import name`, or by `import module` without a name. */
export interface PyImportRequest {
  readonly module: string
  readonly name: string | undefined
}

/** How a module says a name of another one. */
export interface Spelling {
  /** `datetime`, `dt.datetime`, `DT` */
  readonly text: string
  /** What it has to import for that; undefined where it does already. */
  readonly missing: PyImportRequest | undefined
  /** What has the name that would have to be imported, and means something else. */
  readonly taken: Node | undefined
}

/**
 * Spells a name as the module imports it: by the name or its alias, else by the module that it imports whole. What
 * is not imported yet is to be, in the usual way or, where something else has that name, in the other.
 *
 * @param usual whether a new import is `from module import name` or `import module`
 */
export function spellImport(
  module: PythonModule,
  { module: from, name }: { readonly module: string; readonly name: string },
  usual: 'name' | 'module' = 'name',
): Spelling {
  const bound = boundNames(module)
  const { names, modules } = liveImports(module)
  const direct = names.get(from)?.get(name)
  if (direct !== undefined) return { text: direct.bound, missing: undefined, taken: undefined }
  const whole = modules.get(from)
  if (whole !== undefined) {
    const alias = whole.node.kind === 'aliased_import' ? whole.bound : whole.name
    return { text: `${alias}.${name}`, missing: undefined, taken: undefined }
  }
  const ways = [
    { text: name, missing: { module: from, name }, taken: bound.get(name) },
    { text: `${from}.${name}`, missing: { module: from, name: undefined }, taken: bound.get(from) },
  ] as const
  const [first, second] = usual === 'name' ? ways : ([ways[1], ways[0]] as const)
  return second.taken === undefined && first.taken !== undefined ? second : first
}

/** What a module imports and binds to nothing else behind that: names by the module that they are from, and whole modules. */
const liveImports = perModule((module: PythonModule) => {
  const bound = boundNames(module)
  const names = new Map<string, Map<string, PyImportedName>>()
  const modules = new Map<string, PyImportedName>()
  for (const statement of importsOf(module).toReversed())
    for (const one of statement.names.toReversed()) {
      if (bound.get(one.bound) !== one.node) continue
      if (!statement.isFrom) modules.set(one.name, one)
      else
        names.set(
          statement.module,
          (names.get(statement.module) ?? new Map<string, PyImportedName>()).set(one.name, one),
        )
    }
  return { names, modules }
})

/** An expression with what the module imports under an alias by its own name: `DT` is `datetime`. Strings stay. */
export function withoutAliases(module: PythonModule, expression: string): string {
  const aliases = new Map(
    importsOf(module).flatMap(({ isFrom, names }) =>
      isFrom ? names.map((one) => [one.bound, one.name] as const) : [],
    ),
  )
  const word = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|(?<![\w.])[A-Za-z_]\w*/g
  return expression.replace(word, (found) => aliases.get(found) ?? found)
}

/**
 * Insertions that make a module import all requested names: into the statement that imports from that
 * module already, at the place that keeps it sorted as `ruff`'s isort rules want it, or as a statement of
 * its own at its sorted place. Names that are imported already cost nothing.
 *
 * @param isStandard whether a module is of Python's standard library
 * @param ownPackage the package that the module belongs to, which sorts behind all others
 * @param width characters that a line may have
 */
export function requestImports(
  module: PythonModule,
  requests: readonly PyImportRequest[],
  isStandard: (name: string) => boolean,
  ownPackage: string,
  width: number,
): Insertion[] {
  const statements = importsOf(module)
  const wanted = new Map<string, Set<string>>()
  const whole = new Set<string>()
  for (const { module: from, name } of requests) {
    if (name === undefined) {
      if (!statements.some((one) => !one.isFrom && one.names.some((item) => item.bound === from)))
        whole.add(from)
      continue
    }
    const isBound = statements.some(
      (one) => one.isFrom && one.module === from && one.names.some((item) => item.bound === name),
    )
    if (!isBound) wanted.set(from, (wanted.get(from) ?? new Set()).add(name))
  }
  const modules = [...wanted].sort(([a], [b]) => naturalCompare(a, b))
  const added = new Map<string, { place: NewStatement; lines: string[] }>()
  const leading = leadingImports(module, statements)
  const addLine = (from: string, isFrom: boolean, line: string): void => {
    const place = placeStatement(module, leading, from, isFrom, isStandard, ownPackage)
    const key = `${place.offset} ${JSON.stringify(place)}`
    const block = added.get(key) ?? { place, lines: [] }
    block.lines.push(line)
    added.set(key, block)
  }
  for (const from of [...whole].sort(naturalCompare)) addLine(from, false, `import ${from}`)
  const insertions = modules.flatMap(([from, names]) => {
    const sorted = [...names].sort(compareMembers)
    const statement = statements.find((one) => one.isFrom && one.module === from && one.names.length > 0)
    if (statement !== undefined) return extendStatement(module, statement, sorted, width)
    addLine(from, true, `from ${from} import ${sorted.join(', ')}`)
    return []
  })
  const blocks = [...added.values()].map(({ place, lines }) => ({
    offset: place.offset,
    text: place.before + lines.join('\n') + place.after,
  }))
  return [...insertions, ...blocks]
}

/**
 * Takes names out of the imports of a module, by what the module calls them; a statement of which nothing is left
 * goes whole. One that stands on several lines only because of them comes back to one.
 *
 * @param width characters that a line may have
 */
export function dropImports(
  module: PythonModule,
  bound: ReadonlySet<string>,
  width: number,
  statements: readonly PyImport[] = importsOf(module),
): Deletion[] {
  const { text } = module.source
  const whole: { start: number; end: number }[] = []
  const partial = statements.flatMap((statement): Deletion[] => {
    const nodes = statement.names.map((one) => one.node)
    const dropped = new Set(statement.names.flatMap((one, index) => (bound.has(one.bound) ? [index] : [])))
    if (dropped.size === 0) return []
    if (dropped.size < nodes.length)
      return unwrapStatement(module, statement, dropped, width) ?? cutItems(text, nodes, dropped)
    // Statements on lines that follow each other go as one.
    const last = whole.at(-1)
    const isNext = last !== undefined && text.slice(last.end, statement.node.start).trim() === ''
    if (isNext) last.end = statement.node.end
    else whole.push({ start: statement.node.start, end: statement.node.end })
    return []
  })
  const lines = whole.flatMap((range) => {
    const below = text.slice(lineEnd(text, range.end)).split('\n')[1]
    const isSection = (below ?? '').trim() === ''
    return (isSection ? cutBlock(text, range) : cutLines(text, range)) ?? []
  })
  return [...partial, ...lines]
}

/** What {@link wrapStatement} inserted, where the names that stay fit one line and all of them did not. */
function unwrapStatement(
  module: PythonModule,
  statement: PyImport,
  dropped: ReadonlySet<number>,
  width: number,
): Deletion[] | undefined {
  const { text } = module.source
  const { node, names } = statement
  const open = text.indexOf('(', node.start)
  const written = node.text
  const isWrapped = /\($(?:\r?\n {4}[^\s#]+(?: as \w+)?,$)+\r?\n\)$/m.test(written)
  if (!isWrapped || open === -1 || open > node.end) return undefined
  const kept = names.filter((_, index) => !dropped.has(index))
  const lineOf = (list: typeof names): number =>
    displayWidth(`${text.slice(node.start, open)}${list.map((one) => one.node.text).join(', ')}`)
  if (lineOf(kept) > width || lineOf(names) <= width) return undefined
  const [first, ...others] = kept
  const last = kept.at(-1)
  if (first === undefined || last === undefined) return undefined
  const gaps = others.map((one, index): Deletion => {
    // The comma behind the one before stays, and one space of the indent in front of this one.
    return { start: (kept[index]?.node.end ?? 0) + 1, end: one.node.start - 1 }
  })
  return [{ start: open, end: first.node.start }, ...gaps, { start: last.node.end, end: node.end }]
}

/**
 * The imports in front of the first statement that is none: one behind it would not be at the top of the file,
 * which linters take exception to. All of them where none is in front.
 */
function leadingImports(module: PythonModule, statements: readonly PyImport[]): readonly PyImport[] {
  const isImport =
    /^(import_statement|import_from_statement|future_import_statement|if_statement|try_statement|comment)$/
  const code = module.root.children.find(
    (node, index) => !isImport.test(node.kind) && !(index === 0 && node.kind === 'expression_statement'),
  )
  const leading = statements.filter((one) => code === undefined || one.node.start < code.start)
  return leading.length > 0 ? leading : statements
}

/** Where new statements go, and what stands around them. */
interface NewStatement {
  readonly offset: number
  readonly before: string
  readonly after: string
}

/** isort's order of imported members: constants, then classes, then the rest, each by name. */
function compareMembers(a: string, b: string): number {
  return (
    memberRank(a) - memberRank(b) || naturalCompare(a.toLowerCase(), b.toLowerCase()) || naturalCompare(a, b)
  )
}

function memberRank(name: string): number {
  if (name.length > 1 && name === name.toUpperCase()) return 0
  return /^[A-Z]/.test(name) ? 1 : 2
}

/** By characters, and runs of digits by their value: `Act2` in front of `Act10`. A run that begins with 0 is text. */
function naturalCompare(a: string, b: string): number {
  const pieces = (text: string): string[] => text.match(/[1-9]\d*|./gs) ?? []
  const [left, right] = [pieces(a), pieces(b)]
  const index = left.findIndex((piece, at) => piece !== right[at])
  const [one, other] = [left[index], right[index]]
  if (one === undefined) return left.length - right.length
  if (other === undefined) return 1
  const isNumber = /^\d/.test(one) && /^\d/.test(other)
  return (isNumber ? one.length - other.length : 0) || (one < other ? -1 : 1)
}

function extendStatement(
  module: PythonModule,
  statement: PyImport,
  bare: readonly string[],
  width: number,
): Insertion[] {
  const { text } = module.source
  const existing = statement.names
  const isSorted = existing.every(
    (one, index) => index === 0 || compareMembers(existing[index - 1]?.name ?? '', one.name) <= 0,
  )
  const last = existing[existing.length - 1]
  if (last === undefined) return []
  const before = (name: string): number =>
    isSorted ? existing.findIndex((one) => compareMembers(one.name, name) > 0) : -1
  const isBare = !statement.node.text.includes('(')
  const isContinued = statement.node.text.includes('\n')
  const isAliased = existing.every((one) => one.bound === one.name && one.node.text !== one.name)
  const names = isAliased ? bare.map((name) => `${name} as ${name}`) : bare
  const isMultiline = isContinued && !isBare
  if (isMultiline) {
    return names.map((name) => {
      const next = existing[before(name)]
      if (next !== undefined) return insertBefore(text, next.node, name)
      const hasComma = /^\s*,/.test(text.slice(last.node.end))
      const indent = indentAt(text, last.node.start)
      if (!hasComma) return { offset: last.node.end, text: `,\n${indent}${name}` }
      return { offset: lineEnd(text, text.indexOf(',', last.node.end)), text: `\n${indent}${name},` }
    })
  }
  const line = text.slice(lineStart(text, statement.node.start), lineEnd(text, statement.node.end))
  const added = names.reduce((sum, name) => sum + name.length + 2, 0)
  if (isBare && !isContinued && displayWidth(line) + added > width)
    return wrapStatement(module, statement, names)
  return names.map((name) => {
    const next = existing[before(name)]
    if (next !== undefined) return { offset: next.node.start, text: `${name}, ` }
    return { offset: last.node.end, text: `, ${name}` }
  })
}

/** `from m import A, B` becomes one name a line in parentheses, by insertions alone. */
function wrapStatement(module: PythonModule, statement: PyImport, names: readonly string[]): Insertion[] {
  const { text } = module.source
  const insertions: Insertion[] = []
  const left = [...names]
  statement.names.forEach((one, index) => {
    const previous = statement.names[index - 1]
    let glue = ''
    if (previous === undefined) glue = '(\n    '
    else {
      const gap = text.slice(previous.node.end, one.node.start)
      glue = `\n${' '.repeat(Math.max(0, 4 - (gap.length - 1)))}`
    }
    let added = ''
    while (left[0] !== undefined && compareMembers(left[0], one.name) < 0) added += `${left.shift()},\n    `
    const offset = previous === undefined ? one.node.start : previous.node.end + 1
    insertions.push({ offset, text: glue })
    if (added !== '') insertions.push({ offset: one.node.start, text: added })
  })
  const last = statement.names[statement.names.length - 1]
  insertions.push({
    offset: last?.node.end ?? statement.node.end,
    text: `,\n${left.map((name) => `    ${name},\n`).join('')})`,
  })
  return insertions
}

function insertBefore(text: string, node: Node, name: string): Insertion {
  const start = lineStart(text, node.start)
  const indent = indentAt(text, node.start)
  return start + indent.length === node.start
    ? { offset: start, text: `${indent}${name},\n` }
    : { offset: node.start, text: `${name}, ` }
}

function placeStatement(
  module: PythonModule,
  statements: readonly PyImport[],
  from: string,
  isFrom: boolean,
  isStandard: (name: string) => boolean,
  ownPackage: string,
): NewStatement {
  const { text } = module.source
  const kind = (name: string): number => {
    if (name === '__future__') return 0
    if (isStandard(name.split('.')[0] ?? '')) return 1
    if (name.startsWith('.')) return 4
    return name.split('.')[0] === ownPackage ? 3 : 2
  }
  const rank = kind(from)
  const goesBefore = (other: PyImport): boolean => {
    const otherRank = kind(other.module)
    if (otherRank !== rank) return otherRank > rank
    // isort puts `import a` in front of every `from a import b` of a section.
    if (other.isFrom !== isFrom) return other.isFrom
    return naturalCompare(other.module, from) > 0
  }
  const next = statements.find(goesBefore)
  const previous =
    next === undefined ? statements[statements.length - 1] : statements[statements.indexOf(next) - 1]
  if (previous !== undefined && kind(previous.module) === rank) {
    return { offset: lineEnd(text, previous.node.end), before: '\n', after: '' }
  }
  if (next !== undefined) {
    const isNewSection = kind(next.module) !== rank
    return { offset: lineStart(text, next.node.start), before: '', after: isNewSection ? '\n\n' : '\n' }
  }
  if (previous !== undefined) return { offset: lineEnd(text, previous.node.end), before: '\n\n', after: '' }
  const first = module.root.children.find((child) => child.isNamed)
  const isDocstring = first?.kind === 'expression_statement' && first.children[0]?.kind === 'string'
  if (isDocstring && first !== undefined)
    return { offset: lineEnd(text, first.end), before: '\n\n', after: '' }
  return { offset: 0, before: '', after: '\n\n' }
}
