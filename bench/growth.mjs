import { join } from 'node:path'
import { makeCheckout } from './checkouts.mjs'
import { withEvents, withLines, writeTexts } from './generate.mjs'
import { GROWING, ROWS } from './rows.mjs'
import { forget, ownJob } from './scenarios.mjs'
import { median, rounded } from './summary.mjs'

/** Seconds of CPU time; what takes more is told as stopped. */
const LIMIT = 60
const eventsMore = (events, rounds) => ({
  checkout: `${events.toLocaleString('en')} events`,
  events,
  rounds,
  texts: () => withEvents(events),
})
const LINES = { checkout: '100,000 lines', rounds: 3, texts: () => withLines(100_000) }

/** The checkouts that growth is measured on; the largest once. */
export const SIZES = [eventsMore(100, 5), eventsMore(1000, 3), eventsMore(10_000, 1), LINES]
export const SHORT_SIZES = [eventsMore(100, 1)]

/**
 * First runs on growing checkouts.
 *
 * @returns {Promise<import('./page.mjs').Growth[]>}
 */
export async function measureGrowth({ bin, folder, measure, sizes, say }) {
  const growth = []
  const cache = join(folder, 'caches', 'growth')
  for (const { checkout, events, rounds, texts } of sizes) {
    say(`growth: ${checkout}`)
    const cwd = makeCheckout(join(folder, 'growth', checkout), (path) => writeTexts(path, texts()))
    for (const { id, args, exits } of ROWS.filter((row) => GROWING.includes(row.id))) {
      const samples = []
      // What V8 makes of the program is kept by the run before the first one that counts.
      for (let turn = growth.length < GROWING.length ? -1 : 0; turn < rounds; turn++) {
        forget(cache)
        const sample = await measure({ ...ownJob({ bin, cwd, cache, args: args(0) }), limit: LIMIT, exits })
        if (turn >= 0) samples.push(sample)
      }
      const medianOf = (name) => rounded(median(samples.map((sample) => sample[name])), 1)
      const over = samples.some((sample) => sample.over)
      growth.push({
        ...{ checkout, ...(events === undefined ? {} : { events }), row: id },
        ...{ cpu: medianOf('cpu'), wall: medianOf('wall'), mib: medianOf('mib'), over },
      })
    }
  }
  return growth
}
