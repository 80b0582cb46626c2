import type { ChannelFacts } from '../facts/channel-facts.js'
import type { Finding, Severity } from './finding.js'

/** A finding of a rule that has still to say which rule that is. */
export type Drift = Omit<Finding, 'rule' | 'severity'>

/**
 * One kind of drift, named after the defect. Its page is `docs/rules/<id>.md`, whose examples are its tests.
 */
export interface Rule {
  readonly id: string
  readonly severity: Severity
  /** An event that lacks a site is told so and nothing else: a presence finding of severity error keeps the other kinds away. */
  readonly kind: 'presence' | 'flow' | 'contract' | 'hygiene'
  /** One sentence: what it checks. */
  readonly title: string
  check(facts: ChannelFacts): readonly Drift[]
}
