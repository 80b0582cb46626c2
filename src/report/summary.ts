import type { EventPlan } from '../engine/result.js'
import { withBlocksTogether } from './blocks.js'
import type { Painter } from './color.js'
import { statsOf } from './shown/diff.js'
import { lines, type Shown, say, shownOf, widest } from './shown/shown.js'

/** A plan in few lines: each file with its new lines, what is blocked, and what is left to people. */
export function renderSummary(plan: EventPlan, diff: string, paint: Painter): Shown {
  const { event, changes, next } = plan
  const files = statsOf(diff)
  const width = widest(files.map(({ file }) => shownOf(file)))
  return lines([
    '',
    say`${paint.bold(event.name)} ${paint.dim(`${event.direction}, channel ${event.channel}`)}`,
    ...files.map(
      ({ file, added, removed }) =>
        say`  ${shownOf(file).padEnd(width)} ${paint.green(`+${added}`)}${removed > 0 ? paint.red(` −${removed}`) : ''}`,
    ),
    ...(files.length === 0 ? ['  every place has it already'] : []),
    ...withBlocksTogether(changes.filter((change) => change.status === 'blocked')).map(({ sites, first }) =>
      paint.red(`  blocked ${sites.join(', ')}: ${first.reason ?? ''}`),
    ),
    ...next.map((line) => paint.dim(`  next: ${line}`)),
    '',
  ])
}
