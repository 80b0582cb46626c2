import type { Channel, Layout } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'

/** A channel in a repository: what every reader of a part of it is asked with. */
export interface OpenChannel {
  readonly repository: Repository
  readonly layout: Layout
  readonly channel: Channel
}

/** A query of a channel that is answered once for each channel of a repository, when it is first asked. */
export function perChannel<T>(query: (open: OpenChannel) => T): (open: OpenChannel) => T {
  const answers = new WeakMap<Repository, Map<Channel, { readonly value: T }>>()
  return (open) => {
    const known = answers.get(open.repository) ?? new Map<Channel, { readonly value: T }>()
    answers.set(open.repository, known)
    const answer = known.get(open.channel) ?? { value: query(open) }
    known.set(open.channel, answer)
    return answer.value
  }
}
