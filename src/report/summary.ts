import type { EventPlan } from '../engine/result.js'
import { withBlocksTogether } from './blocks.js'
import type { Painter } from './color.js'
import { lines, type Shown, say, shownOf, widest } from './shown/shown.js'

/** A plan in few lines: each file with its new lines, what is blocked, and what is left to people. */
export function renderSummary(plan: EventPlan, diff: string, paint: Painter): Shown {
  const { event, changes, next } = plan
  const files = countAdded(diff)
  const width = widest(files.map(({ file }) => shownOf(file)))
  return lines([
    '',
    say`${paint.bold(event.name)} ${paint.dim(`${event.direction}, channel ${event.channel}`)}`,
    ...files.map(({ file, added }) => say`  ${shownOf(file).padEnd(width)} ${paint.green(`+${added}`)}`),
    ...(files.length === 0 ? ['  every place has it already'] : []),
    ...withBlocksTogether(changes.filter((change) => change.status === 'blocked')).map(({ sites, first }) =>
      paint.red(`  blocked ${sites.join(', ')}: ${first.reason ?? ''}`),
    ),
    ...next.map((line) => paint.dim(`  next: ${line}`)),
    '',
  ])
}

/** The files of a unified diff with the number of lines that come in, in its order. */
function countAdded(diff: string): { readonly file: string; readonly added: number }[] {
  return diff
    .split(/^(?=--- )/m)
    .filter((one) => one.startsWith('--- '))
    .map((one) => {
      const [, head = '', ...rest] = one.split('\n')
      return {
        file: head.replace(/^\+\+\+ b\//, ''),
        added: rest.filter((line) => line.startsWith('+')).length,
      }
    })
}
