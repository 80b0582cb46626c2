import { fileURLToPath } from 'node:url'
import { Language, Parser } from 'web-tree-sitter'
import type { Source } from '../../workspace/source.js'

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
  /** Offsets at which the parser found something that is not Python. */
  readonly syntaxErrors: readonly number[]
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
  const syntaxErrors: number[] = []
  const cursor = tree.walk()
  const copy = (): PyNode => {
    const start = cursor.startIndex
    if (cursor.nodeType === 'ERROR' || cursor.nodeIsMissing) syntaxErrors.push(start)
    const node = {
      type: cursor.nodeType,
      named: cursor.nodeIsNamed,
      field: cursor.currentFieldName ?? undefined,
      start,
      end: cursor.endIndex,
      children: [] as PyNode[],
    }
    if (cursor.gotoFirstChild()) {
      do node.children.push(copy())
      while (cursor.gotoNextSibling())
      cursor.gotoParent()
    }
    return node
  }
  const root = copy()
  cursor.delete()
  tree.delete()
  return { source, root, syntaxErrors }
}
