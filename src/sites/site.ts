import type { Conventions } from '../channel/conventions.js'
import type { OpenChannel } from '../channel/open-channel.js'
import type { Place } from '../errors.js'
import type { ManagerMethod, StoreRef } from '../layout/layout.js'
import type { Shape, WireCase } from '../payload/shape.js'
import type { PassSpec } from '../spec/change-spec.js'
import type { EventSpec, HalfDirection } from '../spec/event-spec.js'
import type { Field } from '../spec/field-type.js'
import type { Deletion, Edit, Insertion } from '../workspace/edits.js'
import type { Span } from '../workspace/span.js'
import type { View } from './render.js'
import type { EmitPlace } from './send/place.js'

/**
 * Every site under its key. The module of a site adds its own, so that its key is written once, and neither the registry
 * nor a table over sites compiles without it.
 */
// biome-ignore lint/suspicious/noEmptyInterface: its properties are added by the modules of the sites
export interface SitesByKey {}

/** Key of a site that is unique in the registry: its id, with its part where one id has several. */
export type SiteKey = keyof SitesByKey

/** The public id of a place an event lives in. */
export type SiteId = IdOf<SiteKey>
type IdOf<Key extends SiteKey> = Key extends `${infer Id}/${string}` ? Id : Key

/** One place where an event was found. */
export interface Occurrence {
  /** The wire name. */
  readonly event: string
  readonly file: string
  readonly start: number
  readonly end: number
  /** The payload as this place shows it; undefined where it shows none that can be read. */
  readonly shape?: Shape | undefined
  readonly links?: Links
}

/** What an occurrence tells about other columns of its row. */
export interface Links {
  /** What it is called there: the enum member, the method, the local. */
  readonly name?: string
  /** Whether the handler's branch only logs what it got. */
  readonly isPlaceholder?: boolean
  /** The event that people are to answer with in the handler's branch, and do not yet. */
  readonly owes?: string | undefined
  /** Which way the enum's own comments say that the event goes. */
  readonly direction?: HalfDirection
  /** Types that the hook case casts the payload to, or that the send method takes. */
  readonly types?: readonly string[]
  /** Store members that the hook case calls. */
  readonly storeCalls?: readonly { readonly hook: string; readonly member: string }[]
}

/** The columns surveyed so far; a linked column follows the links of an earlier one. */
export interface Rows {
  /** How many occurrences were found so far: with as many, rows are the same. */
  readonly size: number
  /** Wire names in the order they were found. */
  events(): readonly string[]
  of(event: string, site: SiteKey): readonly Occurrence[]
  /** Whether the event stands at any keyed site. */
  isKnown(event: string): boolean
}

/** A channel with what was found in it so far: what a site is asked with. */
export interface SurveyContext extends OpenChannel {
  readonly custom: Conventions
  readonly rows: Rows
}

/** The other half of a bidirectional event. */
export interface Partner {
  /** Its wire name. */
  readonly event: string
  /** Where it stands: the event in front, its request behind. */
  readonly side: 'before' | 'behind'
}

/** Where the existing types that a spec names are defined: name → file. */
export interface NamedTypes {
  readonly python: ReadonlyMap<string, string>
  readonly typescript: ReadonlyMap<string, string>
}

/** What a store keeps of the events of a name. */
export type Kept =
  | { readonly kind: 'latest' | 'append' | 'count' }
  /** The last one for each value of a field. */
  | { readonly kind: 'upsert'; readonly by: Field }

/** An event to be written into a repository, going one way: the spec with everything resolved that needs one. */
export interface Half extends SurveyContext {
  readonly spec: EventSpec
  readonly direction: HalfDirection
  readonly partner: Partner | undefined
  /** The event that the branch of this request sends. */
  readonly answer: Half | undefined
  /** The fields of the answer that the request does not carry, so that people are to give it; of both halves. */
  readonly owed: readonly Field[]
  /** The payload: what every event of the channel carries, then the event's own. */
  readonly fields: readonly Field[]
  readonly wireCase: WireCase
  readonly namedTypes: NamedTypes
  /** Where its state is kept; undefined where the case of the event uses no store. */
  readonly store: StoreRef | undefined
  /** What that store keeps of the events. */
  readonly kept: Kept
  /** How the server sends it; undefined for `--emit none` and where nothing can send. */
  readonly emit: ManagerMethod | undefined
  /** Where the server sends it; undefined as above, where there is nothing to stand behind, and where it is sent already. */
  readonly place: EmitPlace | undefined
  /** Where it is sent already of what was asked for. */
  readonly sentAt: Occurrence | undefined
  /** Whether one more send is all that is asked for, of an event that is there. */
  readonly isSendOnly: boolean
}

/** Where a new one goes: insertions that place a rendered block. */
export interface Anchor {
  readonly kind: 'anchor'
  readonly file: string
  /** One level of the file's indent. */
  readonly indent: string
  /** The white space in front of every line of the block. */
  readonly base: string
  /** Places the rendered block; the first insertion is the one that holds it. */
  readonly place: (block: string) => readonly Insertion[]
}

/** Why there is no place for a new one. */
export interface Blocked {
  readonly kind: 'blocked'
  readonly lookedFor: string
  readonly nearest?: string
  readonly place?: Place
}

/** A place of a site that cannot be read and may be a certain event's. */
export interface Unread {
  /** What stands there, in words. */
  readonly text: string
  readonly place: Place
}

/** A name that the site would write and that something else has. */
export interface Taken {
  readonly name: string
  readonly place: Place
  /** How to go on where another event name is no help. */
  readonly fix?: string
}

/** Something that must be there for what a site writes to work; resolved once a file. */
export type Requirement =
  | {
      readonly kind: 'python-import'
      readonly file: string
      readonly module: string
      readonly name: string
    }
  | {
      /** A name of a library, said as the file says it. */
      readonly kind: 'python-library'
      readonly file: string
      readonly module: string
      readonly name: string
      /** How it is imported where it is not yet; `name` by default. */
      readonly usual?: 'name' | 'module'
    }
  | {
      readonly kind: 'python-export'
      readonly file: string
      readonly from: string
      readonly name: string
      /** The name it stands in front of where nothing else orders them. */
      readonly before: string | undefined
    }
  | {
      readonly kind: 'ts-import'
      readonly file: string
      /** Path of a file of the repository, or the name of a package. */
      readonly from: string
      readonly name: string
      readonly isType: boolean
      readonly before?: string | undefined
    }

/** What becomes of one field of an event: it comes in, goes, is called otherwise, or gets another type. */
export interface FieldChange extends SurveyContext {
  readonly event: string
  readonly direction: HalfDirection
  readonly wireCase: WireCase
  /** The field as it is; undefined for one that comes in. */
  readonly before: Field | undefined
  /** The field as it is to be; undefined for one that goes. */
  readonly after: Field | undefined
  /** What callers are told to give for it. */
  readonly passes: readonly PassSpec[]
}

/** An edit of a file. */
export interface FileEdit extends Edit {
  readonly file: string
}

/** What is done about a field at one place. */
export interface Outcome {
  readonly kind: 'changed' | 'present' | 'not-needed' | 'advised' | 'blocked'
  readonly file: string
  readonly start: number
  /** What it is about, in words; what was looked for, where it is blocked. */
  readonly reason?: string
  readonly edits?: readonly FileEdit[]
  readonly requirements?: readonly Requirement[]
  /** What is left to people there, in words. */
  readonly next?: readonly string[]
  /** What is left to people at that very place, which is told with it. */
  readonly here?: readonly string[]
  /** The call is left without a value for the field: for one that is required, for another one. */
  readonly lacks?: 'required' | 'optional'
  /** What the call was told to give. */
  readonly passed?: PassSpec
}

/** A part that a site writes for is gone, so there is nothing to render. Whoever asks for a view where nothing is inserted expects it. */
export class NoView extends Error {}

/** What is done with an event at a site: a message of it is made, it is said what one is, or one is taken. */
export const ROLES = ['produces', 'declares', 'consumes'] as const
export type Role = (typeof ROLES)[number]

/** How an event is found where its wire name does not stand. */
export interface Linked {
  /**
   * The sites whose occurrences say where it is: without any of them, whether it is there cannot be told. Empty where
   * only a derived name is looked for.
   */
  readonly through: readonly SiteKey[]
  /**
   * The names that make it the event's own, where other code may have the same ones for itself: by such a name alone
   * nobody knows that the event is there, and what is linked by another name is people's and stays when the event goes.
   * Undefined where whatever is found is the event's.
   */
  readonly ownNames: ((event: string) => readonly string[]) | undefined
  /** Whether several events may have it in common, so that it stays for the others. */
  readonly isShared: boolean
}

/** What may be otherwise at a site than one occurrence, word by word as it is written. */
export interface Leeway {
  /** Whether an event may stand there any number of times. */
  readonly isRepeatable: boolean
  /** The site of the event's request that may hold it, and then is written with it. */
  readonly carriedBy: SiteKey | undefined
  /** Whether its comments are descriptions that people gave, and free to be others. */
  readonly hasFreeComments: boolean
  /** Whether events rightly live without it. */
  readonly isOptional: boolean
}

/** A site at which everything is as it is written. */
export const NO_LEEWAY: Leeway = {
  isRepeatable: false,
  carriedBy: undefined,
  hasFreeComments: false,
  isOptional: false,
}

/** The items of the reference document's checklist. */
export type ChecklistId = 'enum' | 'model' | 'factory' | 'backend' | 'types' | 'hook' | 'store' | 'client'

/** Where reports tell of a site. Sites of one id are told as one. */
export interface Listed {
  /** The item of the checklist that it fills. */
  readonly item: ChecklistId
  /** Whether the item is told at its place, and not at another site's that fills it as well. */
  readonly isMain: boolean
  /** The head of its column in `list`, and what that stands for. */
  readonly letter: string
  readonly column: string
  /** Whether repositories rightly live without it. */
  readonly isOptional?: boolean
}

/** A name that goes with an event. Other channels have the same ones, so it counts where it is the one that goes. */
export interface GoneName {
  readonly name: string
  /** The file that defined it. */
  readonly file: string
  /**
   * How it is reached: by importing it; as a member of something of that file, or of one export of it; in that file
   * alone; as a string that a message's type is compared with.
   */
  readonly as: 'import' | 'member' | 'local' | 'string'
  /** What has to stand in front of it. */
  readonly behind?: RegExp
  /** The export that it is a member of: `useChatStore`. */
  readonly of?: string
}

/**
 * One kind of place in which an event lives: one anchor, one template, one span. `part` tells apart two
 * sites that are reported under one id. All that anyone knows of a site stands here.
 */
export interface Site {
  readonly id: SiteId
  readonly part?: string
  /** What it is, in words for people: `enum member`. */
  readonly title: string
  /** Name of the template. */
  readonly template: string
  /** Whose code it stands in: a file of that side which is not read may hide an occurrence. */
  readonly side: 'server' | 'client'
  /** The only way that an event of this site goes; undefined where both have one. */
  readonly direction: HalfDirection | undefined
  readonly role: Role
  /** How it shows a payload: with the keys of the wire, with the names of the model's fields, or not at all. */
  readonly payload: 'wire' | 'fields' | 'none'
  /** How an event is found here; undefined for a keyed site, where its wire name or its member stands. */
  readonly linked: Linked | undefined
  readonly leeway: Leeway
  readonly listed: Listed
  /** Sites whose names it writes: where one of them is blocked, so is this one. */
  readonly needs: readonly SiteKey[]
  /** Every occurrence of a channel's events at this site. */
  survey(context: SurveyContext): readonly Occurrence[]
  /** Why an event needs nothing here, if it does not. */
  notNeeded(target: Half): string | undefined
  /** A place that may be the event's and that is not read, so that one beside it could be a second one. */
  unread?(context: SurveyContext, event: string): Unread | undefined
  /** Something else of the same name, if there is. */
  findTaken(target: Half): Taken | undefined
  anchor(target: Half): Anchor | Blocked
  /** The payload as this site shows it once the event is there; undefined where it shows none. */
  shape?(target: Half): Shape
  /** Data for the template, printed for the file it goes into. */
  view(target: Half): View
  requirements(target: Half): readonly Requirement[]
  /** What is done about a field where the event stands; undefined for a site that shows and passes no fields. */
  change?(context: FieldChange, found: Occurrence): readonly Outcome[]
  /** What goes when an occurrence is removed, in the file that it is in; or why it cannot be. */
  cut(context: SurveyContext, found: Occurrence): readonly Deletion[] | Blocked
  /** What stands for an occurrence alone, if that is more than it: the function that was made for a send. */
  unit?(context: SurveyContext, found: Occurrence): Span | undefined
  /** What would mean nothing any more without an occurrence, were it said elsewhere. */
  goneNames(context: SurveyContext, found: Occurrence): readonly GoneName[]
}

/** Whether events that go this way have something at a site. */
export function isSiteOf(site: Pick<Site, 'direction'>, direction: HalfDirection): boolean {
  return site.direction === undefined || site.direction === direction
}

/** Whether an occurrence tells by itself that the event is there, and cannot be something else of the same name. */
export function tellsAlone({ linked }: Pick<Site, 'linked'>): boolean {
  return linked?.ownNames === undefined
}

/** The key of a site. */
export function siteKey(site: Pick<Site, 'id' | 'part'>): SiteKey {
  return (site.part === undefined ? site.id : `${site.id}/${site.part}`) as SiteKey
}
