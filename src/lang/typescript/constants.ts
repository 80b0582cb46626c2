import type { TsModule } from '../module.js'
import { isKind, type Node } from '../tree.js'
import { findExport, type NameScope } from './exports.js'
import { findDeclaration, keyOf, propertyOf } from './grammar.js'
import { literalOf } from './literals.js'
import { findImported } from './query.js'

/** The string behind `NAME`, or behind `OBJECT.KEY` of an object or an enum, here or in the file it is imported from. */
export function constantOf(scope: NameScope, module: TsModule, text: string): string | undefined {
  const bare = text.replace(/\s+as\s+[\w.<>]+$/, '').replace(/^\((.*)\)$/, '$1')
  const path = /^([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*)|\[['"](\w+)['"]\])?$/.exec(bare)
  const declared = path === null ? undefined : declarationOf(scope, module, path[1] ?? '')
  const key = path?.[2] ?? path?.[3]
  if (isKind(declared, 'EnumDeclaration'))
    return literalOf(
      declared
        .list('members')
        .find((member) => keyOf(member) === key)
        ?.child('initializer'),
    )
  if (!isKind(declared, 'VariableDeclaration') || !isConstant(declared)) return undefined
  const value = declared.child('initializer')
  if (key === undefined) return literalOf(value)
  const object = isKind(value, 'AsExpression', 'SatisfiesExpression') ? value.child('expression') : value
  const property = propertyOf(object, key)
  return isKind(property, 'PropertyAssignment') ? literalOf(property.child('initializer')) : undefined
}

/** What stands behind the names in an expression or a type, as far as the repository has it. */
export function textBehind(scope: NameScope, module: TsModule, text: string): string | undefined {
  const names = [...text.matchAll(/(?<![.\w$'"])[A-Za-z_$][\w$]*/g)].map((match) => match[0])
  const found = names.flatMap((name) => declarationOf(scope, module, name)?.text ?? [])
  return found.length === 0 ? undefined : found.join('\n')
}

function declarationOf(scope: NameScope, module: TsModule, name: string): Node | undefined {
  const local = declaredIn(module, name)
  const imported = local === undefined ? findImported(module, name) : undefined
  if (imported === undefined) return local
  const found = findExport(scope.open, module.source.path, imported, scope.aliases)
  return found === undefined ? undefined : declaredIn(found.module, found.name)
}

function declaredIn(module: TsModule, name: string): Node | undefined {
  return (
    findDeclaration(module, name, 'EnumDeclaration', 'TypeAliasDeclaration', 'InterfaceDeclaration') ??
    module.root.descendants('VariableDeclaration').find((one) => one.name === name)
  )
}

function isConstant(declaration: Node): boolean {
  return declaration.parent?.mark === 'const'
}
