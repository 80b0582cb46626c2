import { branchesOfEvent } from '../channel/branches.js'
import type { Emit } from '../channel/emits.js'
import { branchesTaking, isCase } from '../channel/receiving.js'
import type { Place } from '../errors.js'
import { isOf } from '../lang/languages.js'
import { directionOf } from '../ledger/direction.js'
import { derivedFactory, modelName, sendMethodName, typesOf } from '../sites/naming.js'
import { SITES } from '../sites/registry.js'
import { type Occurrence, type SiteKey, type SurveyContext, siteKey } from '../sites/site.js'
import type { HalfDirection } from '../spec/event-spec.js'
import { placeOf } from '../workspace/place.js'
import { readClientContract, readUnreadRequest } from './client-contract.js'
import { findNeverGiven, type NeverGiven, readUnreadSent } from './client-sent.js'
import { compareTerms } from './compare-terms.js'
import type { Contract, SentField, WantedField } from './contract.js'
import { type EmitFacts, emitFacts } from './emit-facts.js'
import { isTakenBefore, partsThatSay } from './event-names.js'
import { type FactoryFacts, readFactories } from './factory-facts.js'
import { isReadInHandler } from './handler-reads.js'
import { LazyFacts } from './lazy-facts.js'
import { type MissingReexport, missingReexport } from './lost-names.js'
import { aliasesOf, findModelDifferences, type ModelDifference } from './model-differences.js'
import { hasSharedModel } from './payload-names.js'
import { isRenamed } from './renamed.js'
import { type RequestUse, readRequestUse } from './request-use.js'
import { readServerContract, readUnreadPayloads, readUnreadReads } from './server-contract.js'
import { type MissingStorePart, missingStoreParts } from './store-parts.js'
import { findUnreadState, type UnreadState } from './unread-state.js'

/** A branch of the handler. */
export interface BranchFacts {
  /** Whether it only logs what it got. */
  readonly isPlaceholder: boolean
  /** The event that people are to answer with in it. */
  readonly owes: string | undefined
  /** Whether a comment behind its `pass` says why. */
  readonly isDecided: boolean
}

/** What a case of the hook does. */
export interface CaseFacts {
  /** Whether there is anything but a `break`, a log and names that nothing uses. */
  readonly doesSomething: boolean
  /** Whether the payload is read, or handed on to whoever reads it. */
  readonly usesPayload: boolean
  /** The comments inside. */
  readonly comments: readonly string[]
}

/** A place of a payload that cannot be read, and on which side. */
export interface UnreadPayload {
  readonly by: 'server' | 'client'
  readonly reason: string
  readonly place: Place
}

/** One event of a channel: where it is, and what of it can be found out when a rule asks. */
export class Row extends LazyFacts {
  /** The row of a name that is this one misspelled. */
  misspelled: Row | undefined

  constructor(
    private readonly context: SurveyContext,
    readonly event: string,
    private readonly channelEmits: readonly Emit[],
    /** Those that make a message of the event. */
    private readonly ownEmits: readonly Emit[],
  ) {
    super()
  }

  /** The id of its channel. */
  get channel(): string {
    return this.context.channel.id
  }

  /** Which way the event goes; undefined where nothing tells. */
  get direction(): HalfDirection | undefined {
    return this.evidence?.direction
  }

  /** Whether code says the direction, and not only a comment of the enum. */
  get isUsed(): boolean {
    return this.evidence?.isCode === true || this.misspelled?.isUsed === true
  }

  private get evidence(): ReturnType<typeof directionOf> {
    return this.once('evidence', () => directionOf(this.context.rows, this.event))
  }

  /** The places of the event at a site; empty where it is absent. */
  at(site: SiteKey): readonly Place[] {
    return this.of(site).map((one) => this.placeOf(one))
  }

  /** The first place of any of these sites, in the order they are given. */
  first(...sites: readonly SiteKey[]): Place | undefined {
    return sites.map((site) => this.at(site)[0]).find((place) => place !== undefined)
  }

  private of(site: SiteKey): readonly Occurrence[] {
    return this.context.rows.of(this.event, site)
  }

  private placeOf({ file, start }: Occurrence): Place {
    const source = this.context.repository.workspace.read(file)
    // A decorator is no place to point at: the definition is.
    const isDecorated = isOf(file, 'python') && source.text[start] === '@'
    return placeOf(source, isDecorated ? Math.max(start, source.text.indexOf('def ', start)) : start)
  }

  /** Whether the event may stand at a site in a way that is not read, so that nobody can say that it is missing there. */
  isUnreadAt(key: SiteKey): boolean {
    const site = SITES.find((one) => siteKey(one) === key)
    return site?.unread?.(this.context, this.event) !== undefined
  }

  /** The members of the enum that have its wire name. */
  get members(): readonly string[] {
    return this.of('python-enum-member').flatMap((one) => one.links?.name ?? [])
  }

  /** The branches of the handler that take it. */
  get branches(): readonly BranchFacts[] {
    return this.of('python-handler-branch').map(({ file, start, end, links }) => ({
      isPlaceholder: links?.isPlaceholder === true,
      owes: links?.owes,
      isDecided: /^\s*pass\s*#(?!.*\b(?:TODO|FIXME)\b)/m.test(
        this.context.repository.workspace.read(file).text.slice(start, end),
      ),
    }))
  }

  /** The places of its branches in a chain that has several; empty where none has. */
  get doubledBranches(): readonly Place[] {
    return this.once('doubled branches', () => {
      const { handler } = this.context.channel
      const own = branchesOfEvent(this.context, this.event).filter((one) => one.chain !== undefined)
      const doubled = own.filter((one) => own.some((other) => other !== one && other.chain === one.chain))
      if (handler === undefined) return []
      const { source } = this.context.repository.python(handler.file)
      return doubled.map((one) => placeOf(source, one.start))
    })
  }

  /** What its cases do. */
  get case(): CaseFacts | undefined {
    return this.once('case', () => {
      const uses = branchesTaking(this.context, this.event)
        .filter(isCase)
        .map((one) => one.use)
      if (uses.length === 0) return undefined
      return {
        doesSomething: uses.some((one) => one.doesSomething),
        usesPayload: uses.some((one) => one.reads.length > 0 || one.isHandedOn),
        comments: uses.flatMap((one) => one.comments),
      }
    })
  }

  /** Whether the hook or the client takes it in front of the switch, so that it needs no case. */
  get isTakenBefore(): boolean {
    return isTakenBefore(this.context, this.event)
  }

  /** The parts of the frontend that say its name in a string which is no member and no case. */
  get saidBy(): readonly ('hook' | 'client')[] {
    return partsThatSay(this.context, this.event)
  }

  /** Everything of the backend that makes a message of the event. */
  get emits(): readonly EmitFacts[] {
    return this.once('emits', () => this.ownEmits.map((one) => emitFacts(this.context, one)))
  }

  get factories(): readonly FactoryFacts[] {
    return this.once('factories', () => readFactories(this.context, this.event, this.channelEmits))
  }

  /** What the channel would call the factory of the event. */
  get derivedFactory(): string {
    return derivedFactory(this.context.custom, this.event)
  }

  /** What the client would call the method that sends the event. */
  get derivedMethod(): string {
    return sendMethodName(this.context.custom, this.event)
  }

  /** Who makes the client send it. */
  get requestUse(): RequestUse {
    return this.once('request', () => readRequestUse(this.context, this.event))
  }

  /** What its payload's model and interface would be called. */
  get modelName(): string {
    return modelName(this.event)
  }

  /** The types that the hook's case casts the payload to, and those that the client's method takes. */
  get payloadTypes(): readonly string[] {
    return typesOf(this.context.rows, this.event)
  }

  /** Whether a class beside the envelope has the name of a type that the frontend has for its payload. */
  get hasSharedModel(): boolean {
    return hasSharedModel(this.context, this.event, this.contract?.sent.map((one) => one.key) ?? [])
  }

  /** How the package falls short of its custom for the event's model. */
  get missingReexport(): MissingReexport | undefined {
    return missingReexport(this.context, this.event)
  }

  /** What its home in a store lacks. */
  get missingStoreParts(): readonly MissingStorePart[] {
    return missingStoreParts(this.context, this.event)
  }

  /** State that its cases set and that nothing reads. */
  get unreadState(): readonly UnreadState[] {
    return this.once('unread state', () => findUnreadState(this.context, this.event))
  }

  /** What goes over the wire and what the other side takes it for; undefined where one of them is not there. */
  get contract(): Contract | undefined {
    return this.once('contract', () => {
      const terms =
        this.direction === 'client-to-server'
          ? readClientContract(this.context, this.event)
          : readServerContract(this.context, this.event, this.ownEmits)
      return terms === undefined ? undefined : compareTerms(terms)
    })
  }

  /** What of its payload cannot be read, each place once. */
  get unreadPayloads(): readonly UnreadPayload[] {
    return this.once('unread payloads', () => {
      const isServers = this.direction !== 'client-to-server'
      const server = isServers
        ? readUnreadPayloads(this.context, this.event, this.ownEmits)
        : readUnreadRequest(this.context, this.event)
      const client = isServers
        ? readUnreadReads(this.context, this.event)
        : readUnreadSent(this.context, this.event)
      return [
        ...server.map(({ reason, place }) => ({ reason, place, by: 'server' as const })),
        ...client.map(({ reason, place }) => ({ reason, place, by: 'client' as const })),
      ]
    })
  }

  /** Keys of a request that the server reads and the web client never sends; another client's are its own. */
  get neverAsked(): readonly WantedField[] {
    return this.contract?.neverSent ?? []
  }

  /** Keys of a request that the client could send and that nobody gives. */
  get neverGiven(): readonly NeverGiven[] {
    return this.once('never given', () =>
      this.direction === 'client-to-server' ? findNeverGiven(this.context, this.event) : [],
    )
  }

  /** Whether a key that is sent and not read is another one by a new name, which that one tells. */
  isRenamed(sent: SentField): boolean {
    return this.contract !== undefined && isRenamed(this.contract, sent)
  }

  /** Whether the handler reads a key of its payload outside of the branches of other events. */
  isReadInHandler(key: string): boolean {
    return isReadInHandler(this.context, this.event, key)
  }

  /** What its pydantic model says otherwise than what is sent. */
  get modelDifferences(): readonly ModelDifference[] {
    return this.once('model differences', () => {
      const shape = this.of('python-payload-model')[0]?.shape
      if (shape === undefined || this.contract === undefined) return []
      return findModelDifferences(shape, this.contract, this.direction, aliasesOf(this.context, this.event))
    })
  }
}
