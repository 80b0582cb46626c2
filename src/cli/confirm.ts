import { Failure } from '../errors.js'
import { createPainter, paintDiff } from '../report/color.js'
import { type GlobalFlags, type World, wantsColor } from './context.js'
import { askYesOrNo } from './wizard/prompts.js'

/** Shows the diff and asks; anything but yes leaves the tree as it is. */
export async function confirm(
  world: World,
  flags: GlobalFlags,
  diff: string,
  question: string,
): Promise<void> {
  const color = wantsColor(world, flags, world.stderr)
  world.stderr.write(paintDiff(diff, createPainter(color)))
  if (!(await askYesOrNo(question, color)))
    throw new Failure(130, [{ code: 'cancelled', what: 'nothing was written' }])
}
