import { RULES } from './registry.js'
import { type RuleInfo, UPKEEP_RULES } from './upkeep.js'

/** Every rule that a finding can name, sorted by id. */
export const CATALOGUE: readonly RuleInfo[] = [...RULES, ...UPKEEP_RULES].toSorted((a, b) =>
  a.id < b.id ? -1 : 1,
)

/** The ids of all rules, sorted. */
export const RULE_IDS: readonly string[] = CATALOGUE.map((rule) => rule.id)
