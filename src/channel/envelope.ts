import type { PythonModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { python } from '../lang/python/language.js'
import { dictEntries, literalValue, stringValue } from '../lang/python/literals.js'
import {
  callArguments,
  classesOf,
  importsOf,
  type PyArgument,
  type PyAssignment,
  type PyClass,
  type PyFunction,
} from '../lang/python/query.js'
import type { Node } from '../lang/tree.js'
import { escapeRegExp } from '../layout/candidates.js'
import { isModuleOf } from '../layout/python-parts.js'
import { majority } from '../layout/style.js'
import { readPythonType } from '../payload/python.js'
import type { Shape, ShapeField, WireCase } from '../payload/shape.js'
import { type FieldType, nullable } from '../spec/field-type.js'
import type { Source } from '../workspace/source.js'
import { type OpenChannel, perChannel } from './open-channel.js'

/** A classmethod of the envelope that makes a message of one type. */
export interface Factory {
  readonly method: PyFunction
  /** The enum member it gives as `type`. */
  readonly member: string
  /** Undefined where the payload is put together in a way that cannot be read. */
  readonly shape: Shape | undefined
  readonly made: Made
}

/** An argument of a call; positional ones have no name. */
export type Given = PyArgument

/** The call by which a factory makes its message. */
export interface Made {
  /** `cls`, or a helper of the envelope: `cls._make`. */
  readonly callee: string
  /** The keywords of type and payload; undefined where they are given by position. */
  readonly typeBy: string | undefined
  readonly payloadBy: string | undefined
  /** What is given besides. */
  readonly others: readonly Given[]
  /** Everything that is given, in order. */
  readonly order: readonly ('type' | 'payload' | Given)[]
}

/** The envelope class of a channel, if it is still there. */
export const findEnvelope = perChannel(
  ({ repository, channel }): { module: PythonModule; one: PyClass } | undefined => {
    const module = repository.python(channel.envelope.file)
    const one = classesOf(module).find((candidate) => candidate.name === channel.envelope.name)
    return one === undefined ? undefined : { module, one }
  },
)

/**
 * What a factory of that name would replace or hide: a member of the envelope or of a base that the repository
 * holds, or a name that stands in the class's own annotations, decorators and defaults, which are read in its scope.
 */
export function findHidden(
  context: OpenChannel,
  name: string,
): { name: string; source: Source; start: number } | undefined {
  const found = findEnvelope(context)
  if (found === undefined) return undefined
  for (const { module, one } of withBases(context, found)) {
    const member = [...one.methods, ...one.assignments].find((candidate) => candidate.name === name)
    if (member !== undefined)
      return { name: `${one.name}.${name}`, source: module.source, start: member.node.start }
  }
  const { module, one } = found
  const mention = new RegExp(`(?<![A-Za-z0-9_."'])${escapeRegExp(name)}(?![A-Za-z0-9_"'])`)
  const user = [...one.methods, ...one.assignments].find((member) =>
    textsInScope(member).some((text) => mention.test(text)),
  )
  return user === undefined ? undefined : { name, source: module.source, start: user.node.start }
}

/** What of a member is evaluated in the scope of its class. */
function textsInScope(member: PyFunction | PyAssignment): string[] {
  if ('annotation' in member) {
    return [member.annotation ?? '', member.value === undefined ? '' : member.value.text]
  }
  const parameters = member.parameters.flatMap((one) => [
    one.annotation ?? '',
    one.default === undefined ? '' : one.default.text,
  ])
  return [...member.decorators, ...parameters, member.returns ?? '']
}

/** A class and those it is based on, as far as the repository holds them, nearest first. */
export function withBases(
  { repository, layout }: OpenChannel,
  first: { module: PythonModule; one: PyClass },
): { module: PythonModule; one: PyClass }[] {
  const found = [first]
  for (const current of found) {
    for (const base of current.one.bases) {
      const local = classesOf(current.module).find((one) => one.name === base)
      const from = importsOf(current.module).find((statement) =>
        statement.names.some((one) => one.bound === base),
      )
      const imported = from?.names.find((one) => one.bound === base)?.name ?? base
      const files =
        from === undefined || local !== undefined
          ? []
          : repository
              .saying(layout.backend.folder, python.extensions, [imported])
              .filter((file) => isModuleOf(from.module, file))
      const modules = local === undefined ? files.map((file) => repository.python(file)) : [current.module]
      for (const module of modules) {
        const one = classesOf(module).find(
          (candidate) => candidate.name === (local === undefined ? imported : base),
        )
        if (one !== undefined && !found.some((other) => other.one === one)) found.push({ module, one })
      }
    }
  }
  return found
}

/** The factories of an envelope, read once however often its channel is staged. */
function factoriesOf(module: PythonModule, envelope: PyClass, enumName: string): readonly Factory[] {
  const known = factoriesIn(module)
  const key = `${envelope.node.start} ${enumName}`
  const factories = known.get(key) ?? readFactories(module, envelope, enumName)
  known.set(key, factories)
  return factories
}

const factoriesIn = perModule((_: PythonModule) => new Map<string, readonly Factory[]>())

function readFactories(module: PythonModule, envelope: PyClass, enumName: string): Factory[] {
  return envelope.methods.flatMap((method) => {
    if (!method.decorators.includes('classmethod')) return []
    for (const call of method.node.descendants('call')) {
      const read = readCall(envelope, call, enumName)
      if (read === undefined) continue
      const { member, payload, made } = read
      return [{ method, member, shape: readPayload(module, method, payload), made }]
    }
    return []
  })
}

/** A call that makes a message of one type: by the class with `type=`, or by a method of it that gets the member. */
function readCall(
  envelope: PyClass,
  call: Node,
  enumName: string,
): { member: string; payload: Node | undefined; made: Made } | undefined {
  const callee = (call.child('function') ?? call).text
  const [owner = '', helper, ...more] = callee.split('.')
  const isOwn = owner === 'cls' || owner === envelope.name
  const isHelper = isOwn && more.length === 0 && envelope.methods.some((one) => one.name === helper)
  const given = callArguments(call)
  const memberOf = ({ value }: Given): string | undefined => {
    const [left, member, ...rest] = value.text.split('.')
    return left === enumName && rest.length <= 1 ? member : undefined
  }
  const type = given.find((one) => (one.name === 'type' || isHelper) && memberOf(one) !== undefined)
  if (type === undefined) return undefined
  const behind = given[given.indexOf(type) + 1]
  const payload =
    given.find((one) => one.name === 'payload') ??
    (isHelper && behind?.name === undefined && behind?.value.kind !== 'dictionary_splat' ? behind : undefined)
  const others = given.filter((one) => one !== type && one !== payload)
  return {
    member: memberOf(type) ?? '',
    payload: payload?.value,
    made: {
      callee: isHelper ? `cls.${helper}` : 'cls',
      typeBy: type.name,
      payloadBy: payload?.name,
      others,
      order: given.map((one) => (one === type ? 'type' : one === payload ? 'payload' : one)),
    },
  }
}

/** The factories of a channel, in source order; none where the envelope is gone. */
export const factoriesOfChannel = perChannel((open): readonly Factory[] => {
  const found = findEnvelope(open)
  return found === undefined ? [] : factoriesOf(found.module, found.one, open.channel.enum.name)
})

/** How the channel spells the keys of its payloads, by majority; camelCase where none shows it. */
export const readWireCase = perChannel((open): WireCase => {
  const keys = factoriesOfChannel(open).flatMap((factory) => (factory.shape ?? []).map((field) => field.key))
  const votes = keys.flatMap((key) =>
    /[a-z0-9][A-Z]/.test(key) ? ['camel'] : key.includes('_') ? ['snake'] : [],
  )
  return (majority(votes) as WireCase | undefined) ?? 'camel'
})

/** The payload that a function gives a message. */
export function readPayload(
  module: PythonModule,
  method: PyFunction,
  payload: Node | undefined,
): Shape | undefined {
  if (payload === undefined) return []
  if (payload.kind === 'dictionary') return readDict(module, method, payload)
  if (payload.kind !== 'identifier') return undefined
  return readLocal(module, method, payload.text)
}

/** A payload that is a local dict: its literal, then keys that are set on it, those under an `if` being optional. */
function readLocal(module: PythonModule, method: PyFunction, name: string): Shape | undefined {
  const fields: ShapeField[] = []
  let isKnown = false
  for (const assignment of method.node.descendants('assignment')) {
    const left = assignment.child('left')
    const right = assignment.child('right')
    if (left === undefined || right === undefined) continue
    if (left.kind === 'identifier' && left.text === name) {
      const shape = right.kind === 'dictionary' ? readDict(module, method, right) : undefined
      if (shape === undefined) return undefined
      fields.push(...shape)
      isKnown = true
    }
    if (left.kind !== 'subscript' || (left.child('value') ?? left).text !== name) continue
    const key = stringValue(left.child('subscript'))
    if (key === undefined) return undefined
    const isConditional = method.node
      .descendants('if_statement')
      .some((one) => one.start <= left.start && left.end <= one.end)
    const type = readValue(module, method, right)
    const isStripped = isConditional && type.kind === 'nullable'
    const { default: _none, ...source } = sourceOf(method, right)
    fields.push({
      key,
      optional: isConditional,
      type: isStripped ? type.item : type,
      start: left.start,
      value: right.text,
      ...source,
    })
  }
  return isKnown ? fields : undefined
}

function readDict(module: PythonModule, method: PyFunction, dict: Node): Shape | undefined {
  const fields: ShapeField[] = []
  for (const entry of dictEntries(dict)) {
    if (entry.key === undefined) return undefined
    const type = readValue(module, method, entry.value)
    fields.push({
      key: entry.key,
      optional: false,
      type,
      start: entry.node.start,
      value: entry.value.text,
      ...sourceOf(method, entry.value),
    })
  }
  return fields
}

/** The parameter that a value begins with: `x`, `x or {}`, `x.isoformat()`, `x if x is not None else …`. */
function sourceOf(method: PyFunction, value: Node): Pick<ShapeField, 'parameter' | 'default'> {
  const name = /^\[[\s\S]* in (\w+)\s*\]$|^(\w+)/.exec(value.text)
  const parameter = method.parameters.find(
    (one) => one.name !== 'cls' && one.name === (name?.[1] ?? name?.[2]),
  )
  if (parameter === undefined) return {}
  const given = literalValue(parameter.default)
  const instead =
    value.kind === 'conditional_expression' || value.kind === 'boolean_operator'
      ? value.children.findLast((one) => one.isNamed)
      : undefined
  const literal = instead === undefined ? undefined : literalValue(instead)
  const isReplaced = given === null && literal !== undefined && literal !== null
  const made = isReplaced ? literal : given
  return { parameter: parameter.name, ...(made === undefined ? {} : { default: made }) }
}

/** The type of a value that a factory puts into its payload, as its parameters' annotations show it. */
function readValue(module: PythonModule, method: PyFunction, value: Node): FieldType {
  const unknown: FieldType = { kind: 'unknown', raw: value.text }
  switch (value.kind) {
    case 'identifier':
      return readParameterType(module, method, value.text) ?? unknown
    case 'boolean_operator': {
      const left = value.child('left')
      const type = left === undefined ? unknown : readValue(module, method, left)
      return type.kind === 'nullable' ? type.item : type
    }
    case 'conditional_expression': {
      const [then, condition, otherwise] = value.children.filter((child) => child.isNamed)
      const tested = condition === undefined ? undefined : /^(\w+) is not None$/.exec(condition.text)?.[1]
      if (then === undefined || tested === undefined) return unknown
      const type = readValue(module, method, then)
      const base = type.kind === 'nullable' ? type.item : type
      return otherwise !== undefined && otherwise.text === 'None' ? nullable(base) : base
    }
    case 'call':
      return /^\w+\.isoformat\(\)$/.test(value.text) ? { kind: 'scalar', name: 'datetime' } : unknown
    case 'list_comprehension': {
      const dated = /^\[[\s\S]*\.isoformat\(\)[\s\S]* in (\w+)\s*\]$/.exec(value.text)?.[1]
      return (dated === undefined ? undefined : readParameterType(module, method, dated)) ?? unknown
    }
    default:
      return unknown
  }
}

function readParameterType(module: PythonModule, method: PyFunction, name: string): FieldType | undefined {
  const parameter = method.parameters.find((one) => one.name === name)
  return parameter?.annotation === undefined ? undefined : readPythonType(parameter.annotation, module)
}
