import { lines, type Shown, say } from '../../report/shown/shown.js'
import { quoteForShell } from '../../shell.js'
import type { CommandDefinition } from '../command.js'
import type { World } from '../context.js'
import type { Candidate } from './candidate.js'
import { type Checkout, complete } from './complete.js'

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
    const found = await complete(commands, words, checkoutOf(world, words), readRules)
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

async function readRules(): Promise<readonly Candidate[]> {
  const { CATALOGUE } = await import('../../rules/catalogue.js')
  return CATALOGUE.map(({ id, title }) => ({ word: id, description: title }))
}

/** What reads a checkout is loaded for a word that asks for one. */
function checkoutOf(world: World, words: readonly string[]): Checkout {
  const ask = async () => (await import('./from-checkout.js')).openChoices(world, words)
  return {
    channels: async () => (await ask()).channels().filter(isPlain),
    stores: async () => (await ask()).stores().filter(isPlain),
    fields: async (event) => (event === undefined ? [] : (await ask()).fields(event).filter(isPlain)),
    events: async (channel) => (await ask()).events(channel).filter(isPlain),
  }
}
