import type { ts } from 'ts-morph'
import type { Span } from '../../../workspace/span.js'
import { compiler } from './compiler.js'

/**
 * The parts of a file that hold errors: the innermost statements, members or clauses around what the parser marked,
 * or what stands around it at the top level; and what stands between statements and is none.
 */
export function brokenParts(
  file: ts.SourceFile,
  errors: readonly number[],
  reach: 'innermost' | 'top level',
): Span[] {
  const marked = reach === 'innermost' ? [...below(file)].filter(isMarked).flatMap(partAround) : []
  return [...marked, ...errors.flatMap((offset) => atTopLevel(file, offset, reach === 'top level'))]
}

/** The text with white space in place of some parts, so that everything else keeps its offset. */
export function blank(text: string, parts: readonly Span[]): string {
  let result = ''
  let position = 0
  for (const { start, end } of parts.toSorted((a, b) => a.start - b.start)) {
    if (end <= position) continue
    const from = Math.max(start, position)
    result += text.slice(position, from) + text.slice(from, end).replace(/[^\s]/g, ' ')
    position = end
  }
  return result + text.slice(position)
}

/** The children of a node in source order. */
export function childrenOf(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = []
  compiler().forEachChild(node, (child) => {
    children.push(child)
  })
  return children
}

/** Every node below a node in source order. */
function* below(node: ts.Node): Generator<ts.Node> {
  const open = childrenOf(node).reverse()
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    yield one
    for (const child of childrenOf(one).reverse()) open.push(child)
  }
}

function isMarked(node: ts.Node): boolean {
  return (node.flags & compiler().NodeFlags.ThisNodeHasError) !== 0
}

function partAround(node: ts.Node): Span[] {
  const ts = compiler()
  for (let one = node; !ts.isSourceFile(one); one = one.parent)
    if (isPart(one)) return [{ start: one.getFullStart(), end: one.getEnd() }]
  return []
}

/** What can be left out of the list that it stands in. */
function isPart(node: ts.Node): boolean {
  const ts = compiler()
  return ts.isStatement(node) ? !ts.isBlock(node) : ts.isClassElement(node) || ts.isCaseOrDefaultClause(node)
}

/** The statement around an offset, where those are asked for, or the gap between two: what the parser skipped. */
function atTopLevel(file: ts.SourceFile, offset: number, withStatements: boolean): Span[] {
  const { statements } = file
  const next = statements.findIndex((one) => one.getEnd() > offset)
  const one = statements[next]
  const previous = next === -1 ? statements.at(-1) : statements[next - 1]
  const start = previous?.getEnd() ?? 0
  if (one === undefined) return [{ start, end: file.getEnd() }]
  const from = one.getStart(file)
  if (offset < from) return [{ start, end: from }]
  if (!withStatements) return []
  // What is missing at the end of a statement is told at the next one.
  const before = previous !== undefined && offset === from ? [partOf(previous)] : []
  return [...before, partOf(one)]
}

function partOf(node: ts.Node): Span {
  return { start: node.getFullStart(), end: node.getEnd() }
}
