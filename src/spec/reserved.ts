import type { ErrorCode } from '../error-codes.js'
import { findMeant, type Problem, wrongInput } from '../errors.js'
import { NAME_MAX_LENGTH, NAME_PATTERN, proposeName, snakeToCamel } from './names.js'
import { PYDANTIC_ATTRIBUTES, PYTHON_KEYWORDS, TYPE_ATTRIBUTES } from './reserved.generated.js'

/** Lower-case type names that stand in annotations: as a class attribute each one hides the type below it. */
const TYPE_NAMES = [
  'bool',
  'bytes',
  'complex',
  'date',
  'datetime',
  'dict',
  'float',
  'frozenset',
  'int',
  'list',
  'object',
  'set',
  'str',
  'tuple',
]

const ENVELOPE_FIELDS = ['payload', 'type']

/** The decorator of every factory, which a factory of that name hides from those below it. */
const DECORATORS = ['classmethod', 'staticmethod', 'property']

/** What every JavaScript object has, and a class's prototype. */
const OBJECT_KEYS = [...Object.getOwnPropertyNames(Object.prototype), 'prototype']

/** Whether a parameter of that name needs an underscore behind it to be valid Python. */
export function isPythonKeyword(name: string): boolean {
  return PYTHON_KEYWORDS.includes(name)
}

/**
 * The reason why no repository can have an event of this name, if there is one. `kind` is the word the
 * message uses for the name; a collision with one repository is found later, by the sites.
 */
export function findEventNameProblem(name: string, kind = 'event'): Problem | undefined {
  const malformed = findGrammarProblem(name, kind)
  if (malformed !== undefined) return malformed
  const reserved = (why: string): Problem => ({
    code: 'reserved-name',
    what: `\`${name}\` cannot be an ${kind} name`,
    why,
    fix: `use another name, for example \`${name}_changed\``,
  })
  if (isPythonKeyword(name)) {
    return reserved(
      `it is a Python keyword: the factory \`def ${name}(cls)\` is a syntax error and the server does not start`,
    )
  }
  if (TYPE_NAMES.includes(name) || DECORATORS.includes(name)) {
    return reserved(`the factory \`${name}\` would hide the built-in from every factory below it`)
  }
  if (ENVELOPE_FIELDS.includes(name)) {
    return reserved(`the factory would replace the envelope's field \`${name}\` and every send would break`)
  }
  if (PYDANTIC_ATTRIBUTES.includes(name)) {
    return reserved(`the factory would replace \`BaseModel.${name}\` of pydantic on the envelope`)
  }
  if (TYPE_ATTRIBUTES.includes(name)) {
    return reserved(`the factory would replace \`${name}\` of the envelope's own type, which every class has`)
  }
  if (name === 'raw') {
    return reserved(
      'as a client event its method `sendRaw` would replace the one that every message of the client goes through',
    )
  }
  if (name === 'reconnected') {
    return reserved(
      'the mobile client makes a `reconnected` event of its own, which this one would be taken for',
    )
  }
  return undefined
}

/** The reason why no payload can have a field of this name, if there is one. */
export function findFieldNameProblem(name: string): Problem | undefined {
  const malformed = findGrammarProblem(name, 'field')
  if (malformed !== undefined) return malformed
  const proposal = name.startsWith('model_') ? `the_${name}` : `${name}_value`
  const reserved = (why: string): Problem => ({
    code: 'reserved-name',
    what: `\`${name}\` cannot be a field name`,
    why,
    fix: `use another name, for example \`${proposal}\`; in a spec file \`wire: ${snakeToCamel(name)}\` keeps the key on the wire`,
  })
  if (name === 'cls' || name === 'self') {
    return reserved(`the factory already has a first parameter of that kind`)
  }
  if (name === 'payload') {
    return reserved("the factory's own `payload` would contain itself and could not be sent")
  }
  if (TYPE_NAMES.includes(name)) {
    return reserved(`in the payload model \`${name}\` would hide the built-in type from the fields below it`)
  }
  if (PYDANTIC_ATTRIBUTES.includes(name)) {
    return reserved(`in the payload model it would hide \`BaseModel.${name}\` of pydantic`)
  }
  if (TYPE_ATTRIBUTES.includes(name)) {
    return reserved(
      `in the payload model it would hide \`${name}\` of the model's own type, and pydantic warns at every import`,
    )
  }
  if (/^model_(dump|validate)/.test(name)) {
    return reserved('pydantic protects that prefix and warns at every import')
  }
  return findWireKeyProblem(name, snakeToCamel(name))
}

/** The reason why a payload cannot have a field with this key on the wire, if there is one. */
export function findWireKeyProblem(field: string, key: string): Problem | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(key)) {
    return {
      code: 'invalid-wire-key',
      what: `${JSON.stringify(key)} is no wire key`,
      why: 'a key is letters, digits and underscores, and begins with a letter',
    }
  }
  if (!OBJECT_KEYS.includes(key)) return undefined
  return {
    code: 'invalid-wire-key',
    what: `\`${field}\` cannot have \`${key}\` as its key on the wire`,
    why: 'every JavaScript object has it already, so a missing value would read as present',
    fix: `use another name, for example \`${field}_value\``,
  }
}

/** The reason why a name is outside the grammar, if it is. */
export function findGrammarProblem(name: string, kind: string): Problem | undefined {
  const shown = JSON.stringify(name.length > 80 ? `${name.slice(0, 77)}...` : name)
  if (name.length > NAME_MAX_LENGTH) {
    return {
      code: 'invalid-name',
      what: `${shown} is too long for ${kind} names: ${name.length} characters, at most ${NAME_MAX_LENGTH}`,
      fix: 'use a shorter name',
    }
  }
  if (NAME_PATTERN.test(name)) return undefined
  const proposal = proposeName(name)
  return {
    code: 'invalid-name',
    what: `${shown} is no valid ${kind} name`,
    why: 'names are snake_case in ASCII: words of lower-case letters and digits that begin with a letter, joined by one underscore',
    ...(proposal === undefined ? {} : { fix: `use \`${proposal}\`` }),
  }
}

const MAX_DESCRIPTION = 200
// Control and format characters (bidi, zero width), lone surrogates, line and paragraph separators.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** The reason why a description cannot be written into source files, if there is one. */
export function findDescriptionProblem(text: string): Problem | undefined {
  if (text.trim() === '')
    return {
      code: 'invalid-description',
      what: 'the description is empty',
      fix: 'leave it out, or say what the event means',
    }
  if (text.length > MAX_DESCRIPTION) {
    return {
      code: 'invalid-description',
      what: `the description has ${text.length} characters, at most ${MAX_DESCRIPTION}`,
      fix: 'say it in one line; details belong into the docs',
    }
  }
  const found = UNPRINTABLE.exec(text)
  if (found === null) return undefined
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return {
    code: 'invalid-description',
    what: `the description holds the character U+${code} at position ${found.index + 1}`,
    why: 'line breaks, control and direction characters in a comment can end it or hide what the code does',
    fix: 'use one line of plain text',
  }
}

/** "did you mean" for a value out of a closed set. */
export function unknownChoice(
  code: ErrorCode,
  kind: string,
  value: string,
  choices: readonly string[],
): Problem {
  const nearest = findMeant(value, choices)
  const more = choices.length - CHOICES_SHOWN
  const known = `${choices.slice(0, CHOICES_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  return {
    code,
    what: `\`${value}\` is no ${kind}`,
    fix: nearest === undefined ? `use one of ${known}` : `did you mean \`${nearest}\`? One of ${known}`,
  }
}

/** @throws Failure with exit code 2 for a value that is none of the choices */
export function choose<T extends string>(kind: string, value: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === value)
  if (found === undefined) throw wrongInput(unknownChoice('unknown-choice', kind, value, choices))
  return found
}

/** How many choices a person reads in a line. */
const CHOICES_SHOWN = 12
