import { isKind, type Node } from '../../lang/tree.js'
import { readPythonType } from '../../payload/python.js'
import { type FieldType, nullable, scalar } from '../../spec/field-type.js'
import type { Written } from './frame.js'
import { bare, calledBy, deeper, type Frame, isGenerator, sidesOf } from './frame.js'
import { boundTo, stringsOf } from './strings.js'

/** The type of a value, as annotations, constants and the expression itself show it; `unknown` where nothing does. */
export function typeOf({ node, frame }: Written): FieldType {
  const unknown: FieldType = { kind: 'unknown', raw: node.text }
  const next = deeper(frame)
  const value = bare(node)
  if (next === undefined) return unknown
  switch (value.kind) {
    case 'type':
      return readPythonType(node.text, frame.module)
    case 'identifier':
      return typeOfName(next, value) ?? unknown
    case 'boolean_operator': {
      const left = value.child('left')
      const type = left === undefined ? unknown : typeOf({ node: left, frame: next })
      return type.kind === 'nullable' ? type.item : type
    }
    case 'conditional_expression':
      return typeOfCondition(next, value) ?? unknown
    case 'call':
      return typeOfCall(next, value) ?? unknown
    case 'list_comprehension': {
      const dated = /^\[[\s\S]*\.isoformat\(\)[\s\S]* in (\w+)\s*\]$/.exec(value.text)?.[1]
      return (dated === undefined ? undefined : parameterType(frame, dated)) ?? unknown
    }
    case 'string': {
      const texts = stringsOf(next, value)
      return texts === undefined ? unknown : { kind: 'literals', values: texts }
    }
    case 'attribute':
      return typeOfAttribute(next, value) ?? unknown
    default:
      return unknown
  }
}

/** The annotation of a parameter of the functions around. */
function parameterType(frame: Frame, name: string): FieldType | undefined {
  const around = frame.scope === undefined ? [] : [frame.scope.function, ...frame.scope.around]
  const parameter = around.flatMap((one) => one.parameters).find((one) => one.name === name)
  return parameter?.annotation === undefined ? undefined : readPythonType(parameter.annotation, frame.module)
}

/** A parameter by its annotation, else by what its caller gives; a local by what it is assigned once. */
function typeOfName(frame: Frame, node: Node): FieldType | undefined {
  const bound = boundTo(frame, node)
  const annotated = parameterType(frame, node.text)
  const assigned = bound?.values.filter((one) => one.node.parent?.kind !== 'keyword_argument') ?? []
  const isReassigned =
    assigned.some((one) => frame.scope?.function.node.holds(one.node) === true) || bound?.isRead === false
  if (annotated !== undefined) return isReassigned && assigned.length > 0 ? undefined : annotated
  if (bound !== undefined)
    return bound.isRead && bound.values.length === 1 && bound.values[0] !== undefined
      ? told(typeOf(bound.values[0]))
      : undefined
  return undefined
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

/** `x.isoformat()`, or a function of the backend with an annotation. */
function typeOfCall(frame: Frame, call: Node): FieldType | undefined {
  const { text } = call
  if (/^[\w.]+\.isoformat\(\)$/.test(text)) return scalar('datetime')
  if (!isKind(call.child('function'), 'identifier')) return undefined
  const run = calledBy(frame, call)
  if (run === undefined || run.function.isAsync || isGenerator(run.function)) return undefined
  return run.function.returns === undefined
    ? undefined
    : told(readPythonType(run.function.returns, run.frame.module))
}

/** A member of an enum of strings is its value; another attribute tells nothing. */
function typeOfAttribute(frame: Frame, node: Node): FieldType | undefined {
  const texts = stringsOf(frame, node)
  return texts === undefined ? undefined : { kind: 'literals', values: texts }
}
