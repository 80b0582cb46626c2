import type { ChannelFacts } from '../facts/channel-facts.js'
import type { Row } from '../facts/row.js'
import type { Finding, Severity } from './finding.js'

/** A finding of a rule that has still to say which rule that is; its severity is the rule's but where it says another. */
export type Drift = Omit<Finding, 'rule' | 'severity'> & Partial<Pick<Finding, 'severity'>>

interface AnyRule {
  readonly id: string
  readonly severity: Severity
  /** An event that lacks a site is told so and nothing else: a presence finding of severity error keeps the other kinds away. */
  readonly kind: 'presence' | 'flow' | 'contract' | 'hygiene'
  /** One sentence: what it checks. */
  readonly title: string
}

/** A rule about one event at a time: each row is shown to it, and what it finds is of that event. */
interface RowRule extends AnyRule {
  readonly about: 'row'
  check(row: Row, channel: ChannelFacts): readonly Omit<Drift, 'event'>[]
}

/** A rule about what several rows have in common, or none has. */
interface ChannelRule extends AnyRule {
  readonly about: 'channel'
  /** @param asked the rows that are checked: those asked for, without those that a finding stands for already */
  check(channel: ChannelFacts, asked: readonly Row[]): readonly Drift[]
}

/**
 * One kind of drift, named after the defect: a condition and its words. Its page is `docs/rules/<id>.md`, whose
 * examples are its tests.
 */
export type Rule = RowRule | ChannelRule
