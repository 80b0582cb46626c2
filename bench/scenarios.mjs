import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { edit, undo } from './checkouts.mjs'
import { ROWS, statesOf } from './rows.mjs'

/**
 * A program as it is run in every round. `before` and `after` are not measured.
 *
 * @typedef {{ id: string, before(turn: number): Promise<void> | void, job(turn: number): import('./meter.mjs').Job, after(): void }} Scenario
 */

/** `node -e 0`, which every ratio is of. */
export const baseJob = (cwd) => ({ argv: [process.execPath, '-e', '0'], cwd })

/** The same without what the shell says, which may cost as much as all of Node: certificates to read, say. */
export const bareScenario = (cwd) => ({
  id: 'bare',
  before: () => {},
  job: () => ({ ...baseJob(cwd), isBare: true }),
  after: () => {},
})

/**
 * The rows in all states. Each has a cache of its own, so that none finds what another one left.
 *
 * @returns {Scenario[]}
 */
export function ownScenarios({ bin, checkouts, folder, measure }) {
  return ROWS.flatMap((row) =>
    statesOf(row).map((state) => {
      const cwd = row.writes ? checkouts.written : state === 'edited' ? checkouts.edited : checkouts.still
      const cache = join(folder, 'caches', `${row.id}-${state}`)
      const run = (args) => ownJob({ bin, cwd, cache, args })
      return {
        id: `${row.id} ${state}`,
        before: async (turn) => {
          if (row.needs !== undefined) await measure(run(row.needs(turn)))
          if (row.until !== undefined && turn === 0) {
            // V8's code is kept of a run that was answered to its end.
            await measure({ ...run(row.args(turn)), until: row.until, answer: 'curtain_call' })
            undo(cwd)
          }
          if (state === 'edited') edit(cwd, turn)
          if (state === 'first') forget(cache)
        },
        job: (turn) => ({ ...run(row.args(turn)), until: row.until, exits: row.exits }),
        after: () => {
          if (row.writes) undo(cwd)
        },
      }
    }),
  )
}

/** @returns {import('./meter.mjs').Job} */
export function ownJob({ bin, cwd, cache, args }) {
  return { argv: [process.execPath, bin, ...args], cwd, env: { XDG_CACHE_HOME: cache } }
}

/** Leaves of a cache what V8 made of the program, and nothing that was read in a checkout. */
export function forget(cache) {
  const folder = join(cache, 'cachibot-ws')
  if (!existsSync(folder)) return
  for (const kind of readdirSync(folder)) if (kind !== 'code') rmSync(join(folder, kind), { recursive: true })
}
