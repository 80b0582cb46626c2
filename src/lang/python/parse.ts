import type { Parser, TreeCursor } from 'web-tree-sitter'
import type { Source } from '../../workspace/source.js'
import { MAX_DEPTH } from '../depth.js'
import type { Tree } from '../tree.js'
import { TreeBuilder } from '../tree-builder.js'
import { loadPythonParser } from './grammar.js'

let parser: Parser | undefined

/** Parses a Python file. It always gives a tree; `syntaxErrors` says where it does not fit the grammar. */
export function parsePython(source: Source): Tree {
  parser ??= loadPythonParser()
  const parsed = parser.parse(source.text)
  if (parsed === null) throw new Error(`no tree for ${source.path}`)
  const cursor = parsed.walk()
  const tree = copyTree(cursor)
  cursor.delete()
  parsed.delete()
  return tree
}

/** The parser's tree as plain data, with the grammar's own kinds and fields; marks like `(` and `not` are nodes here. */
function copyTree(cursor: TreeCursor): Tree {
  const builder = new TreeBuilder()
  const syntaxErrors: number[] = []
  let tooDeep: number | undefined
  for (let isOpen = true; isOpen; ) {
    const { nodeType: kind, startIndex: start, nodeIsMissing: isMissing } = cursor
    if (kind === 'ERROR' || isMissing) syntaxErrors.push(start)
    if (builder.depth > MAX_DEPTH) tooDeep ??= start
    const field = cursor.currentFieldName ?? ''
    const isNamed = cursor.nodeIsNamed
    builder.open({ kind, field, mark: '', isNamed, isMissing, start, end: cursor.endIndex })
    if (cursor.gotoFirstChild()) continue
    builder.close()
    while (!cursor.gotoNextSibling()) {
      isOpen = cursor.gotoParent()
      if (!isOpen) break
      builder.close()
    }
  }
  return tooDeep === undefined ? builder.build(syntaxErrors) : builder.buildTooDeep(tooDeep)
}
