import { printDoc } from '../../lang/python/print.js'
import type { Node } from '../../lang/tree.js'
import { isKind } from '../../lang/tree.js'
import type { PythonStyle } from '../../layout/style.js'
import { annotate, type PythonParameter, pythonParameters } from '../../payload/python.js'
import { type Field, type FieldType, nullable, scalar } from '../../spec/field-type.js'
import type { Written } from '../../values/python/frame.js'
import { typeOf } from '../../values/python/types.js'
import type { Edit } from '../../workspace/edits.js'
import { indentAt, lineEnd } from '../../workspace/source.js'
import { itemsOf } from './entries.js'
import { needsStar, parameterNode, type Signature } from './parameters.js'

/** What the head of a function is when one of its parameters takes another type. */
export interface RetypedHead {
  readonly edits: readonly Edit[]
  /** The parameter, where it has to be given from now on and had not to be. */
  readonly required: string | undefined
  /** The parameters that can only be given by their names from now on. */
  readonly named: readonly string[]
}

/**
 * Annotation and default of a parameter as a field has them; behind a `*` where it has to be given and others in front
 * need not.
 *
 * @returns undefined where the function has no such parameter
 */
export function retypeParameter(
  signature: Signature,
  name: string,
  after: Field,
  style: PythonStyle,
): RetypedHead | undefined {
  const { parameters } = signature.function
  const node = parameterNode(signature, name)
  const index = parameters.findIndex((one) => one.name === name)
  const own = parameters[index]
  const [printed] = pythonParameters([after], style)
  if (node === undefined || own === undefined || printed === undefined) return undefined
  const behind = parameters.slice(index + 1).filter((one) => !one.isKeywordOnly)
  const cannotHave = own.isKeywordOnly === false && behind.some((one) => one.default === undefined)
  const hasDefault = printed.hasDefault && !cannotHave
  const flat = named(printed, name, style)
  const text = hasDefault ? flat : flat.replace(/ = [^=]*$/, '')
  const edits: Edit[] = text === node.text ? [] : [{ start: node.start, end: node.end, text }]
  if (own.default === undefined || hasDefault) return { edits, required: undefined, named: [] }
  const isBehindDefault = parameters.slice(0, index).some((one) => one.default !== undefined)
  if (!isBehindDefault || own.isKeywordOnly || !needsStar(signature))
    return { edits, required: name, named: [] }
  const source = signature.module.source.text
  const star = itemsOf(signature.list)[itemsOf(signature.list).indexOf(node)]
  const glue = star !== undefined && isOnOwnLine(source, star) ? `*,\n${indentAt(source, star.start)}` : '*, '
  return {
    edits: edits.map((one) => ({ ...one, text: glue + one.text })),
    required: name,
    named: parameters.slice(index).map((one) => one.name),
  }
}

/** A parameter as its head says it on one line, by the name that it has there. */
function named(
  { field, hasDefault, annotation, text }: PythonParameter,
  name: string,
  style: PythonStyle,
): string {
  const printed = flat(text)
  const value = hasDefault ? printed.slice(printed.indexOf(` = `, printed.indexOf(annotation))) : ''
  return annotation.includes('Literal') && field.type.kind === 'literals' && !field.optional
    ? flat(annotate(name, field.type, value, style))
    : `${name}: ${annotation}${value}`
}

function flat(text: PythonParameter['text']): string {
  return printDoc(text, { width: Number.POSITIVE_INFINITY, indentWidth: 4, column: 0 })
}

function isOnOwnLine(text: string, node: Node): boolean {
  const start = text.lastIndexOf('\n', node.start) + 1
  return (
    text.slice(start, node.start).trim() === '' &&
    /^\s*,?\s*(?:#.*)?$/.test(text.slice(node.end, lineEnd(text, node.end)))
  )
}

/** What a parameter of a field takes: null as well where the field may be missing. */
export function takenType({ type, optional }: Field): FieldType {
  return optional ? nullable(type) : type
}

/** The type of a value that a caller gives, as a type checker sees it; `unknown` where nothing tells it. */
export function givenType({ node, frame }: Written): FieldType {
  switch (node.kind) {
    case 'true':
    case 'false':
    case 'comparison_operator':
    case 'not_operator':
      return scalar('bool')
    case 'integer':
      return scalar('int')
    case 'float':
      return scalar('float')
    default:
  }
  const builtin = isKind(node, 'call') ? BUILTINS[node.textOf('function')] : undefined
  if (builtin !== undefined) return builtin
  const type = typeOf({ node, frame })
  if (type.kind === 'unknown' && isKind(node, 'string')) return scalar('str')
  // A name for a string is of type `str`, whatever it was made as.
  return type.kind === 'literals' && !isWritten(node) && !isParameter(node, frame) ? scalar('str') : type
}

const BUILTINS: Readonly<Record<string, FieldType>> = {
  len: scalar('int'),
  int: scalar('int'),
  str: scalar('str'),
  float: scalar('float'),
  bool: scalar('bool'),
}

/** Whether a value is a string, or a choice of several, that is written out where it is given. */
function isWritten(node: Node): boolean {
  if (isKind(node, 'string')) return true
  if (!isKind(node, 'conditional_expression')) return false
  const [then, , otherwise] = node.children.filter((one) => one.isNamed && one.kind !== 'comment')
  return [then, otherwise].every((one) => one !== undefined && isWritten(one))
}

function isParameter(node: Node, frame: Written['frame']): boolean {
  return frame.scope?.function.parameters.some((one) => one.name === node.text) === true
}
