import { posix } from 'node:path'
import type { Verdict } from '../engine/verdict.js'
import { formatPlace } from '../errors.js'
import type { Finding, Severity } from '../rules/finding.js'
import { visible, visibleLine } from './color.js'
import { summarize } from './count.js'

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
export function renderAnnotations(verdict: Verdict, shown: readonly Finding[], prefix: string): string {
  const left: Record<Severity, number> = { error: ANNOTATIONS, warning: ANNOTATIONS, info: ANNOTATIONS }
  const lines = shown.map((finding) =>
    left[finding.severity]-- > 0 ? annotation(finding, prefix) : plainLine(finding),
  )
  return `${[...lines, summarize(verdict)].join('\n')}\n`
}

function annotation({ severity, rule, place, related, what, why, fix }: Finding, prefix: string): string {
  const { file, line, column } = place
  const path = file === '' ? undefined : posix.join(prefix, file)
  const properties = Object.entries({ file: path, line, col: column, title: rule })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(visible(String(value)))}`)
  const ends = related.map((end) => `see: ${formatPlace(end)}`)
  const message = visible([what, ...ends, `why: ${why}`, `fix: ${fix}`].join('\n'))
  return `::${LEVELS[severity]} ${properties.join(',')}::${escapeData(message)}`
}

function plainLine({ severity, rule, place, what }: Finding): string {
  return visibleLine(`${formatPlace(place)} ${severity} ${rule} ${what}`)
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** Findings as the Markdown of a step summary. */
export function renderStepSummary(verdict: Verdict, shown: readonly Finding[]): string {
  const rows = shown
    .slice(0, ROWS)
    .map(
      ({ severity, rule, place, what }) =>
        `| ${severity} | ${code(rule)} | ${code(formatPlace(place))} | ${escapeMarkdown(what)} |`,
    )
  const table =
    rows.length === 0 ? [] : ['| severity | rule | place | what |', '| --- | --- | --- | --- |', ...rows, '']
  const more = shown.length > ROWS ? [`${shown.length - ROWS} more are in the log.`, ''] : []
  return `${['### cachibot-ws check', '', `${summarize(verdict)}.`, '', ...table, ...more].join('\n')}\n`
}

function code(text: string): string {
  return `<code>${escapeHtml(visibleLine(text))}</code>`
}

/** Keeps what stands in backticks as code; everything else is plain text, and nothing leaves its cell. */
function escapeMarkdown(text: string): string {
  return visibleLine(text)
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? code(part) : escapeHtml(part)))
    .join('')
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>|\\*_[\]`~#!@]/g, (char) => `&#${char.charCodeAt(0)};`)
}
