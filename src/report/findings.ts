import type { ChalkInstance } from 'chalk'
import type { Verdict } from '../engine/verdict.js'
import { formatPlace } from '../errors.js'
import type { Finding, Severity } from '../rules/finding.js'
import { visibleLine } from './color.js'
import { summarize } from './count.js'

/** Findings for people, one a line and aligned, and a summary; `verbose` adds the other end, why and fix. */
export function renderFindings(
  verdict: Verdict,
  options: {
    /** What is shown of the findings, in their order. */
    readonly shown: readonly Finding[]
    readonly verbose: boolean
    readonly quiet: boolean
    readonly paint: ChalkInstance
  },
): string {
  const { shown, verbose, quiet, paint } = options
  const places = shown.map((one) => visibleLine(formatPlace(one.place)))
  const place = widest(places)
  const severity = widest(shown.map((one) => one.severity))
  const rule = widest(shown.map((one) => one.rule))
  const lines = shown.flatMap((one, index) => [
    [
      (places[index] ?? '').padEnd(place),
      paintSeverity(one.severity, paint)(one.severity.padEnd(severity)),
      paint.dim(one.rule.padEnd(rule)),
      visibleLine(one.what),
    ].join('  '),
    ...(verbose ? renderDetails(one, paint) : []),
  ])
  if (quiet) return lines.map((line) => `${line}\n`).join('')
  const hidden = verdict.findings.length - shown.length
  const more = [
    ...(hidden > 0 ? ['--verbose shows info'] : []),
    ...(shown.length > 0 && !verbose ? ['cachibot-ws explain <rule> says why, and how to fix it'] : []),
  ]
  return [
    ...lines,
    ...(lines.length > 0 ? [''] : []),
    paint.bold(summarize(verdict)),
    ...(more.length > 0 ? [paint.dim(more.join('; '))] : []),
    '',
  ].join('\n')
}

function renderDetails({ related, why, fix }: Finding, paint: ChalkInstance): string[] {
  return [
    ...related.map((end) => paint.dim(`    see: ${visibleLine(formatPlace(end))}`)),
    `    why: ${visibleLine(why)}`,
    `    fix: ${visibleLine(fix)}`,
  ]
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length))
}

function paintSeverity(severity: Severity, paint: ChalkInstance): ChalkInstance {
  return { error: paint.red, warning: paint.yellow, info: paint.blue }[severity]
}
