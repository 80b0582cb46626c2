import type { Severity } from '../rules/finding.js'
import type { Paint, Painter } from './color.js'
import { joined, lines, type Shown, say, shownOf, widest } from './shown/shown.js'

/** A rule as a report shows it. */
export interface RulePage {
  readonly id: string
  readonly severity: Severity
  readonly title: string
  /** Markdown. */
  readonly page: string
}

/** A rule's page for a terminal: headings bold, code set in, the marks of Markdown gone. */
export function renderPage({ page, severity }: RulePage, paint: Painter): Shown {
  const all: Shown[] = []
  let isCode = false
  for (const line of page.trimEnd().split('\n')) {
    if (line.startsWith('```')) isCode = !isCode
    else if (isCode) all.push(line === '' ? say`` : paintCode(line, paint)(`    ${line}`))
    else if (line.startsWith('# ')) all.push(say`${paint.bold(line.slice(2))} ${paint.dim(`(${severity})`)}`)
    else if (line.startsWith('#')) all.push(paint.bold(line.replace(/^#+ /, '')))
    else all.push(joined(line.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? paint.cyan(part) : part))))
  }
  return lines(all)
}

function paintCode(line: string, paint: Painter): Paint {
  if (line.startsWith('+')) return paint.green
  return line.startsWith('-') ? paint.red : paint.cyan
}

/** All rules, one a line. */
export function renderRules(rules: readonly Omit<RulePage, 'page'>[], paint: Painter): Shown {
  const width = widest(rules.map((rule) => shownOf(rule.id)))
  const color = { error: paint.red, warning: paint.yellow, info: paint.blue }
  const all = rules.map(
    ({ id, severity, title }) => say`${id.padEnd(width)}  ${color[severity](severity.padEnd(7))}  ${title}`,
  )
  return lines([...all, '', paint.dim('cachibot-ws explain <rule> prints the page of one')])
}
