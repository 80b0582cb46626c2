import { type GlobalFlags, type World, wantsColor } from '../context.js'
import { type AddEventFlags, type ChangeEventFlags, readAnswers } from '../event-flags.js'
import { findCheckout } from '../find-checkout.js'
import { changeNameQuestion } from './change-name.js'
import { askFirst, type FirstQuestion } from './first-question.js'
import { nameQuestion } from './step-name.js'

/**
 * Runs `add-event` for an event that is asked for.
 *
 * @returns the exit code
 * @throws Failure for everything that is expected to go wrong
 */
export async function askForEvent(world: World, flags: AddEventFlags): Promise<number> {
  const given = readAnswers(flags)
  const question: Parameters<typeof askFirst>[0] = (channels) => nameQuestion(given, channels)
  return begin(world, flags, question, async (asked) => {
    const { addAsked } = await import('../add-event.js')
    return addAsked(world, flags, given, asked)
  })
}

/** Runs `change-event` for a change that is asked for; as {@link askForEvent}. */
export async function askForChange(world: World, flags: ChangeEventFlags): Promise<number> {
  return begin(world, flags, changeNameQuestion, async (asked) => {
    const { changeAsked } = await import('../change-event.js')
    return changeAsked(world, flags, asked)
  })
}

/**
 * Asks the first question, which is on the screen before the checkout is read, and before what reads it is loaded.
 *
 * @param go what follows, which loads that
 */
async function begin(
  world: World,
  flags: GlobalFlags,
  question: Parameters<typeof askFirst>[0],
  go: (asked: FirstQuestion) => Promise<number>,
): Promise<number> {
  findCheckout(world, flags)
  world.progress.stop()
  const asked = await askFirst(question, wantsColor(world, flags, world.stderr))
  try {
    return await go(asked)
  } finally {
    asked.leave()
  }
}
