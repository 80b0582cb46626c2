import type { SiteId } from '../sites/site.js'
import type { Direction } from '../spec/event-spec.js'
import type { Field } from '../spec/field-type.js'
import type { FileChange } from '../workspace/diff.js'

/** The sites of a change or a cell, for reports, which know no site. */
export { SITE_IDS } from '../sites/registry.js'

/** What became of one site of an event; the same words in the checklist, in JSON and in text. */
export const STATUSES = [
  'inserted',
  'removed',
  'changed',
  'present',
  'advised',
  'blocked',
  'not-needed',
] as const
export type Status = (typeof STATUSES)[number]

/**
 * One thing done, found, left to people, or not possible. Lines and columns count from 1, in the new file; for what was
 * removed, or cannot be, in the old one.
 */
export interface Change {
  readonly site: SiteId
  readonly event: string
  readonly status: Status
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** What was inserted, or the snippet that is advised. */
  readonly text?: string
  readonly reason?: string
}

/** One item of the reference document's checklist. */
export interface ChecklistItem {
  readonly item: string
  readonly status: Status
  readonly file?: string
  readonly line?: number
}

export interface EventSummary {
  readonly channel: string
  readonly name: string
  readonly direction: Direction
  readonly fields: readonly Field[]
}

/** What a command would do to an event, proven and not yet written. */
export interface EventPlan<Changed extends FileChange = FileChange> {
  readonly event: EventSummary
  readonly changes: readonly Change[]
  readonly checklist: readonly ChecklistItem[]
  /** Empty when there is nothing to do, and when something is blocked that must not be. */
  readonly files: readonly Changed[]
  readonly isBlocked: boolean
  /** What goes, by name, in one sentence; undefined where nothing is taken out. */
  readonly headline?: string
  /** What is left to people, in words. */
  readonly next: readonly string[]
}
