import { printPropertyName, printString } from '../lang/typescript/print.js'
import { type Field, type FieldType, JSON_KINDS, nullable, scalar } from '../spec/field-type.js'
import { readLiteral, splitTop } from './python.js'
import { type Shape, type WireCase, wireField, wireKey } from './shape.js'

/** The TypeScript type of what arrives as JSON. */
export function printTsType(type: FieldType, quote: '"' | "'", wireCase: WireCase): string {
  switch (type.kind) {
    case 'scalar':
      return { ...JSON_KINDS, any: 'unknown', dict: 'Record<string, unknown>' }[type.name]
    case 'literals':
      return type.values.map((value) => printString(value, quote)).join(' | ')
    case 'list': {
      const item = printTsType(type.item, quote, wireCase)
      return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
    }
    case 'nullable':
      return `${printTsType(type.item, quote, wireCase)} | null`
    case 'object': {
      const fields = type.fields.map(
        (field) =>
          `${printPropertyName(wireKey(field, wireCase), quote)}${field.optional ? '?' : ''}: ${printTsType(field.type, quote, wireCase)}`,
      )
      return fields.length === 0 ? 'Record<string, unknown>' : `{ ${fields.join('; ')} }`
    }
    case 'named':
      return type.typescript
    case 'unknown':
      return 'unknown'
  }
}

/** Reads a type; what the algebra cannot express is `unknown` with the text. */
export function readTsType(written: string): FieldType {
  const text = written.trim().replace(/^\|\s*/, '')
  const alternatives = splitTop(text, '|')
  if (alternatives.length > 1) return readUnion(alternatives, text)
  const literal = readLiteral(text)
  if (literal !== undefined) return { kind: 'literals', values: [literal] }
  if (text.endsWith('[]')) return { kind: 'list', item: readTsType(text.slice(0, -2)) }
  if (text.startsWith('(') && text.endsWith(')')) return readTsType(text.slice(1, -1))
  const generic = /^(\w+)<(.*)>$/s.exec(text)
  if (generic?.[1] === 'Array' || generic?.[1] === 'ReadonlyArray')
    return { kind: 'list', item: readTsType(generic[2] ?? '') }
  if (generic?.[1] === 'Record') return scalar('dict')
  if (text.startsWith('{') && text.endsWith('}')) return { kind: 'object', fields: readObject(text) }
  const known: Record<string, FieldType> = {
    string: scalar('str'),
    number: scalar('float'),
    boolean: scalar('bool'),
    unknown: scalar('any'),
    any: scalar('any'),
    object: scalar('dict'),
  }
  return (Object.hasOwn(known, text) ? known[text] : undefined) ?? { kind: 'unknown', raw: text }
}

/** The shape of an object type as written: `{ id: string; text?: string }`. */
export function readTsShape(
  members: readonly { name: string; optional: boolean; type: string | undefined }[],
): Shape {
  return members.map((member) => {
    const parts = splitTop(member.type ?? 'unknown', '|').filter((part) => part !== 'undefined')
    const isOptional = member.optional || parts.length < splitTop(member.type ?? 'unknown', '|').length
    return { key: member.name, type: readTsType(parts.join(' | ')), optional: isOptional }
  })
}

function readUnion(alternatives: readonly string[], text: string): FieldType {
  const others = alternatives.filter((one) => one !== 'null' && one !== 'undefined')
  const types = others.map(readTsType)
  const values = types.flatMap((type) => (type.kind === 'literals' ? type.values : []))
  const first = types[0]
  let type: FieldType
  if (types.every((one) => one.kind === 'literals')) type = { kind: 'literals', values }
  else if (types.length === 1 && first !== undefined) type = first
  else return { kind: 'unknown', raw: text }
  return alternatives.includes('null') ? nullable(type) : type
}

function readObject(text: string): Field[] {
  const inner = text.slice(1, -1).replaceAll('\n', ';')
  return splitTop(inner, ';')
    .flatMap((one) => splitTop(one, ','))
    .flatMap((member) => {
      const match = /^(?:(\w+)|("(?:[^"\\]|\\.)*"))(\?)?\s*:\s*(.+)$/s.exec(member)
      const name = match?.[1] ?? readLiteral(match?.[2] ?? '')
      return match === null || name === undefined
        ? []
        : [
            {
              ...wireField(name),
              type: readTsType(match[4] ?? ''),
              optional: match[3] !== undefined || splitTop(match[4] ?? '', '|').includes('undefined'),
            },
          ]
    })
}
