import { isKind, type Node } from '../../lang/tree.js'
import { isOptional, keyOfElement } from '../../lang/typescript/grammar.js'
import { expandType } from '../../lang/typescript/object-types.js'
import { bare, calledBy, declarationBehind, deeper, keyOfAccess, resultsOf, type Written } from './frame.js'
import type { Declared, ObjectKey, ObjectValue } from './object-value.js'
import { objectOf, ownerOf } from './objects.js'

/** What is known of a value before anything runs. */
export interface Told {
  /** Its type with aliases written out; undefined where nothing tells it. */
  readonly type: string | undefined
  /** Whether it is anything but `undefined`. */
  readonly presence: 'always' | 'maybe' | 'never'
}

const UNTOLD: Told = { type: undefined, presence: 'always' }
const NOTHING: Told = { type: undefined, presence: 'never' }

/** What a key of an object is told to be; a key that is set only sometimes may be missing. */
export function toldOfKey({ values, isSure }: ObjectKey): Told {
  const told = either(values.map((one) => ('node' in one ? toldOf(one) : toldByType(one))))
  return !isSure && told.presence === 'always' ? { ...told, presence: 'maybe' } : told
}

function toldByType({ type, optional }: Declared): Told {
  return { type, presence: optional ? 'maybe' : 'always' }
}

/** What an expression is told to be: by its own text, by types, by what is given to parameters. */
function toldOf({ node: written, frame }: Written): Told {
  const node = bare(written)
  const next = deeper(frame)
  if (next === undefined) return UNTOLD
  const inside = (role: string): Told => {
    const child = node.child(role)
    return child === undefined ? UNTOLD : toldOf({ node: child, frame: next })
  }
  switch (node.kind) {
    case 'StringLiteral':
    case 'NoSubstitutionTemplateLiteral':
      return { type: node.text, presence: 'always' }
    case 'TemplateExpression':
      return { type: 'string', presence: 'always' }
    case 'NumericLiteral':
      return { type: 'number', presence: 'always' }
    case 'TrueKeyword':
    case 'FalseKeyword':
      return { type: 'boolean', presence: 'always' }
    case 'PrefixUnaryExpression':
      return node.mark === '!' ? { type: 'boolean', presence: 'always' } : UNTOLD
    case 'ObjectLiteralExpression':
      return { type: typeOfObject(objectOf({ node, frame: next })), presence: 'always' }
    case 'ConditionalExpression':
      return either([inside('whenTrue'), inside('whenFalse')])
    case 'BinaryExpression':
      return ofOperator(node.textOf('operatorToken'), inside)
    case 'CallExpression':
      return {
        type: CALLS[node.textOf('expression')] ?? typeOfCall({ node, frame: next }),
        presence: 'always',
      }
    case 'PropertyAccessExpression':
    case 'ElementAccessExpression': {
      const object = node.child('expression')
      const key = keyOfAccess(node)
      if (object === undefined || key === undefined) return UNTOLD
      return memberOf(objectOf({ node: object, frame: next }), key, isOptional(node))
    }
    // What a known call leaves out.
    case 'Parameter':
      return NOTHING
    case 'Identifier':
      return node.text === 'undefined' ? NOTHING : named({ node, frame: next })
    default:
      return UNTOLD
  }
}

/** The object that a function of the repository gives back, where it gives only one. */
function typeOfCall({ node, frame }: Written): string | undefined {
  const called = calledBy(frame, node)
  const [only, ...others] = called === undefined ? [] : resultsOf(called.node)
  if (called === undefined || only === undefined || others.length > 0) return undefined
  const { type } = toldOf({ node: only, frame: called.frame })
  return type?.startsWith('{') ? type : undefined
}

/** `{ row: number; note?: string }`, as far as all keys are known. */
function typeOfObject({ keys, unread, types }: ObjectValue): string | undefined {
  if (unread.length > 0 || types.length > 0) return undefined
  const members = keys.map((one) => {
    const { type, presence } = toldOfKey(one)
    return `${JSON.stringify(one.key)}${presence === 'always' ? '' : '?'}: ${type ?? 'unknown'}`
  })
  return `{ ${members.join('; ')} }`
}

const CALLS: Readonly<Record<string, string>> = {
  String: 'string',
  Number: 'number',
  Boolean: 'boolean',
  'JSON.stringify': 'string',
  'crypto.randomUUID': 'string',
}

function ofOperator(operator: string, inside: (role: string) => Told): Told {
  if (/^(?:[!=]==?|[<>]=?)$/.test(operator)) return { type: 'boolean', presence: 'always' }
  // An object that is there only if something else is.
  const guarded = operator === '&&' ? inside('right').type : undefined
  if (guarded?.startsWith('{')) return { type: guarded, presence: 'maybe' }
  if (!/^(?:\?\?|\|\|)$/.test(operator)) return UNTOLD
  const left = inside('left')
  const right = inside('right')
  return { ...either([left, right]), presence: left.presence === 'always' ? 'always' : right.presence }
}

/** What one of several values is told to be. */
function either(told: readonly Told[]): Told {
  const there = told.filter((one) => one.presence !== 'never')
  const [first, ...others] = there
  if (first === undefined) return told.length === 0 ? UNTOLD : NOTHING
  const isAlways = there.length === told.length && there.every((one) => one.presence === 'always')
  return {
    type: others.every((one) => one.type === first.type) ? first.type : undefined,
    presence: isAlways ? 'always' : 'maybe',
  }
}

function memberOf(object: ObjectValue, key: string, isChained: boolean): Told {
  const found = object.keys.find((one) => one.key === key)
  const told = found === undefined ? (object.unread.length === 0 ? NOTHING : UNTOLD) : toldOfKey(found)
  return isChained && told.presence === 'always' ? { ...told, presence: 'maybe' } : told
}

function named(name: Written): Told {
  const found = declarationBehind(name.frame, name.node)
  if (found === undefined) return UNTOLD
  const { node, frame } = found
  if (isKind(node, 'Parameter')) return ofParameter(found, name)
  if (isKind(node, 'BindingElement')) return ofElement(found)
  if (!isKind(node, 'VariableDeclaration')) return UNTOLD
  const declared = declaredBy(found)
  const value = node.child('initializer')
  if (node.parent?.mark !== 'const' || value === undefined) return { ...UNTOLD, type: declared }
  const told = toldOf({ node: value, frame })
  return { type: declared ?? told.type, presence: told.presence }
}

function ofParameter({ node, frame }: Written, name: Written): Told {
  const declared = declaredBy({ node, frame })
  const given = frame.given.get(node)
  if (given === undefined) return { type: declared, presence: isOptional(node) ? 'maybe' : 'always' }
  const told = toldOf({ node: given.node, frame: { ...given.frame, depth: name.frame.depth } })
  return { type: declared ?? told.type, presence: withDefault(node, told.presence) }
}

function ofElement(element: Written): Told {
  const owner = ownerOf(element)
  const key = keyOfElement(element.node)
  if (owner === undefined || key === undefined) return UNTOLD
  const told = memberOf(owner, key, false)
  return { ...told, presence: withDefault(element.node, told.presence) }
}

/** A default stands in for what is not there. */
function withDefault(declaration: Node, presence: Told['presence']): Told['presence'] {
  return declaration.child('initializer') === undefined ? presence : 'always'
}

function declaredBy({ node, frame }: Written): string | undefined {
  const type = node.child('type')
  return type === undefined ? undefined : expandType(frame.scope, frame.module, type)
}
