import { Node, SyntaxKind } from 'ts-morph'
import { findExport, type Open } from './exports.js'
import type { PathAlias } from './imports.js'
import type { TsModule } from './parser.js'
import { findImported, literalOf } from './query.js'

/** How names of the frontend are followed from file to file. */
export interface ConstantScope {
  readonly open: Open
  readonly aliases: readonly PathAlias[]
}

/** The string behind `NAME`, or behind `OBJECT.KEY` of an object or an enum, here or in the file it is imported from. */
export function constantOf(scope: ConstantScope, module: TsModule, text: string): string | undefined {
  const bare = text.replace(/\s+as\s+[\w.<>]+$/, '').replace(/^\((.*)\)$/, '$1')
  const path = /^([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*)|\[['"](\w+)['"]\])?$/.exec(bare)
  const declared = path === null ? undefined : declarationOf(scope, module, path[1] ?? '')
  const key = path?.[2] ?? path?.[3]
  if (Node.isEnumDeclaration(declared)) return literalOf(declared.getMember(key ?? '')?.getInitializer())
  if (!Node.isVariableDeclaration(declared) || !isConstant(declared)) return undefined
  const value = declared.getInitializer()
  if (key === undefined) return literalOf(value)
  const object =
    Node.isAsExpression(value) || Node.isSatisfiesExpression(value) ? value.getExpression() : value
  const property = Node.isObjectLiteralExpression(object) ? object.getProperty(key) : undefined
  return Node.isPropertyAssignment(property) ? literalOf(property.getInitializer()) : undefined
}

/** What stands behind the names in an expression or a type, as far as the repository has it. */
export function textBehind(scope: ConstantScope, module: TsModule, text: string): string | undefined {
  const names = [...text.matchAll(/(?<![.\w$'"])[A-Za-z_$][\w$]*/g)].map((match) => match[0])
  const found = names.flatMap((name) => declarationOf(scope, module, name)?.getText() ?? [])
  return found.length === 0 ? undefined : found.join('\n')
}

function declarationOf(scope: ConstantScope, module: TsModule, name: string): Node | undefined {
  const local = declaredIn(module, name)
  const imported = local === undefined ? findImported(module, name) : undefined
  if (imported === undefined) return local
  const found = findExport(scope.open, module.source.path, imported, scope.aliases)
  return found === undefined ? undefined : declaredIn(found.module, found.name)
}

function declaredIn({ file }: TsModule, name: string): Node | undefined {
  return (
    file.getEnum(name) ??
    file.getTypeAlias(name) ??
    file.getInterface(name) ??
    file.getDescendantsOfKind(SyntaxKind.VariableDeclaration).find((one) => one.getName() === name)
  )
}

function isConstant(declaration: Node): boolean {
  return (
    declaration.getFirstAncestorByKind(SyntaxKind.VariableDeclarationList)?.getText().startsWith('const ') ===
    true
  )
}
