import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { ts } from 'ts-morph'
import { packageFolder } from '../../../workspace/assets.js'

/** What ships of the compiler, which is what `scripts/parser-only.mjs` leaves of it. Nodes have no methods. */
type Compiler = Pick<
  typeof ts,
  | 'NodeFlags'
  | 'ScriptTarget'
  | 'SyntaxKind'
  | 'createSourceFile'
  | 'forEachChild'
  | 'isBlock'
  | 'isCaseOrDefaultClause'
  | 'isClassElement'
  | 'isExportDeclaration'
  | 'isImportDeclaration'
  | 'isOmittedExpression'
  | 'isSourceFile'
  | 'isStatement'
  | 'isStringLiteral'
  | 'parseConfigFileTextToJson'
  | 'tokenToString'
> & {
  getTokenPosOfNode(node: ts.Node, file: ts.SourceFile): number
}

let loaded: Compiler | undefined

/** The parser of the compiler. It loads with the first file that is parsed: a run that parses none has no need of it. */
export function compiler(): Compiler {
  loaded ??= createRequire(import.meta.url)(join(packageFolder, 'dist', 'typescript.cjs')) as Compiler
  return loaded
}

/** Where a node begins, behind what is no code before it. */
export function startOf(node: ts.Node, file: ts.SourceFile): number {
  return compiler().getTokenPosOfNode(node, file)
}
