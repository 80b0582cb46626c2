import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { declarationsOf, isExported, spanOf } from '../../lang/typescript/grammar.js'
import type { Span } from '../../workspace/span.js'

/** A name that a file keeps to itself: a local of a function, or what it does not export. */
export interface TsLocal extends Span {
  readonly name: string
  /** Where it is used, but for arrays of dependencies. */
  readonly uses: readonly Span[]
  /** Each array of dependencies that has it, and its index there. */
  readonly dependencies: readonly { readonly entries: readonly Span[]; readonly index: number }[]
  /** Where it is taken out of what a store's hook gives: the statement, its entries, and its index among them. */
  readonly taken:
    | { readonly statement: Span; readonly entries: readonly Span[]; readonly index: number }
    | undefined
}

/** The locals of a file, in source order. */
export const localNamesOf = perModule((module: TsModule): readonly TsLocal[] => {
  const identifiers = module.root.descendants('Identifier')
  return identifiers.filter(isDeclared).map((one) => {
    const scope = one.closest('Block') ?? module.root
    const name = one.text
    const mentions = identifiers.filter(
      (other) =>
        other !== one && other.text === name && isUse(other) && other !== scope && scope.holds(other),
    )
    return {
      name,
      ...spanOf(one),
      uses: mentions.filter((other) => dependencyOf(other) === undefined).map(spanOf),
      dependencies: mentions.flatMap((other) => dependencyOf(other) ?? []),
      taken: takenFrom(one),
    }
  })
})

function isDeclared(one: Node): boolean {
  const parent = one.parent
  if (isKind(parent, 'FunctionDeclaration', 'VariableDeclaration')) {
    const statement = parent.closest('VariableStatement') ?? parent
    return parent.child('name') === one && !isExported(statement)
  }
  return isKind(parent, 'BindingElement') && parent.child('name') === one
}

/** Whether an identifier means a value, and is no property's name. */
function isUse(one: Node): boolean {
  const parent = one.parent
  if (isKind(parent, 'PropertyAccessExpression')) return parent.child('name') !== one
  if (isKind(parent, 'PropertyAssignment')) return parent.child('name') !== one
  return !isKind(parent, 'BindingElement') || parent.child('propertyName') !== one
}

function dependencyOf(one: Node): { entries: Span[]; index: number } | undefined {
  const list = one.parent
  const call = list?.parent
  if (!isKind(list, 'ArrayLiteralExpression') || !isKind(call, 'CallExpression')) return undefined
  const isLast = call.list('arguments').length > 1 && call.list('arguments').at(-1) === list
  if (!isLast || !/^(React\.)?use[A-Z]/.test(call.textOf('expression'))) return undefined
  const elements = list.list('elements')
  return { entries: elements.map(spanOf), index: elements.indexOf(one) }
}

function takenFrom(one: Node): TsLocal['taken'] {
  const element = one.parent
  const pattern = element?.parent
  const statement = pattern?.closest('VariableStatement')
  if (!isKind(element, 'BindingElement') || !isKind(pattern, 'ObjectBindingPattern')) return undefined
  const declaration = pattern.parent
  const value = isKind(declaration, 'VariableDeclaration') ? declaration.child('initializer') : undefined
  const entries = pattern.list('elements')
  const isOfStore = isKind(value, 'CallExpression') && /^use[A-Z]\w*Store$/.test(value.textOf('expression'))
  if (
    !isOfStore ||
    statement === undefined ||
    declarationsOf(statement).length !== 1 ||
    entries.some((entry) => entry.child('dotDotDotToken'))
  )
    return undefined
  return { statement: spanOf(statement), entries: entries.map(spanOf), index: entries.indexOf(element) }
}
