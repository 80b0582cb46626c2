import { z } from 'zod'
import { Failure, wrongInput } from '../errors.js'
import { type DataFile, type DataPath, describeIssue, parseDataFile } from './data-file.js'
import { buildSpec, DIRECTIONS, type EventSpec, type FieldInput, type SpecInput } from './event-spec.js'
import { NESTED } from './field-type.js'
import { NAME_MAX_LENGTH, NAME_PATTERN } from './names.js'

const fieldObject = z.strictObject({
  get type() {
    return z
      .union([z.string(), z.tuple([z.union([z.string(), fields])]), fields])
      .optional()
      .describe('A type expression, the fields of an object, or a list of one of them.')
  },
  optional: z.boolean().optional().describe('May be missing from the payload.'),
  nullable: z.boolean().optional().describe('May be null.'),
  default: z.json().optional().describe('Sent when the caller gives nothing.'),
  description: z.string().optional(),
  wire: z.string().optional().describe('Another key on the wire.'),
  python: z.string().optional().describe('An existing Python type.'),
  typescript: z.string().optional().describe('An existing TypeScript type.'),
})
const fields: z.ZodType<Record<string, FieldInput>> = z.lazy(() =>
  z.record(z.string(), z.union([z.string(), fieldObject])),
) as z.ZodType<Record<string, FieldInput>>

/** The validator of a spec file; `schemas/event.schema.json` is made from it. */
export const specFile = z.strictObject({
  name: z.string().meta({ pattern: NAME_PATTERN.source, maxLength: NAME_MAX_LENGTH }),
  direction: z
    .string()
    .meta({ enum: [...DIRECTIONS] })
    .optional(),
  channel: z.string().optional(),
  description: z.string().meta({ maxLength: 200 }).optional(),
  payload: fields.optional(),
  request: z
    .strictObject({
      name: z.string().meta({ pattern: NAME_PATTERN.source, maxLength: NAME_MAX_LENGTH }).optional(),
      payload: fields.optional(),
    })
    .optional()
    .describe("The client's half of a bidirectional event."),
  store: z.strictObject({ hook: z.string().optional(), as: z.string().optional() }).optional(),
  emit: z
    .strictObject({
      to: z.string().optional(),
      in: z.string().optional().describe('FILE or FILE:NAME of the backend: where the server sends it.'),
    })
    .optional(),
})

/**
 * Reads a spec file.
 *
 * @param text YAML or JSON
 * @param file its name, for the places in errors
 * @returns the spec as written, and where each value stands; a Failure with exit code 2 that names file, line, column
 *   and path of every problem
 */
function parseSpecFile(
  text: string,
  file: string,
): { readonly input: SpecInput; readonly locate: DataFile['locate'] } | Failure {
  const data = parseDataFile(text, file, 'the spec file')
  if (data instanceof Failure) return data
  const { value, locate } = data
  const parsed = parseValue(value, file)
  if (parsed instanceof Failure) return parsed
  if (parsed.success) return { input: parsed.data, locate }
  return wrongInput(...parsed.error.issues.flatMap((issue) => describeIssue(issue, locate, WORDS)))
}

/** @returns a Failure with exit code 2 for a value that contains itself or is nested beyond reason */
function parseValue(value: unknown, file: string): ReturnType<typeof specFile.safeParse> | Failure {
  try {
    if (/"__proto__":/.test(JSON.stringify(value))) {
      return wrongInput({
        code: 'invalid-name',
        what: '`__proto__` is no valid field name',
        fix: 'use another name',
        place: { file },
      })
    }
    return specFile.safeParse(value, { reportInput: true })
  } catch {
    return wrongInput({
      code: 'invalid-spec',
      what: 'the spec is nested too deeply, or contains itself',
      place: { file },
    })
  }
}

/** {@link parseSpecFile}, then {@link buildSpec}, with the file's places in the errors. */
export function buildSpecFromFile(
  text: string,
  file: string,
  overrides: Partial<SpecInput>,
): EventSpec | Failure {
  const parsed = parseSpecFile(text, file)
  if (parsed instanceof Failure) return parsed
  const { input, locate } = parsed
  const merge = <K extends 'request' | 'store' | 'emit'>(key: K): SpecInput[K] =>
    overrides[key] === undefined ? input[key] : { ...input[key], ...overrides[key] }
  const merged = { request: merge('request'), store: merge('store'), emit: merge('emit') }
  return buildSpec({ ...input, ...overrides, ...merged }, locate)
}

/** How a field is written that is no text. */
const WRITE_FIELD = `a field is a type, such as \`str[]\`, or a mapping with \`type\`; ${NESTED}`

const WORDS = {
  code: 'invalid-spec',
  title: 'the spec',
  keys: [
    'name',
    'direction',
    'channel',
    'description',
    'payload',
    'request',
    'store',
    'emit',
    'hook',
    'as',
    'to',
    'type',
    'optional',
    'nullable',
    'default',
    'wire',
    'python',
    'typescript',
  ],
  noForm: 'is neither a type expression nor a mapping with `type`',
  howTo: (path: DataPath) =>
    path.lastIndexOf('payload') < path.length - 1 && path.includes('payload') ? WRITE_FIELD : undefined,
} as const
