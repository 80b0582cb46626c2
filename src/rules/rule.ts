import type { Finding, Severity } from './finding.js'

export interface Rule {
  readonly id: string
  readonly severity: Severity
  readonly title: string
  check(context: unknown): readonly Finding[]
}
