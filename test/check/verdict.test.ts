import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { acceptAll, type Baseline } from '../../src/engine/check/baseline.js'
import { judgedBy } from '../../src/engine/check/judged.js'
import type { Scope } from '../../src/engine/check/scope.js'
import { readSuppressions } from '../../src/engine/check/suppressions.js'
import { isFailed, judge, type Verdict } from '../../src/engine/check/verdict.js'
import type { Finding } from '../../src/rules/finding.js'
import { printBaseline } from '../../src/settings/baseline-file.js'
import type { Config } from '../../src/settings/config-file.js'
import { parseBaseline } from '../support/asked.js'
import { drift } from '../support/findings.js'
import { open, project, readFixture } from '../support/fixtures.js'

const RULES = ['missing-case', 'field-never-sent', 'missing-model', 'unused-suppression']
const PYTHON = 'cachibot/curtain.py'
const TYPESCRIPT = 'frontend/src/curtain.tsx'

/** Judges findings, in a checkout that has these texts besides. */
async function verdict(
  findings: readonly Finding[],
  more: {
    texts?: Record<string, string>
    severities?: Config['rules']
    baseline?: Baseline
    scope?: Scope
  } = {},
): Promise<Verdict> {
  const texts = readFixture('cachibot')
  for (const [path, text] of Object.entries(more.texts ?? {})) texts.set(path, text)
  const { repository, layout } = await open(texts)
  const checked = { findings, events: 1, channels: ['main'], unread: [] }
  return judge(checked, {
    rules: RULES,
    severities: more.severities ?? {},
    suppressions: readSuppressions(repository, layout),
    baseline: more.baseline ?? [],
    scope: more.scope ?? {},
    isJudged: judgedBy(checked, { repository, layout, scope: { channels: [], ...more.scope } }),
  })
}

const at = (file: string, line: number, more: Partial<Finding> = {}): Finding =>
  drift({ place: { file, line, column: 1 }, related: [], ...more })

const rulesOf = ({ findings }: Verdict): string[] => findings.map((one) => one.rule)

describe('severities', () => {
  test('the worst comes first, then the place', async () => {
    const info = drift({ severity: 'info' })
    const warning = drift({ severity: 'warning', place: { file: 'a.py', line: 3 } })
    const earlier = drift({ severity: 'warning', place: { file: 'a.py', line: 2 } })
    const error = drift()
    const { findings } = await verdict([info, warning, earlier, error])
    expect(findings).toEqual([error, earlier, warning, info])
  })

  test('what a user notices most comes first, then the file of the fix', async () => {
    const model = drift({ rule: 'model-contradicts-wire', place: { file: 'a.py', line: 1 } })
    const unread = drift({ rule: 'field-never-sent', place: { file: 'b.py', line: 1 } })
    const [one, two] = ['b.ts', 'a.ts'].map((fixIn) => drift({ fixIn }))
    if (one === undefined || two === undefined) throw new Error('no drifts')
    const { findings } = await verdict([model, unread, one, two])
    expect(findings).toEqual([two, one, unread, model])
  })

  test('a team sets them, or switches a rule off', async () => {
    const given = [drift(), drift({ rule: 'field-never-sent' })]
    const { findings } = await verdict(given, {
      severities: { 'missing-case': 'off', 'field-never-sent': 'info' },
    })
    expect(findings).toEqual([{ ...given[1], severity: 'info' }])
  })

  test.each([
    ['error', 'error', true],
    ['warning', 'error', false],
    ['warning', 'warning', true],
    ['info', 'warning', false],
    ['info', 'info', true],
  ] as const)('a finding of severity %s under --fail-on %s: fails %s', async (severity, bar, fails) => {
    expect(isFailed(await verdict([drift({ severity })]), bar)).toBe(fails)
  })
})

describe('ignore comments', () => {
  test.each([
    ['on its line', PYTHON, 'SEAT = 1  # cachibot-ws: ignore[missing-case] mobile only\n', 1],
    ['directly above', PYTHON, '# cachibot-ws: ignore[missing-case] mobile only\nSEAT = 1\n', 2],
    [
      'above another one',
      PYTHON,
      '# cachibot-ws: ignore[missing-case] mobile only\n# cachibot-ws: ignore[field-never-sent] old clients\nSEAT = 1\n',
      2 + 1,
    ],
    [
      'behind the comment of a linter',
      PYTHON,
      'SEAT = 1  # noqa  # cachibot-ws: ignore[missing-case] why\n',
      1,
    ],
    [
      'in TypeScript',
      TYPESCRIPT,
      'export const seat = 1 // cachibot-ws: ignore[missing-case] mobile only\n',
      1,
    ],
    [
      'with CRLF',
      TYPESCRIPT,
      '// cachibot-ws: ignore[missing-case] mobile only\r\nexport const seat = 1\r\n',
      2,
    ],
    [
      'in JSX',
      TYPESCRIPT,
      'export const Seat = () => (\n  <p>\n    {/* cachibot-ws: ignore[missing-case] mobile only */}\n    <b onClick={() => {}} />\n  </p>\n)\n',
      4,
    ],
    [
      'among several rules',
      PYTHON,
      'SEAT = 1  # cachibot-ws: ignore[field-never-sent, missing-case] why\n',
      1,
    ],
  ])('%s', async (_, file, text, line) => {
    const finding = at(file, line)
    const others = /field-never-sent/.test(text) ? [at(file, line, { rule: 'field-never-sent' })] : []
    const { findings, suppressed } = await verdict([finding, ...others], { texts: { [file]: text } })
    expect(findings).toEqual([])
    expect(suppressed[0]?.finding).toEqual(finding)
    expect(suppressed[0]?.reason).toMatch(/^(mobile only|why)$/)
  })

  test('at the other end', async () => {
    const finding = drift({ related: [{ file: PYTHON, line: 1, column: 1 }] })
    const texts = { [PYTHON]: 'SEAT = 1  # cachibot-ws: ignore[missing-case] mobile only\n' }
    const { findings, suppressed } = await verdict([finding], { texts })
    expect([findings, suppressed.length]).toEqual([[], 1])
  })

  test.each([
    ['another line', '# cachibot-ws: ignore[missing-case] why\n\nSEAT = 1\n', 3, ['unused-suppression']],
    ['another rule', 'SEAT = 1  # cachibot-ws: ignore[field-never-sent] why\n', 1, ['unused-suppression']],
    ['no reason', 'SEAT = 1  # cachibot-ws: ignore[missing-case]\n', 1, ['suppression-without-reason']],
    ['a dash only', 'SEAT = 1  # cachibot-ws: ignore[missing-case] --\n', 1, ['suppression-without-reason']],
    [
      'a comment of a linter only',
      'SEAT = 1  # cachibot-ws: ignore[missing-case] # noqa\n',
      1,
      ['suppression-without-reason'],
    ],
    [
      'an unknown rule',
      'SEAT = 1  # cachibot-ws: ignore[missing-cas] why\n',
      1,
      ['suppression-of-unknown-rule'],
    ],
    ['no rule', 'SEAT = 1  # cachibot-ws: ignore why\n', 1, ['suppression-of-unknown-rule']],
    ['a string', 'SEAT = "# cachibot-ws: ignore[missing-case] why"\n', 1, []],
    ['a docstring', '"""\n# cachibot-ws: ignore[missing-case] why\n"""\nSEAT = 1\n', 3, []],
  ])('%s ignores nothing', async (_, text, line, upkeep) => {
    const finding = at(PYTHON, line)
    const { findings, suppressed } = await verdict([finding], { texts: { [PYTHON]: text } })
    expect(suppressed).toEqual([])
    expect(findings.map((one) => one.rule).toSorted()).toEqual(['missing-case', ...upkeep].toSorted())
    expect(findings.find((one) => one.rule === upkeep[0])?.place.line ?? 1).toBe(1)
  })

  test('a text of TypeScript is no comment', async () => {
    const text = [
      "export const a = '// cachibot-ws: ignore[missing-case] why'",
      'export const b = `\n// cachibot-ws: ignore[missing-case] why\n`',
      'export const c = <p>// cachibot-ws: ignore[missing-case] why</p>',
      '',
    ].join('\n')
    const lines = [1, 2, 3, 4, 5].map((line) => at(TYPESCRIPT, line))
    const { suppressed, findings } = await verdict(lines, { texts: { [TYPESCRIPT]: text } })
    expect([suppressed, findings.length]).toEqual([[], 5])
  })

  test('an unknown rule is told what it may mean', async () => {
    const texts = { [PYTHON]: 'SEAT = 1  # cachibot-ws: ignore[missing-cas] why\n' }
    expect((await verdict([], { texts })).findings[0]?.fix).toBe('did you mean `missing-case`?')
  })

  test('what a scope leaves out is not unused', async () => {
    const texts = { [PYTHON]: 'SEAT = 1  # cachibot-ws: ignore[missing-case] why\n' }
    expect(rulesOf(await verdict([], { texts }))).toEqual(['unused-suppression'])
    expect(rulesOf(await verdict([], { texts, scope: { events: ['curtain_up'] } }))).toEqual([])
  })
})

describe('the baseline', () => {
  const baselineOf = (...findings: Finding[]): Baseline =>
    parseBaseline(printBaseline(acceptAll(findings)), 'known.json')

  test('accepts what it lists, wherever the lines have gone', async () => {
    const baseline = baselineOf(drift())
    const moved = drift({ place: { ...drift().place, line: 99 }, what: 'other words' })
    const { findings, accepted } = await verdict([moved], { baseline })
    expect([findings, accepted]).toEqual([[], [moved]])
  })

  test.each([
    ['rule', { rule: 'missing-model' }],
    ['event', { event: { channel: 'main', name: 'curtain_up' } }],
    ['channel', { event: { channel: 'room', name: 'seat_taken' } }],
    ['no event', { event: undefined }],
    ['subject', { subject: 'row' }],
  ] as const)('another %s is new, and the entry is stale', async (_, more) => {
    const found = await verdict([drift(more)], { baseline: baselineOf(drift()) })
    expect(rulesOf(found).toSorted()).toEqual([drift(more).rule, 'stale-baseline-entry'].toSorted())
  })

  test.each([
    ['its folder', drift(), 'src/cachibot/models/websocket.py'],
    ['its name', drift(), 'cachibot/models/curtain.py'],
    ['its folder, of no event', drift({ event: undefined }), 'src/cachibot/models/websocket.py'],
  ])('accepts what a file with another place has: %s', async (_, known, file) => {
    const moved = { ...known, place: { file, line: 3 } }
    const { findings, accepted } = await verdict([moved], { baseline: baselineOf(known) })
    expect([findings, accepted]).toEqual([[], [moved]])
  })

  test('tells what is otherwise the same by its file', async () => {
    const [one, two] = ['a.py', 'b.py'].map((file) => drift({ place: { file, line: 1 } }))
    if (one === undefined || two === undefined) throw new Error('no drifts')
    const { findings, accepted } = await verdict([one, two], { baseline: baselineOf(two) })
    expect([findings, accepted]).toEqual([[one], [two]])
    const none = drift({ event: undefined })
    const other = { ...none, place: { file: 'other.py', line: 12 } }
    expect(rulesOf(await verdict([other], { baseline: baselineOf(none) })).toSorted()).toEqual(
      ['missing-case', 'stale-baseline-entry'].toSorted(),
    )
  })

  test('reads those that had a path for a subject', async () => {
    const file = 'cachibot/api/websocket.py'
    const found = drift({
      rule: 'hand-built-envelope',
      subject: 'python-send',
      place: { file: `src/${file}` },
    })
    const baseline = baselineOf({ ...found, subject: file, place: { file } })
    expect((await verdict([found], { baseline })).findings).toEqual([])
  })

  test('counts: one more is new, one less is stale at its line', async () => {
    const baseline = baselineOf(drift(), drift(), drift({ subject: 'a' }))
    const more = await verdict([drift(), drift(), drift(), drift({ subject: 'a' })], { baseline })
    expect([more.accepted.length, rulesOf(more)]).toEqual([3, ['missing-case']])
    const less = await verdict([drift(), drift({ subject: 'a' })], { baseline })
    expect(less.findings).toMatchObject([
      {
        rule: 'stale-baseline-entry',
        severity: 'warning',
        place: { file: 'known.json', line: 5, column: 5 },
        what: '`missing-case` of `seat_taken` (`seat_taken`) in `cachibot/models/websocket.py` is 1 of 2 times accepted and no longer found',
      },
    ])
  })

  test('entries that a scope leaves out are not stale', async () => {
    const baseline = baselineOf(drift())
    expect(rulesOf(await verdict([], { baseline, scope: { channel: 'room' } }))).toEqual([])
    expect(rulesOf(await verdict([], { baseline, scope: { events: ['curtain_up'] } }))).toEqual([])
    expect(rulesOf(await verdict([], { baseline, scope: { events: ['seat_taken'] } }))).toEqual([
      'stale-baseline-entry',
    ])
  })

  test('one finding a line, sorted, whatever order they come in', () => {
    const findings = [drift({ rule: 'z' }), drift(), drift({ event: undefined }), drift()]
    const text = printBaseline(acceptAll(findings))
    expect(printBaseline(acceptAll(findings.toReversed()))).toBe(text)
    expect(text.split('\n').filter((line) => line.includes('"rule"'))).toEqual([
      '    { "rule": "missing-case", "channel": "main", "event": "seat_taken", "file": "cachibot/models/websocket.py", "subject": "seat_taken", "count": 2 },',
      '    { "rule": "missing-case", "file": "cachibot/models/websocket.py", "subject": "seat_taken", "count": 1 },',
      '    { "rule": "z", "channel": "main", "event": "seat_taken", "file": "cachibot/models/websocket.py", "subject": "seat_taken", "count": 1 }',
    ])
    expect(JSON.parse(printBaseline([]))).toEqual({ schemaVersion: 1, findings: [] })
  })
})

test('a file that could not be read is a finding', async () => {
  const checked = {
    findings: [],
    events: 0,
    channels: [],
    unread: [{ code: 'file-not-readable', what: '`a.py` is not valid UTF-8', place: { file: 'a.py' } }],
  } as const
  const decisions = {
    rules: RULES,
    severities: {},
    suppressions: [],
    baseline: [],
    scope: {},
    isJudged: () => true,
  }
  expect(judge(checked, decisions).findings).toMatchObject([
    { rule: 'unread-file', severity: 'error', place: { file: 'a.py' } },
  ])
  const off = { ...decisions, severities: { 'unread-file': 'off' } } as const
  expect(judge(checked, off)).toMatchObject({ findings: [], unread: 1 })
})

describe.each(['suppression-of-unknown-rule', 'suppression-without-reason', 'unused-suppression'])(
  'the page of %s',
  (id) => {
    const page = readFileSync(join(project, 'docs', 'rules', `${id}.md`), 'utf8')
    const [bad = '', good = ''] = page.split('## Bad')[1]?.split('## Good') ?? []
    const examples = (section: string): string[] =>
      [...section.matchAll(/```python\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
    const found = id === 'unused-suppression' ? [] : [at(PYTHON, 1)]

    test.each(examples(bad))('finds the bad example: %s', async (text) => {
      expect(rulesOf(await verdict(found, { texts: { [PYTHON]: text } }))).toContain(id)
    })

    test.each(examples(good))('finds nothing in the good example: %s', async (text) => {
      expect(rulesOf(await verdict(found, { texts: { [PYTHON]: text } }))).toEqual([])
    })
  },
)
