import type { TsModule } from '../../lang/module.js'
import { perModule } from '../../lang/per-module.js'
import { isKind, type Node } from '../../lang/tree.js'
import { propertyOf, spanOf, variablesOf } from '../../lang/typescript/grammar.js'
import { findImported, readProperty, type TsProperty } from '../../lang/typescript/query.js'
import type { Span } from '../../workspace/span.js'

/** A Zustand store: `export const useX = create<State>()(…)` in any of its forms. */
export interface TsStore extends Span {
  readonly hook: string
  /** The type argument of `create`. */
  readonly stateType: string | undefined
  /** The name of the creator's first parameter, which sets state. */
  readonly setName: string | undefined
  readonly isPersisted: boolean
  readonly hasPartialize: boolean
  /** The object that the creator returns; open where it takes in others. */
  readonly object:
    | (Span & { readonly properties: readonly TsProperty[]; readonly isOpen: boolean })
    | undefined
}

/** The Zustand stores of a file. */
export const storesOf = perModule((module: TsModule): readonly TsStore[] => {
  return variablesOf(module).flatMap((declaration) => {
    const call = declaration.child('initializer')
    if (!/^use[A-Z]/.test(declaration.name) || !isKind(call, 'CallExpression')) return []
    return readStore(declaration.name, call) ?? []
  })
})

/** The store hooks that a file imports, the most used first, by their local names. */
export const storeUses = perModule((module: TsModule): readonly string[] => {
  const uses = new Map<string, number>()
  for (const node of module.root.descendants('Identifier')) {
    const bound = node.text
    if (!/^use[A-Z]/.test(bound) || node.closest('ImportDeclaration')) continue
    if (/^use[A-Z]\w*Store$/.test(findImported(module, bound)?.name ?? ''))
      uses.set(bound, (uses.get(bound) ?? 0) + 1)
  }
  return [...uses].sort((a, b) => b[1] - a[1]).map(([bound]) => bound)
})

function readStore(hook: string, outer: Node): TsStore | undefined {
  if (!isKind(outer, 'CallExpression')) return undefined
  const curried = outer.child('expression')
  const create = isKind(curried, 'CallExpression') ? curried : outer
  if (!/^create(Store)?$/.test(create.textOf('expression'))) return undefined
  let creator: Node | undefined = outer.list('arguments')[0]
  let isPersisted = false
  let hasPartialize = false
  while (isKind(creator, 'CallExpression')) {
    if (creator.textOf('expression') === 'persist') {
      isPersisted = true
      const options = creator.list('arguments')[1]
      hasPartialize =
        isKind(options, 'ObjectLiteralExpression') && propertyOf(options, 'partialize') !== undefined
    }
    creator = creator.list('arguments')[0]
  }
  const made = isKind(creator, 'ArrowFunction', 'FunctionExpression') ? creator : undefined
  const parameter = made?.list('parameters')[0]?.child('name')
  const object = returnedObject(made?.child('body'))
  return {
    hook,
    stateType: create.list('typeArguments')[0]?.text,
    setName: isKind(parameter, 'Identifier') ? parameter.text : undefined,
    isPersisted,
    hasPartialize,
    object: isKind(object, 'ObjectLiteralExpression')
      ? {
          properties: object.list('properties').flatMap((one) => readProperty(one) ?? []),
          isOpen: object.list('properties').some((node) => isKind(node, 'SpreadAssignment')),
          ...spanOf(object),
        }
      : undefined,
    ...spanOf(outer),
  }
}

function returnedObject(body: Node | undefined): Node | undefined {
  if (isKind(body, 'Block')) {
    const last = body.list('statements').find((node) => isKind(node, 'ReturnStatement'))
    return returnedObject(last?.child('expression'))
  }
  return isKind(body, 'ParenthesizedExpression') ? returnedObject(body.child('expression')) : body
}
