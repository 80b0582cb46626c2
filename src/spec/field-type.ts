import { findNearest, type Problem } from '../errors.js'

/** A JSON value: what a default may be. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }

export const SCALARS = ['str', 'int', 'float', 'bool', 'any', 'dict', 'datetime'] as const
export type Scalar = (typeof SCALARS)[number]

/**
 * The type algebra of a payload field, closed and small. Whether a field may be missing is not part of
 * its type: see `Field.optional`. `named` is an existing type on both sides; `unknown` is what a survey
 * read and cannot express.
 */
export type FieldType =
  | { readonly kind: 'scalar'; readonly name: Scalar }
  | { readonly kind: 'literals'; readonly values: readonly string[] }
  | { readonly kind: 'list'; readonly item: FieldType }
  | { readonly kind: 'nullable'; readonly item: FieldType }
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  | { readonly kind: 'named'; readonly python: string; readonly typescript: string }
  | { readonly kind: 'unknown'; readonly raw: string }

/** One field of a payload. `name` is snake_case; `wire` is set only where the wire key is another one. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  /** May be missing from the payload. */
  readonly optional: boolean
  /** Always sent; this when the caller gives nothing. Never together with `optional`. */
  readonly default?: JsonValue
  readonly description?: string
  readonly wire?: string
}

/** What a type expression such as `str[]?` or `"a"|"b"="a"` says. */
export interface ParsedType {
  readonly type: FieldType
  readonly optional: boolean
  readonly default?: JsonValue
}

/** What JSON shows of a scalar. */
export const JSON_KINDS = {
  str: 'string',
  datetime: 'string',
  int: 'number',
  float: 'number',
  bool: 'boolean',
  dict: 'object',
  any: 'any',
} as const satisfies Record<Scalar, string>

/** Whether a type tells nothing of its values. */
export function isOpaque(type: FieldType): boolean {
  return type.kind === 'unknown' || type.kind === 'named' || (type.kind === 'scalar' && type.name === 'any')
}

/** The scalar type of that name. */
export function scalar(name: Scalar): FieldType {
  return { kind: 'scalar', name }
}

/** Marks a type as nullable, once; `any` holds null already. */
export function nullable(item: FieldType): FieldType {
  const holdsNull = item.kind === 'nullable' || (item.kind === 'scalar' && item.name === 'any')
  return holdsNull ? item : { kind: 'nullable', item }
}

/**
 * Parses a type expression: `str`, `int[]`, `str?`, `str|null`, `"a"|"b"`, `int=1`, and the spellings
 * `str.optional`, `str.list`, `str.nullable` that need no quotes in a shell.
 *
 * @returns the type, or the problem in words that name the expression
 */
export function parseType(expression: string): ParsedType | Problem {
  if (expression.length > MAX_EXPRESSION) {
    return {
      what: `a field type of ${expression.length} characters is too long`,
      fix: `use at most ${MAX_EXPRESSION}`,
    }
  }
  const parser = new TypeParser(expression)
  return parser.parse()
}

const MAX_EXPRESSION = 4000

/** Whether a value is a {@link Problem} and no result. */
export function isProblem(value: object): value is Problem {
  return 'what' in value
}

/** The canonical expression of a type; {@link parseType} reads it back. Objects have none and say `object`. */
export function printType(type: FieldType): string {
  switch (type.kind) {
    case 'scalar':
      return type.name
    case 'literals':
      return type.values.map((value) => JSON.stringify(value)).join('|')
    case 'list':
      return type.item.kind === 'nullable' || type.item.kind === 'literals'
        ? `(${printType(type.item)})[]`
        : `${printType(type.item)}[]`
    case 'nullable':
      return `${printType(type.item)}|null`
    case 'object':
      return `{${type.fields.map((field) => `${field.name}:${printField(field)}`).join(',')}}`
    case 'named':
      return type.typescript
    case 'unknown':
      return type.raw
  }
}

/** The canonical expression of a field without its name: `str?`, `int=1`. */
export function printField(field: Field): string {
  const base = printType(field.type)
  if (field.optional) return `${base}?`
  return field.default === undefined ? base : `${base}=${JSON.stringify(field.default)}`
}

/** Whether a default value belongs to a type; the reason if it does not. */
export function findDefaultProblem(type: FieldType, value: JsonValue): string | undefined {
  // JSON.stringify escapes lone surrogates and nothing else that way, at any depth, in keys as well.
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value))) return 'the default is no valid Unicode'
  const expected = printType(type)
  const wrong = `the default ${JSON.stringify(value)} is no ${expected}`
  switch (type.kind) {
    case 'nullable':
      return value === null ? undefined : findDefaultProblem(type.item, value)
    case 'literals':
      return typeof value === 'string' && type.values.includes(value) ? undefined : wrong
    case 'list':
      if (!Array.isArray(value)) return wrong
      return (value as readonly JsonValue[])
        .map((item) => findDefaultProblem(type.item, item))
        .find((problem) => problem !== undefined)
    case 'object':
    case 'named':
    case 'unknown':
      return `a default is not possible for ${expected}`
    case 'scalar':
      return scalarAccepts(type.name, value) ? undefined : wrong
  }
}

function scalarAccepts(name: Scalar, value: JsonValue): boolean {
  switch (name) {
    case 'str':
      return typeof value === 'string'
    case 'int':
      return Number.isSafeInteger(value)
    case 'float':
      return typeof value === 'number' && Number.isFinite(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'dict':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'any':
      return true
    case 'datetime':
      return false
  }
}

class TypeParser {
  private position = 0
  constructor(private readonly text: string) {}

  parse(): ParsedType | Problem {
    const type = this.parseUnion()
    if (isProblem(type)) return type
    let optional = false
    let parsed: FieldType = type
    for (;;) {
      if (this.take('?') || this.take('.optional')) optional = true
      else if (this.take('.list')) parsed = { kind: 'list', item: parsed }
      else if (this.take('.nullable')) parsed = nullable(parsed)
      else break
    }
    if (this.take('=')) return this.parseDefault(parsed, optional)
    if (this.position < this.text.length) return this.wrong(`\`${this.rest()}\` is left over`)
    return { type: parsed, optional }
  }

  private parseDefault(type: FieldType, optional: boolean): ParsedType | Problem {
    const raw = this.rest()
    this.position = this.text.length
    if (optional) {
      return this.wrong(
        'a field with a default is always sent, so it cannot also be optional',
        'drop `?` or the default',
      )
    }
    const value = readDefault(raw, type)
    const reason = findDefaultProblem(type, value)
    if (reason !== undefined) return this.wrong(reason)
    return { type, optional, default: value }
  }

  private parseUnion(): FieldType | Problem {
    const literals: string[] = []
    const others: FieldType[] = []
    let holdsNull = false
    do {
      this.skipSpace()
      if (this.peek() === '"' || this.peek() === "'") {
        const literal = this.parseLiteral()
        if (typeof literal !== 'string') return literal
        if (/\p{Cs}/u.test(literal)) return this.wrong(`${JSON.stringify(literal)} is no valid Unicode`)
        if (literals.includes(literal)) return this.wrong(`\`${literal}\` stands twice`)
        literals.push(literal)
      } else if (this.takeWord('null')) {
        holdsNull = true
      } else {
        const type = this.parsePostfix()
        if (isProblem(type)) return type
        others.push(type)
      }
      this.skipSpace()
    } while (this.take('|'))
    if (others.length + (literals.length > 0 ? 1 : 0) > 1) {
      return this.wrong('a field has one type', 'use `any`, or one type with `|null`')
    }
    let type = others[0]
    if (literals.length > 0) {
      type = { kind: 'literals', values: literals }
      while (this.take('[]')) type = { kind: 'list', item: type }
    }
    if (type === undefined) return this.wrong('a type is missing', `one of ${SCALARS.join(', ')}`)
    return holdsNull ? nullable(type) : type
  }

  private parsePostfix(): FieldType | Problem {
    let type = this.parsePrimary()
    while (!isProblem(type) && this.take('[]')) type = { kind: 'list', item: type }
    return type
  }

  private parsePrimary(): FieldType | Problem {
    if (this.take('(')) {
      const inner = this.parseUnion()
      if (isProblem(inner)) return inner
      return this.take(')') ? inner : this.wrong('a `)` is missing')
    }
    const word = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.rest())?.[0] ?? ''
    const known = SCALARS.find((name) => name === word)
    if (known !== undefined) {
      this.position += word.length
      return scalar(known)
    }
    if (word === '') return this.wrong('a type is missing', `one of ${SCALARS.join(', ')}`)
    const nearest = findNearest(ALIASES[word.toLowerCase()] ?? word, SCALARS)
    return this.wrong(
      word === this.text ? undefined : `\`${word}\` is none`,
      nearest === undefined ? `use one of ${SCALARS.join(', ')}` : `did you mean \`${nearest}\`?`,
    )
  }

  private parseLiteral(): string | Problem {
    const match = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/s.exec(this.rest())
    if (match === null) return this.wrong('a literal is not closed')
    this.position += match[0].length
    const body = match[1] ?? match[2] ?? ''
    try {
      return JSON.parse(
        `"${match[1] === undefined ? body.replaceAll("\\'", "'").replace(/(?<!\\)"/g, '\\"') : body}"`,
      ) as string
    } catch {
      return this.wrong(`\`${match[0]}\` is no string literal`)
    }
  }

  private wrong(reason: string | undefined, fix?: string): Problem {
    const what = `\`${this.text}\` is no field type${reason === undefined ? '' : `: ${reason}`}`
    return fix === undefined ? { what } : { what, fix }
  }

  private peek(): string | undefined {
    return this.text[this.position]
  }

  private rest(): string {
    return this.text.slice(this.position)
  }

  private take(token: string): boolean {
    this.skipSpace()
    if (!this.text.startsWith(token, this.position)) return false
    this.position += token.length
    return true
  }

  private takeWord(word: string): boolean {
    if (!new RegExp(`^${word}(?![A-Za-z0-9_])`).test(this.rest())) return false
    this.position += word.length
    return true
  }

  private skipSpace(): void {
    while (this.peek() === ' ') this.position++
  }
}

/** Names that people type out of habit, and the field type they mean. */
const ALIASES: Readonly<Record<string, string>> = {
  string: 'str',
  text: 'str',
  number: 'float',
  integer: 'int',
  boolean: 'bool',
  object: 'dict',
  record: 'dict',
  date: 'datetime',
  unknown: 'any',
}

/** A default as typed: JSON where it is JSON, else the bare text for a string. */
function readDefault(raw: string, type: FieldType): JsonValue {
  const base = type.kind === 'nullable' ? type.item : type
  const wantsText = base.kind === 'literals' || (base.kind === 'scalar' && base.name === 'str')
  try {
    const value = JSON.parse(raw) as JsonValue
    if (wantsText && typeof value !== 'string' && value !== null) return raw
    return value
  } catch {
    return raw
  }
}
