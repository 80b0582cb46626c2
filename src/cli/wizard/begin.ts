import { type World, wantsColor } from '../context.js'
import { type AddEventFlags, readAnswers } from '../event-flags.js'
import { findCheckout } from '../find-checkout.js'
import { askFirst } from './first-question.js'

/**
 * Runs `add-event` for an event that is asked for. The first question is on the screen before the checkout is read, and
 * before what reads it is loaded.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function askForEvent(world: World, flags: AddEventFlags): Promise<number> {
  findCheckout(world, flags)
  world.progress.stop()
  const asked = await askFirst(readAnswers(flags), wantsColor(world, flags, world.stderr))
  try {
    const { addAsked } = await import('../add-event.js')
    return await addAsked(world, flags, asked)
  } finally {
    asked.leave()
  }
}
