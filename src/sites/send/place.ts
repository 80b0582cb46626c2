import type { Failure } from '../../errors.js'
import type { PyClass } from '../../lang/python/query.js'
import type { PyScope } from '../../lang/python/scopes.js'
import type { Insertion } from '../../workspace/edits.js'
import type { Handler } from './handler.js'

/** Where the server sends an event from: one record a form, found and written in the file of that form. */
export type EmitPlace = FunctionPlace | MethodPlace | CallbackPlace | StatementPlace | CasePlace

/** A form in which the server sends. */
export type EmitForm = EmitPlace['form']

/** What a send needs to be placed, in any form. */
export interface Spot {
  readonly file: string
  /** The offset that it stands at, of what is there already. */
  readonly offset: number
  /** The white space in front of every line of it. */
  readonly base: string
  readonly place: (block: string) => readonly Insertion[]
}

interface Placed extends Spot {
  /** Whether a send that fails is logged, and what is around it goes on. */
  readonly isGuarded: boolean
}

/** A function of its own at the top level of a module. */
export interface FunctionPlace extends Placed {
  readonly form: 'function'
  /** What the new function is called. */
  readonly name: string
}

/** A method of its own in a class. */
export interface MethodPlace extends Placed {
  readonly form: 'method'
  readonly name: string
  readonly owner: PyClass
}

/** A function of its own inside the endpoint. */
export interface CallbackPlace extends Placed {
  readonly form: 'callback'
  readonly name: string
  /** The endpoint. */
  readonly scope: PyScope
}

/** A statement at the end of what a function does. */
export interface StatementPlace extends Placed {
  readonly form: 'statement'
  readonly scope: PyScope
  /** Why it is no case of what the agent streams, where the function takes that apart. */
  readonly noCase?: Failure
  /** Where it tells of a failure that the function handles. */
  readonly handler?: Handler
}

/** A case of a `match` over what the agent streams. */
export interface CasePlace extends Placed {
  readonly form: 'case'
  readonly scope: PyScope
  /** `StreamEvent.seat_taken` */
  readonly pattern: string
  /** The expression of the data that the agent streams. */
  readonly data: string
}

/** Whether the send gets a function of its own. */
export function isDefinition(place: EmitPlace): place is FunctionPlace | MethodPlace | CallbackPlace {
  return 'name' in place
}

/** The function that a place is inside; undefined where it is at the top level of a module or a class. */
export function scopeOf(place: EmitPlace): PyScope | undefined {
  return 'scope' in place ? place.scope : undefined
}
