import { isKind, type Node } from '../../lang/tree.js'
import { wireField } from '../../payload/shape.js'
import { type Field, type FieldType, nullable, scalar } from '../../spec/field-type.js'
import { typeOfAnnotation } from './annotations.js'
import { boundTo } from './bound.js'
import { calledBy } from './calls.js'
import { entriesOf } from './dicts.js'
import type { Written } from './frame.js'
import { bare, deeper, type Frame, isGenerator, itemsOf, sidesOf } from './frame.js'
import { itemAnnotation } from './models.js'
import { stringsOf } from './strings.js'

/** The type of a value, as annotations, constants and the expression itself show it; `unknown` where nothing does. */
export function typeOf({ node, frame }: Written): FieldType {
  const unknown: FieldType = { kind: 'unknown', raw: node.text }
  const next = deeper(frame)
  const value = bare(node)
  if (next === undefined) return unknown
  switch (value.kind) {
    case 'type':
      return typeOfAnnotation(frame, node.text)
    case 'identifier':
      return typeOfName(next, value) ?? objectOf(next, value) ?? unknown
    case 'boolean_operator': {
      const left = value.child('left')
      const type = left === undefined ? unknown : typeOf({ node: left, frame: next })
      return type.kind === 'nullable' ? type.item : type
    }
    case 'conditional_expression':
      return typeOfCondition(next, value) ?? typeOfStrings(next, value) ?? unknown
    case 'call':
      return typeOfCall(next, value) ?? objectOf(next, value) ?? unknown
    case 'list':
      return listOf((itemsOf(value) ?? []).map((one) => typeOf({ node: one, frame: next }))) ?? unknown
    case 'list_comprehension':
      return typeOfComprehension(next, value) ?? unknown
    case 'dictionary':
    case 'dictionary_comprehension':
    case 'binary_operator':
      return objectOf(next, value) ?? unknown
    case 'string':
    case 'attribute':
      return typeOfStrings(next, value) ?? unknown
    default:
      return unknown
  }
}

/** One type for several values; unknown where they differ. */
export function mergeTypes(types: readonly FieldType[]): FieldType {
  const [first, ...others] = types
  if (first === undefined) return { kind: 'unknown', raw: '' }
  const isAlike = others.every((one) => JSON.stringify(one) === JSON.stringify(first))
  if (isAlike) return first
  if (types.every((one) => one.kind === 'literals'))
    return { kind: 'literals', values: [...new Set(types.flatMap((one) => one.values))] }
  return { kind: 'unknown', raw: '' }
}

/** A dict with the types of its keys; undefined for what is none, or may have other keys. */
function objectOf(frame: Frame, node: Node): FieldType | undefined {
  const { entries, unread } = entriesOf(frame, node)
  if (unread.length > 0 || entries.length === 0) return undefined
  return {
    kind: 'object',
    fields: entries.map(
      ({ key, isSure, values }): Field => ({
        ...wireField(key),
        type: mergeTypes(values.map(typeOf)),
        optional: !isSure,
      }),
    ),
  }
}

/** A list of objects; what else is in a list is told by the text alone. */
function listOf(items: readonly FieldType[]): FieldType | undefined {
  const item = mergeTypes(items)
  return item.kind === 'object' ? { kind: 'list', item } : undefined
}

function typeOfComprehension(frame: Frame, node: Node): FieldType | undefined {
  const dated = /^\[[\s\S]*\.isoformat\(\)[\s\S]* in (\w+)\s*\]$/.exec(node.text)?.[1]
  const body = node.child('body')
  return (
    (dated === undefined ? undefined : parameterType(frame, dated)) ??
    (body === undefined ? undefined : listOf([typeOf({ node: body, frame })]))
  )
}

/** The annotation of a parameter of the functions around. */
function parameterType(frame: Frame, name: string): FieldType | undefined {
  const around = frame.scope === undefined ? [] : [frame.scope.function, ...frame.scope.around]
  const parameter = around.flatMap((one) => one.parameters).find((one) => one.name === name)
  return parameter?.annotation === undefined ? undefined : typeOfAnnotation(frame, parameter.annotation)
}

/** A parameter by its annotation, else by what its caller gives; a local by what it is assigned once. */
function typeOfName(frame: Frame, node: Node): FieldType | undefined {
  const bound = boundTo(frame, node)
  const annotated = parameterType(frame, node.text)
  const assigned = bound?.values.filter((one) => one.node.parent?.kind !== 'keyword_argument') ?? []
  const isReassigned =
    assigned.some((one) => frame.scope?.function.node.holds(one.node) === true) || bound?.isRead === false
  if (annotated !== undefined) return isReassigned && assigned.length > 0 ? undefined : annotated
  const item = itemAnnotation(frame, node)
  if (item !== undefined) return told(typeOfAnnotation(frame, item))
  if (bound !== undefined)
    return bound.isRead && bound.values.length === 1 && bound.values[0] !== undefined
      ? unlessFilled(frame, node, told(typeOf(bound.values[0])))
      : undefined
  return undefined
}

/** What a local was made as says nothing of the keys and the items that it gets afterwards. */
function unlessFilled(frame: Frame, { text }: Node, type: FieldType | undefined): FieldType | undefined {
  if (type?.kind === 'object') return undefined
  const filled = new RegExp(`(?<![\\w.])${text}(?:\\.(?:append|extend|insert)\\(|\\[)`)
  const isFilled = type?.kind === 'list' && filled.test(frame.scope?.function.node.text ?? '')
  return isFilled && type.item.kind === 'object' ? undefined : type
}

function told(type: FieldType): FieldType | undefined {
  return type.kind === 'unknown' ? undefined : type
}

/** `x if x is not None else other`: never none where the other side is none of these. */
function typeOfCondition(frame: Frame, node: Node): FieldType | undefined {
  const [then, otherwise] = sidesOf(node)
  const condition = node.children.filter((child) => child.isNamed && child.kind !== 'comment')[1]
  const tested = condition === undefined ? undefined : /^(\w+)(?: is not None)?$/.exec(condition.text)?.[1]
  if (then === undefined || tested === undefined) return undefined
  const isTested = / is not None$/.test(condition?.text ?? '')
  if (!isTested) return undefined
  const type = typeOf({ node: then, frame })
  const base = type.kind === 'nullable' ? type.item : type
  return otherwise !== undefined && otherwise.text === 'None' ? nullable(base) : base
}

/** `x.isoformat()`, a model that is made, or a function of the backend with an annotation. */
function typeOfCall(frame: Frame, call: Node): FieldType | undefined {
  const { text } = call
  if (/^[\w.]+\.isoformat\(\)$/.test(text)) return scalar('datetime')
  const callee = call.child('function')
  if (!isKind(callee, 'identifier')) return undefined
  const run = calledBy(frame, call)
  const made = run === undefined ? typeOfAnnotation(frame, callee.text) : undefined
  if (made?.kind === 'object') return made
  if (run === undefined || run.function.isAsync || isGenerator(run.function)) return undefined
  const type =
    run.function.returns === undefined ? undefined : told(typeOfAnnotation(run.frame, run.function.returns))
  return type?.kind === 'scalar' && type.name === 'dict' ? (objectOf(frame, call) ?? type) : type
}

/** What can only be one of some strings: a member of an enum, a choice of constants. */
function typeOfStrings(frame: Frame, node: Node): FieldType | undefined {
  const texts = stringsOf(frame, node)
  return texts === undefined ? undefined : { kind: 'literals', values: texts }
}
