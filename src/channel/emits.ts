import type { Place } from '../errors.js'
import type { PythonModule } from '../lang/module.js'
import { python } from '../lang/python/language.js'
import { dictEntries, stringValue } from '../lang/python/literals.js'
import { callArguments, importsOf } from '../lang/python/query.js'
import { type PyScope, scopesOf } from '../lang/python/scopes.js'
import { isKind, type Node } from '../lang/tree.js'
import type { Channel } from '../layout/layout.js'
import { calleeOf } from '../layout/manager-part.js'
import type { Shape } from '../payload/shape.js'
import { placeOf } from '../workspace/place.js'
import { readPayload } from './envelope.js'
import { perChannel } from './open-channel.js'

/** A place of the backend that makes a message of a channel. */
export interface Emit {
  readonly kind: 'factory' | 'envelope' | 'dict'
  /** The factory's name, the enum's member, or the wire name. */
  readonly name: string
  readonly file: string
  /** Offsets of the call, or of the dict. */
  readonly start: number
  readonly end: number
  readonly place: Place
  /** What the call gives to the factory; undefined where that cannot be told. */
  readonly passed: { readonly count: number; readonly names: readonly string[] } | undefined
  /** The payload of a message that is made by hand; undefined where it cannot be read. */
  readonly shape: Shape | undefined
  /** Whether it is given to a send that nobody awaits, which never runs. */
  readonly isLost: boolean
  /** The functions around it, the innermost first. */
  readonly inside: readonly EmitScope[]
}

/** A function around an emit. */
export interface EmitScope {
  readonly name: string
  readonly place: Place
  /** Whether a decorator or a base class may have it called. */
  readonly isReachable: boolean
}

/** Every place of the backend that makes a message of a channel, but for the factories themselves. */
export const findEmits = perChannel(({ repository, layout, channel }): readonly Emit[] => {
  const signs = [channel.envelope.name, channel.enum.name, hasTypeKey]
  return repository
    .saying(layout.backend.folder, python.extensions, signs)
    .filter((file) => file !== channel.envelope.file)
    .flatMap((file) => readEmits(repository.python(file), channel))
})

function hasTypeKey(text: string): boolean {
  return /["']type["']\s*:/.test(text)
}

function readEmits(module: PythonModule, channel: Channel): Emit[] {
  const names = boundAs(module, channel.envelope.name)
  const enums = boundAs(module, channel.enum.name)
  const lost = lostSends(module, channel)
  const shared = (node: Node): Pick<Emit, 'file' | 'start' | 'end' | 'place' | 'isLost' | 'inside'> => ({
    file: module.source.path,
    start: node.start,
    end: node.end,
    place: placeOf(module.source, node.start),
    isLost: lost.some((send) => send.start <= node.start && node.end <= send.end),
    inside: scopesAround(module, node),
  })
  const uses = module.root.descendants('attribute').flatMap((node): Emit[] => {
    const owner = node.child('object')
    const attribute = node.child('attribute')
    if (owner === undefined || attribute === undefined || !names.includes(owner.text)) return []
    const call = node.field === 'function' && isKind(node.parent, 'call') ? node.parent : undefined
    const name = attribute.text
    return [{ kind: 'factory', name, passed: passedBy(call), shape: undefined, ...shared(call ?? node) }]
  })
  const made = module.root.descendants('call').flatMap((call): Emit[] => {
    const callee = call.child('function')
    if (callee === undefined || !names.includes(callee.text)) return []
    const given = callArguments(call)
    const type = given.find((one) => one.name === 'type')
    const member = memberIn(type?.value, enums)
    if (member === undefined) return []
    const payload = given.find((one) => one.name === 'payload')?.value
    const isSplat = given.some((one) => one.value.kind === 'dictionary_splat')
    const scope = scopesOf(module).findLast((one) => holds(one, call))
    const shape = scope === undefined || isSplat ? undefined : readPayload(module, scope.function, payload)
    return [{ kind: 'envelope', name: member, passed: undefined, shape, ...shared(call) }]
  })
  const dicts = module.root.descendants('dictionary').flatMap((dict): Emit[] => {
    const entries = dictEntries(dict)
    const type = entries.find((one) => one.key === 'type')?.value
    if (type === undefined || !entries.some((one) => one.key === 'payload')) return []
    const name = stringValue(type) ?? memberIn(type, enums)
    return name === undefined
      ? []
      : [{ kind: 'dict', name, passed: undefined, shape: undefined, ...shared(dict) }]
  })
  return [...uses, ...made, ...dicts]
}

/** Calls of the channel's senders that are a whole statement, without `await` or a task around them. */
function lostSends(module: PythonModule, { manager }: Channel): Node[] {
  if (manager === undefined) return []
  const senders = manager.methods.map((method) => calleeOf(manager, method))
  return module.root.descendants('expression_statement').flatMap(({ children: [only] }) => {
    const callee = only?.kind === 'call' ? only.child('function') : undefined
    return only !== undefined && callee !== undefined && senders.includes(callee.text) ? [only] : []
  })
}

/** What a module calls a name: itself, and what it is imported as. */
function boundAs(module: PythonModule, name: string): string[] {
  const inner = [...module.source.text.matchAll(new RegExp(`\\b${name}\\s+as\\s+(\\w+)`, 'g'))]
  const top = importsOf(module).flatMap((one) => one.names.filter((item) => item.name === name))
  return [name, ...top.map((one) => one.bound), ...inner.map((match) => match[1] ?? '')]
}

function memberIn(node: Node | undefined, enums: readonly string[]): string | undefined {
  const [owner, member] = node === undefined ? [] : node.text.split('.')
  return owner !== undefined && enums.includes(owner) ? member : undefined
}

function passedBy(call: Node | undefined): Emit['passed'] {
  if (call === undefined) return undefined
  const given = callArguments(call)
  if (given.some((one) => /splat/.test(one.value.kind))) return undefined
  return {
    count: given.filter((one) => one.name === undefined).length,
    names: given.flatMap((one) => one.name ?? []),
  }
}

function holds({ function: one }: PyScope, node: Node): boolean {
  return one.node.start <= node.start && node.end <= one.node.end
}

function scopesAround(module: PythonModule, node: Node): EmitScope[] {
  const scope = scopesOf(module).findLast((one) => holds(one, node))
  if (scope === undefined) return []
  return [scope.function, ...scope.around].map((one) => ({
    name: one.name,
    place: placeOf(module.source, one.node.start),
    isReachable:
      one.decorators.length > 0 || (one === scope.function && (scope.owner?.bases.length ?? 0) > 0),
  }))
}
