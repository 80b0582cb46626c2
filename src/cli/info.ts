import { gatherInfo } from '../engine/info.js'
import { createPainter } from '../report/color.js'
import { renderInfo } from '../report/info.js'
import { renderInfoJson } from '../report/json.js'
import { type GlobalFlags, openCheckout, type World, wantsColor } from './context.js'

/** Runs `info`: what was discovered in the checkout, and why. */
export async function info(world: World, flags: GlobalFlags): Promise<number> {
  const { repository, layout } = openCheckout(world, flags)
  const gathered = gatherInfo(repository, layout)
  const paint = createPainter(wantsColor(world, flags, world.stdout))
  world.stdout.write(
    flags.json === true
      ? renderInfoJson(gathered)
      : renderInfo(gathered, { verbose: flags.verbose === true, paint }),
  )
  return 0
}
