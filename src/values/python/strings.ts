import { lookUp } from '../../group.js'
import { stringValue } from '../../lang/python/literals.js'
import { isKind, type Node } from '../../lang/tree.js'
import { memberValue } from '../../layout/python-parts.js'
import { boundTo } from './bound.js'
import type { Written } from './frame.js'
import { bare, classNamed, deeper, definitionOf, type Frame, itemsOf, sidesOf } from './frame.js'

/** The strings that an expression may be; undefined where it may be one that cannot be read. */
export function stringsOf(frame: Frame, node: Node | undefined): readonly string[] | undefined {
  if (node === undefined) return undefined
  const value = stringValue(node)
  if (value !== undefined) return [value]
  const one = bare(node)
  switch (one.kind) {
    case 'string':
      return templateOf(frame, one)
    case 'binary_operator':
      return one.textOf('operator') === '+' || one.children.some((child) => child.text === '+')
        ? joined([stringsOf(frame, one.child('left')), stringsOf(frame, one.child('right'))])
        : undefined
    case 'conditional_expression':
      return allOf(sidesOf(one).map((side) => stringsOf(frame, side)))
    case 'identifier':
      return named(frame, one)
    case 'attribute':
      return memberOf(frame, one)
    default:
      return undefined
  }
}

/** The string that an expression is; undefined where it may be several. */
export function stringOf(frame: Frame, node: Node | undefined): string | undefined {
  const values = stringsOf(frame, node)
  return values?.length === 1 ? values[0] : undefined
}

function allOf(all: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const known = all.filter((one) => one !== undefined)
  return known.length === all.length ? [...new Set(known.flat())] : undefined
}

function joined(parts: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  let texts: readonly string[] = ['']
  for (const part of parts) {
    if (part === undefined) return undefined
    texts = texts.flatMap((text) => part.map((one) => text + one))
  }
  return texts
}

/** `f"{PREFIX}id"` of constants. */
function templateOf(frame: Frame, node: Node): readonly string[] | undefined {
  const [opening] = node.children
  if (!isKind(opening, 'string_start') || /[bt]/i.test(opening.text)) return undefined
  const parts = node.children.slice(1, -1)
  const texts = parts.map((part): readonly string[] | undefined => {
    if (part.kind === 'string_content') return /[\\{}]/.test(part.text) ? undefined : [part.text]
    const inner = part.children.filter((child) => child.isNamed)
    return part.kind === 'interpolation' && inner.length === 1 ? stringsOf(frame, inner[0]) : undefined
  })
  return joined(texts)
}

/** A name: a parameter that a known call gives, a local, or a constant of the module. */
function named(frame: Frame, node: Node): readonly string[] | undefined {
  const next = deeper(frame)
  if (next === undefined) return undefined
  const bound = boundTo(frame, node)
  if (bound !== undefined)
    return bound.isRead
      ? allOf(bound.values.map((one) => stringsOf(oneDeeper(one, next), one.node)))
      : undefined
  const definition = definitionOf(frame, node.text)
  return definition?.value === undefined
    ? undefined
    : stringsOf({ ...next, module: definition.module, scope: undefined, given: new Map() }, definition.value)
}

function oneDeeper(one: Written, next: Frame): Frame {
  return { ...one.frame, depth: next.depth }
}

/** The items of a list that is written out, here or behind a name, perhaps as a set or a tuple; undefined for any other. */
export function itemsBehind(frame: Frame, node: Node): Node[] | undefined {
  const next = deeper(frame)
  const one = bare(node)
  if (next === undefined) return undefined
  if (isKind(one, 'call') && /^(?:frozenset|set|tuple|list)$/.test(one.textOf('function'))) {
    const given = one.child('arguments')?.children.find((child) => child.isNamed)
    return given === undefined ? undefined : itemsBehind(next, given)
  }
  if (!isKind(one, 'identifier')) return itemsOf(one)
  const bound = boundTo(frame, one)
  if (bound !== undefined) {
    const [only, ...others] = bound.values
    return only === undefined || others.length > 0 ? undefined : itemsBehind(next, only.node)
  }
  const value = definitionOf(frame, one.text)?.value
  return value === undefined ? undefined : itemsBehind(next, value)
}

/** `Seat.TAKEN`, `Seat.TAKEN.value`: a string that a class holds under a name. */
function memberOf(frame: Frame, node: Node): readonly string[] | undefined {
  const object = node.child('object')
  const attribute = node.child('attribute')?.text
  if (object === undefined || attribute === undefined) return undefined
  if (attribute === 'value' && isKind(object, 'attribute')) return memberOf(frame, object)
  if (!isKind(object, 'identifier')) return undefined
  const found = classNamed(frame, object.text)
  const member = found === undefined ? undefined : lookUp(found.class.assignments, attribute)
  if (found === undefined || member === undefined) return undefined
  const value = memberValue(found.module, found.class, member)
  return value === undefined ? undefined : [value]
}
