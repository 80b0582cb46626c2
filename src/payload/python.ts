import type { PythonModule } from '../lang/module.js'
import { withoutAliases } from '../lang/python/imports.js'
import { type Doc, printString, printValue } from '../lang/python/print.js'
import type { PythonStyle } from '../layout/style.js'
import { type Field, type FieldType, type JsonValue, nullable, scalar } from '../spec/field-type.js'
import { isPythonKeyword } from '../spec/reserved.js'

/** What printing takes of a file's style. */
export type PythonPen = Pick<PythonStyle, 'quote' | 'spell'>

/** A name that an annotation needs, and the module it comes from. */
export interface PythonNeed {
  readonly module: string
  readonly name: string
}

const ANY: PythonNeed = { module: 'typing', name: 'Any' }
const LITERAL: PythonNeed = { module: 'typing', name: 'Literal' }
const DATETIME: PythonNeed = { module: 'datetime', name: 'datetime' }
const TYPE_ADAPTER: PythonNeed = { module: 'pydantic', name: 'TypeAdapter' }

/** `dict[str, Any]` */
export function printDict({ spell }: PythonPen): string {
  return `dict[str, ${spell(ANY)}]`
}

/** The annotation of a type, as `mypy --strict` accepts it. */
export function printPythonType(type: FieldType, pen: PythonPen): string {
  switch (type.kind) {
    case 'scalar':
      return {
        str: 'str',
        int: 'int',
        float: 'float',
        bool: 'bool',
        any: pen.spell(ANY),
        dict: printDict(pen),
        datetime: pen.spell(DATETIME),
      }[type.name]
    case 'literals':
      return `${pen.spell(LITERAL)}[${type.values.map((value) => printString(value, pen.quote)).join(', ')}]`
    case 'list':
      return `list[${printPythonType(type.item, pen)}]`
    case 'nullable':
      return `${printPythonType(type.item, pen)} | None`
    case 'object':
      return printDict(pen)
    case 'named':
      return type.python
    case 'unknown':
      return pen.spell(ANY)
  }
}

/** The names that {@link printPythonType} uses and a module must import. */
export function pythonNeeds(type: FieldType): PythonNeed[] {
  switch (type.kind) {
    case 'scalar':
      if (type.name === 'any' || type.name === 'dict') return [ANY]
      return type.name === 'datetime' ? [DATETIME] : []
    case 'object':
    case 'unknown':
      return [ANY]
    case 'literals':
      return [LITERAL]
    case 'list':
    case 'nullable':
      return pythonNeeds(type.item)
    case 'named':
      return []
  }
}

/** A parameter of a factory or a send helper. */
export interface PythonParameter {
  readonly name: string
  readonly field: Field
  readonly annotation: string
  /** `name: annotation` or `name: annotation = default`. */
  readonly text: Doc
  readonly hasDefault: boolean
}

/** The parameters that carry a payload, required ones first. */
export function pythonParameters(
  fields: readonly Field[],
  pen: PythonPen,
  taken: readonly string[] = [],
): PythonParameter[] {
  const parameters = fields.map((field): PythonParameter => {
    const name = parameterName(field.name, taken)
    const isEmptyWhenNone = field.optional || isMutable(field.default)
    const annotation = printPythonType(isEmptyWhenNone ? nullable(field.type) : field.type, pen)
    const value = isEmptyWhenNone
      ? 'None'
      : field.default === undefined
        ? undefined
        : printDefault(field.type, field.default)
    const behind = value === undefined ? '' : ` = ${value}`
    const text = isEmptyWhenNone ? `${name}: ${annotation}${behind}` : annotate(name, field.type, behind, pen)
    return { name, field, annotation, text, hasDefault: value !== undefined }
  })
  return [...parameters.filter((one) => !one.hasDefault), ...parameters.filter((one) => one.hasDefault)]
}

/** `name: type` and what follows; a long `Literal` stands on several lines. */
export function annotate(name: string, type: FieldType, behind: string, pen: PythonPen): Doc {
  if (type.kind !== 'literals') return `${name}: ${printPythonType(type, pen)}${behind}`
  const items = type.values.map((value) => printString(value, pen.quote))
  return { open: `${name}: ${pen.spell(LITERAL)}[`, items, close: `]${behind}` }
}

/** A valid Python name for a field: keywords and taken names get an underscore. */
export function parameterName(name: string, taken: readonly string[] = []): string {
  return isPythonKeyword(name) || taken.includes(name) ? parameterName(`${name}_`, taken) : name
}

/** The expression that puts a parameter on the wire as JSON, behind a prefix such as its key. */
export function printWireValue(prefix: string, parameter: PythonParameter): Doc {
  const { field, name } = parameter
  const value = field.default
  if (isMutable(value)) {
    const items = Array.isArray(value)
      ? { open: 'else [', items: value.map(printValue), close: ']' }
      : undefined
    const otherwise = items ?? `else ${printDefault(field.type, value)}`
    return { parts: [`${prefix}${toJson(name, field.type)}`, `if ${name} is not None`, otherwise] }
  }
  if (field.type.kind === 'nullable' && holdsDatetime(field.type)) {
    return { parts: [`${prefix}${toJson(name, field.type.item)}`, `if ${name} is not None`, 'else None'] }
  }
  if (field.type.kind === 'list' && holdsDatetime(field.type)) {
    const items = [{ parts: [toJson('item', field.type.item), `for item in ${name}`] }]
    return { open: `${prefix}[`, items, close: ']', isOne: true }
  }
  return `${prefix}${toJson(name, field.type)}`
}

/** The default of a model's field: with a factory where the value could be changed by its user. */
export function printModelDefault(
  type: FieldType,
  value: JsonValue,
): { readonly factory: boolean; readonly text: string } {
  if (!isMutable(value)) return { factory: false, text: printDefault(type, value) }
  const isEmpty = Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0
  if (isEmpty) return { factory: true, text: Array.isArray(value) ? 'list' : 'dict' }
  // pydantic copies a default before it gives it out, so a filled one may stand as it is.
  return { factory: false, text: printValue(value) }
}

/**
 * Reads a key of a payload that came from outside, with a default of the field's type: `payload.get("row", 0)`.
 *
 * @param by the field of the answer that takes the value: what it cannot do without gets a default, and what
 *   it wants as a date is read as one
 */
export function printRead(
  payload: string,
  key: string,
  field: Field,
  by: Field | undefined,
  pen: PythonPen,
): Doc {
  const isAdapted = by !== undefined && needsAdapter(by)
  const value = isAdapted ? undefined : typedDefault(field, by, pen.quote)
  const items = [printString(key, pen.quote), ...(value === undefined ? [] : [value])]
  const read: Doc = { open: `${payload}.get(`, items, close: ')' }
  if (!isAdapted) return read
  const adapter = printPythonType(by.optional ? nullable(by.type) : by.type, { ...pen, quote: '"' })
  return {
    chain: [
      { open: `${pen.spell(TYPE_ADAPTER)}(`, items: [adapter], close: ')' },
      { open: '.validate_python(', items: [read], close: ')' },
    ],
  }
}

/** Whether pydantic reads a field of the answer, because it holds dates. */
export function needsAdapter(field: Field): boolean {
  return holdsDatetime(field.type)
}

/** The names that {@link printRead} uses for a field of the answer and a module must import. */
export function adapterNeeds(field: Field): PythonNeed[] {
  return needsAdapter(field) ? [TYPE_ADAPTER, ...pythonNeeds(field.type)] : []
}

/** What {@link printRead} shows of a field's type. */
export function readTypeOf(field: Field, by: Field | undefined): FieldType {
  const unknown: FieldType = { kind: 'unknown', raw: '' }
  const value = typedDefault(field, by, '"')
  if (value === undefined || (by !== undefined && needsAdapter(by))) return unknown
  if (/^["']/.test(value)) return scalar('str')
  if (value.startsWith('{')) return scalar('dict')
  if (/^(True|False)$/.test(value)) return scalar('bool')
  if (/^-?\d+$/.test(value)) return scalar('int')
  return /^-?\d/.test(value) ? scalar('float') : unknown
}

/** The default of a read; undefined where `None` stands for what is missing. */
function typedDefault(field: Field, by: Field | undefined, quote: '"' | "'"): string | undefined {
  const { type, optional } = by ?? field
  const value = field.default ?? by?.default
  if (value !== undefined && value !== null) return printDefault(type, value)
  if (optional || value === null) return undefined
  switch (type.kind) {
    case 'scalar':
      return {
        str: printString('', quote),
        datetime: printString('', quote),
        int: '0',
        float: '0.0',
        bool: 'False',
        dict: '{}',
        any: undefined,
      }[type.name]
    case 'literals':
      return printString(type.values[0] ?? '', quote)
    case 'list':
      return '[]'
    case 'object':
      return '{}'
    default:
      return undefined
  }
}

function printDefault(type: FieldType, value: JsonValue): string {
  const base = type.kind === 'nullable' ? type.item : type
  const isFloat = base.kind === 'scalar' && base.name === 'float' && Number.isInteger(value)
  return isFloat && !String(value).includes('e') ? `${value as number}.0` : printValue(value)
}

function isMutable(
  value: JsonValue | undefined,
): value is readonly JsonValue[] | { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null
}

function toJson(expression: string, type: FieldType): string {
  if (!holdsDatetime(type)) return expression
  switch (type.kind) {
    case 'list':
      return `[${toJson('item', type.item)} for item in ${expression}]`
    case 'nullable':
      return `${toJson(expression, type.item)} if ${expression} is not None else None`
    default:
      return `${expression}.isoformat()`
  }
}

function holdsDatetime(type: FieldType): boolean {
  if (type.kind === 'list' || type.kind === 'nullable') return holdsDatetime(type.item)
  return type.kind === 'scalar' && type.name === 'datetime'
}

/**
 * Reads an annotation; what the algebra cannot express is `unknown` with the text.
 *
 * @param module the file that it stands in, where that is known: names may have aliases there
 */
export function readPythonType(annotation: string, module?: PythonModule): FieldType {
  const bare = annotation
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()
  const text = module === undefined ? bare : withoutAliases(module, bare)
  const alternatives = splitTop(text, '|')
  if (alternatives.length > 1) {
    const others = alternatives.filter((one) => one !== 'None')
    const only = others.length === 1 ? readPythonType(others[0] ?? '') : undefined
    if (only === undefined) return { kind: 'unknown', raw: text }
    return others.length < alternatives.length ? nullable(only) : only
  }
  const generic = /^(?:\w+\.)*(\w+)\[(.*)\]$/s.exec(text)
  if (generic !== null) return readGeneric(generic[1] ?? '', splitTop(generic[2] ?? '', ','), text)
  const known: Record<string, FieldType> = {
    str: scalar('str'),
    int: scalar('int'),
    float: scalar('float'),
    bool: scalar('bool'),
    Any: scalar('any'),
    object: scalar('any'),
    dict: scalar('dict'),
    datetime: scalar('datetime'),
    list: { kind: 'list', item: scalar('any') },
  }
  // A name of a library may stand behind its module, whatever the file calls that.
  const name = /^(?:\w+\.)+(Any|datetime)$/.exec(text)?.[1] ?? text
  return (Object.hasOwn(known, name) ? known[name] : undefined) ?? { kind: 'unknown', raw: text }
}

function readGeneric(name: string, parameters: readonly string[], text: string): FieldType {
  const first = parameters[0] ?? ''
  switch (name) {
    case 'list':
    case 'List':
    case 'Sequence':
      return { kind: 'list', item: readPythonType(first) }
    case 'dict':
    case 'Dict':
    case 'Mapping':
      return scalar('dict')
    case 'Optional':
      return nullable(readPythonType(first))
    case 'Literal': {
      const values = parameters.map(readLiteral)
      return values.every((one) => one !== undefined)
        ? { kind: 'literals', values }
        : { kind: 'unknown', raw: text }
    }
    default:
      return { kind: 'unknown', raw: text }
  }
}

/** Splits at a separator outside of brackets and string literals. */
export function splitTop(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let part = ''
  for (const token of text.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\s\S]/g) ?? []) {
    if ('[({<'.includes(token)) depth++
    else if ('])}>'.includes(token)) depth--
    if (token === separator && depth === 0) {
      parts.push(part.trim())
      part = ''
    } else part += token
  }
  const last = part.trim()
  return last === '' && parts.length > 0 ? parts : [...parts, last]
}

/** The value of a string literal as both languages write it; undefined for anything else. */
export function readLiteral(text: string): string | undefined {
  const body = /^"((?:[^"\\]|\\.)*)"$|^'((?:[^'\\]|\\.)*)'$/s.exec(text)
  const raw = body?.[1] ?? body?.[2]
  return raw?.replace(
    /\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|x([0-9a-f]{2})|(.))/gis,
    (_, ...groups: string[]) => {
      const [short, long, hex, char] = groups
      const code = short ?? long ?? hex
      if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16))
      return { n: '\n', r: '\r', t: '\t' }[char ?? ''] ?? char ?? ''
    },
  )
}
