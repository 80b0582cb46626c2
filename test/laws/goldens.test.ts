import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decideAll } from '../../src/engine/add/decide.js'
import { fieldsOf } from '../../src/engine/change/resolve.js'
import { Failure } from '../../src/errors.js'
import { directionOf } from '../../src/ledger/direction.js'
import { buildLedger } from '../../src/ledger/ledger.js'
import { surveyChannel } from '../../src/ledger/surveyed.js'
import { SITES } from '../../src/sites/registry.js'
import { resolveRequirements } from '../../src/sites/requirements/requirements.js'
import { type SiteKey, siteKey } from '../../src/sites/site.js'
import { type EventSpec, eventsOf } from '../../src/spec/event-spec.js'
import { renderDiff } from '../../src/workspace/diff.js'
import { type Insertion, splice } from '../../src/workspace/edits.js'
import { buildSpec, resolveChannel, resolveTargets } from '../support/asked.js'
import { type Asked, change, refusing } from '../support/change.js'
import { EVENTS, eventsFor, titleOf } from '../support/events.js'
import { FIXTURES, type Opened, open, project, readFixture } from '../support/fixtures.js'

/** The events, and one whose texts have to be wrapped, encoded or left out. */
const GOLDEN_EVENTS: readonly EventSpec[] = [
  ...EVENTS,
  buildSpec({
    name: 'understudy_called_for_the_evening_performance',
    description:
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a hazard that has to come out as it went in
      'The understudy is """called""" for the evening */ with a \\ backslash, ${values}, {{braces}} and so many words that no line of any repository holds them all.',
    payload: {
      understudy_identifier: { type: 'str', description: 'Who comes.' },
      replaced_actor_identifier: 'str',
      reason: { type: '"ill"|"la\\"te"', nullable: true },
      seat: { type: { row_number: 'int', note: 'str?' } },
      count: { type: 'int', default: 1, wire: 'total' },
    },
  }),
]

const SILENT: ReadonlySet<string> = new Set(['insert', 'not-needed'])

/** Each site's own insertion as a hunk, and what the sites require of imports and exports. */
function hunks(opened: Opened, spec: EventSpec): Map<string, string> {
  const { repository, layout } = opened
  const channel = resolveChannel(repository, layout, spec.channel)
  const ledger = buildLedger(repository, layout, channel, eventsOf(spec))
  const halves = decideAll(resolveTargets(repository, layout, channel, ledger, spec))
  const show = (file: string, insertions: readonly Insertion[]): string => {
    if (insertions.length === 0) return ''
    const before = repository.workspace.read(file)
    return renderDiff([{ before, after: splice(before, insertions) }])
  }
  const result = new Map<string, string>()
  for (const site of SITES) {
    const own = halves.flatMap(({ decisions }) => decisions.get(siteKey(site)) ?? [])
    const inserted = own.flatMap((decision) => (decision.kind === 'insert' ? [decision] : []))
    const [first] = inserted
    // What an event does not need leaves no line, so that a site which few events need changes few goldens.
    const others = own.flatMap(({ kind }) => (SILENT.has(kind) ? [] : [`${kind}\n`])).join('')
    const all = inserted.flatMap((decision) => decision.insertions)
    result.set(siteKey(site), (first === undefined ? '' : show(first.file, all)) + others)
  }
  const requirements = halves.flatMap(({ target, decisions }) =>
    SITES.filter((site) => decisions.get(siteKey(site))?.kind === 'insert').flatMap((site) =>
      site.requirements(target),
    ),
  )
  const files = [...new Set(requirements.map((one) => one.file))]
  result.set(
    'requirements',
    files.map((file) => show(file, resolveRequirements(repository, layout, file, requirements))).join(''),
  )
  return result
}

describe.each(FIXTURES)('%s', (fixture) => {
  const opened = open(readFixture(fixture))
  const keys: readonly (SiteKey | 'requirements')[] = [...SITES.map(siteKey), 'requirements']
  test.each(keys)('%s writes these bytes', async (key) => {
    // An emit place changes what is sent from where, and what that needs.
    const isSend = key === 'python-send' || key === 'requirements'
    const others = eventsFor(fixture).filter((one) => !EVENTS.includes(one))
    const events = [...GOLDEN_EVENTS, ...others.filter((one) => isSend || one.emit.in === undefined)]
    const text = events.map(async (spec) => `# ${titleOf(spec)}\n${hunks(await opened, spec).get(key)}`)
    expectGolden(
      join('test', 'goldens', fixture, `${key.replace('/', '-')}.diff`),
      (await Promise.all(text)).join('\n'),
    )
  })
})

/** One change of each flag, of which every event is asked the one whose turn it is. */
const CHANGES: Readonly<Record<string, (key: string) => Asked>> = {
  'add-field': () => ({ add: ['walk_on_ms:int?', 'tempo:"slow"|"fast"="slow"'] }),
  'rename-field': (key) => ({ rename: [`${key}:walk_on`] }),
  'set-type': (key) => ({ setType: [`${key}:str|null`] }),
  'remove-field': (key) => ({ remove: [key] }),
  description: () => ({ description: 'The understudy is """called""" for the evening */ and walks on.' }),
}

describe.each(FIXTURES)('%s', (fixture) => {
  const opened = open(readFixture(fixture))
  test.each(Object.entries(CHANGES))('a change by --%s writes these bytes', async (flag, askedOf) => {
    const { repository, layout, disk } = await opened
    const texts = layout.channels.flatMap((channel) => {
      const surveyed = surveyChannel(repository, layout, channel)
      return surveyed.rows.events().map((event) => {
        const direction = directionOf(surveyed.rows, event)?.direction ?? 'server-to-client'
        const field = fieldsOf(surveyed, event, direction).at(-1)
        const title = `# ${channel.id} ${event}`
        if (field === undefined && flag.includes('-') && flag !== 'add-field') return ''
        const asked = askedOf(field?.wire ?? field?.name ?? '')
        return `${title}\n${outcomeOf({ repository, layout, disk }, channel, event, asked)}`
      })
    })
    const golden = join('test', 'goldens', fixture, `change-${flag}.diff`)
    expectGolden(golden, `${texts.filter((text) => text !== '').join('\n')}`)
  })
})

/** The diff of a change, or why it is refused. */
function outcomeOf(
  opened: Opened,
  channel: Opened['layout']['channels'][number],
  event: string,
  asked: Asked,
): string {
  const result = refusing(() => change(opened, channel, event, asked))
  if (result instanceof Failure) return result.problems.map((one) => `refused: ${one.what}\n`).join('')
  const blocked = result.plan.changes.filter((one) => one.status === 'blocked')
  return blocked.length === 0
    ? renderDiff(result.plan.files)
    : blocked.map((one) => `blocked: ${one.file}:${one.line}: ${one.reason}\n`).join('')
}

/** Compares bytes with a golden; a missing golden fails. `UPDATE_GOLDENS=1` writes them for a person to read. */
function expectGolden(path: string, text: string): void {
  const file = join(project, path)
  if (process.env['UPDATE_GOLDENS'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  expect(existsSync(file), `the golden ${path} is missing; UPDATE_GOLDENS=1 writes it`).toBe(true)
  expect(text).toBe(readFileSync(file, 'utf8'))
}
