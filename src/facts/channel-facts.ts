import { branchesOf } from '../channel/branches.js'
import { type Emit, findEmits, readEmits } from '../channel/emits.js'
import { readWireCase } from '../channel/envelope.js'
import { findReceiving, type UnreadReceiving } from '../channel/receiving.js'
import type { Place } from '../errors.js'
import { groupBy } from '../group.js'
import type { WireCase } from '../payload/shape.js'
import { nearestTo } from '../sites/anchors/nearest.js'
import { eventsOfEmit, ownersOfModels } from '../sites/naming.js'
import type { SurveyContext } from '../sites/site.js'
import { memberUses, namesOfClass } from './class-members.js'
import { type DanglingImport, danglingImports } from './dangling-imports.js'
import { sendsAsJson } from './json-mode.js'
import { LazyFacts } from './lazy-facts.js'
import { findLostCalls, findOrphanActions, isKnown, type LostCall, type OrphanAction } from './left-behind.js'
import { findLostNames, type LostName } from './lost-names.js'
import { absorbMisspelled } from './misspelled.js'
import type { Named } from './named.js'
import { findOrphans, type Orphans } from './orphans.js'
import { partPlace } from './part-places.js'
import { Row } from './row.js'

/** A place that cannot be read, and why. */
export interface UnreadPlace {
  readonly reason: string
  readonly place: Place
}

/** A place that takes messages and cannot be read. */
export interface UnreadTaking extends UnreadPlace {
  /** What stands there. */
  readonly text: string
}

/** A part of a channel that was found. */
export interface PartFacts {
  readonly file: string
  /** Where it begins. */
  readonly place: Place | undefined
}

/** A part with a name of its own. */
export interface NamedPart extends PartFacts {
  readonly name: string
}

/** A Python class that is a part of a channel. */
export interface ClassPart extends NamedPart {
  /** Its methods and assignments, and those of its bases. */
  readonly names: ReadonlySet<string>
}

/** What the rules know of one channel. Parts that were not found are undefined. */
export class ChannelFacts extends LazyFacts {
  /** Every event of the channel. */
  readonly rows: readonly Row[]
  readonly wireCase: WireCase

  /** @param broken files of the channel that do not parse, so that nothing can be said of what is missing in them */
  constructor(
    private readonly context: SurveyContext,
    private readonly emits: readonly Emit[],
    readonly broken: ReadonlySet<string>,
  ) {
    super()
    const made = groupBy(
      emits.flatMap((emit) => eventsOfEmit(context, emit).map((event) => ({ event, emit }))),
      ({ event }) => event,
    )
    this.rows = absorbMisspelled(
      context.rows
        .events()
        .map((event) => new Row(context, event, emits, made.get(event)?.map(({ emit }) => emit) ?? [])),
    )
    this.wireCase = readWireCase(context)
  }

  get id(): string {
    return this.context.channel.id
  }

  get enum(): ClassPart {
    return this.once('enum', () => this.classPart('enum'))
  }

  get envelope(): ClassPart {
    return this.once('envelope', () => this.classPart('envelope'))
  }

  get handler(): PartFacts | undefined {
    return this.once('handler', () => this.partOf('handler'))
  }

  get union(): NamedPart | undefined {
    return this.once('union', () => this.namedPart('union'))
  }

  get hook(): PartFacts | undefined {
    return this.once('hook', () => this.partOf('hook'))
  }

  /** Whether the hook takes messages by a `switch`, into which a case can be written. */
  get hasSwitch(): boolean {
    return findReceiving(this.context).main?.kind === 'switch'
  }

  get client(): NamedPart | undefined {
    return this.once('client', () => this.namedPart('client'))
  }

  private classPart(part: 'enum' | 'envelope'): ClassPart {
    const { name, file } = this.context.channel[part]
    return { name, file, place: partPlace(this.context, part), names: namesOfClass(this.context, file, name) }
  }

  private namedPart(part: 'union' | 'client'): NamedPart | undefined {
    const found = this.context.channel[part]
    return found === undefined ? undefined : { ...found, place: partPlace(this.context, part) }
  }

  private partOf(part: 'handler' | 'hook'): PartFacts | undefined {
    const found = this.context.channel[part]
    return found === undefined ? undefined : { file: found.file, place: partPlace(this.context, part) }
  }

  /** What comes nearest to a part that was not found, in words, and where. */
  nearestTo(part: 'handler' | 'union' | 'hook' | 'client'): {
    readonly nearest?: string
    readonly place?: Place
  } {
    return nearestTo(this.context, part)
  }

  /** The package file that re-exports the module of the envelope. */
  get reexports(): string | undefined {
    return this.context.channel.reexports
  }

  /** The name of what sends a message. */
  get sender(): string | undefined {
    return this.context.channel.manager?.methods[0]?.name
  }

  /** Whether the channel's sends turn dates and the like into JSON by themselves. */
  get sendsAsJson(): boolean {
    return this.once('json', () => sendsAsJson(this.context))
  }

  /** Every use of a member of the enum in the backend. */
  get memberUses(): readonly Named[] {
    return this.once('member uses', () => memberUses(this.context, this.context.channel.enum.name))
  }

  /** Every use of a factory in the backend, whether there is one of that name or not. */
  get factoryUses(): readonly Named[] {
    return this.emits.filter((one) => one.kind === 'factory')
  }

  /** The events that the branches of requests are marked to be answered with. */
  get owed(): ReadonlySet<string> {
    return this.once('owed', () => new Set(branchesOf(this.context).flatMap(({ owes }) => owes ?? [])))
  }

  /** Messages that are made of an event which nobody can tell. */
  get unreadSends(): readonly UnreadPlace[] {
    return readEmits(this.context).unread.map(({ reason, place }) => ({ reason, place }))
  }

  /** Places of the client that take messages by types which cannot be told. */
  get unreadCases(): readonly UnreadTaking[] {
    return this.takings('case')
  }

  private takings(kind: UnreadReceiving['kind']): readonly UnreadTaking[] {
    return findReceiving(this.context)
      .unread.filter((one) => one.kind === kind)
      .map(({ text, reason, place }) => ({ text, reason, place }))
  }

  /** What is handed messages and cannot be followed. */
  get unreadHandlers(): readonly UnreadTaking[] {
    return this.takings('handler')
  }

  /** Messages with a type that no channel has, each written to a socket of this one. */
  get unknownTypes(): readonly Named[] {
    return this.once('unknown types', () => {
      const files = [this.context.channel.handler?.file, this.context.channel.manager?.file]
      return findEmits(this.context).filter(
        (one) =>
          one.kind === 'dict' &&
          one.isOnSocket &&
          files.includes(one.file) &&
          !this.isKnownAnywhere(one.name) &&
          !this.enum.names.has(one.name),
      )
    })
  }

  /** What handler and hook import in vain. */
  get danglingImports(): readonly DanglingImport[] {
    return this.once('dangling imports', () => danglingImports(this.context))
  }

  /** What package, hook, client and stores take from the files of the payloads in vain. */
  get lostNames(): readonly LostName[] {
    return this.once('lost names', () => findLostNames(this.context))
  }

  /** Another event whose payload has the type that would have the name of this one's. */
  ownerOfModel(event: string): string | undefined {
    return this.once('owners', () => ownersOfModels(this.context.rows))(event)
  }

  /** Whether something takes a payload's type of that name in vain, which is told as that. */
  lacks(name: string, site: LostName['site']): boolean {
    return this.lostNames.some((one) => one.site === site && one.name === name)
  }

  /** What the hook calls on the client in vain. */
  get lostCalls(): readonly LostCall[] {
    return this.once('lost calls', () => findLostCalls(this.context))
  }

  /** Payload types that are of no event and that nothing mentions. */
  get orphans(): readonly Orphans[] {
    return this.once('orphans', () => findOrphans(this.context))
  }

  /** Actions of stores that keep an event which is none, and that nothing calls. */
  get orphanActions(): readonly OrphanAction[] {
    return this.once('orphan actions', () => findOrphanActions(this.context))
  }

  /** Whether any channel of the checkout says the name of an event. */
  isKnownAnywhere(event: string): boolean {
    return isKnown(this.context, event)
  }
}
