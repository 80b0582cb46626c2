import type { PythonModule } from '../lang/module.js'
import { perModule } from '../lang/per-module.js'
import { python } from '../lang/python/language.js'
import { stringValue } from '../lang/python/literals.js'
import { callArguments, importsOf } from '../lang/python/query.js'
import { isKind, type Node } from '../lang/tree.js'
import { boundTo } from '../values/python/bound.js'
import { calledBy, givenTo } from '../values/python/calls.js'
import { entriesOf } from '../values/python/dicts.js'
import type { Written } from '../values/python/frame.js'
import { bare, deeper, definitionOf, type Frame, frameAt, sidesOf } from '../values/python/frame.js'
import { stringsOf } from '../values/python/strings.js'
import type { OpenChannel } from './open-channel.js'

/** A message that is made: what it gives as its type and as its payload. */
export interface MadeMessage {
  readonly type: Written
  readonly payload: Written | undefined
}

/** The type and the payload of `WSMessage(type=…, payload=…)`; undefined where it does not say a type. */
export function readMade(frame: Frame, call: Node): MadeMessage | undefined {
  const given = callArguments(call)
  const type = given.find((one) => one.name === 'type')?.value
  const payload = given.find((one) => one.name === 'payload')?.value
  if (type !== undefined)
    return {
      type: { node: type, frame },
      payload: payload === undefined ? undefined : { node: payload, frame },
    }
  const splat = given.find((one) => one.value.kind === 'dictionary_splat' || isDict(one.value))?.value
  return splat === undefined ? undefined : readDict(frame, splat)
}

/** The type and the payload of a message that is a dict. */
export function readDict(frame: Frame, dict: Node): MadeMessage | undefined {
  const { entries } = entriesOf(frame, dict)
  const under = (key: string): Written | undefined => entries.find((one) => one.key === key)?.values[0]
  const type = under('type')
  return type === undefined ? undefined : { type, payload: under('payload') }
}

function isDict(node: Node): boolean {
  return bare(node).kind === 'dictionary'
}

/** Whether a name of a frame is that of the enum. */
export type IsEnum = (frame: Frame, name: string) => boolean

/** Whether a method of a model makes one of a dict. */
export function isValidating(method: string): boolean {
  return /^(?:model_validate|model_construct|parse_obj)$/.test(method)
}

/**
 * The types that an expression may be: members of the enum by their names, or wire names; undefined where it may be one
 * that cannot be read.
 */
export function typesIn({ node, frame }: Written, isEnum: IsEnum): readonly string[] | undefined {
  const next = deeper(frame)
  const one = bare(node)
  if (next === undefined) return undefined
  const all = (written: readonly Written[]): readonly string[] | undefined => {
    const found = written.map((other) => typesIn(other, isEnum))
    return found.every((other) => other !== undefined) ? found.flatMap((other) => other ?? []) : undefined
  }
  if (isKind(one, 'attribute')) {
    const object = one.child('object')
    const name = one.textOf('attribute')
    if (name === 'value' && isKind(object, 'attribute')) return typesIn({ node: object, frame: next }, isEnum)
    if (object !== undefined && isEnum(frame, object.text)) return [name]
  }
  if (isKind(one, 'subscript') && isEnum(frame, one.textOf('value'))) {
    const name = stringValue(one.child('subscript'))
    return name === undefined ? undefined : [name]
  }
  if (isKind(one, 'conditional_expression'))
    return all(sidesOf(one).map((side) => ({ node: side, frame: next })))
  if (isKind(one, 'call') && isEnum(frame, one.textOf('function')))
    return stringsOf(frame, callArguments(one)[0]?.value)
  if (isKind(one, 'identifier')) {
    const bound = boundTo(frame, one)
    if (bound !== undefined)
      return bound.isRead && bound.values.length > 0
        ? all(bound.values.map((value) => ({ ...value, frame: { ...value.frame, depth: next.depth } })))
        : undefined
    const definition = definitionOf(frame, one.text)
    if (definition?.value !== undefined)
      return all([
        {
          node: definition.value,
          frame: { ...next, module: definition.module, scope: undefined, given: new Map() },
        },
      ])
  }
  return stringsOf(frame, one)
}

/** The parameter of the function around that an expression is, where no call says what it gives. */
export function forwarded({ node, frame }: Written): string | undefined {
  const one = bare(node)
  const name = isKind(one, 'attribute') && one.textOf('attribute') === 'value' ? one.child('object') : one
  if (!isKind(name, 'identifier') || frame.scope === undefined || frame.given.has(name.text)) return undefined
  return frame.scope.function.parameters.some((parameter) => parameter.name === name.text)
    ? name.text
    : undefined
}

/** A call of a function, with the frame that its body has then. */
export interface Caller {
  readonly module: PythonModule
  readonly call: Node
  /** The frame that the call stands in. */
  readonly at: Frame
  readonly frame: Frame
}

/** The calls of the function that a frame is in, anywhere in the backend. */
export function callersOf(open: OpenChannel, frame: Frame): Caller[] {
  const { repository, layout } = open
  const { scope } = frame
  if (scope === undefined) return []
  const { name } = scope.function
  return repository.saying(layout.backend.folder, python.extensions, [name]).flatMap((file) => {
    const module = repository.python(file)
    return module.root.descendants('call').flatMap((call): Caller[] => {
      const callee = call.child('function')
      const said = isKind(callee, 'attribute') ? callee.textOf('attribute') : callee?.text
      if (said !== name) return []
      const at = frameAt(open, module, call)
      const run = calledBy(at, call)
      if (run !== undefined)
        return run.function.node === scope.function.node ? [{ module, call, at, frame: run.frame }] : []
      // Which object a method is called on shows only when it runs.
      const isMethod = isKind(callee, 'attribute') && scope.owner !== undefined
      const isInner = isKind(callee, 'identifier') && scope.around.length > 0 && module === frame.module
      return isMethod || isInner
        ? [
            {
              module,
              call,
              at,
              frame: { ...frame, given: givenTo(scope.function, at, call), depth: frame.depth + 1 },
            },
          ]
        : []
    })
  })
}

/** What a module calls a class: itself, what it is imported as, what it is assigned to, and by its module. */
export function namesFor(module: PythonModule, name: string): readonly string[] {
  const known = namesIn(module)
  const names = known.get(name) ?? readNames(module, name)
  known.set(name, names)
  return names
}

const namesIn = perModule((_: PythonModule) => new Map<string, readonly string[]>())

function readNames(module: PythonModule, name: string): readonly string[] {
  const inner = [...module.source.text.matchAll(new RegExp(`\\b${name}\\s+as\\s+(\\w+)`, 'g'))]
  const top = importsOf(module).flatMap((one) => one.names.filter((item) => item.name === name))
  const known = [name, ...top.map((one) => one.bound), ...inner.map((match) => match[1] ?? '')]
  const aliases = module.root.descendants('assignment').flatMap((one) => {
    const right = one.textOf('right')
    return isKind(one.child('left'), 'identifier') && known.includes(right) ? [one.textOf('left')] : []
  })
  const behindModules = module.root
    .descendants('attribute')
    .filter((one) => one.textOf('attribute') === name && isKind(one.child('object'), 'identifier'))
    .map((one) => one.text)
    .filter((text) =>
      importsOf(module).some((one) => one.names.some((item) => item.bound === text.split('.')[0])),
    )
  return [...new Set([...known, ...aliases, ...behindModules])]
}
