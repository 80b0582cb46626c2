import type { Verdict } from '../engine/check/verdict.js'
import { formatPlace } from '../errors.js'
import { groupBy } from '../group.js'
import type { Finding, Severity } from '../rules/finding.js'
import { findAlike } from './alike.js'
import type { Paint, Painter } from './color.js'
import { summarize } from './count.js'
import { joined, lines, type Shown, say, shownOf, widest } from './shown/shown.js'
import { wrapped } from './shown/wrap.js'

/** How findings are shown. */
interface Look {
  readonly verbose: boolean
  readonly quiet: boolean
  readonly paint: Painter
  /** How many characters a line may have; only what cannot be broken is longer. */
  readonly width: number
}

/**
 * Findings for people, and a summary: what one rule finds and one file mends is a group, a finding a line, with what they
 * have in common in front and the fix of errors behind. `verbose` shows each with the other end, why and fix.
 */
export function renderFindings(
  verdict: Verdict,
  options: Look & {
    /** What is shown of the findings, in their order. */
    readonly shown: readonly Finding[]
  },
): Shown {
  const { shown, verbose, quiet, paint } = options
  const groups = verbose || quiet ? shown.map((one) => [one]) : groupsOf(shown)
  const found = groups.flatMap((group) => renderGroup(group, options))
  if (quiet) return lines(found)
  const hidden = verdict.findings.length - shown.length
  const more = [
    ...(hidden > 0 ? ['--verbose shows info'] : []),
    ...(shown.length > 0 && !verbose ? ['cachibot-ws explain <rule> says why, and how to fix it'] : []),
  ]
  return lines([
    ...found,
    ...(found.length > 0 ? [''] : []),
    paint.bold(summarize(verdict)),
    ...(more.length > 0 ? [paint.dim(more.join('; '))] : []),
  ])
}

/** Neighbours of one rule and severity; where their fix is shown, of one file that it goes to. */
function groupsOf(shown: readonly Finding[]): (readonly Finding[])[] {
  const groups = groupBy(shown, ({ severity, rule, fixIn, place }) =>
    JSON.stringify([severity, rule, severity === 'error' ? (fixIn ?? place.file) : undefined]),
  )
  return [...groups.values()]
}

function renderGroup(group: readonly Finding[], look: Look): Shown[] {
  const [first] = group
  if (first === undefined) return []
  if (group.length > 1) return renderSeveral(first, group, look)
  const head = joined([shownOf(formatPlace(first.place)), ...titleOf(first, look)], '  ')
  return [
    ...renderWhat(head, first.what, look),
    ...(look.verbose ? renderDetails(first, look) : renderFix(group, look)),
  ]
}

function renderSeveral(first: Finding, group: readonly Finding[], look: Look): Shown[] {
  const title = joined(titleOf(first, look), '  ')
  const alike = findAlike(group, (one) => one.what)
  const places = group.map((one) => say`  ${formatPlace(one.place)}`)
  const events = group.map((one) => shownOf(one.event?.name ?? ''))
  const [placeWidth, eventWidth] = [widest(places), widest(events)]
  const rows = group.map((one, index) => {
    const head = (places[index] ?? shownOf('')).padEnd(placeWidth)
    if (alike === undefined) return renderWhat(head, one.what, look)
    const event = (events[index] ?? shownOf('')).padEnd(eventWidth)
    return [joined([head, event, ...(alike.different[index] ?? [])], '  ').trimEnd()]
  })
  return [
    ...(alike === undefined ? [title] : renderWhat(title, alike.text, look)),
    ...rows.flat(),
    ...renderFix(group, look),
  ]
}

function titleOf({ severity, rule }: Finding, { paint }: Look): Shown[] {
  return [paintSeverity(severity, paint)(severity), paint.dim(rule)]
}

/** The words behind a head, two spaces off. */
function renderWhat(head: Shown, what: string, { width }: Look): Shown[] {
  return wrapped(joined([head, ' ']), what, { width, indent: 4 })
}

/** The fix of errors: once, or each that there is where they are not alike. */
function renderFix(group: readonly Finding[], { quiet, width, paint }: Look): Shown[] {
  if (quiet || group[0]?.severity !== 'error') return []
  const alike = findAlike(group, (one) => one.fix)
  const all = alike === undefined ? [...new Set(group.map((one) => one.fix))] : [alike.text]
  return all.flatMap((fix) => wrapped(paint.cyan('  fix:'), fix, { width, indent: 7 }))
}

function renderDetails({ related, why, fix }: Finding, { paint, width }: Look): Shown[] {
  const ends = related.map((end) => paint.dim(say`    see: ${formatPlace(end)}`))
  const words = { width, indent: 9 }
  return [...ends, ...wrapped(shownOf('    why:'), why, words), ...wrapped(shownOf('    fix:'), fix, words)]
}

function paintSeverity(severity: Severity, paint: Painter): Paint {
  return { error: paint.red, warning: paint.yellow, info: paint.blue }[severity]
}
