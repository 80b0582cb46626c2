import type { ChalkInstance } from 'chalk'
import type { Severity } from '../rules/finding.js'

/** A rule as a report shows it. */
export interface RulePage {
  readonly id: string
  readonly severity: Severity
  readonly title: string
  /** Markdown. */
  readonly page: string
}

/** A rule's page for a terminal: headings bold, code set in, the marks of Markdown gone. */
export function renderPage({ page, severity }: RulePage, paint: ChalkInstance): string {
  const lines: string[] = []
  let isCode = false
  for (const line of page.trimEnd().split('\n')) {
    if (line.startsWith('```')) isCode = !isCode
    else if (isCode) lines.push(line === '' ? '' : paintCode(line, paint)(`    ${line}`))
    else if (line.startsWith('# ')) lines.push(`${paint.bold(line.slice(2))} ${paint.dim(`(${severity})`)}`)
    else if (line.startsWith('#')) lines.push(paint.bold(line.replace(/^#+ /, '')))
    else lines.push(line.replace(/`([^`]+)`/g, (_, text: string) => paint.cyan(text)))
  }
  return `${lines.join('\n')}\n`
}

function paintCode(line: string, paint: ChalkInstance): ChalkInstance {
  if (line.startsWith('+')) return paint.green
  return line.startsWith('-') ? paint.red : paint.cyan
}

/** All rules, one a line. */
export function renderRules(rules: readonly Omit<RulePage, 'page'>[], paint: ChalkInstance): string {
  const width = Math.max(...rules.map((rule) => rule.id.length))
  const color = { error: paint.red, warning: paint.yellow, info: paint.blue }
  const lines = rules.map(
    ({ id, severity, title }) => `${id.padEnd(width)}  ${color[severity](severity.padEnd(7))}  ${title}`,
  )
  return `${[...lines, '', paint.dim('cachibot-ws explain <rule> prints the page of one')].join('\n')}\n`
}
