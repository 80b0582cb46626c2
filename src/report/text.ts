import type { ChalkInstance } from 'chalk'
import type { Change, ChecklistItem, EventSummary, Status } from '../engine/result.js'
import { formatPlace, type Problem } from '../errors.js'
import { visible, withoutCommands } from './color.js'

const MARKS: Readonly<Record<Status, string>> = {
  inserted: '+',
  removed: '~',
  present: '=',
  advised: '!',
  blocked: 'x',
  'not-needed': '-',
}

/** The event in a line, what was done at each site if asked for, what is blocked, the checklist, and what is next. */
export function renderRun(
  run: {
    readonly event: EventSummary
    readonly changes: readonly Change[]
    readonly checklist: readonly ChecklistItem[]
    readonly next: readonly string[]
    readonly headline?: string
  },
  options: { readonly verbose: boolean; readonly paint: ChalkInstance },
): string {
  const { event, changes, checklist, next, headline } = run
  const { paint, verbose } = options
  const shown = changes.filter((change) => verbose || change.status === 'blocked')
  const title = headline === undefined ? event.name : visible(headline)
  const sections = [
    `${paint.bold(title)} ${paint.dim(`${event.direction}, channel ${event.channel}`)}`,
    ...(shown.length > 0 ? [shown.map((change) => renderChange(change, paint)).join('\n')] : []),
    renderChecklist(checklist, paint),
    ...(next.length > 0 ? [next.map((line) => `next: ${visible(line)}`).join('\n')] : []),
  ]
  return `${sections.join('\n\n')}\n`
}

function renderChange(change: Change, paint: ChalkInstance): string {
  const place =
    change.file === undefined || change.file === '' ? '' : ` ${formatPlace({ ...change, file: change.file })}`
  const reason = change.reason === undefined ? '' : `\n      ${visible(change.reason)}`
  return `${paintStatus(change.status, paint)(`  ${MARKS[change.status]} ${change.site.padEnd(22)} ${change.status}`)}${place}${reason}`
}

function renderChecklist(items: readonly ChecklistItem[], paint: ChalkInstance): string {
  const width = Math.max(...items.map((item) => item.item.length))
  return items
    .map((item) => {
      const place =
        item.file === undefined
          ? ''
          : formatPlace({ file: item.file, ...(item.line === undefined ? {} : { line: item.line }) })
      const line = `  ${MARKS[item.status]} ${item.item.padEnd(width)}  ${item.status.padEnd(10)}`
      return `${paintStatus(item.status, paint)(line)} ${paint.dim(place)}`.trimEnd()
    })
    .join('\n')
}

function paintStatus(status: Status, paint: ChalkInstance): ChalkInstance {
  return {
    inserted: paint.green,
    removed: paint.magenta,
    present: paint.reset,
    advised: paint.yellow,
    blocked: paint.red,
    'not-needed': paint.dim,
  }[status]
}

/** How many problems a person reads at once; JSON has all of them. */
const PROBLEMS_SHOWN = 20

/** Expected failures for people: what, why, fix, place. */
export function renderProblems(problems: readonly Problem[], paint: ChalkInstance): string {
  const more = problems.length - PROBLEMS_SHOWN
  return problems
    .slice(0, PROBLEMS_SHOWN)
    .map((problem) => {
      const at = problem.place === undefined ? '' : `${formatPlace(problem.place)}: `
      const say = (text: string): string => withoutCommands(visible(text))
      const lines = [`${paint.red('error:')} ${say(at + problem.what)}`]
      if (problem.why !== undefined) lines.push(`  why: ${say(problem.why)}`)
      if (problem.fix !== undefined) lines.push(`  fix: ${say(problem.fix)}`)
      return `${lines.join('\n')}\n`
    })
    .concat(more > 0 ? [`and ${more} more; --json has all of them\n`] : [])
    .join('')
}
