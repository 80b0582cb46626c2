import type { Change, ChecklistItem, EventSummary, Status } from '../engine/result.js'
import { formatPlace, type ProblemWords } from '../errors.js'
import { type Told, withBlocksTogether } from './blocks.js'
import type { Paint, Painter } from './color.js'
import { lines, type Shown, say, shownOf, widest } from './shown/shown.js'

const MARKS: Readonly<Record<Status, string>> = {
  inserted: '+',
  removed: '-',
  changed: '~',
  present: '=',
  advised: '!',
  blocked: 'x',
  'not-needed': '.',
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
  options: { readonly verbose: boolean; readonly paint: Painter },
): Shown {
  const { event, changes, checklist, next, headline } = run
  const { paint, verbose } = options
  const shown = withBlocksTogether(
    changes.filter((change) => verbose || change.status === 'blocked'),
  ).flatMap((told) => renderChange(told, paint))
  return lines([
    say`${paint.bold(headline ?? event.name)} ${paint.dim(`${event.direction}, channel ${event.channel}`)}`,
    ...(shown.length > 0 ? ['', ...shown] : []),
    '',
    ...renderChecklist(checklist, paint),
    ...(next.length > 0 ? ['', ...next.map((line) => say`next: ${line}`)] : []),
  ])
}

function renderChange({ sites, first: change }: Told, paint: Painter): Shown[] {
  const place =
    change.file === undefined || change.file === '' ? '' : ` ${formatPlace({ ...change, file: change.file })}`
  const head = `  ${MARKS[change.status]} ${sites.join(', ').padEnd(22)} ${change.status}`
  return [
    say`${paintStatus(change.status, paint)(head)}${place}`,
    ...(change.reason === undefined ? [] : [say`      ${change.reason}`]),
  ]
}

function renderChecklist(items: readonly ChecklistItem[], paint: Painter): Shown[] {
  const width = widest(items.map((item) => shownOf(item.item)))
  return items.map((item) => {
    const place =
      item.file === undefined
        ? ''
        : formatPlace({ file: item.file, ...(item.line === undefined ? {} : { line: item.line }) })
    const line = say`  ${MARKS[item.status]} ${shownOf(item.item).padEnd(width)}  ${item.status.padEnd(10)}`
    return say`${paintStatus(item.status, paint)(line)} ${paint.dim(place)}`.trimEnd()
  })
}

function paintStatus(status: Status, paint: Painter): Paint {
  return {
    inserted: paint.green,
    removed: paint.magenta,
    changed: paint.green,
    present: paint.reset,
    advised: paint.yellow,
    blocked: paint.red,
    'not-needed': paint.dim,
  }[status]
}

/** How many problems a person reads at once; JSON has all of them. */
const PROBLEMS_SHOWN = 20

/** Expected failures for people: what, why, fix, place. */
export function renderProblems(problems: readonly ProblemWords[], paint: Painter): Shown {
  const more = problems.length - PROBLEMS_SHOWN
  return lines([
    ...problems.slice(0, PROBLEMS_SHOWN).flatMap((problem) => renderProblem(problem, paint)),
    ...(more > 0 ? [`and ${more} more; --json has all of them`] : []),
  ])
}

function renderProblem({ what, why, fix, paste = [], place }: ProblemWords, paint: Painter): Shown[] {
  const at = place === undefined ? '' : `${formatPlace(place)}: `
  return [
    say`${paint.red('error:')} ${at}${what}`,
    ...(why === undefined ? [] : [say`  why: ${why}`]),
    ...(fix === undefined ? [] : [say`  fix: ${fix}`]),
    ...paste.map(shownOf),
  ]
}
