import { isKind, type Node } from '../../lang/tree.js'
import { keyOf } from '../../lang/typescript/grammar.js'
import { typescript } from '../../lang/typescript/language.js'
import { escapeRegExp } from '../../layout/candidates.js'
import { declarationOf } from '../../values/typescript/bindings.js'
import type { FieldChange } from '../site.js'
import type { At } from './outcome.js'

/** A place that reads a member of a named type, or gives it, outside of the function in a span: by what is said to be of that type. */
export function findOptionUse(
  { repository, layout }: FieldChange,
  type: string,
  key: string,
  except: At & { readonly end: number },
): (At & { readonly text: string }) | undefined {
  const folder = `${layout.frontend.folder}/src`
  const says = new RegExp(`\\b${escapeRegExp(type)}\\b`)
  for (const file of repository.saying(folder, typescript.extensions, [type], true)) {
    const { root } = repository.typescript(file)
    const uses = root
      .descendants('PropertyAccessExpression', 'BindingElement', 'ObjectLiteralExpression')
      .filter((one) => file !== except.file || one.start < except.start || one.end > except.end)
      .flatMap((one) => useIn(one, key, says) ?? [])
    const [first] = uses
    if (first !== undefined) return { file, start: first.start, text: first.text }
  }
  return undefined
}

/** What a read, a pattern or an object says of a key of a type. */
function useIn(node: Node, key: string, type: RegExp): Node | undefined {
  if (isKind(node, 'ObjectLiteralExpression')) {
    const holder = node.parent
    const isTyped =
      isKind(holder, 'VariableDeclaration', 'AsExpression', 'SatisfiesExpression') &&
      type.test(holder.textOf('type'))
    return isTyped ? node.list('properties').find((one) => keyOf(one) === key) : undefined
  }
  if (isKind(node, 'BindingElement')) {
    const name = node.textOf('propertyName') || node.name
    const owner = node.parent?.parent
    const from = isKind(owner, 'VariableDeclaration') ? owner.child('initializer') : undefined
    return name === key && (isTypedBy(owner, type) || isTypedBy(holderOf(from), type)) ? node : undefined
  }
  return node.name === key && isTypedBy(holderOf(node.child('expression')), type) ? node : undefined
}

/** What a name stands for, also where it may be nothing: `options ?? {}`. */
function holderOf(node: Node | undefined): Node | undefined {
  if (isKind(node, 'BinaryExpression')) return holderOf(node.child('left'))
  return isKind(node, 'Identifier') ? declarationOf(node) : undefined
}

function isTypedBy(node: Node | undefined, type: RegExp): boolean {
  return isKind(node, 'Parameter', 'VariableDeclaration') && type.test(node.textOf('type'))
}
