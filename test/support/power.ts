import type { MemoryDisk } from './memory-disk.js'
import { randomFrom } from './random.js'
import { attempt, isReadable, sideOf, type Tally, type Trial, type Wrap, wrongOf } from './trial.js'

/**
 * Loses power at random calls of a run, of the run that recovers from it, and after one that ended. What was not waited
 * for is lost or not, in any order.
 */
export function losePower(
  trial: Trial,
  count: number,
  seed: number,
  wrap: Wrap = (disk) => disk,
  enough = Number.POSITIVE_INFINITY,
): Tally {
  const random = randomFrom(seed)
  const chance = (): number => random.next()
  const probe = trial.disk()
  attempt(trial, probe, wrap(probe))
  const tally: Tally = { tried: 0, wrong: [] }
  while (tally.tried < count && tally.wrong.length < enough) {
    const disk = trial.disk()
    const at = 1 + random.below(probe.calls + 1)
    disk.fault = ({ number }) => (number === at ? 'kill before' : undefined)
    const { exitCode } = attempt(trial, disk, wrap(disk))
    const lost = disk.losePower(chance)
    const first = exitCode === 0 ? wrongDone(trial, lost) : wrongOf(trial, lost, wrap)
    tally.tried++
    const wrong = first ?? wrongAgain(trial, lost, random.below(probe.calls), chance, wrap)
    if (wrong !== undefined) tally.wrong.push(`${trial.name}, power lost at call ${at}: ${wrong}`)
  }
  return tally
}

/** A run that said that it wrote has written. */
function wrongDone(trial: Trial, lost: MemoryDisk): string | undefined {
  return isReadable(lost) && sideOf(trial, lost) === 'new' ? undefined : 'exit 0, and lost'
}

/** The power goes a second time, while the next run recovers, or when it is done. */
function wrongAgain(
  trial: Trial,
  lost: MemoryDisk,
  at: number,
  chance: () => number,
  wrap: Wrap,
): string | undefined {
  lost.fault = ({ number }) => (number === at ? 'kill before' : undefined)
  const { exitCode } = attempt(trial, lost, wrap(lost))
  const again = lost.losePower(chance)
  return exitCode === 0 ? wrongDone(trial, again) : wrongOf(trial, again, wrap)
}
