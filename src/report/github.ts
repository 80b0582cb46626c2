import { posix } from 'node:path'
import type { Verdict } from '../engine/check/verdict.js'
import { formatPlace } from '../errors.js'
import type { Finding, Severity } from '../rules/finding.js'
import { summarize } from './count.js'
import { command } from './shown/command.js'
import { code, markdown } from './shown/markdown.js'
import { lines, type Shown, say } from './shown/shown.js'

/** GitHub shows ten annotations of a level in a step, and drops the rest without a word. */
const ANNOTATIONS = 10

/** Rows of the step summary; GitHub refuses one over a mebibyte. */
const ROWS = 200

const LEVELS = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<
  Severity,
  string
>

/**
 * Findings as annotations of GitHub Actions, those beyond its limit as lines of the log, and a summary.
 *
 * @param prefix the way from the repository's root to the checkout, '' where they are the same
 */
export function renderAnnotations(verdict: Verdict, shown: readonly Finding[], prefix: string): Shown {
  const left: Record<Severity, number> = { error: ANNOTATIONS, warning: ANNOTATIONS, info: ANNOTATIONS }
  const found = shown.map((finding) =>
    left[finding.severity]-- > 0 ? annotation(finding, prefix) : plainLine(finding),
  )
  return lines([...found, summarize(verdict)])
}

function annotation({ severity, rule, place, related, what, why, fix }: Finding, prefix: string): Shown {
  const { file, line, column } = place
  const path = file === '' ? undefined : posix.join(prefix, file)
  const ends = related.map((end) => say`see: ${formatPlace(end)}`)
  const message = [what, ...ends, say`why: ${why}`, say`fix: ${fix}`]
  return command(LEVELS[severity], { file: path, line, col: column, title: rule }, message)
}

function plainLine({ severity, rule, place, what }: Finding): Shown {
  return say`${formatPlace(place)} ${severity} ${rule} ${what}`
}

/** Findings as the Markdown of a step summary. */
export function renderStepSummary(verdict: Verdict, shown: readonly Finding[]): Shown {
  const rows = shown
    .slice(0, ROWS)
    .map(
      ({ severity, rule, place, what }) =>
        markdown`| ${severity} | ${code(rule)} | ${code(formatPlace(place))} | ${what} |`,
    )
  const table =
    rows.length === 0 ? [] : ['| severity | rule | place | what |', '| --- | --- | --- | --- |', ...rows, '']
  const more = shown.length > ROWS ? [`${shown.length - ROWS} more are in the log.`, ''] : []
  return lines(['### cachibot-ws check', '', `${summarize(verdict)}.`, '', ...table, ...more])
}
