import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { fingerprintOf } from '../engine/check/baseline.js'
import type { Verdict } from '../engine/check/verdict.js'
import type { Place } from '../errors.js'
import type { Finding, Severity } from '../rules/finding.js'
import type { RulePage } from './page.js'
import { json } from './shown/json.js'
import type { Shown } from './shown/shown.js'

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>

/**
 * A check as SARIF 2.1.0: findings with both ends, what comments and the baseline take out as suppressed
 * results, the rules with their pages.
 *
 * @param options.prefix the way from the repository's root to the checkout, '' where they are the same
 */
export function renderSarif(
  verdict: Verdict,
  options: {
    readonly shown: readonly Finding[]
    readonly rules: readonly RulePage[]
    readonly version: string
    readonly prefix: string
    readonly exitCode: number
  },
): Shown {
  const { shown, rules, version, prefix, exitCode } = options
  const result = resultWriter(rules, prefix)
  const run = {
    tool: {
      driver: {
        name: 'cachibot-ws',
        semanticVersion: version,
        rules: rules.map(descriptor),
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: true, exitCode }],
    results: [
      ...shown.map((finding) => result(finding)),
      ...verdict.suppressed.map(({ finding, reason }) =>
        result(finding, [{ kind: 'inSource', justification: reason }]),
      ),
      ...verdict.accepted.map((finding) =>
        result(finding, [{ kind: 'external', justification: 'accepted by the baseline' }]),
      ),
    ],
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return json(log)
}

function descriptor({ id, severity, title, page }: RulePage): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: page, markdown: page },
    defaultConfiguration: { level: LEVELS[severity] },
  }
}

/** Writes findings one after the other: those of one key are told apart by how many came before. */
function resultWriter(
  rules: readonly RulePage[],
  prefix: string,
): (finding: Finding, suppressions?: readonly object[]) => object {
  const indices = new Map(rules.map((rule, index) => [rule.id, index]))
  const times = new Map<string, number>()
  return (finding, suppressions = []) => {
    const key = fingerprintOf(finding)
    times.set(key, (times.get(key) ?? 0) + 1)
    return {
      ruleId: finding.rule,
      ruleIndex: indices.get(finding.rule) ?? -1,
      level: LEVELS[finding.severity],
      message: { text: withoutLinks(`${finding.what}. ${sentence(finding.why)}. ${sentence(finding.fix)}.`) },
      locations: finding.place.file === '' ? [] : [{ physicalLocation: location(finding.place, prefix) }],
      relatedLocations: finding.related.map((end, index) => ({
        id: index + 1,
        physicalLocation: location(end, prefix),
        message: { text: 'the other end' },
      })),
      partialFingerprints: { 'cachibotWs/v1': `${hash(key)}:${times.get(key)}` },
      suppressions,
    }
  }
}

function location({ file, line, column }: Place, prefix: string): object {
  const uri = posix
    .join(prefix, file)
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
  const region =
    line === undefined
      ? {}
      : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }
  return { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, ...region }
}

/** A text in brackets with a parenthesis behind it would be a link. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (')
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
