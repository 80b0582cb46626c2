/** @typedef {{ ratio: number, quartiles: [number, number], cpu: number, wall: number, mib: number }} Summary */

/**
 * The medians of rounds. A ratio is that of one round, to the median of `node -e 0` in the same round, so that a machine that
 * becomes slower changes no ratio.
 *
 * @param {readonly { base: readonly import('./meter.mjs').Sample[], samples: Readonly<Record<string, import('./meter.mjs').Sample>> }[]} rounds
 * @returns {Record<string, Summary>} by the names of the samples, and `base`
 */
export function summarize(rounds) {
  const bases = rounds.map(({ base }) => median(base.map(({ cpu }) => cpu)))
  const all = rounds.flatMap(({ base }, round) => base.map((sample) => [sample, bases[round]]))
  const names = Object.keys(rounds[0]?.samples ?? {})
  return {
    base: summaryOf(all),
    ...Object.fromEntries(
      names.map((name) => [
        name,
        summaryOf(rounds.map(({ samples }, round) => [samples[name], bases[round]])),
      ]),
    ),
  }
}

function summaryOf(pairs) {
  const ratios = pairs.map(([{ cpu }, base]) => cpu / base)
  const medianOf = (name) => median(pairs.map(([sample]) => sample[name]))
  return {
    ratio: rounded(median(ratios), 2),
    quartiles: [rounded(quantile(ratios, 0.25), 2), rounded(quantile(ratios, 0.75), 2)],
    cpu: rounded(medianOf('cpu'), 1),
    wall: rounded(medianOf('wall'), 1),
    mib: rounded(medianOf('mib'), 1),
  }
}

export const median = (numbers) => quantile(numbers, 0.5)

function quantile(numbers, part) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at % 1)
}

export const rounded = (number, digits) => Number(number.toFixed(digits))

/** Whether a figure is what it is to be: `reached` is the aim, or the must of what has no aim. */
export function verdict(figure, { must, aim = must }) {
  return figure <= aim ? 'reached' : figure <= must ? 'held' : 'missed'
}

/**
 * What one event more costs where there are ten thousand, in times of what it costs where there are a thousand.
 *
 * @param {(events: number) => number} costAt
 */
export function marginal(costAt) {
  return rounded((costAt(10_000) - costAt(1000)) / 9000 / ((costAt(1000) - costAt(100)) / 900), 2)
}
