import { readLiteral } from '../payload/python.js'
import type { ShapeField } from '../payload/shape.js'
import { type FieldType, nullable, scalar } from '../spec/field-type.js'
import type { SentField, Terms, UnsendableField } from './contract.js'

const ANY_LIST: FieldType = { kind: 'list', item: scalar('any') }

/** What an expression of Python is, where its text alone tells. */
const EXPRESSIONS: readonly (readonly [RegExp, FieldType])[] = [
  [/^f["']/, scalar('str')],
  [/^-?\d+$/, scalar('int')],
  [/^-?\d*\.\d+$/, scalar('float')],
  [/^(?:True|False|not \w+|bool\([^()]*\))$/, scalar('bool')],
  [/^(?:len|int)\([^()]*\)$/, scalar('int')],
  [/^(?:float|round)\([^()]*\)$/, scalar('float')],
  [/^str\([^()]*\)$/, scalar('str')],
  [/^[\w.]+\.isoformat\(\)$/, scalar('datetime')],
  [/^(?:\[[\s\S]*\]|(?:list|sorted)\([^()]*\))$/, ANY_LIST],
  [/^\{\s*\}$|^\{\s*["'][^"']*["']\s*:[\s\S]*\}$|^[\w.]+\.model_dump\([^()]*\)$/, scalar('dict')],
  [/^None$/, { kind: 'nullable', item: { kind: 'unknown', raw: 'None' } }],
]

/** The type of a value that a payload gets, as its annotation or its own text shows it. */
export function typeOfValue({ type, value = '' }: ShapeField): FieldType {
  if (/\bor\s+None$/.test(value)) return nullable(type)
  if (type.kind !== 'unknown') return insideOf(type)
  return typeOfText(value) ?? type
}

function typeOfText(value: string): FieldType | undefined {
  const literal = readLiteral(value)
  if (literal !== undefined) return { kind: 'literals', values: [literal] }
  return EXPRESSIONS.find(([pattern]) => pattern.test(value))?.[1]
}

/** A type with what is in it told by its text as well. */
function insideOf(type: FieldType): FieldType {
  switch (type.kind) {
    case 'list':
    case 'nullable':
      return { ...type, item: insideOf(type.item) }
    case 'object':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: insideOf(field.type) })) }
    case 'unknown':
      return typeOfText(type.raw) ?? type
    default:
      return type
  }
}

const UNSENDABLE_TYPES =
  /^(?:(?:datetime|uuid|decimal|pathlib)\.)?(?:datetime|date|time|timedelta|UUID|Decimal|Path|set|frozenset|bytes|bytearray|complex)(?:\[.*\])?$/s
const UNSENDABLE_VALUES =
  /^(?:b["']|(?:datetime\.)?(?:datetime|date)\.(?:now|utcnow|today|fromisoformat|fromtimestamp)\(|(?:uuid\.)?uuid[145]\(|(?:set|frozenset|Decimal|bytes|timedelta)\()/

/** The keys whose values JSON cannot carry. */
export function findUnsendable({ sent }: Terms): UnsendableField[] {
  return sent.flatMap((field) => {
    const type = unsendableType(field)
    return type === undefined ? [] : [{ field, type }]
  })
}

/** The type's name of a value that JSON cannot carry; undefined where it can, or nothing tells. */
function unsendableType({ type, value: text, parameter }: SentField): string | undefined {
  if (text !== parameter) {
    const isTold = UNSENDABLE_VALUES.test(text) && !/\)\.\w+\(|\)\[/.test(text)
    return isTold ? (/^b["']/.exec(text) === null ? text.replace(/\([\s\S]*/, '()') : 'bytes') : undefined
  }
  const base = type.kind === 'nullable' ? type.item : type
  const item = base.kind === 'list' ? base.item : base
  if (item.kind === 'scalar' && item.name === 'datetime') return 'datetime'
  return item.kind === 'unknown' && UNSENDABLE_TYPES.test(item.raw) ? item.raw : undefined
}
