import type { Place } from '../errors.js'
import type { FieldType } from '../spec/field-type.js'

/** A key that one side puts on the wire. */
export interface SentField {
  readonly key: string
  readonly type: FieldType
  /** Whether every message has it. */
  readonly always: boolean
  readonly place: Place
  /** The value as written there. */
  readonly value: string
  /** The parameter of the factory that gives it. */
  readonly parameter: string | undefined
}

/** A key as the other side's type declares it. */
export interface DeclaredField {
  readonly type: FieldType
  readonly optional: boolean
  readonly place: Place
}

/** One place that reads a key. */
export interface FieldRead {
  /** What it takes the value for; undefined where it does not say. */
  readonly type: FieldType | undefined
  /** Whether it does without a value: it is tested, typed as perhaps undefined, or there is something to fall back on. */
  readonly isGuarded: boolean
  /** Whether reading fails where the key is missing or of another type, as a model's validation does. */
  readonly raises?: boolean
  /** Keys that stand in for it. */
  readonly alternatives: readonly string[]
  readonly place: Place
}

/** A key that the other side expects. */
export interface WantedField {
  readonly key: string
  readonly declared: DeclaredField | undefined
  readonly reads: readonly FieldRead[]
}

/** What is sent of one event, and what the other side takes it for, as each of them shows it. */
export interface Terms {
  readonly sent: readonly SentField[]
  /** Strings that calls give to a key of which the other side lists the values, each where it is written. */
  readonly given: readonly SentField[]
  /** Whether more keys may be sent than can be read. */
  readonly isSentOpen: boolean
  readonly sentAt: readonly Place[]
  readonly wanted: readonly WantedField[]
  /** Whether a type declares the whole payload on the other side. */
  readonly isDeclared: boolean
  /** Whether that type is made for payloads, and not one that they share with the rest of the page. */
  readonly isOwnType: boolean
  /** Whether the other side may read more keys than it shows. */
  readonly isWantedOpen: boolean
  readonly wantedAt: readonly Place[]
}

/** How a value that is sent does not fit what the other side takes it for. */
export const MISFITS = ['null', 'literals', 'type'] as const
export type Misfit = (typeof MISFITS)[number]

/** A key whose values do not fit what the other side takes them for. */
export interface MisfitField {
  readonly misfit: Misfit
  readonly sent: SentField
  readonly field: WantedField
  /** The type that they do not fit. */
  readonly wanted: FieldType
}

/** A key that is sent and one that is expected, which differ in their case alone. */
export interface CaseTwin {
  readonly sent: SentField
  readonly wanted: WantedField
}

/** A key whose value JSON cannot carry. */
export interface UnsendableField {
  readonly field: SentField
  /** What it is instead: `datetime`. */
  readonly type: string
}

/** What the two sides have agreed on for one event, and where they differ. */
export interface Contract extends Terms {
  readonly caseTwins: readonly CaseTwin[]
  /** Keys that are expected and that nothing sends, not even in another case. */
  readonly neverSent: readonly WantedField[]
  /** Keys that are read where another one is missing, which is sent, and that nothing sends themselves. */
  readonly fallbacks: readonly WantedField[]
  /** Keys that are sent and that the other side's type does not have, not even in another case. */
  readonly undeclared: readonly SentField[]
  readonly misfits: readonly MisfitField[]
  readonly unsendable: readonly UnsendableField[]
}

/** One entry a key of what several producers send: always only where all of them always do. */
export function mergeSent(producers: readonly (readonly SentField[])[]): SentField[] {
  const keys = [...new Set(producers.flatMap((one) => one.map((field) => field.key)))]
  return keys.flatMap((key) => {
    const found = producers.flatMap((one) => one.filter((field) => field.key === key))
    const [first] = found
    if (first === undefined) return []
    // A key that a producer sets in two places is set in one or the other, as by `if … else`.
    const isAlways = (own: readonly SentField[]): boolean => own.length > 1 || own[0]?.always === true
    const always = producers.every((one) => isAlways(one.filter((field) => field.key === key)))
    const types = new Set(found.map((one) => JSON.stringify(one.type)))
    const type: FieldType = types.size === 1 ? first.type : { kind: 'unknown', raw: first.value }
    return [{ ...first, always, type }]
  })
}
