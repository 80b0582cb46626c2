import type { Place } from '../errors.js'
import { lookUp } from '../group.js'
import type { PythonModule } from '../lang/module.js'
import { python } from '../lang/python/language.js'
import { dictEntries } from '../lang/python/literals.js'
import { callArguments, classesOf } from '../lang/python/query.js'
import { isKind, type Node } from '../lang/tree.js'
import { type Frame, frameAt, type Written } from '../values/python/frame.js'
import { stringsOf } from '../values/python/strings.js'
import { isUsed } from '../values/python/uses.js'
import { placeOf } from '../workspace/place.js'
import { isLost } from './lost-sends.js'
import {
  callersOf,
  forwarded,
  isValidating,
  type MadeMessage,
  namesFor,
  readDict,
  readMade,
  typesIn,
} from './made.js'
import { type OpenChannel, perChannel } from './open-channel.js'
import { type MadePayload, readPayload, type UnreadPart } from './payloads.js'

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
  /** What makes it, in the frame that it stands in: a call mostly. */
  readonly at: Written
  /** The payload of a message that is made by hand; a factory's is its own. */
  readonly payload: MadePayload
  /** Whether it is given to a send that nobody awaits, which never runs. */
  readonly isLost: boolean
  /** Whether it is written to a socket where it stands: `websocket.send_json({…})`. */
  readonly isOnSocket: boolean
  /** Whether a function gives it back, as a factory does. */
  readonly isReturned: boolean
  /** The functions around it, the innermost first. */
  readonly inside: readonly EmitScope[]
}

/** A function around an emit. */
export interface EmitScope {
  readonly name: string
  readonly place: Place
  readonly isMethod: boolean
  /** Whether a decorator or a base class may have it called. */
  readonly isReachable: boolean
}

/** Whether what is made comes to nothing: nobody reads the name that it is given. Follows it through the backend. */
export function isDropped(open: OpenChannel, { at }: Emit): boolean {
  return !isUsed(at.frame, at.node, (frame) => callersOf(open, frame))
}

/** What the backend makes of a channel's messages. */
export interface Emits {
  readonly emits: readonly Emit[]
  /** Messages whose type shows only when they are made. */
  readonly unread: readonly UnreadPart[]
}

const NO_PAYLOAD: MadePayload = { keys: [], unread: [] }

/** Every place of the backend that makes a message of a channel, but for the factories themselves. */
export function findEmits(open: OpenChannel): readonly Emit[] {
  return readEmits(open).emits
}

/** The same, with the messages that cannot be told the event of. */
export const readEmits = perChannel((open): Emits => {
  const { repository, layout, channel } = open
  const signs = [channel.envelope.name, channel.enum.name, writesMessage]
  const found = repository
    .saying(layout.backend.folder, python.extensions, signs)
    .map((file) => new ModuleEmits(open, repository.python(file)).read())
  return { emits: found.flatMap((one) => one.emits), unread: found.flatMap((one) => one.unread) }
})

/** Whether a text may write a message out as a dict: one with a payload, or one that a socket writes. */
function writesMessage(text: string): boolean {
  return /["']type["']\s*:/.test(text) && /["']payload["']\s*:|\.send_(?:json|text|bytes)\(/.test(text)
}

/** What one module makes. */
class ModuleEmits {
  private readonly names: readonly string[]
  private readonly own: Node | undefined

  constructor(
    private readonly open: OpenChannel,
    private readonly module: PythonModule,
  ) {
    const { channel } = open
    this.names = namesFor(module, channel.envelope.name)
    const isEnvelopes = module.source.path === channel.envelope.file
    this.own = isEnvelopes ? lookUp(classesOf(module), channel.envelope.name)?.node : undefined
  }

  read(): Emits {
    const made = this.module.root
      .descendants('call', 'dictionary')
      .filter((node) => this.own?.holds(node) !== true)
      .map((node) => (node.kind === 'call' ? this.byHand(node) : this.bare(node)))
    const looked = this.lookedUp()
    return {
      emits: [...this.factories(), ...looked.emits, ...made.flatMap((one) => one.emits)],
      unread: [...looked.unread, ...made.flatMap((one) => one.unread)],
    }
  }

  /** `WSMessage.seat_taken(…)` */
  private factories(): Emit[] {
    return this.module.root.descendants('attribute').flatMap((node): Emit[] => {
      const owner = node.child('object')
      const attribute = node.child('attribute')
      if (owner === undefined || attribute === undefined || !this.names.includes(owner.text)) return []
      if (this.own?.holds(node) === true || this.names.includes(node.text)) return []
      const call = node.field === 'function' && isKind(node.parent, 'call') ? node.parent : undefined
      return [this.factory(attribute.text, call ?? node, call)]
    })
  }

  /** `getattr(WSMessage, "seat_taken")(…)` */
  private lookedUp(): Emits {
    const found = this.module.root.descendants('call').flatMap((node): Emits[] => {
      const [owner, name] = node.textOf('function') === 'getattr' ? callArguments(node) : []
      if (owner === undefined || !this.names.includes(owner.value.text)) return []
      const call = node.field === 'function' && isKind(node.parent, 'call') ? node.parent : undefined
      const names = stringsOf(this.frameOf(node), name?.value)
      if (names === undefined) return [{ emits: [], unread: [this.untold(node, name?.value ?? node)] }]
      return [{ emits: names.map((one) => this.factory(one, call ?? node, call)), unread: [] }]
    })
    return { emits: found.flatMap((one) => one.emits), unread: found.flatMap((one) => one.unread) }
  }

  /** A message whose event shows only when it is made. */
  private untold(node: Node, type: Node): UnreadPart {
    const reason = `\`${type.text}\`, which shows only when it runs`
    return { reason, isGiven: false, place: placeOf(this.module.source, node.start) }
  }

  private factory(name: string, node: Node, call: Node | undefined): Emit {
    return {
      kind: 'factory',
      name,
      passed: passedBy(call),
      payload: NO_PAYLOAD,
      ...this.at(node),
    }
  }

  /** `WSMessage(type=…, payload=…)`, and the same by a dict that is validated. */
  private byHand(call: Node): Emits {
    const callee = call.textOf('function')
    const [, owner, method = ''] = /^(.*)\.(\w+)$/s.exec(callee) ?? []
    const isValidated = isValidating(method) && this.names.includes(owner ?? '')
    if (!this.names.includes(callee) && !isValidated) return NOTHING
    const made = readMade(this.frameOf(call), call)
    return made === undefined ? NOTHING : this.messages('envelope', call, made)
  }

  /** A dict with a type and a payload. */
  private bare(dict: Node): Emits {
    const keys = dictEntries(dict).map((one) => one.key)
    if (!keys.includes('type') || !(keys.includes('payload') || isOnSocket(dict))) return NOTHING
    if (isKind(dict.parent, 'dictionary_splat', 'argument_list') && this.isOfEnvelope(dict)) return NOTHING
    const made = readDict(this.frameOf(dict), dict)
    if (made === undefined) return NOTHING
    const found = this.messages('dict', dict, made)
    // A dict of another kind may have these keys as well; what a socket of the channel writes is none.
    return { emits: found.emits, unread: this.isOnOwnSocket(dict) ? found.unread : [] }
  }

  /** Whether a dict is what a message is made of, which is told as that. */
  private isOfEnvelope(dict: Node): boolean {
    const callee =
      dict
        .closest('call')
        ?.textOf('function')
        .replace(/\.model_\w+$|\.parse_obj$/, '') ?? ''
    return this.names.includes(callee)
  }

  /** The messages that one place makes: one of each type that it may be, or what its callers make of it. */
  private messages(kind: 'envelope' | 'dict', node: Node, made: MadeMessage, depth = 0): Emits {
    const names = typesIn(made.type, (frame, name) => this.isEnum(frame, name))
    if (names !== undefined) {
      const payload =
        made.payload === undefined ? NO_PAYLOAD : readPayload(made.payload.frame, made.payload.node)
      const shared = { kind, passed: undefined, payload, ...this.at(node) }
      return { emits: names.map((name) => ({ name, ...shared })), unread: [] }
    }
    if (forwarded(made.type) === undefined || depth > 3)
      return { emits: [], unread: [this.untold(node, made.type.node)] }
    const callers = callersOf(this.open, made.type.frame)
    const found = callers.map(({ module, call, frame }) => {
      const again = { type: { ...made.type, frame }, payload: made.payload && { ...made.payload, frame } }
      return new ModuleEmits(this.open, module).messages(kind, call, again, depth + 1)
    })
    return { emits: found.flatMap((one) => one.emits), unread: found.flatMap((one) => one.unread) }
  }

  private isOnOwnSocket(dict: Node): boolean {
    const { handler, manager } = this.open.channel
    return isOnSocket(dict) && [handler?.file, manager?.file].includes(this.module.source.path)
  }

  private isEnum(frame: Frame, name: string): boolean {
    return namesFor(frame.module, this.open.channel.enum.name).includes(name)
  }

  private frameOf(node: Node): Frame {
    return frameAt(this.open, this.module, node)
  }

  private at(
    node: Node,
  ): Pick<
    Emit,
    'file' | 'start' | 'end' | 'place' | 'at' | 'isLost' | 'isOnSocket' | 'isReturned' | 'inside'
  > {
    const frame = this.frameOf(node)
    return {
      file: this.module.source.path,
      start: node.start,
      end: node.end,
      place: placeOf(this.module.source, node.start),
      at: { node, frame },
      isLost: isLost(this.open.channel, { node, frame }),
      isOnSocket: isOnSocket(node),
      isReturned: node.parent?.kind === 'return_statement',
      inside: scopesAround(frame),
    }
  }
}

const NOTHING: Emits = { emits: [], unread: [] }

/** Whether a message is what a socket writes: as it is, or as text. */
function isOnSocket(node: Node): boolean {
  const call = node.parent?.parent
  if (!isKind(node.parent, 'argument_list') || !isKind(call, 'call')) return false
  const callee = call.textOf('function')
  return /\.send_(?:json|text|bytes)$/.test(callee) || (/(?:^|\.)dumps$/.test(callee) && isOnSocket(call))
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

function scopesAround({ module, scope }: Frame): EmitScope[] {
  if (scope === undefined) return []
  return [scope.function, ...scope.around].map((one) => ({
    name: one.name,
    place: placeOf(module.source, one.node.start),
    isMethod: one === scope.function && scope.owner !== undefined,
    isReachable:
      one.decorators.length > 0 || (one === scope.function && (scope.owner?.bases.length ?? 0) > 0),
  }))
}
