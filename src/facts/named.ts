import type { Place } from '../errors.js'

/** A name that the code has, and where it is. */
export interface Named {
  readonly name: string
  readonly place: Place
}
