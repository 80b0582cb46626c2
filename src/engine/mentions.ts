import type { Channel } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { findReferences, type Reference } from '../ledger/references.js'

/** A name that goes with an event, and what has to stand in front of it for it to be meant. */
export interface GoneName {
  readonly name: string
  readonly side: 'python' | 'typescript'
  /** `WSMessage` of `WSMessage.seat_taken`; a pattern for strings: a comparison with a message's type. */
  readonly behind?: RegExp
}

/** The name of a member of a class: `WSMessageType.SEAT_TAKEN`. */
export function memberName(owner: string, name: string): GoneName {
  return { name, side: 'python', behind: new RegExp(`(?<![A-Za-z0-9_])${owner}\\s*\\.\\s*$`) }
}

/** The wire name as the frontend compares a message's type with it, or sends it. */
export function wireName(name: string): GoneName {
  return { name, side: 'typescript', behind: /(?:\.type\s*[!=]==?|\bcase|\btype:|\(|,)\s*$/ }
}

/**
 * Every place that still says one of the names, in the code and its tests: without the event it would not compile,
 * or never be true.
 *
 * @param repository the checkout without the event
 */
export function findMentions(
  repository: Repository,
  channel: Channel,
  others: readonly Channel[],
  names: readonly GoneName[],
): Reference[] {
  // A wire name of another channel is another event.
  const foreign = others
    .filter((one) => one.id !== channel.id)
    .flatMap((one) => [one.hook?.file, one.client?.file, one.handler?.file, one.union?.file])
    .filter((file) => file !== channel.hook?.file && file !== channel.client?.file)
  return (['python', 'typescript'] as const).flatMap((side) => {
    const own = names.filter((one) => one.side === side)
    const references = findReferences(
      repository,
      own.map((one) => one.name),
      { folder: '', extensions: side === 'python' ? ['.py'] : ['.ts', '.tsx'], withTests: true },
    )
    return references.filter((reference) => {
      const { text } = repository.workspace.read(reference.file)
      return own.some((one) => {
        if (one.name !== reference.name) return false
        const isWire = side === 'typescript' && one.behind !== undefined
        if (reference.isString !== isWire) return false
        if (isWire && foreign.includes(reference.file)) return false
        return one.behind === undefined || one.behind.test(text.slice(0, reference.start))
      })
    })
  })
}
