import { discoverLayout } from '../../src/layout/discover.js'
import type { Finding } from '../../src/rules/finding.js'
import { createSource } from '../../src/workspace/source.js'
import { checkEvents } from '../support/check.js'
import { open, readFixture } from '../support/fixtures.js'
import { applyForm, type Drift, type Edit, type Form } from './form.js'

const texts = readFixture('cachibot')
const clean = await open(texts)
const untouched = keysOf(check([]).findings)
const checks = new Map<Form, Map<Drift | undefined, Checked>>()

/** A check of the fixture with edits. */
function check(edits: readonly Edit[]) {
  const edited = applyForm(texts, edits)
  const changed = [...edited].filter(([path, text]) => texts.get(path) !== text)
  const repository = clean.repository.overlay(changed.map(([path, text]) => createSource(path, text)))
  const layout = discoverLayout(repository, clean.layout.backend.folder)
  return { edited, ...checkEvents(repository, layout, {}) }
}

type Checked = ReturnType<typeof check>

/** A form, or a drift in it, is checked once. */
function checkOnce(form: Form, drift?: Drift): Checked {
  const own = checks.get(form) ?? new Map<Drift | undefined, Checked>()
  checks.set(form, own)
  const checked = own.get(drift) ?? check([...form.harmless, ...(drift?.edits ?? [])])
  own.set(drift, checked)
  return checked
}

/** What tells findings apart, wherever their lines went. */
function keyOf({ rule, event, subject, what }: Finding): string {
  return [rule, event?.channel, event?.name, subject, what].join('|')
}

function keysOf(findings: readonly Finding[]): Set<string> {
  return new Set(findings.map(keyOf))
}

/** What is said of a form though nothing is wrong with it. */
export function falseAlarms(form: Form): Finding[] {
  return checkOnce(form).findings.filter(
    (one) => !untouched.has(keyOf(one)) && !form.deserves?.includes(one.rule),
  )
}

/** What is said of a drift, and neither of the form nor of the untouched fixture. */
export function newFindings(form: Form, drift: Drift): Finding[] {
  const before = keysOf(checkOnce(form).findings)
  return checkOnce(form, drift).findings.filter(
    (one) => !untouched.has(keyOf(one)) && !before.has(keyOf(one)),
  )
}

/** Whether one of the findings is of a rule and at a place where the drift is to be found. */
export function isFound(form: Form, drift: Drift): boolean {
  const { edited } = checkOnce(form, drift)
  const lineOf = (file: string, line = 1): string => edited.get(file)?.split('\n')[line - 1] ?? ''
  return newFindings(form, drift).some(
    ({ rule, severity, place, related }) =>
      drift.rules.includes(rule) &&
      (drift.severity ?? severity) === severity &&
      [place, ...related].some(({ file, line }) =>
        drift.at.some(([path, part]) => path === file && lineOf(file, line).includes(part)),
      ),
  )
}

/** What is wrong with the corpus itself: a text that does not parse, an edit of nothing, a line that is nowhere. */
export function mistakes(form: Form): string[] {
  return [undefined, ...form.drifts].flatMap((drift) => {
    const { unread, edited } = checkOnce(form, drift)
    const gone = drift?.at.filter(([path, part]) => edited.get(path)?.includes(part) !== true) ?? []
    return [...unread.map((one) => one.what), ...gone.map(([path, part]) => `${path} has no ${part}`)].map(
      (what) => `${form.name}, ${drift?.name ?? 'harmless'}: ${what}`,
    )
  })
}

/** Findings in words, as a failure shows them. */
export function shown(findings: readonly Finding[]): string[] {
  return findings.map((one) =>
    [
      `${one.rule} (${one.severity}) ${one.what}`,
      ...[one.place, ...one.related].map(({ file, line }) => `${file}:${line}`),
    ].join(' '),
  )
}
