import type { PathAlias } from '../lang/typescript/imports.js'
import type { EmitTarget } from '../spec/event-spec.js'

/** What discovery found out about a checkout. Paths are relative to its root. */
export interface Layout {
  readonly backend: Backend
  readonly frontend: Frontend
  readonly channels: readonly Channel[]
  readonly stores: readonly StoreRef[]
}

export interface Backend {
  /** `cachibot` or `src/cachibot`. */
  readonly folder: string
  /** Characters a line may have, and the file that says so. */
  readonly lineLength: number
  readonly lineLengthFrom: string
}

export interface Frontend {
  readonly folder: string
  readonly aliases: readonly PathAlias[]
}

/** A Zustand store by its hook. */
export interface StoreRef {
  readonly hook: string
  readonly file: string
}

/** One WebSocket endpoint with its own enum, envelope, union, hook and client. Parts that were not found are undefined. */
export interface Channel {
  /** `main`, `room`, `voice`: the enum's name without `WSMessageType`. */
  readonly id: string
  readonly enum: PythonName
  readonly envelope: PythonName
  /** The package file that re-exports the module of the envelope. */
  readonly reexports: string | undefined
  readonly handler: { readonly file: string; readonly endpoint: string } | undefined
  readonly manager: Manager | undefined
  readonly union: { readonly name: string; readonly file: string } | undefined
  readonly tsEnvelope: TsEnvelope | undefined
  readonly hook: { readonly file: string } | undefined
  readonly client: { readonly name: string; readonly file: string } | undefined
  /** Of each part that was not found, or not for certain: what comes nearest. */
  readonly nearest: Readonly<Partial<Record<SoughtPart, Nearest>>>
}

/** The parts of a channel that are chosen among candidates once enum and envelope are known. */
export type SoughtPart = 'handler' | 'manager' | 'union' | 'tsEnvelope' | 'hook' | 'client'

/** What comes nearest to a part, in words, and where. */
export interface Nearest {
  readonly text: string
  readonly file: string
  readonly start: number
}

export interface PythonName {
  readonly name: string
  readonly file: string
}

/** A string enum and the model that has it as its `type`. */
export interface Envelope {
  readonly enum: PythonName
  readonly envelope: PythonName
  readonly values: readonly string[]
}

export interface TsEnvelope {
  readonly name: string
  readonly file: string
  /** The type of its `payload` as written. */
  readonly payload: string
}

/** What sends a channel's messages: the object that holds its connections, or functions of a module. */
export interface Manager {
  readonly file: string
  /** The class, or the module's functions where there is no object. */
  readonly title: string
  /** The module-level instance; undefined where functions send. */
  readonly instance: string | undefined
  /** The function that returns the instance, where there is one. */
  readonly getter: string | undefined
  readonly methods: readonly ManagerMethod[]
}

/** A method of a manager, or a function, that takes a message. */
export interface ManagerMethod {
  readonly name: string
  readonly target: Exclude<EmitTarget, 'none'>
  /** Parameters without `self` and those with a default, in order. */
  readonly parameters: readonly {
    readonly name: string
    readonly annotation: string | undefined
    readonly isMessage: boolean
    readonly isKeywordOnly: boolean
  }[]
}
