import type { TsModule } from '../../lang/module.js'
import { isKind, type Node, type NodeOf } from '../../lang/tree.js'
import { findExport, type NameScope } from '../../lang/typescript/exports.js'
import { isFunctionLike, keyOf } from '../../lang/typescript/grammar.js'
import { stringValue } from '../../lang/typescript/literals.js'
import { findImported } from '../../lang/typescript/query.js'
import { declarationOf, topLevelDeclaration } from './bindings.js'

/** An expression or a type as it is written, and the frame in which its names mean something. */
export interface Written {
  readonly node: Node
  readonly frame: Frame
}

/** Where names are followed: a file, perhaps with what known calls give to parameters of functions. */
export interface Frame {
  readonly scope: NameScope
  readonly module: TsModule
  /** What the calls that led here give to parameters, and to parameters of types by their names. */
  readonly given: ReadonlyMap<Node, Written>
  readonly types: ReadonlyMap<string, Written>
  /** How many names and calls were followed to come here. */
  readonly depth: number
}

/** Code that goes on and on is not followed for ever. */
const MAX_DEPTH = 12

/** The frame of a file. */
export function frameOf(scope: NameScope, module: TsModule): Frame {
  return { scope, module, given: new Map(), types: new Map(), depth: 0 }
}

/** The frame one step further; undefined where that would go too far. */
export function deeper(frame: Frame): Frame | undefined {
  return frame.depth >= MAX_DEPTH ? undefined : { ...frame, depth: frame.depth + 1 }
}

const WRAPPERS = [
  'ParenthesizedExpression',
  'AsExpression',
  'NonNullExpression',
  'SatisfiesExpression',
] as const

/** Whether an expression is another one with nothing but a mark or a type around it. */
export function isWrapper(node: Node | undefined): node is NodeOf<(typeof WRAPPERS)[number]> {
  return isKind(node, ...WRAPPERS)
}

/** The expression inside of parentheses, casts and `!`. */
export function bare(node: Node): Node {
  const inner = isWrapper(node) ? node.child('expression') : undefined
  return inner === undefined ? node : bare(inner)
}

/** The declaration behind a name, here or in the file that it is imported from. */
export function declarationBehind(frame: Frame, name: Node): Written | undefined {
  const local = declarationOf(name)
  return local === undefined ? importedBehind(frame, name.text) : { node: local, frame }
}

function importedBehind(frame: Frame, name: string): Written | undefined {
  const next = deeper(frame)
  const imported = findImported(frame.module, name)
  if (imported === undefined || next === undefined) return undefined
  const { scope, module } = frame
  const found = findExport(scope.open, module.source.path, imported, scope.aliases)
  if (found === undefined) return undefined
  const node = topLevelDeclaration(found.module.root, found.name)
  const there = { ...next, module: found.module }
  return node === undefined ? importedBehind(there, found.name) : { node, frame: there }
}

/**
 * The expression behind an expression, as far as names lead: constants, parameters of known calls, properties of objects
 * that are written out. A function, an enum or a class is itself.
 */
export function settle(written: Written): Written {
  const node = bare(written.node)
  const own = { ...written, node }
  const next = deeper(written.frame)
  const onward = next === undefined ? undefined : step({ node, frame: next })
  return onward === undefined ? own : settle(onward)
}

function step({ node, frame }: Written): Written | undefined {
  if (isKind(node, 'Identifier')) return valueOfName(frame, node)
  if (isKind(node, 'ThisKeyword')) {
    const around = node.closest('ClassDeclaration')
    return around === undefined ? undefined : { node: around, frame }
  }
  if (isKind(node, 'PropertyAccessExpression', 'ElementAccessExpression')) {
    const object = node.child('expression')
    const key = keyOfAccess(node)
    // A ref holds what it was made with.
    if (key === 'current' && object !== undefined) {
      const made = settle({ node: object, frame })
      return isHookCall(made.node, 'useRef') ? firstArgument(made) : undefined
    }
    return object === undefined || key === undefined ? undefined : propertyOf({ node: object, frame }, key)
  }
  if (isHookCall(node, 'useCallback', 'useEvent', 'useEffectEvent')) return firstArgument({ node, frame })
  if (isHookCall(node, 'useMemo')) return resultOf(firstArgument({ node, frame }))
  if (isKind(node, 'CallExpression') && node.textOf('expression') === 'Object.freeze')
    return firstArgument({ node, frame })
  return undefined
}

function valueOfName(frame: Frame, name: Node): Written | undefined {
  const found = declarationBehind(frame, name)
  if (found === undefined) return undefined
  const { node } = found
  if (isKind(node, 'Parameter')) return found.frame.given.get(node)
  if (isKind(node, 'BindingElement')) return undefined
  if (!isKind(node, 'VariableDeclaration')) return found
  const value = node.child('initializer')
  return value === undefined || node.parent?.mark !== 'const'
    ? undefined
    : { node: value, frame: found.frame }
}

/** The key that an access takes, where it is written out. */
export function keyOfAccess(access: Node): string | undefined {
  return isKind(access, 'PropertyAccessExpression')
    ? access.name
    : stringValue(access.child('argumentExpression'))
}

/** What stands under a key of an object that is written out, of an enum, or of a class whose member stays what it is. */
export function propertyOf(object: Written, key: string): Written | undefined {
  const { node, frame } = settle(object)
  if (isKind(node, 'NewExpression')) {
    const made = node.child('expression')
    return made === undefined ? undefined : propertyOf({ node: made, frame }, key)
  }
  if (isKind(node, 'CallExpression')) {
    const made = resultOf(calledBy(frame, node))
    return made === undefined ? undefined : propertyOf(made, key)
  }
  if (isKind(node, 'EnumDeclaration')) {
    const value = node
      .list('members')
      .find((one) => keyOf(one) === key)
      ?.child('initializer')
    return value === undefined ? undefined : { node: value, frame }
  }
  if (isKind(node, 'ClassDeclaration')) return memberOfClass({ node, frame }, key)
  if (!isKind(node, 'ObjectLiteralExpression')) return undefined
  for (const one of node.list('properties').toReversed()) {
    if (isKind(one, 'SpreadAssignment')) {
      const spread = one.child('expression')
      const found = spread === undefined ? undefined : propertyOf({ node: spread, frame }, key)
      if (found !== undefined) return found
    } else if (keyOf(one) === key) return valueOfProperty({ node: one, frame })
  }
  return undefined
}

/** A method of a class, or what a property holds that is read-only or a function. */
function memberOfClass({ node, frame }: Written, key: string): Written | undefined {
  const member = node.list('members').find((one) => one.name === key && !isKind(one, 'SetAccessor'))
  if (isKind(member, 'MethodDeclaration')) return { node: member, frame }
  const value = isKind(member, 'PropertyDeclaration') ? member.child('initializer') : undefined
  const isFixed = member?.list('modifiers').some((one) => isKind(one, 'ReadonlyKeyword')) === true
  return value === undefined || !(isFixed || isFunctionLike(value)) ? undefined : { node: value, frame }
}

/** The value of a property of an object literal: `a: 1`, `a`, `a() {}`. */
export function valueOfProperty({ node, frame }: Written): Written | undefined {
  if (isKind(node, 'MethodDeclaration')) return { node, frame }
  const value = isKind(node, 'ShorthandPropertyAssignment') ? node.child('name') : node.child('initializer')
  return value === undefined ? undefined : { node: value, frame }
}

/** The function behind an expression; undefined for anything else. */
export function functionBehind(written: Written): Written | undefined {
  const found = settle(written)
  return isFunctionLike(found.node) && found.node.child('body') !== undefined ? found : undefined
}

/** What a call runs, in the frame of its body; undefined where that is not in the repository. */
export function calledBy(frame: Frame, call: Node): Written | undefined {
  const callee = call.child('expression')
  const found = callee === undefined ? undefined : functionBehind({ node: callee, frame })
  const next = deeper(frame)
  if (found === undefined || next === undefined) return undefined
  const values = call.list('arguments').map((node) => ({ node, frame }))
  const types = call.list('typeArguments').map((node) => ({ node, frame }))
  return running({ ...found, frame: { ...found.frame, depth: next.depth } }, values, types)
}

/** A function with what is given to its parameters. */
export function running(
  { node, frame }: Written,
  values: readonly Written[],
  types: readonly Written[] = [],
): Written {
  const given = new Map(frame.given)
  const spread = values.findIndex((one) => isKind(one.node, 'SpreadElement'))
  for (const [index, parameter] of node.list('parameters').entries()) {
    const value = values[index]
    if (value !== undefined && (spread === -1 || index < spread)) given.set(parameter, value)
    else given.delete(parameter)
  }
  const named = new Map(frame.types)
  for (const [index, parameter] of node.list('typeParameters').entries()) {
    const type = types[index]
    if (type === undefined) named.delete(parameter.name)
    else named.set(parameter.name, type)
  }
  return { node, frame: { ...frame, given, types: named } }
}

/** The expressions that a function gives back. */
export function resultsOf(one: Node): Node[] {
  const body = one.child('body')
  if (body === undefined) return []
  if (!isKind(body, 'Block')) return [body]
  return [...body.below((node) => !isFunctionLike(node))].flatMap((node) =>
    isKind(node, 'ReturnStatement') ? (node.child('expression') ?? []) : [],
  )
}

function resultOf(made: Written | undefined): Written | undefined {
  const [only, ...others] = made === undefined ? [] : resultsOf(made.node)
  return made === undefined || only === undefined || others.length > 0
    ? undefined
    : { node: only, frame: made.frame }
}

/** A type, with a parameter of a type put in its place by the call that led here. */
export function typeBehind(written: Written): Written {
  const { node, frame } = written
  const found = isKind(node, 'TypeReference') ? frame.types.get(node.text) : undefined
  return found === undefined ? written : typeBehind(found)
}

/** Whether a node calls one of these hooks of React. */
export function isHookCall(node: Node, ...names: readonly string[]): boolean {
  return isKind(node, 'CallExpression') && names.includes(node.textOf('expression').replace(/^React\./, ''))
}

function firstArgument({ node, frame }: Written): Written | undefined {
  const [first] = node.list('arguments')
  return first === undefined ? undefined : { node: first, frame }
}
