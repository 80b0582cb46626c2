import { fileURLToPath } from 'node:url'
import { Language, Parser, type TreeCursor } from 'web-tree-sitter'
import type { Source } from '../../workspace/source.js'
import { MAX_DEPTH } from '../depth.js'

/** One node of a syntax tree as plain data; offsets are UTF-16 units into the source's text. */
export interface PyNode {
  readonly type: string
  readonly named: boolean
  /** The name of the field it fills in its parent, if the grammar gives it one. */
  readonly field: string | undefined
  readonly start: number
  readonly end: number
  readonly children: readonly PyNode[]
}

/** A parsed Python file. */
export interface PythonModule {
  readonly source: Source
  readonly root: PyNode
  /** Offsets at which the parser found something that is not Python, or is nested too deeply. */
  readonly syntaxErrors: readonly number[]
  /** Whether it is nested too deeply, and not wrong. */
  readonly isTooDeep: boolean
}

let parser: Parser | undefined

/** Loads the grammar, once a process. Must have ended before {@link parsePython}. */
export async function loadPython(): Promise<void> {
  if (parser !== undefined) return
  await Parser.init()
  const grammar = new URL('../../../dist/tree-sitter-python.wasm', import.meta.url)
  const language = await Language.load(fileURLToPath(grammar))
  parser = new Parser().setLanguage(language)
}

/** Parses a Python file. It always gives a tree; `syntaxErrors` says where it does not fit the grammar. */
export function parsePython(source: Source): PythonModule {
  if (parser === undefined) throw new Error('parsePython called before loadPython ended')
  const tree = parser.parse(source.text)
  if (tree === null) throw new Error(`no tree for ${source.path}`)
  const copied = copyTree(tree.walk())
  tree.delete()
  return { source, ...copied }
}

interface Growing extends PyNode {
  readonly children: Growing[]
}

/** The tree as plain data; one that is too deep comes as a module without statements. */
function copyTree(cursor: TreeCursor): Pick<PythonModule, 'root' | 'syntaxErrors' | 'isTooDeep'> {
  const syntaxErrors: number[] = []
  const copy = (): Growing => {
    const { nodeType: type, startIndex: start, endIndex: end, nodeIsNamed: named } = cursor
    if (type === 'ERROR' || cursor.nodeIsMissing) syntaxErrors.push(start)
    return { type, named, field: cursor.currentFieldName ?? undefined, start, end, children: [] }
  }
  const root = copy()
  const open = [root]
  let tooDeep: number | undefined
  for (let goes = cursor.gotoFirstChild(); goes; ) {
    const node = copy()
    open.at(-1)?.children.push(node)
    if (cursor.gotoFirstChild()) {
      open.push(node)
      if (open.length > MAX_DEPTH) tooDeep ??= node.start
      continue
    }
    while (!cursor.gotoNextSibling()) {
      open.pop()
      goes = open.length > 0 && cursor.gotoParent()
      if (!goes) break
    }
  }
  cursor.delete()
  return tooDeep === undefined
    ? { root, syntaxErrors, isTooDeep: false }
    : { root: { ...root, children: [] }, syntaxErrors: [tooDeep], isTooDeep: true }
}
