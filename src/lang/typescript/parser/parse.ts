import type { ts } from 'ts-morph'
import type { Source } from '../../../workspace/source.js'
import { deepestPlace, MAX_DEPTH } from '../../depth.js'
import type { Tree } from '../../tree.js'
import { TreeBuilder } from '../../tree-builder.js'
import { compiler } from './compiler.js'
import { copyFile } from './copy.js'
import { blank, brokenParts, childrenOf } from './legible.js'

/**
 * Parses one file by itself: no tsconfig, no library files, no other file is looked at. A part that holds an error is
 * not in the tree, so that every node is whole.
 */
export function parseTypeScript({ path, text }: Source): Tree {
  const file = tryParse(path, text)
  if (file === undefined) return tooDeepAt(deepestPlace(text), text)
  const syntaxErrors = errorsOf(file)
  if (syntaxErrors.length === 0) return copyFile(file, syntaxErrors)
  const tooDeep = findTooDeep(file)
  return tooDeep === undefined ? copyFile(readLegible(file), syntaxErrors) : tooDeepAt(tooDeep, text)
}

function tooDeepAt(offset: number, text: string): Tree {
  const builder = new TreeBuilder()
  const role = { field: '', mark: '', isNamed: true, isMissing: false }
  builder.open({ kind: 'SourceFile', ...role, start: 0, end: text.length })
  return builder.buildTooDeep(offset)
}

/** The file without the parts that hold errors, as small ones as can be; without anything where that does not help. */
function readLegible(parsed: ts.SourceFile): ts.SourceFile {
  let file = parsed
  let rest = parsed.text
  for (const reach of ['innermost', 'innermost', 'top level', 'top level'] as const) {
    rest = blank(rest, brokenParts(file, errorsOf(file), reach))
    const next = tryParse(parsed.fileName, rest)
    if (next === undefined) break
    if (errorsOf(next).length === 0) return next
    file = next
  }
  return parse(parsed.fileName, ' '.repeat(parsed.text.length))
}

/** What the parser found, and what it leaves to the checker and is no import: one from no string. */
function errorsOf(file: ts.SourceFile): number[] {
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] }
  const ts = compiler()
  const unquoted = file.statements.flatMap((one) => {
    const specifier =
      ts.isImportDeclaration(one) || ts.isExportDeclaration(one) ? one.moduleSpecifier : undefined
    return specifier === undefined || ts.isStringLiteral(specifier) ? [] : [specifier.getStart(file)]
  })
  return [...parseDiagnostics.map((one) => one.start ?? 0), ...unquoted].toSorted((a, b) => a - b)
}

/** Undefined for what is nested deeper than the parser's own stack goes. */
function tryParse(path: string, text: string): ts.SourceFile | undefined {
  try {
    return parse(path, text)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function parse(path: string, text: string): ts.SourceFile {
  const ts = compiler()
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
}

/** Where a tree is deeper than it may be. */
function findTooDeep(file: ts.SourceFile): number | undefined {
  let level: ts.Node[] = [file]
  for (let depth = 0; level.length > 0; depth++) {
    const [first] = level
    if (depth > MAX_DEPTH && first !== undefined) return first.getStart(file)
    level = level.flatMap(childrenOf)
  }
  return undefined
}
