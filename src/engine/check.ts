import type { Problem } from '../errors.js'
import type { Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import type { Finding } from '../rules/finding.js'

export interface Checked {
  readonly findings: readonly Finding[]
  readonly events: number
  readonly channels: readonly string[]
  readonly unread: readonly Problem[]
}

export function checkEvents(
  _repository: Repository,
  layout: Layout,
  _scope: { readonly channel?: string; readonly events?: readonly string[] },
): Checked {
  return { findings: [], events: 0, channels: layout.channels.map((one) => one.id), unread: [] }
}
