import type { Place } from '../../errors.js'
import type { Occurrence, Site } from '../../sites/site.js'
import type { Deletion } from '../../workspace/edits.js'

/** One occurrence of an event that is to go. */
interface At {
  readonly site: Site
  readonly found: Occurrence
}

/** What becomes of one occurrence of an event that is to go, as a decision is of one that is to come. */
export type Removal =
  /** Its deletions are none where the branch of its request takes it along. */
  | (At & { readonly kind: 'goes'; readonly deletions: readonly Deletion[] })
  /** It goes only by force; what stands in the way of that is told all the same. */
  | (At & { readonly kind: 'edited'; readonly deletions: readonly Deletion[] })
  /** It is people's own, or not the event's alone. */
  | (At & { readonly kind: 'stays'; readonly reason: string })
  | (At & { readonly kind: 'blocked'; readonly reason: string; readonly place?: Place })

/** One occurrence that goes, by force or without. */
export type Gone = Extract<Removal, { readonly kind: 'goes' | 'edited' }>

/** Whether an occurrence goes, by force or without. */
export function isGone(removal: Removal): removal is Gone {
  return removal.kind === 'goes' || removal.kind === 'edited'
}
