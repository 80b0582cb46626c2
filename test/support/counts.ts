/**
 * How much is tried: a little on every push, all of it by `npm run torture`. The program itself is run every so often, else only
 * its commit, in a process as well.
 */
const isTorture = process.env['CACHIBOT_WS_TORTURE'] === '1'

export const COUNTS = isTorture
  ? {
      kills: 300,
      saves: 400,
      rounds: 15,
      powerLosses: 2_500,
      programEvery: 4,
      changes: 300,
      tooledVariants: 99,
    }
  : { kills: 30, saves: 40, rounds: 1, powerLosses: 400, programEvery: 8, changes: 100, tooledVariants: 1 }

/** Of everything that is chosen at random; another one is given by `SEED=n npm run torture`. */
export const SEED = Number(process.env['SEED'] ?? 1)

/** Prints what was tried, as `npm run torture` shows it. */
export function tell(what: string, tried: number, wrong: number): void {
  if (isTorture) console.log(`torture: ${what.padEnd(58)} ${String(tried).padStart(6)} tried, ${wrong} wrong`)
}
