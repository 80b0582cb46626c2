import { lookUp } from '../../group.js'
import type { TsModule } from '../module.js'
import { perModule } from '../per-module.js'
import { isKind, type Node } from '../tree.js'
import { findExport, type NameScope } from './exports.js'
import { statementsOf, variablesOf } from './grammar.js'
import { findImported } from './query.js'

/** A declaration at the top level of a file, with that file. */
export interface TsDeclared {
  readonly module: TsModule
  readonly node: Node
}

const TYPES = ['EnumDeclaration', 'TypeAliasDeclaration', 'InterfaceDeclaration'] as const
const MAX_HOPS = 8

const typesOf = perModule((module: TsModule): readonly Node[] => statementsOf(module, ...TYPES))

const valuesOf = perModule((module: TsModule): readonly Node[] => [
  ...variablesOf(module),
  ...statementsOf(module, 'EnumDeclaration'),
])

/** The alias, interface or enum behind a name of a file, through imports and re-exports. */
export function typeBehind(scope: NameScope, module: TsModule, name: string): TsDeclared | undefined {
  return behind(scope, module, name, typesOf)
}

/** The variable or enum behind a name of a file, through imports and re-exports. */
export function valueBehind(scope: NameScope, module: TsModule, name: string): TsDeclared | undefined {
  return behind(scope, module, name, valuesOf)
}

function behind(
  scope: NameScope,
  module: TsModule,
  name: string,
  declared: (module: TsModule) => readonly Node[],
): TsDeclared | undefined {
  let at = { module, name }
  for (let hops = 0; hops < MAX_HOPS; hops++) {
    const node = lookUp(declared(at.module), at.name)
    if (node !== undefined) return { module: at.module, node }
    const imported = findImported(at.module, at.name)
    const found =
      imported === undefined
        ? undefined
        : findExport(scope.open, at.module.source.path, imported, scope.aliases)
    if (found === undefined) return undefined
    at = found
  }
  return undefined
}

/** What a constant is made of, without `as const` and `satisfies …`, and whether its literals are its type. */
export function constantValue(
  variable: Node,
): { readonly value: Node; readonly isConst: boolean } | undefined {
  if (!isKind(variable, 'VariableDeclaration') || variable.parent?.mark !== 'const') return undefined
  let value = variable.child('initializer')
  let isConst = false
  while (isKind(value, 'AsExpression', 'SatisfiesExpression', 'ParenthesizedExpression')) {
    if (value.child('type')?.text === 'const') isConst = true
    value = value.child('expression')
  }
  return value === undefined ? undefined : { value, isConst }
}
