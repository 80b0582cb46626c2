import { gatherChannels, gatherFields, gatherStores } from '../../engine/choices.js'
import { openCheckout } from '../checkout.js'
import type { World } from '../context.js'
import type { Candidate } from './candidate.js'

/** The names of a checkout that stand on a command line. */
export interface Choices {
  channels(): readonly Candidate[]
  stores(): readonly Candidate[]
  events(channel: string | undefined): readonly Candidate[]
  fields(event: string): readonly Candidate[]
}

/** Reads the checkout that the words of a command line are about. */
export function openChoices(world: World, words: readonly string[]): Choices {
  const at = words.findIndex((word) => word === '-C' || word === '--cwd')
  const cwd = at === -1 ? undefined : words[at + 1]
  const { repository, layout } = openCheckout(world, cwd === undefined ? {} : { cwd })
  return {
    channels: () =>
      gatherChannels(repository, layout).map((one) => ({ word: one.id, description: one.endpoint ?? '' })),
    fields: (event) =>
      gatherFields(repository, layout, event).map(({ key, type }) => ({ word: key, description: type })),
    stores: () => gatherStores(repository, layout).map((one) => ({ word: one.hook, description: one.file })),
    events(channel) {
      const channels = new Map<string, string>()
      const known = gatherChannels(repository, layout)
      for (const { id, events } of known.filter((one) => channel === undefined || one.id === channel))
        for (const event of events) channels.set(event, [channels.get(event), id].filter(Boolean).join(', '))
      return [...channels].map(([word, ids]) => ({ word, description: `channel ${ids}` }))
    },
  }
}
