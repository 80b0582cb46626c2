import { isKind, type Node } from '../../lang/tree.js'
import { keyOf, keyOfElement, spanOf } from '../../lang/typescript/grammar.js'
import { readObjectType } from '../../lang/typescript/object-types.js'
import {
  bare,
  calledBy,
  declarationBehind,
  deeper,
  propertyOf,
  resultsOf,
  settle,
  valueOfProperty,
  type Written,
} from './frame.js'
import { flowOf } from './object-flow.js'
import {
  chooseObjects,
  maybeObject,
  mergeObjects,
  NO_KEYS,
  type ObjectValue,
  unreadObject,
  withKey,
  withoutKeys,
} from './object-value.js'
import { stringsOf } from './strings.js'

/** The keys of an object, wherever it is put together; what cannot be followed is told in its place. */
export function objectOf(written: Written): ObjectValue {
  const next = deeper(written.frame)
  const one = { node: bare(written.node), frame: written.frame }
  if (next === undefined) return unreadObject(one, 'followed for too long')
  const inside = (role: string): ObjectValue => {
    const child = one.node.child(role)
    return child === undefined ? NO_KEYS : objectOf({ node: child, frame: next })
  }
  switch (one.node.kind) {
    case 'ObjectLiteralExpression':
      return literal(one)
    case 'ConditionalExpression':
      return chooseObjects([inside('whenTrue'), inside('whenFalse')])
    case 'BinaryExpression':
      switch (one.node.textOf('operatorToken')) {
        case '&&':
          return maybeObject(inside('right'))
        case '||':
        case '??':
          return chooseObjects([inside('left'), inside('right')])
        default:
          return unknown(one)
      }
    case 'Identifier':
      return one.node.text === 'undefined' ? NO_KEYS : named({ ...one, frame: next })
    case 'CallExpression':
      return called({ ...one, frame: next })
    case 'PropertyAccessExpression':
    case 'ElementAccessExpression': {
      const found = settle(one)
      return found.node === one.node ? unknown(one) : objectOf(atDepth(found, { ...one, frame: next }))
    }
    // What a known call leaves out, and what has no keys.
    case 'Parameter':
    case 'NullKeyword':
    case 'TrueKeyword':
    case 'FalseKeyword':
    case 'StringLiteral':
    case 'NumericLiteral':
      return NO_KEYS
    default:
      return unknown(one)
  }
}

function unknown(one: Written): ObjectValue {
  const [line = ''] = one.node.text.split('\n')
  return unreadObject(one, `\`${line}\`, which nothing here says the keys of`)
}

function literal({ node, frame }: Written): ObjectValue {
  return node.list('properties').reduce((object: ObjectValue, property): ObjectValue => {
    if (isKind(property, 'SpreadAssignment')) {
      const spread = property.child('expression')
      return spread === undefined ? object : mergeObjects(object, objectOf({ node: spread, frame }))
    }
    const name = property.child('name')
    const computed = isKind(name, 'ComputedPropertyName') ? name.child('expression') : undefined
    const key = keyOf(property)
    const keys =
      computed === undefined || key !== undefined
        ? key
        : stringsOf({ node: computed, frame })?.map((one) => one.value)
    const value = valueOfProperty({ node: property, frame }) ?? { node: property, frame }
    return withKeys(object, keys, { node: property, frame }, value)
  }, NO_KEYS)
}

/** An object with a value set under a key, or under one of several. */
function withKeys(
  object: ObjectValue,
  keys: string | readonly string[] | undefined,
  at: Written,
  value: Written,
): ObjectValue {
  const names = typeof keys === 'string' ? [keys] : keys
  if (names === undefined)
    return { ...object, unread: [...object.unread, { ...at, reason: 'a key that is made when it runs' }] }
  return names.reduce(
    (one: ObjectValue, key): ObjectValue =>
      withKey(one, {
        key,
        isSure: names.length === 1,
        file: at.frame.module.source.path,
        ...spanOf(at.node),
        values: [value],
      }),
    object,
  )
}

function named(name: Written): ObjectValue {
  const found = declarationBehind(name.frame, name.node)
  if (found === undefined) return unknown(name)
  const { node, frame } = found
  if (isKind(node, 'Parameter')) return filled(found, name.node.text, parameterOf(found, name), name.node)
  if (isKind(node, 'BindingElement')) return taken(found, name)
  if (!isKind(node, 'VariableDeclaration')) return unknown(name)
  const value = node.child('initializer')
  const start = value === undefined ? NO_KEYS : objectOf({ node: value, frame })
  return filled(found, name.node.text, start.unread.length === 0 ? start : (typed(found) ?? start), name.node)
}

/**
 * What statements make of an object between where it is declared and where it is used.
 *
 * @param target how they call it: `body`, `message.payload`
 */
export function filled({ node, frame }: Written, target: string, start: ObjectValue, use: Node): ObjectValue {
  return flowOf({ frame, target, evaluate: objectOf, set: withKeys }, node, start, use)
}

/** What a parameter is: what the call that led here gives to it, or what its type declares. */
function parameterOf({ node, frame }: Written, at: Written): ObjectValue {
  const given = frame.given.get(node)
  if (given !== undefined) return objectOf(atDepth(given, at))
  const reason = `the parameter \`${node.name}\`, whose keys are its caller's`
  // A type that is not found is still the one that is written.
  const written = node.child('type')
  const unread = { ...unreadObject(at, reason, true), types: written === undefined ? [] : [written.text] }
  return typed({ node, frame }) ?? unread
}

/** An object by the type of what declares it; undefined where that says no keys. */
function typed({ node, frame }: Written): ObjectValue | undefined {
  const written = node.child('type')
  const type = readObjectType(frame.scope, frame.module, written)
  if (type === undefined || written === undefined) return undefined
  const more = unreadObject({ node: written, frame }, 'of a type with keys that cannot be read', true)
  return {
    keys: type.members.map(({ name, type: text, optional, ...place }) => ({
      key: name,
      isSure: !optional,
      values: [{ type: text, optional }],
      file: place.file,
      start: place.start,
      end: place.end,
    })),
    unread: type.isOpen ? more.unread : [],
    types: isKind(node, 'Parameter') ? [written.text] : [],
  }
}

/** What a pattern takes out of an object. */
function taken(element: Written, name: Written): ObjectValue {
  const { node, frame } = element
  if (node.child('dotDotDotToken') !== undefined) {
    const others = node.parent?.list('elements').flatMap((one) => keyOfElement(one) ?? []) ?? []
    const owner = ownerOf(element)
    return owner === undefined ? unknown(name) : withoutKeys(owner, others)
  }
  const from = declarationOfPattern(node)?.child('initializer')
  const key = keyOfElement(node)
  const found = from === undefined || key === undefined ? undefined : propertyOf({ node: from, frame }, key)
  return found === undefined ? unknown(name) : objectOf(atDepth(found, name))
}

/** The object that an entry of a pattern takes from: `options` of `const { id } = options`; undefined for a pattern in another. */
export function ownerOf(element: Written): ObjectValue | undefined {
  const declaration = declarationOfPattern(element.node)
  const at = { node: element.node, frame: element.frame }
  if (isKind(declaration, 'Parameter')) return parameterOf({ node: declaration, frame: element.frame }, at)
  const value = declaration?.child('initializer')
  return value === undefined ? undefined : objectOf({ node: value, frame: element.frame })
}

function declarationOfPattern(element: Node): Node | undefined {
  const declaration = element.parent?.parent
  return isKind(declaration, 'VariableDeclaration', 'Parameter') ? declaration : undefined
}

/** What was found somewhere else, as deep as what led there. */
function atDepth({ node, frame }: Written, { frame: { depth } }: Written): Written {
  return { node, frame: { ...frame, depth } }
}

function called(call: Written): ObjectValue {
  const { node, frame } = call
  const callee = node.textOf('expression')
  const given = node.list('arguments').map((one) => ({ node: one, frame }))
  const [first] = given
  if (/^(?:structuredClone|Object\.freeze)$/.test(callee) && first !== undefined) return objectOf(first)
  if (callee === 'Object.assign') return given.map(objectOf).reduce(mergeObjects, NO_KEYS)
  const listed = callee === 'Object.fromEntries' && first !== undefined ? listedIn(first) : undefined
  if (listed !== undefined) return objectOf(listed)
  const run = calledBy(frame, node)
  if (run === undefined) return unreadObject(call, `what \`${callee}\` gives, which is not read here`)
  const results = resultsOf(run.node).map((one) => objectOf({ node: one, frame: run.frame }))
  return results.length === 0
    ? unreadObject(call, `what \`${callee}\` gives, which returns nothing`)
    : chooseObjects(results)
}

/** The object whose entries a list has, perhaps without those that are undefined: `Object.entries(body).filter(…)`. */
function listedIn(list: Written): Written | undefined {
  const { node, frame } = settle(list)
  if (!isKind(node, 'CallExpression')) return undefined
  const callee = node.child('expression')
  const [first] = node.list('arguments')
  if (callee?.text === 'Object.entries' && first !== undefined) return { node: first, frame }
  const filtered = isKind(callee, 'PropertyAccessExpression') ? callee.child('expression') : undefined
  return callee?.name === 'filter' && filtered !== undefined ? listedIn({ node: filtered, frame }) : undefined
}
