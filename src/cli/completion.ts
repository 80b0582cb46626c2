import { renderCompletionJson } from '../report/program-json.js'
import { block } from '../report/shown/shown.js'
import { choose } from '../spec/reserved.js'
import { SCRIPTS, SHELLS } from './completion/scripts.js'
import type { GlobalFlags, World } from './context.js'

/** Runs `completion`: the script that a shell reads. */
export function completion(world: World, name: string, flags: GlobalFlags): number {
  const shell = choose('shell that is known', name, SHELLS)
  world.stdout.write(
    flags.json === true ? renderCompletionJson(shell, SCRIPTS[shell]) : block(SCRIPTS[shell]),
  )
  return 0
}
