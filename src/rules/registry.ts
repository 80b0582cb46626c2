import type { Rule } from './rule.js'

/** Every rule. */
export const RULES: readonly Rule[] = []
