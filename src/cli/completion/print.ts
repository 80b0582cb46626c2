import { gatherChannels, gatherStores } from '../../engine/choices.js'
import { lines, type Shown, say } from '../../report/shown/shown.js'
import { quoteForShell } from '../../shell.js'
import type { CommandDefinition } from '../command.js'
import { openCheckout, type World } from '../context.js'
import { type Candidate, type Checkout, complete } from './complete.js'

/**
 * Prints what completes the last word: one candidate a line with its description behind a tab, or `:files`,
 * `:folders`. What goes wrong completes nothing: a shell has no place for an error.
 */
export async function printCandidates(
  world: World,
  commands: readonly CommandDefinition[],
  words: readonly string[],
): Promise<number> {
  try {
    const found = await complete(commands, words, checkoutOf(world, words))
    world.stdout.write(lines(typeof found === 'string' ? [`:${found}`] : found.map(line)))
  } catch {
    return 0
  }
  return 0
}

function line({ word, description }: Candidate): Shown {
  return say`${word}\t${description.replaceAll(/\s+/g, ' ')}`
}

/** Whether a name of the checkout can stand on a command line as it is: others would do something there. */
function isPlain({ word }: Candidate): boolean {
  return quoteForShell(word) === word && !/^[-:]/.test(word)
}

function checkoutOf(world: World, words: readonly string[]): Checkout {
  const at = words.findIndex((word) => word === '-C' || word === '--cwd')
  const cwd = at === -1 ? undefined : words[at + 1]
  const open = () => openCheckout(world, cwd === undefined ? {} : { cwd })
  return {
    async channels() {
      const { repository, layout } = open()
      return gatherChannels(repository, layout)
        .map((one) => ({ word: one.id, description: one.endpoint ?? '' }))
        .filter(isPlain)
    },
    async stores() {
      const { repository, layout } = open()
      return gatherStores(repository, layout)
        .map((one) => ({ word: one.hook, description: one.file }))
        .filter(isPlain)
    },
    async events() {
      const { repository, layout } = open()
      const channels = new Map<string, string>()
      for (const { id, events } of gatherChannels(repository, layout))
        for (const event of events) channels.set(event, [channels.get(event), id].filter(Boolean).join(', '))
      return [...channels].map(([word, ids]) => ({ word, description: `channel ${ids}` })).filter(isPlain)
    },
  }
}
