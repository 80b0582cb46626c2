import { z } from 'zod'
import { Failure, formatPlace, type Place, type Problem, wrongInput } from '../errors.js'
import { type DataFile, type DataPath, describeIssue, parseDataParts } from './data-file.js'
import {
  buildSpec,
  DIRECTIONS,
  type EventSpec,
  eventsOf,
  type FieldInput,
  type SpecInput,
} from './event-spec.js'
import { NESTED } from './field-type.js'
import { NAME_MAX_LENGTH, NAME_PATTERN } from './names.js'
import { placeInSpec } from './spec-places.js'

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

const eventSpec = z.strictObject({
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

/** The validator of a spec file, which has one event or a list of them; `schemas/event.schema.json` is made from it. */
export const specFile = z.union([eventSpec, z.array(eventSpec).min(1)])

/** An event of a spec file. */
export interface SpecPart {
  readonly spec: EventSpec
  /** What the repository has against the event, with the places of the file. */
  place(failure: Failure): Failure
}

/**
 * Reads a spec file, and builds the spec of each event in it: a mapping, a list of them, or YAML documents.
 *
 * @param text YAML or JSON
 * @param file its name, for the places in errors
 * @param overridesOf what is said of every event besides, and counts for more, by how many there are
 * @returns a Failure with exit code 2 that names file, line, column, event and path of every problem
 */
export function readSpecFile(
  text: string,
  file: string,
  overridesOf: (count: number) => Partial<SpecInput>,
): readonly SpecPart[] | Failure {
  const parts = parseDataParts(text, file, 'the spec file')
  if (parts instanceof Failure) return parts
  const overrides = overridesOf(parts.length)
  const problems: Problem[] = []
  const read: (SpecPart & { readonly at: Place })[] = []
  for (const [index, part] of parts.entries()) {
    const title = parts.length === 1 ? undefined : titleOf(part, index)
    const spec = buildPart(part, file, overrides)
    if (spec instanceof Failure) problems.push(...titled(spec, title).problems)
    else {
      const place = (failure: Failure): Failure => titled(placeInSpec(failure, part), title)
      read.push({ spec, place, at: part.locate(['name']) })
    }
  }
  problems.push(...findTwice(read))
  return problems.length > 0 ? wrongInput(...problems) : read
}

/** `event 2, seat_taken`: what says which of several events a problem is about. */
function titleOf({ value }: DataFile, index: number): string {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined
  return typeof name === 'string' ? `event ${index + 1}, ${name}` : `event ${index + 1}`
}

function titled(failure: Failure, title: string | undefined): Failure {
  if (title === undefined) return failure
  const problems = failure.problems.map((one) => ({ ...one, what: `${title}: ${one.what}` }))
  return new Failure(failure.exitCode, problems)
}

function buildPart(
  { value, locate }: DataFile,
  file: string,
  overrides: Partial<SpecInput>,
): EventSpec | Failure {
  const parsed = parseValue(value, file)
  if (parsed instanceof Failure) return parsed
  if (!parsed.success)
    return wrongInput(...parsed.error.issues.flatMap((issue) => describeIssue(issue, locate, WORDS)))
  const input: SpecInput = parsed.data
  const merge = <K extends 'request' | 'store' | 'emit'>(key: K): SpecInput[K] =>
    overrides[key] === undefined ? input[key] : { ...input[key], ...overrides[key] }
  const merged = { request: merge('request'), store: merge('store'), emit: merge('emit') }
  return buildSpec({ ...input, ...overrides, ...merged }, locate)
}

/** Events of one channel that a file names twice, as an event or as the request of one. */
function findTwice(parts: readonly { readonly spec: EventSpec; readonly at: Place }[]): Problem[] {
  const seen = new Map<string, Place>()
  return parts.flatMap(({ spec, at }) =>
    eventsOf(spec).flatMap((name): Problem[] => {
      const key = `${spec.channel} ${name}`
      const first = seen.get(key)
      seen.set(key, first ?? at)
      if (first === undefined) return []
      return [
        {
          code: 'event-given-twice',
          what: `\`${name}\` is given twice: at ${formatPlace(first)} and ${formatPlace(at)}`,
          fix: 'say all of an event in one place',
          place: at,
        },
      ]
    }),
  )
}

/** @returns a Failure with exit code 2 for a value that contains itself or is nested beyond reason */
function parseValue(value: unknown, file: string): ReturnType<typeof eventSpec.safeParse> | Failure {
  try {
    if (/"__proto__":/.test(JSON.stringify(value))) {
      return wrongInput({
        code: 'invalid-name',
        what: '`__proto__` is no valid field name',
        fix: 'use another name',
        place: { file },
      })
    }
    return eventSpec.safeParse(value, { reportInput: true })
  } catch {
    return wrongInput({
      code: 'invalid-spec',
      what: 'the spec is nested too deeply, or contains itself',
      place: { file },
    })
  }
}

/** How a field is written that is no text. */
const WRITE_FIELD = `a field is a type, such as \`str[]\`, or a mapping with \`type\`; ${NESTED}`

function howTo(path: DataPath): string | undefined {
  if (path.length === 0) return 'begin with `name: seat_taken`; several events are a list of such mappings'
  const depth = path.lastIndexOf('payload')
  return depth !== -1 && depth < path.length - 1 ? WRITE_FIELD : undefined
}

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
  howTo,
} as const
