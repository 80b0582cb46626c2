import { type Failure, type Place, type Problem, wrongInput } from '../errors.js'
import {
  type Field,
  type FieldType,
  findDefaultProblem,
  isProblem,
  type JsonValue,
  nullable,
  parseType,
} from './field-type.js'
import { deriveNames, type Names } from './names.js'
import {
  findDescriptionProblem,
  findEventNameProblem,
  findFieldNameProblem,
  findGrammarProblem,
  findWireKeyProblem,
  unknownChoice,
} from './reserved.js'

export const DIRECTIONS = ['server-to-client', 'client-to-server', 'bidirectional'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Which way an event goes. A bidirectional one is a pair: an event of each. */
export type HalfDirection = Exclude<Direction, 'bidirectional'>
export const HALF_DIRECTIONS: readonly HalfDirection[] = ['server-to-client', 'client-to-server']

const DIRECTION_SHORT: Readonly<Record<string, Direction>> = {
  s2c: 'server-to-client',
  c2s: 'client-to-server',
  both: 'bidirectional',
}

const EMIT_TARGETS = ['client', 'all', 'room', 'none'] as const
export type EmitTarget = (typeof EMIT_TARGETS)[number]

/** What a store keeps of the events: the last one, all of them, or the last one for each value of a field. */
const STORE_WAYS = ['latest', 'append', 'upsert'] as const
export type StoreWay = (typeof STORE_WAYS)[number]

/** `upsert:seat_id` as a way and a field. */
export interface StoreAs {
  readonly way: StoreWay
  /** Only with `upsert`. */
  readonly field: string | undefined
}

/** The client's half of a bidirectional event. */
export interface RequestSpec {
  readonly names: Names
  /** Undefined when nothing was said about it: the event's required fields. */
  readonly fields: readonly Field[] | undefined
}

/** What a user asked for, checked as far as it can be without a repository. */
export interface EventSpec {
  readonly names: Names
  /** Undefined when nothing was said: then it goes from server to client. */
  readonly direction: Direction | undefined
  /** Only with the direction `bidirectional`. */
  readonly request: RequestSpec | undefined
  readonly channel: string
  /** Whether the channel was said, and is not the usual one. */
  readonly isChannelGiven: boolean
  /** As given; the texts derived from the name stand in where it is undefined. */
  readonly description: string | undefined
  /** In the order given; undefined when nothing was said about the payload. */
  readonly fields: readonly Field[] | undefined
  readonly store: { readonly hook: string | undefined; readonly as: StoreAs | undefined }
  readonly emit: {
    readonly to: EmitTarget | undefined
    /** `FILE` or `FILE:NAME` of the backend, as given. */
    readonly in: string | undefined
  }
}

/** The wire names that a spec is about: the event's, and its request's. */
export function eventsOf(spec: EventSpec): string[] {
  return [spec.names.snake, ...(spec.request === undefined ? [] : [spec.request.names.snake])]
}

/** One field as it stands in a spec file, in a flag (`name: expression`), or in the wizard. */
export type FieldInput =
  | string
  | {
      readonly type?: string | FieldInputs | readonly [string | FieldInputs] | undefined
      readonly optional?: boolean | undefined
      readonly nullable?: boolean | undefined
      readonly default?: JsonValue | undefined
      readonly description?: string | undefined
      readonly wire?: string | undefined
      readonly python?: string | undefined
      readonly typescript?: string | undefined
    }
export interface FieldInputs {
  readonly [name: string]: FieldInput
}

/** A spec before it is checked: the shape that flags, files and the wizard share. */
export interface SpecInput {
  readonly name: string
  readonly direction?: string | undefined
  readonly channel?: string | undefined
  readonly description?: string | undefined
  readonly payload?: FieldInputs | undefined
  readonly request?:
    | { readonly name?: string | undefined; readonly payload?: FieldInputs | undefined }
    | undefined
  readonly store?: { readonly hook?: string | undefined; readonly as?: string | undefined } | undefined
  readonly emit?: { readonly to?: string | undefined; readonly in?: string | undefined } | undefined
}

/** Path of a value inside a {@link SpecInput}. */
export type SpecPath = readonly (string | number)[]

/**
 * Checks a spec and derives everything that needs no repository.
 *
 * @param locate where a value stands, for the error's place; flags have none
 * @returns a Failure with exit code 2 that lists every problem, not the first only
 */
export function buildSpec(
  input: SpecInput,
  locate: (path: SpecPath) => Place | undefined = () => undefined,
): EventSpec | Failure {
  const problems: Problem[] = []
  const report = (problem: Problem | undefined, path: SpecPath): void => {
    if (problem === undefined) return
    const place = locate(path)
    problems.push(place === undefined ? problem : { ...problem, place })
  }
  report(findEventNameProblem(input.name), ['name'])
  if (input.description !== undefined) {
    report(findDescriptionProblem(input.description), ['description'])
  }
  const direction = choose(input.direction, 'direction', DIRECTIONS, DIRECTION_SHORT, (problem) =>
    report(problem, ['direction']),
  )
  const to = choose(input.emit?.to, 'emit target', EMIT_TARGETS, {}, (problem) =>
    report(problem, ['emit', 'to']),
  )
  const as = buildStoreAs(input, report)
  const fields =
    input.payload === undefined ? undefined : buildFields(input.payload, ['payload'], true, report)
  const request = direction === 'bidirectional' ? buildRequest(input, report) : undefined
  reportMisfits(input, direction, report)
  if (problems.length > 0) return wrongInput(...problems)
  return {
    names: deriveNames(input.name),
    direction,
    request,
    channel: input.channel ?? 'main',
    isChannelGiven: input.channel !== undefined,
    description: input.description === undefined ? undefined : plainSpaces(input.description),
    fields,
    store: { hook: input.store?.hook, as },
    emit: { to, in: input.emit?.in },
  }
}

function buildStoreAs(input: SpecInput, report: Report): StoreAs | undefined {
  const [word, ...rest] = input.store?.as?.split(':') ?? []
  const path = ['store', 'as']
  const way = choose(word, 'way to store an event', STORE_WAYS, {}, (problem) => report(problem, path))
  const field = rest.length === 0 ? undefined : rest.join(':')
  if (way === undefined) return undefined
  if ((way === 'upsert') === (field !== undefined && field !== '')) return { way, field }
  const example = Object.keys(input.payload ?? {})[0] ?? 'id'
  report(
    way === 'upsert'
      ? {
          code: 'invalid-store-way',
          what: '`upsert` says no field',
          fix: `say which one tells the events apart: \`upsert:${example}\``,
        }
      : { code: 'invalid-store-way', what: `\`${way}\` takes no field`, fix: `use \`${way}\`` },
    path,
  )
  return undefined
}

function buildRequest(input: SpecInput, report: Report): RequestSpec {
  const given = input.request?.name
  const name = given ?? `${input.name}_request`
  const problem = findEventNameProblem(name, 'request')
  if (given !== undefined) report(problem, ['request', 'name'])
  else if (problem !== undefined && findEventNameProblem(input.name) === undefined) {
    report({ ...problem, fix: 'name the request yourself with --request' }, ['name'])
  }
  if (name === input.name) {
    report(
      {
        code: 'name-taken',
        what: `the request cannot be named \`${name}\` like the event`,
        why: 'one wire name goes one way',
        fix: `leave out its name for \`${input.name}_request\``,
      },
      ['request', 'name'],
    )
  }
  const payload = input.request?.payload
  const fields =
    payload === undefined ? undefined : buildFields(payload, ['request', 'payload'], true, report)
  return { names: deriveNames(name), fields }
}

/** Reports what was given and has no meaning for the direction. */
function reportMisfits(input: SpecInput, direction: Direction | undefined, report: Report): void {
  if (input.request !== undefined && direction !== 'bidirectional') {
    report(
      {
        code: 'contradicting-options',
        what: `a request belongs to a bidirectional event, and this one is ${direction ?? 'server-to-client'}`,
        why: 'the request is the half that the client sends, and the event answers it',
        fix: 'add --direction bidirectional, or leave the request out',
      },
      ['request'],
    )
  }
  if (input.emit?.to === 'none' && input.emit.in !== undefined) {
    report(
      {
        code: 'contradicting-options',
        what: 'the event is to be sent nowhere (`none`) and somewhere (`in`)',
        fix: 'leave one of them out: --emit none, or --emit-in',
      },
      ['emit', 'in'],
    )
  }
  if (input.store?.hook === 'none' && input.store.as !== undefined) {
    report(
      {
        code: 'contradicting-options',
        what: `the event is to be kept nowhere (\`none\`) and kept as \`${input.store.as}\``,
        fix: 'leave one of them out: --store none, or --store-as',
      },
      ['store', 'as'],
    )
  }
  if (direction !== 'client-to-server') return
  for (const key of ['store', 'emit'] as const) {
    if (input[key] === undefined) continue
    report(
      {
        code: 'contradicting-options',
        what: `\`${key}\` has no meaning for a client-to-server event`,
        why:
          key === 'store'
            ? 'a store keeps what the server sends'
            : 'the client sends it, and the server reads it',
        fix: `leave --${key} out, or use --direction bidirectional`,
      },
      [key],
    )
  }
}

/** Why `None` would have two meanings for a field, if it has. */
function findAmbiguity(field: Field): Problem | undefined {
  const base = `field \`${field.name}\``
  const holdsNull = field.type.kind === 'nullable'
  if (field.optional && holdsNull) {
    return {
      code: 'invalid-field',
      what: `${base} may be missing and may be null`,
      why: 'in Python both are `None`, so which of the two is sent could not be told',
      fix: 'use `T?` (missing when there is nothing) or `T|null` (always sent)',
    }
  }
  const isMutable = typeof field.default === 'object' && field.default !== null
  const isAny = field.type.kind === 'scalar' && field.type.name === 'any'
  if (isMutable && (holdsNull || isAny)) {
    return {
      code: 'invalid-default',
      what: `${base} may be null and has a list or an object as its default`,
      why: 'in Python `None` stands for such a default, so null could never be sent',
      fix: 'drop the default, or the null',
    }
  }
  return undefined
}

/** A text whose spaces are plain ones: linters take exception to any other, in comments as well. */
function plainSpaces(text: string): string {
  return text.replace(/\p{Zs}+/gu, ' ').trim()
}

type Report = (problem: Problem | undefined, path: SpecPath) => void

function choose<T extends string>(
  value: string | undefined,
  kind: string,
  choices: readonly T[],
  short: Readonly<Record<string, T>>,
  report: (problem: Problem) => void,
): T | undefined {
  if (value === undefined) return undefined
  const found =
    choices.find((choice) => choice === value) ?? (Object.hasOwn(short, value) ? short[value] : undefined)
  if (found === undefined) report(unknownChoice('unknown-choice', kind, value, choices))
  return found
}

/** Builds the fields of a payload, or of an object inside it, where only the grammar binds the names. */
function buildFields(inputs: FieldInputs, path: SpecPath, top: boolean, report: Report): Field[] {
  const fields: Field[] = []
  for (const [name, input] of Object.entries(inputs)) {
    const at = [...path, name]
    report(top ? findFieldNameProblem(name) : findGrammarProblem(name, 'field'), at)
    const field = buildField(name, input, at, report)
    if (field !== undefined) fields.push(field)
    if (!top && field?.default !== undefined) {
      report(
        {
          code: 'invalid-default',
          what: `field \`${name}\`: a field inside an object has no default`,
          why: 'nothing would send it',
        },
        at,
      )
    }
  }
  return fields
}

function buildField(name: string, input: FieldInput, path: SpecPath, report: Report): Field | undefined {
  if (typeof input === 'string') {
    const parsed = parseType(input)
    if (isProblem(parsed)) {
      report({ ...parsed, what: `field \`${name}\`: ${parsed.what}` }, path)
      return undefined
    }
    const field = { name, ...parsed }
    report(findAmbiguity(field), path)
    return field
  }
  if (input.description !== undefined)
    report(findDescriptionProblem(input.description), [...path, 'description'])
  if (input.wire !== undefined) report(findWireKeyProblem(name, input.wire), [...path, 'wire'])
  const parsed = buildType(name, input, path, report)
  if (parsed === undefined) return undefined
  const optional = input.optional ?? parsed.optional
  const type = input.nullable === true ? nullable(parsed.type) : parsed.type
  const value = input.default === undefined ? parsed.default : input.default
  if (value !== undefined && optional) {
    report(
      {
        code: 'invalid-default',
        what: `field \`${name}\` is optional and has a default`,
        why: 'a field with a default is always sent',
        fix: 'drop one of the two',
      },
      path,
    )
  }
  if (value !== undefined) {
    const reason = findDefaultProblem(type, value)
    if (reason !== undefined)
      report({ code: 'invalid-default', what: `field \`${name}\`: ${reason}` }, [...path, 'default'])
  }
  const ambiguity = findAmbiguity({
    name,
    type,
    optional,
    ...(value === undefined ? {} : { default: value }),
  })
  report(ambiguity, path)
  return {
    name,
    type,
    optional,
    ...(value === undefined ? {} : { default: value }),
    ...(input.description === undefined ? {} : { description: plainSpaces(input.description) }),
    ...(input.wire === undefined ? {} : { wire: input.wire }),
  }
}

const TYPE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

function buildType(
  name: string,
  input: Exclude<FieldInput, string>,
  path: SpecPath,
  report: Report,
): { type: FieldType; optional: boolean; default?: JsonValue } | undefined {
  if (input.python !== undefined || input.typescript !== undefined) {
    if (input.python === undefined || input.typescript === undefined || input.type !== undefined) {
      report(
        {
          code: 'invalid-field-type',
          what: `field \`${name}\` needs both \`python\` and \`typescript\`, and no \`type\``,
          why: 'an existing type is named on each side',
        },
        path,
      )
      return undefined
    }
    for (const [key, value] of [
      ['python', input.python],
      ['typescript', input.typescript],
    ] as const) {
      if (!TYPE_NAME.test(value))
        report({ code: 'invalid-field-type', what: `${JSON.stringify(value)} is no type name` }, [
          ...path,
          key,
        ])
    }
    return { type: { kind: 'named', python: input.python, typescript: input.typescript }, optional: false }
  }
  const { type } = input
  if (type === undefined) {
    report({ code: 'invalid-field-type', what: `field \`${name}\` has no \`type\`` }, path)
    return undefined
  }
  if (typeof type === 'string') {
    const parsed = parseType(type)
    if (isProblem(parsed)) {
      report({ ...parsed, what: `field \`${name}\`: ${parsed.what}` }, [...path, 'type'])
      return undefined
    }
    return parsed
  }
  if (Array.isArray(type)) {
    const inner = buildType(
      name,
      { type: (type as readonly [string | FieldInputs])[0] },
      [...path, 'type', 0],
      report,
    )
    if (inner === undefined) return undefined
    if (inner.optional || inner.default !== undefined) {
      report(
        {
          code: 'invalid-field-type',
          what: `field \`${name}\`: an item of a list is neither optional nor has it a default`,
        },
        [...path, 'type', 0],
      )
    }
    return { type: { kind: 'list', item: inner.type }, optional: false }
  }
  const fields = buildFields(type as FieldInputs, [...path, 'type'], false, report)
  return { type: { kind: 'object', fields }, optional: false }
}

/**
 * Splits `--field name:type` flags.
 *
 * @param option how the flag is written, for the error
 * @throws Failure with exit code 2
 */
export function parseFieldFlags(flags: readonly string[], option = '-f'): FieldInputs {
  const fields: Record<string, FieldInput> = Object.create(null) as Record<string, FieldInput>
  for (const flag of flags) {
    const split = flag.indexOf(':')
    if (split < 1) {
      throw wrongInput({
        code: 'invalid-field',
        what: `\`${flag}\` is no field: a colon and a type are missing`,
        fix: `write it as name:type, for example \`${option} ${/^[a-z_]+$/.test(flag) ? flag : 'seat_id'}:str\``,
      })
    }
    const name = flag.slice(0, split)
    if (name in fields)
      throw wrongInput({ code: 'field-given-twice', what: `the field \`${name}\` is given twice` })
    fields[name] = flag.slice(split + 1)
  }
  return fields
}
