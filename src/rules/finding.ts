import type { Place } from '../errors.js'
import type { Severity } from '../settings/severity.js'

export type { Severity } from '../settings/severity.js'

/**
 * One drift between the two sides of the wire: facts and the words made of them. The first place is where it
 * shows, the related ones are the other end.
 */
export interface Finding {
  /** Id of the rule, named after the defect: `field-never-sent`. */
  readonly rule: string
  readonly severity: Severity
  /** Undefined for what belongs to no event. */
  readonly event: { readonly channel: string; readonly name: string } | undefined
  /**
   * What of the event it is about: a wire key, a member, a parameter. No path. With rule and event it
   * tells findings apart, so that a baseline survives edits elsewhere in the file, and a file that moves.
   */
  readonly subject: string
  readonly place: Place
  readonly related: readonly Place[]
  /** The file that the fix goes to, where that is not the one of the place. */
  readonly fixIn?: string
  /** A fact, with identifiers in backticks. */
  readonly what: string
  /** The consequence that a user would see. */
  readonly why: string
  /** An imperative, a command where there is one. */
  readonly fix: string
}
