import { posix } from 'node:path'
import type { Channel } from '../layout/layout.js'
import type { Repository } from '../layout/repository.js'
import { findReferences, type Reference } from '../ledger/references.js'

/** A name that goes with an event, and what has to stand in front of it for it to be meant. */
export interface GoneName {
  readonly name: string
  readonly side: 'python' | 'typescript'
  /** `WSMessage` of `WSMessage.seat_taken`; a pattern for strings: a comparison with a message's type. */
  readonly behind?: RegExp
  /** What a file has to say to mean it: channels have methods of the same names. */
  readonly along?: RegExp
}

/** The name of a member of a class: `WSMessageType.SEAT_TAKEN`. */
export function memberName(owner: string, name: string): GoneName {
  return { name, side: 'python', behind: new RegExp(`(?<![A-Za-z0-9_])${owner}\\s*\\.\\s*$`) }
}

/** A function that sends: a file that defines one of that name, after this one is gone, means its own. */
export function senderName(name: string): GoneName {
  return { name, side: 'python', along: new RegExp(`^(?![\\s\\S]*\\bdef ${name}\\b)`) }
}

/** The wire name as the frontend compares a message's type with it, or sends it. */
export function wireName(name: string): GoneName {
  return { name, side: 'typescript', behind: /(?:\.type\s*[!=]==?|\bcase|\btype:|\(|,)\s*$/ }
}

/** A method of the channel's client, or a callback of its hook, in files that have to do with either. */
export function clientName(channel: Channel, name: string): GoneName {
  const modules = [channel.hook?.file, channel.client?.file].flatMap((file) =>
    file === undefined ? [] : [posix.basename(file).replace(/\.tsx?$/, '')],
  )
  return { name, side: 'typescript', along: new RegExp(`(?<![\\w-])(?:${modules.join('|')})(?![\\w-])`) }
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
        const isOfClient = side === 'typescript' && one.along !== undefined
        if ((isWire || isOfClient) && foreign.includes(reference.file)) return false
        if (one.along?.test(text) === false) return false
        return one.behind === undefined || one.behind.test(text.slice(0, reference.start))
      })
    })
  })
}
