import { Failure } from '../errors.js'
import { plural } from '../report/count.js'
import { say } from '../report/shown/shown.js'
import { quoteForShell } from '../shell.js'
import type { FileChange } from '../workspace/diff.js'
import type { Rules } from '../workspace/targets.js'
import { openTransaction } from '../workspace/transaction.js'
import { assertFinished } from '../workspace/unfinished.js'
import { type Checkout, readCheckout } from './checkout.js'
import type { GlobalFlags, World } from './context.js'
import { findCheckout } from './find-checkout.js'

/** Whether a failure is no fault of whoever asked: a proof that does not hold, as with a plan from a wrong tree. */
function isBug(error: unknown): boolean {
  return !(error instanceof Failure) || error.exitCode === 5
}

/** What a plan was made from is not what the parser makes of it: what an earlier run kept was wrong, and is not taken again. */
export class Misread extends Error {}

/** How a command writes; a dry run does not. */
export interface Writer {
  /** The files that were put back first, because a run had been killed. */
  readonly recovered: readonly string[]
  /** Writes all or nothing. */
  write(changes: readonly FileChange[], rules: Rules): Promise<void>
}

/**
 * Runs a command that writes to a checkout: it is the only one for as long, and what a killed run left is put back
 * before anything is read. A dry run reads only, and wants a checkout that is whole.
 *
 * @throws Failure 3 where another run is going on, or a dry run finds what a killed one left, 6 for what only a person
 *   can decide
 */
export async function withWriter<T>(
  world: World,
  root: string,
  isDryRun: boolean,
  use: (writer: Writer) => Promise<T>,
): Promise<T> {
  if (isDryRun) {
    assertFinished(world.disk, root)
    return use({ recovered: [], write: async () => undefined })
  }
  const words = ['cachibot-ws', ...(world.argv ?? [])].map(quoteForShell)
  const transaction = openTransaction(world.disk, root, words.join(' '))
  const callOff = world.signals.atEnd(transaction.close)
  try {
    const { recovered } = transaction
    if (recovered.length > 0)
      world.stderr.write(
        say`a run was cut short while it wrote; put back what it left in ${plural(recovered.length, 'file')}: ${recovered.join(', ')}\n`,
      )
    return await use({
      recovered,
      write: (changes, rules) => world.signals.protect(() => transaction.commit(changes, rules)),
    })
  } finally {
    callOff()
    transaction.close()
  }
}

/**
 * Finds a checkout, makes this run the only one that writes to it, and reads it; see {@link withWriter}. What was
 * misread is read again.
 *
 * @throws Failure 2 when there is none
 */
export async function withCheckout<T>(
  world: World,
  flags: GlobalFlags & { readonly dryRun?: boolean },
  use: (checkout: Checkout, writer: Writer) => Promise<T>,
): Promise<T> {
  const found = findCheckout(world, flags)
  return withWriter(world, found.root, flags.dryRun === true, async (writer) => {
    try {
      return await use(readCheckout(world, found), writer)
    } catch (error) {
      const isMisread = error instanceof Misread || (isBug(error) && !world.trees.confirm())
      if (!isMisread || world.signals.hasWritten()) throw error
      return use(readCheckout(world, found), writer)
    }
  })
}
