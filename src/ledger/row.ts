import type { Emit } from '../channel/emits.js'
import { factoriesOfChannel } from '../channel/envelope.js'
import { payloadUsesOf, type TsPayloadUse } from '../channel/typescript/payload-uses.js'
import type { Place } from '../errors.js'
import { isOf } from '../lang/languages.js'
import { derivedFactory, isEmitOf, sendMethodName } from '../sites/naming.js'
import { SITES } from '../sites/registry.js'
import { type Occurrence, type SiteKey, type SurveyContext, siteKey } from '../sites/site.js'
import type { HalfDirection } from '../spec/event-spec.js'
import { placeOf } from '../workspace/place.js'
import { readClientContract } from './client-contract.js'
import type { Contract } from './contract.js'
import { directionOf } from './direction.js'
import { type Named, type RequestUse, readRequestUse } from './request-use.js'
import { readServerContract } from './server-contract.js'

export type { EmitScope } from '../channel/emits.js'

/** A factory with its parameters, without `cls`. */
export interface FactoryFacts extends Named {
  readonly parameters: readonly (Named & { readonly hasDefault: boolean; readonly key: string | undefined })[]
}

/** One event of a channel: where it is, and what of it can be found out when a rule asks. */
export class Row {
  /** The row of a name that is this one misspelled. */
  misspelled: Row | undefined
  private readonly memo = new Map<string, unknown>()

  constructor(
    readonly context: SurveyContext,
    readonly event: string,
    private readonly allEmits: readonly Emit[],
  ) {}

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

  of(site: SiteKey): readonly Occurrence[] {
    return this.context.rows.of(this.event, site)
  }

  /** The places of the event at a site; empty where it is absent. */
  at(site: SiteKey): readonly Place[] {
    return this.of(site).map((one) => this.placeOf(one))
  }

  placeOf({ file, start }: Occurrence): Place {
    const source = this.context.repository.workspace.read(file)
    // A decorator is no place to point at: the definition is.
    const isDecorated = isOf(file, 'python') && source.text[start] === '@'
    return placeOf(source, isDecorated ? Math.max(start, source.text.indexOf('def ', start)) : start)
  }

  textOf({ file, start, end }: Occurrence): string {
    return this.context.repository.workspace.read(file).text.slice(start, end)
  }

  /** The first place of any of these sites, in the order they are given. */
  first(...sites: readonly SiteKey[]): Place | undefined {
    return sites.map((site) => this.at(site)[0]).find((place) => place !== undefined)
  }

  /** Whether the event may stand at a site in a way that is not read, so that nobody can say that it is missing there. */
  isUnreadAt(key: SiteKey): boolean {
    const site = SITES.find((one) => siteKey(one) === key)
    return site?.unread?.(this.context, this.event) !== undefined
  }

  /** Everything of the backend that makes a message of the event. */
  get emits(): readonly Emit[] {
    return this.once('emits', () => this.allEmits.filter((one) => isEmitOf(this.context, this.event, one)))
  }

  /** Whether a message is made in the branch of a request. */
  isAnswer({ place }: Emit): boolean {
    return this.context.rows.events().some((event) =>
      this.context.rows.of(event, 'python-handler-branch').some((branch) => {
        const { source } = this.context.repository.python(branch.file)
        const [start, end] = [branch.start, branch.end].map((offset) => placeOf(source, offset).line ?? 0)
        const line = place.line ?? 0
        return branch.file === place.file && (start ?? 0) <= line && line <= (end ?? 0)
      }),
    )
  }

  /** What the channel would call the factory of the event. */
  get derivedFactory(): string {
    return derivedFactory(this.context.custom, this.event)
  }

  /** What the client would call the method that sends the event. */
  get derivedMethod(): string {
    return sendMethodName(this.context.custom, this.event)
  }

  get factories(): readonly FactoryFacts[] {
    return this.once('factories', () => {
      const starts = this.of('python-factory').map((one) => one.start)
      const { source } = this.context.repository.python(this.context.channel.envelope.file)
      return factoriesOfChannel(this.context)
        .filter((one) => starts.includes(one.method.node.start))
        .map(({ method, shape }) => ({
          name: method.name,
          place: placeOf(source, Math.max(method.node.start, source.text.indexOf('def ', method.node.start))),
          parameters: method.parameters
            .filter((one) => one.name !== 'cls')
            .map((one) => ({
              name: one.name,
              hasDefault: one.default !== undefined,
              key: shape?.find((field) => field.parameter === one.name)?.key,
              place: placeOf(source, method.node.start),
            })),
        }))
    })
  }

  /** What the first case of the event does with the payload. */
  get use(): TsPayloadUse | undefined {
    return this.once('use', () => {
      const found = this.of('ts-hook-case')[0]
      const module = found === undefined ? undefined : this.context.repository.typescript(found.file)
      return module === undefined
        ? undefined
        : payloadUsesOf(module).find((one) => one.start === found?.start)
    })
  }

  /** Who makes the client send it. */
  get requestUse(): RequestUse {
    return this.once('request', () => readRequestUse(this.context, this.event))
  }

  /** What goes over the wire and what the other side takes it for; undefined where one of them is not there. */
  get contract(): Contract | undefined {
    return this.once('contract', () =>
      this.direction === 'client-to-server'
        ? readClientContract(this.context, this.event)
        : readServerContract(
            this.context,
            this.event,
            this.emits.filter((one) => one.kind !== 'factory'),
          ),
    )
  }

  private once<T>(key: string, make: () => T): T {
    if (!this.memo.has(key)) this.memo.set(key, make())
    return this.memo.get(key) as T
  }
}
