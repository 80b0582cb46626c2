import type { Verdict } from '../engine/check/verdict.js'
import { formatPlace } from '../errors.js'
import type { Finding, Severity } from '../rules/finding.js'
import type { Paint, Painter } from './color.js'
import { summarize } from './count.js'
import { joined, lines, type Shown, say, shownOf, widest } from './shown/shown.js'

/** Findings for people, one a line and aligned, and a summary; `verbose` adds the other end, why and fix. */
export function renderFindings(
  verdict: Verdict,
  options: {
    /** What is shown of the findings, in their order. */
    readonly shown: readonly Finding[]
    readonly verbose: boolean
    readonly quiet: boolean
    readonly paint: Painter
  },
): Shown {
  const { shown, verbose, quiet, paint } = options
  const places = shown.map((one) => shownOf(formatPlace(one.place)))
  const place = widest(places)
  const severity = widest(shown.map((one) => shownOf(one.severity)))
  const rule = widest(shown.map((one) => shownOf(one.rule)))
  const found = shown.flatMap((one, index) => [
    joined(
      [
        shownOf(places[index] ?? '').padEnd(place),
        paintSeverity(one.severity, paint)(one.severity.padEnd(severity)),
        paint.dim(shownOf(one.rule).padEnd(rule)),
        one.what,
      ],
      '  ',
    ),
    ...(verbose ? renderDetails(one, paint) : []),
  ])
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

function renderDetails({ related, why, fix }: Finding, paint: Painter): Shown[] {
  return [
    ...related.map((end) => paint.dim(say`    see: ${formatPlace(end)}`)),
    say`    why: ${why}`,
    say`    fix: ${fix}`,
  ]
}

function paintSeverity(severity: Severity, paint: Painter): Paint {
  return { error: paint.red, warning: paint.yellow, info: paint.blue }[severity]
}
