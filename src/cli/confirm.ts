import { Failure } from '../errors.js'
import { createPainter, paintDiff } from '../report/color.js'
import { type GlobalFlags, type World, wantsColor } from './context.js'

/** Shows the diff and asks; anything but yes leaves the tree as it is. */
export async function confirm(world: World, flags: GlobalFlags, diff: string): Promise<void> {
  world.stderr.write(paintDiff(diff, createPainter(wantsColor(world, flags, world.stderr))))
  const { askToWrite } = await import('./wizard.js')
  if (!(await askToWrite())) throw new Failure(130, [{ what: 'nothing was written' }])
}
