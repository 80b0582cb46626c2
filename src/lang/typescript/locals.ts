import { type Identifier, Node, SyntaxKind } from 'ts-morph'
import { perModule } from '../per-module.js'
import type { TsModule } from './parser.js'
import { type Span, spanOf } from './query.js'
import { descendantsOfKind } from './walk.js'

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
  const identifiers = descendantsOfKind(module.file, SyntaxKind.Identifier)
  return identifiers.filter(isDeclared).map((one) => {
    const scope = one.getFirstAncestor(Node.isBlock) ?? module.file
    const name = one.getText()
    const mentions = identifiers.filter(
      (other) =>
        other !== one && other.getText() === name && isUse(other) && other.getAncestors().includes(scope),
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

function isDeclared(one: Identifier): boolean {
  const parent = one.getParent()
  if (Node.isFunctionDeclaration(parent) || Node.isVariableDeclaration(parent)) {
    const statement = parent.getFirstAncestor(Node.isVariableStatement) ?? parent
    return parent.getNameNode() === one && !(Node.isExportable(statement) && statement.isExported())
  }
  return Node.isBindingElement(parent) && parent.getNameNode() === one
}

/** Whether an identifier means a value, and is no property's name. */
function isUse(one: Identifier): boolean {
  const parent = one.getParent()
  if (Node.isPropertyAccessExpression(parent)) return parent.getNameNode() !== one
  if (Node.isPropertyAssignment(parent)) return parent.getNameNode() !== one
  return !Node.isBindingElement(parent) || parent.getPropertyNameNode() !== one
}

function dependencyOf(one: Identifier): { entries: Span[]; index: number } | undefined {
  const list = one.getParent()
  const call = list?.getParent()
  if (!Node.isArrayLiteralExpression(list) || !Node.isCallExpression(call)) return undefined
  const isLast = call.getArguments().length > 1 && call.getArguments().at(-1) === list
  if (!isLast || !/^(React\.)?use[A-Z]/.test(call.getExpression().getText())) return undefined
  const elements = list.getElements()
  return { entries: elements.map(spanOf), index: elements.indexOf(one) }
}

function takenFrom(one: Identifier): TsLocal['taken'] {
  const element = one.getParent()
  const pattern = element?.getParent()
  const statement = pattern?.getFirstAncestor(Node.isVariableStatement)
  if (!Node.isBindingElement(element) || !Node.isObjectBindingPattern(pattern)) return undefined
  const declaration = pattern.getParent()
  const value = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : undefined
  const entries = pattern.getElements()
  const isOfStore = Node.isCallExpression(value) && /^use[A-Z]\w*Store$/.test(value.getExpression().getText())
  if (
    !isOfStore ||
    statement?.getDeclarations().length !== 1 ||
    entries.some((entry) => entry.getDotDotDotToken())
  )
    return undefined
  return { statement: spanOf(statement), entries: entries.map(spanOf), index: entries.indexOf(element) }
}
