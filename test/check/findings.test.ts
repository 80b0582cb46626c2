import { describe, expect, test } from 'vitest'
import { readRulePages } from '../../src/cli/rule-pages.js'
import type { Verdict } from '../../src/engine/check/verdict.js'
import { createPainter } from '../../src/report/color.js'
import { renderFindings } from '../../src/report/findings.js'
import { renderAnnotations, renderStepSummary } from '../../src/report/github.js'
import { renderRunJson } from '../../src/report/json.js'
import { renderSarif } from '../../src/report/sarif.js'
import { RULE_IDS } from '../../src/rules/catalogue.js'
import type { Finding } from '../../src/rules/finding.js'
import { drift, verdictOf } from '../support/findings.js'
import { sarifErrors, schemaErrors } from '../support/schemas.js'

const HOSTILE = 'a\u001b[31m\n::set-env name=PATH::x\r\n\u2028\u202e%0A##[error]`|</td>[click](http://x)'
const hostile = drift({
  rule: 'missing-case',
  subject: HOSTILE,
  event: { channel: HOSTILE, name: HOSTILE },
  place: { file: `::error file=x,line=1::${HOSTILE}.py`, line: 1, column: 2 },
  related: [{ file: HOSTILE, line: 3 }],
  what: HOSTILE,
  why: HOSTILE,
  fix: HOSTILE,
})
const warning = drift({
  rule: 'field-never-sent',
  severity: 'warning',
  place: { file: 'a.ts', line: 7 },
  related: [],
})
const info = drift({ rule: 'missing-model', severity: 'info' })

/** Lines that a CI runner takes for a command. */
const commands = (text: string): string[] => text.split(/\r?\n|\r/).filter((line) => /^\s*::|##\[/.test(line))

describe('text', () => {
  const render = (
    verdict: Verdict,
    more: { verbose?: boolean; quiet?: boolean; color?: boolean } = {},
  ): string =>
    String(
      renderFindings(verdict, {
        shown: verdict.findings.filter((one) => more.verbose === true || one.severity !== 'info'),
        verbose: more.verbose === true,
        quiet: more.quiet === true,
        paint: createPainter(more.color === true),
        width: 120,
      }),
    )

  test('a line a finding, the fix of errors, and a summary', () => {
    const verdict = verdictOf([drift(), warning, info], {
      accepted: [drift()],
      suppressed: [{ finding: drift(), reason: 'why' }],
    })
    expect(render(verdict)).toBe(`\
cachibot/models/websocket.py:12:5  error  missing-case  \`seat_taken\` is sent and the client drops it
  fix: write the case: cachibot-ws add-event seat_taken
a.ts:7  warning  field-never-sent  \`seat_taken\` is sent and the client drops it

1 error, 1 warning, 1 info in 75 events of 3 channels; 1 accepted by the baseline; 1 ignored by comments
--verbose shows info; cachibot-ws explain <rule> says why, and how to fix it
`)
  })

  test('--verbose adds the other end, why and fix, and shows info', () => {
    expect(render(verdictOf([info]), { verbose: true })).toBe(`\
cachibot/models/websocket.py:12:5  info  missing-model  \`seat_taken\` is sent and the client drops it
    see: frontend/src/hooks/useWebSocket.ts:80:7
    why: nobody sees that a seat is taken
    fix: write the case: cachibot-ws add-event seat_taken

1 info in 75 events of 3 channels
`)
  })

  const sent = (name: string, line: number, more: Partial<Finding> = {}): Finding =>
    drift({
      event: { channel: 'main', name },
      place: { file: 'cachibot/stage.py', line },
      what: `\`${name}\` is sent, with no case in \`useWebSocket.ts\``,
      fix: `add the case: \`cachibot-ws add-event ${name}\``,
      fixIn: 'frontend/src/hooks/useWebSocket.ts',
      ...more,
    })

  test('what one rule finds and one file mends is a group, with its fix once', () => {
    const findings = [sent('seat_taken', 7), sent('curtain_up', 12), sent('row_full', 3, { fixIn: 'b.ts' })]
    expect(render(verdictOf(findings))).toBe(`\
error  missing-case  \`<event>\` is sent, with no case in \`useWebSocket.ts\`
  cachibot/stage.py:7   seat_taken
  cachibot/stage.py:12  curtain_up
  fix: add the case: \`cachibot-ws add-event <event>\`
cachibot/stage.py:3  error  missing-case  \`row_full\` is sent, with no case in \`useWebSocket.ts\`
  fix: add the case: \`cachibot-ws add-event row_full\`

3 errors in 75 events of 3 channels
cachibot-ws explain <rule> says why, and how to fix it
`)
  })

  test('a group says of each what is different, and each fix that there is', () => {
    const key = (subject: string, more: Partial<Finding> = {}): Finding =>
      sent('seat_taken', 7, {
        subject,
        what: `\`${subject}\` of \`seat_taken\` can be null in \`Model.${subject}\``,
        fix: `declare \`${subject}: … | null\``,
        ...more,
      })
    const text = render(verdictOf([key('row'), key('seat')]))
    expect(text).toContain('`<key>` of `seat_taken` can be null in `Model.<key>`\n')
    expect(text).toContain('  cachibot/stage.py:7  seat_taken  row\n')
    expect(text).toContain('  fix: declare `<key>: … | null`\n')
    const other = render(verdictOf([key('row'), key('seat', { what: 'words', fix: 'write it' })]))
    expect(other).toContain('error  missing-case\n  cachibot/stage.py:7  `row` of `seat_taken`')
    expect(other).toContain('  fix: declare `row: … | null`\n  fix: write it\n')
  })

  test('lines are broken between words, and never inside of what is quoted', () => {
    const command = '`cachibot-ws add-event seat_taken --channel room --direction server-to-client`'
    const long = drift({ what: `${'word '.repeat(40)}end`, fix: `${'do '.repeat(20)}${command}` })
    const lines = render(verdictOf([long])).split('\n')
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(120)
    expect(lines[1]).toMatch(/^ {4}word/)
    expect(lines).toContain(`       ${command}`)
  })

  test('what was not read is counted, and nothing is never found of it', () => {
    expect(render(verdictOf([], { unread: 2, accepted: [drift()] }))).toBe(
      'no drift in what was read of 75 events of 3 channels; 2 places not read; 1 accepted by the baseline\n',
    )
  })

  test('nothing found is a line; --quiet says nothing then', () => {
    expect(render(verdictOf([]))).toBe('nothing found in 75 events of 3 channels\n')
    expect(render(verdictOf([], { events: 1, channels: ['main'] }))).toBe(
      'nothing found in 1 event of 1 channel\n',
    )
    expect(render(verdictOf([]), { quiet: true })).toBe('')
  })

  test('colour only where it is wanted', () => {
    expect(render(verdictOf([drift()]))).not.toContain('\u001b')
    expect(render(verdictOf([drift()]), { color: true })).toContain('\u001b[31merror')
  })

  test('names of the repository neither paint, break lines nor give commands', () => {
    const text = render(verdictOf([hostile]), { verbose: true })
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}]/u)
    expect(text.split('\n')).toHaveLength(1 + 1 + 3 + 3)
    expect(commands(text)).toEqual([])
  })
})

describe('json', () => {
  test('findings and their counts, as the schema that ships wants them', () => {
    const verdict = verdictOf([drift(), drift({ event: undefined }), warning, info, hostile], {
      accepted: [drift()],
    })
    const run = JSON.parse(
      String(renderRunJson({ command: 'check', exitCode: 1, dryRun: false, verdict })),
    ) as object
    expect(schemaErrors('run', run)).toEqual([])
    expect(run).toMatchObject({
      schemaVersion: 2,
      command: 'check',
      ok: false,
      exitCode: 1,
      error: null,
      summary: { errors: 3, warnings: 1, infos: 1, accepted: 1, suppressed: 0, events: 75 },
    })
    expect((run as { findings: unknown[] }).findings[0]).toEqual({
      rule: 'missing-case',
      severity: 'error',
      event: { channel: 'main', name: 'seat_taken' },
      file: 'cachibot/models/websocket.py',
      line: 12,
      column: 5,
      related: [{ file: 'frontend/src/hooks/useWebSocket.ts', line: 80, column: 7 }],
      what: '`seat_taken` is sent and the client drops it',
      why: 'nobody sees that a seat is taken',
      fix: 'write the case: cachibot-ws add-event seat_taken',
    })
  })
})

describe('github', () => {
  test('an annotation names file, line, column and rule, and says all', () => {
    const text = String(renderAnnotations(verdictOf([drift(), warning, info]), [drift(), warning, info], ''))
    expect(text.split('\n')).toEqual([
      '::error file=cachibot/models/websocket.py,line=12,col=5,title=missing-case::`seat_taken` is sent and the client drops it%0Asee: frontend/src/hooks/useWebSocket.ts:80:7%0Awhy: nobody sees that a seat is taken%0Afix: write the case: cachibot-ws add-event seat_taken',
      '::warning file=a.ts,line=7,title=field-never-sent::`seat_taken` is sent and the client drops it%0Awhy: nobody sees that a seat is taken%0Afix: write the case: cachibot-ws add-event seat_taken',
      expect.stringMatching(/^::notice /),
      '1 error, 1 warning, 1 info in 75 events of 3 channels',
      '',
    ])
  })

  test('a checkout below the root of the repository', () => {
    expect(String(renderAnnotations(verdictOf([warning]), [warning], 'apps/stage'))).toContain(
      'file=apps/stage/a.ts,',
    )
  })

  test('ten of a level, the worst first; the rest are lines of the log', () => {
    const many = [
      ...Array.from({ length: 12 }, (_, line) => drift({ place: { file: 'a.py', line: line + 1 } })),
      ...Array.from({ length: 11 }, (_, line) => ({ ...warning, place: { file: 'b.py', line: line + 1 } })),
    ]
    const lines = String(renderAnnotations(verdictOf(many), many, '')).split('\n')
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10)
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10)
    expect(lines).toContain('a.py:12 error missing-case `seat_taken` is sent and the client drops it')
    expect(lines.findIndex((line) => line.includes('line=10,'))).toBe(9)
  })

  test('a name gives no command of its own', () => {
    const many = Array.from({ length: 11 }, () => hostile)
    const lines = String(renderAnnotations(verdictOf(many), many, '')).split('\n')
    expect(lines).toHaveLength(13)
    expect(commands(lines.join('\n'))).toHaveLength(10)
    for (const line of lines.filter((one) => one.startsWith('::error '))) {
      expect(line.split('::')[1]).not.toMatch(/file=x,|\p{Cc}/u)
      expect(line).toContain('%250A')
    }
  })

  test('the step summary is a table that no name leaves', () => {
    const summary = String(renderStepSummary(verdictOf([drift(), hostile]), [drift(), hostile]))
    const rows = summary.split('\n').filter((line) => line.startsWith('| error'))
    expect(rows).toHaveLength(2)
    for (const row of rows) expect(row.split('|')).toHaveLength(6)
    expect(rows[0]).toContain('`seat_taken` is sent and the client drops it')
    expect(summary).not.toMatch(/<\/td>|\]\(|(?!\n)\p{Cc}/u)
    expect(commands(summary)).toEqual([])
  })

  test('the step summary stays below what GitHub takes', () => {
    const many = Array.from({ length: 5000 }, () => drift())
    const summary = String(renderStepSummary(verdictOf(many), many))
    expect(summary.length).toBeLessThan(1024 * 1024)
    expect(summary).toContain('4800 more are in the log.')
    expect(String(renderStepSummary(verdictOf([]), []))).toContain(
      'nothing found in 75 events of 3 channels.',
    )
  })
})

describe('sarif', () => {
  interface Log {
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
      readonly results: readonly {
        readonly ruleId: string
        readonly ruleIndex: number
        readonly level: string
        readonly message: { readonly text: string }
        readonly locations: readonly unknown[]
        readonly relatedLocations: readonly unknown[]
        readonly partialFingerprints: Readonly<Record<string, string>>
        readonly suppressions: readonly unknown[]
      }[]
    }[]
  }
  const pages = readRulePages(RULE_IDS)
  const render = (verdict: Verdict, prefix = ''): NonNullable<Log['runs'][0]> => {
    const options = { shown: verdict.findings, rules: pages, version: '1.2.3', prefix, exitCode: 1 }
    const log = JSON.parse(String(renderSarif(verdict, options))) as Log
    expect(sarifErrors(log)).toEqual([])
    const [run] = log.runs
    if (run === undefined) throw new Error('no run')
    return run
  }

  test('the official schema refuses what is none', () => {
    expect(sarifErrors({ version: '2.1.0', runs: [{ tool: {} }] })).not.toEqual([])
  })

  test('both ends, the rule with its page, a fingerprint', () => {
    const { results, tool } = render(verdictOf([drift(), warning, info, hostile]))
    const [result] = results
    expect(result).toMatchObject({
      ruleId: 'missing-case',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'cachibot/models/websocket.py', uriBaseId: '%SRCROOT%' },
            region: { startLine: 12, startColumn: 5 },
          },
        },
      ],
      relatedLocations: [
        { physicalLocation: { artifactLocation: { uri: 'frontend/src/hooks/useWebSocket.ts' } } },
      ],
      suppressions: [],
    })
    expect(tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe('missing-case')
    expect(results.map((one) => one.level)).toEqual(['error', 'warning', 'note', 'error'])
    expect(result?.partialFingerprints['cachibotWs/v1']).toMatch(/^[0-9a-f]{32}:1$/)
    for (const one of results) expect(one.message.text).not.toContain('](')
  })

  test('the fingerprint stays when lines move, and differs for the second of two equal ones', () => {
    const prints = (findings: readonly Finding[]): (string | undefined)[] =>
      render(verdictOf(findings)).results.map((one) => one.partialFingerprints['cachibotWs/v1'])
    const moved = drift({ place: { ...drift().place, line: 99 } })
    expect(prints([moved])).toEqual(prints([drift()]))
    expect(new Set(prints([drift(), drift(), warning])).size).toBe(3)
  })

  test('what a comment or the baseline takes out is a suppressed result', () => {
    const { results } = render(
      verdictOf([], { accepted: [warning], suppressed: [{ finding: drift(), reason: 'mobile only' }] }),
    )
    expect(results.map((one) => one.suppressions)).toEqual([
      [{ kind: 'inSource', justification: 'mobile only' }],
      [{ kind: 'external', justification: 'accepted by the baseline' }],
    ])
  })

  test('a path is a URI from the root of the repository', () => {
    const odd = drift({ place: { file: 'stage left/50%#1.py', line: 1 } })
    const { results } = render(verdictOf([odd]), 'apps/stage')
    expect(JSON.stringify(results[0]?.locations)).toContain('apps/stage/stage%20left/50%25%231.py')
  })
})
