import { describe, expect, test } from 'vitest'
import { isSubsequence } from '../scripts/subsequence.mjs'
import { type AddEventPlan, planAddEvent } from '../src/engine/add-event.js'
import { type Decision, decide } from '../src/engine/decide.js'
import { resolveChannel, resolveTarget } from '../src/engine/resolve.js'
import { stage } from '../src/engine/stage.js'
import { Failure } from '../src/errors.js'
import { buildLedger } from '../src/ledger/ledger.js'
import { SITES } from '../src/sites/registry.js'
import { type SiteKey, siteKey, type Target } from '../src/sites/site.js'
import type { EventSpec } from '../src/spec/event-spec.js'
import { printType } from '../src/spec/field-type.js'
import { sourceContent } from '../src/workspace/source.js'
import { EVENTS, specOf } from './support/events.js'
import { FIXTURES, type Opened, open, readFixture } from './support/fixtures.js'
import { VARIANTS } from './support/variants.js'

const KEYS = SITES.map(siteKey)

interface Added extends Opened {
  readonly plan: AddEventPlan
  readonly after: Opened['repository']
  /** What the event still needs once it is there: the row in the tree after. */
  readonly row: Target
}

function targetOf({ repository, layout }: Opened, spec: EventSpec): Target {
  const channel = resolveChannel(repository, layout, spec.channel)
  return resolveTarget(
    repository,
    layout,
    channel,
    buildLedger(repository, layout, channel, spec.names.snake),
    spec,
  )
}

function add(opened: Opened, spec: EventSpec): Added {
  const plan = planAddEvent(opened.repository, opened.layout, spec, { partial: false })
  const after = opened.repository.overlay(plan.files.map((file) => file.after))
  return { ...opened, plan, after, row: targetOf({ ...opened, repository: after }, spec) }
}

describe.each(FIXTURES)('%s', (fixture) => {
  describe.each(VARIANTS)('$name', ({ transform }) => {
    const texts = new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)]))

    describe.each(EVENTS)('$names.snake', (spec) => {
      const added = open(texts).then((opened) => add(opened, spec))

      test.each(KEYS)('visible: %s', async (key) => {
        const { plan, row } = await added
        const site = SITES.find((one) => siteKey(one) === key)
        const isNeeded = site?.notNeeded(row) === undefined
        const found = row.rows.of(spec.names.snake, key)
        expect(found.length).toBe(isNeeded ? 1 : 0)
        expect(plan.isBlocked).toBe(false)
        if (!isNeeded || site?.shape === undefined) return
        expect(found[0]?.shape?.map((field) => field.key).toSorted()).toEqual(
          site
            .shape(row)
            .map((field) => field.key)
            .toSorted(),
        )
      })

      test('idempotent: adding again yields no edit', async () => {
        const { after, layout, disk } = await added
        const again = planAddEvent(after, layout, spec, { partial: false })
        expect(again.files).toEqual([])
        expect(new Set(again.changes.map((change) => change.status)).has('inserted')).toBe(false)
        expect(disk.writes).toEqual([])
      })

      test('local: taking the insertions out gives the old bytes back', async () => {
        const { plan, disk } = await added
        expect(plan.files.length).toBeGreaterThan(4)
        for (const { before, after } of plan.files) {
          if (before === undefined) throw new Error(`${after.path} is new`)
          const old = disk.read(`/checkout/${after.path}`).toString('utf8')
          expect(sourceContent(before)).toBe(old)
          expect(isSubsequence(old, sourceContent(after))).toBe(true)
          expect(sourceContent(after).endsWith(old.slice(-1))).toBe(true)
        }
      })

      test('local: the file keeps its own line endings, indent and byte order mark', async () => {
        const { plan } = await added
        for (const { before, after } of plan.files) {
          if (before === undefined) continue
          expect(after.bom).toBe(before.bom)
          const crlf = before.text.includes('\r\n')
          expect(/(^|[^\r])\n/.test(after.text)).toBe(!crlf)
          expect(/^\t/m.test(after.text)).toBe(/^\t/m.test(before.text))
          expect(after.text.match(/[ \t]+\r?$/gm)).toEqual(before.text.match(/[ \t]+\r?$/gm))
        }
      })

      test('well-formed: every touched file still parses', async () => {
        const { plan, after } = await added
        for (const { after: source } of plan.files) {
          const module = source.path.endsWith('.py')
            ? after.python(source.path)
            : after.typescript(source.path)
          expect(module.syntaxErrors).toEqual([])
        }
      })

      // The simple event everywhere, the others where nothing but themselves is special.
      const holes = spec === EVENTS[0] || transform === VARIANTS[0]?.transform ? KEYS : []
      test.each(holes)('hole: without %s, adding gives the whole tree back', async (key) => {
        const opened = await added
        await expectConvergence(
          opened,
          spec,
          KEYS.filter((other) => other !== key),
        )
      })

      test('readable: the spec read back from the factory is the spec that went in', async () => {
        const { after, layout } = await added
        const name = specOf(spec.names.snake)
        const adopted = targetOf(
          { ...(await added), repository: after, layout },
          { ...name, fields: undefined },
        )
        const shown = (target: Target): string[] =>
          target.fields
            .map((field) => `${field.name}:${printType(field.type)}${field.optional ? '?' : ''}`)
            .toSorted()
        expect(shown(adopted)).toEqual(shown(targetOf(await added, spec)))
      })
    })
  })

  describe('convergent: from a sample of subsets', () => {
    const added = open(readFixture(fixture)).then((opened) => add(opened, EVENTS[0] as EventSpec))
    const subsets = sampleSubsets(150, 20261123)
    test.each(subsets.map((subset) => [subset.length === 0 ? 'nothing' : subset.join(' '), subset] as const))(
      '%s',
      async (_, subset) => {
        await expectConvergence(await added, EVENTS[0] as EventSpec, subset)
      },
    )
  })

  describe('honest: a site whose anchor is gone is blocked, and so is what needs it', () => {
    test.each(BROKEN)('$site', async ({ site, file, pattern, replacement }) => {
      const texts = readFixture(fixture)
      let hits = 0
      for (const [path, text] of texts) {
        if (!path.endsWith(file)) continue
        const changed = text.replace(pattern, replacement)
        if (changed !== text) hits++
        texts.set(path, changed)
      }
      expect(hits).toBeGreaterThan(0)
      const opened = await open(texts)
      const plan = planAddEvent(opened.repository, opened.layout, EVENTS[0] as EventSpec, { partial: false })
      const [id] = site.split('/')
      const change = plan.changes.find((one) => one.site === id && one.status === 'blocked')
      expect(change?.reason).toMatch(/^looked for /)
      expect(plan.isBlocked).toBe(true)
      expect(plan.files).toEqual([])
      const partial = planAddEvent(opened.repository, opened.layout, EVENTS[0] as EventSpec, {
        partial: true,
      })
      for (const one of partial.changes.filter((entry) => entry.status === 'inserted')) {
        const needs = SITES.filter((candidate) => candidate.id === one.site).flatMap(
          (candidate) => candidate.needs,
        )
        expect(needs.some((need) => need === site)).toBe(false)
      }
    })
  })
})

/** Builds the tree that holds only these sites of the event, adds the event, and expects the whole tree. */
async function expectConvergence(added: Added, spec: EventSpec, present: readonly SiteKey[]): Promise<void> {
  const target = targetOf(added, spec)
  const decisions = decide(target)
  const kept = new Map<SiteKey, Decision>([...decisions].filter(([key]) => present.includes(key)))
  const partial = added.repository.overlay(stage(target, kept).map((file) => file.after))
  const plan = planAddEvent(partial, added.layout, spec, { partial: false })
  const completed = partial.overlay(plan.files.map((file) => file.after))
  for (const { after } of added.plan.files) {
    expect(completed.workspace.read(after.path).text).toBe(after.text)
  }
}

/** Subsets of the sites, the empty one and the singletons first, then by a seeded generator. */
function sampleSubsets(count: number, seed: number): SiteKey[][] {
  let state = seed
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const subsets: SiteKey[][] = [[], ...KEYS.map((key) => [key])]
  while (subsets.length < count) subsets.push(KEYS.filter(() => random() < 0.5))
  return subsets
}

/** How the anchor of each site is taken away from a fixture. */
const BROKEN: readonly { site: SiteKey; file: string; pattern: RegExp; replacement: string }[] = [
  {
    site: 'python-enum-member',
    file: 'models/websocket.py',
    pattern: /^ {4}[A-Z_]+ = "[a-z_]+".*$/gm,
    replacement: '    # gone',
  },
  {
    site: 'python-send',
    file: 'api/websocket.py',
    pattern: /^manager = ConnectionManager\(\)$/m,
    replacement: 'manager: ConnectionManager',
  },
  {
    site: 'ts-union-member',
    file: 'types/index.ts',
    pattern: /type WSMessageType =[^=]*?(?=\n\n)/,
    replacement: 'type WSMessageType = string',
  },
  {
    site: 'ts-hook-case',
    file: 'hooks/useWebSocket.ts',
    pattern: /switch \(msg\.type\)/,
    replacement: "switch (msg['type'])",
  },
  {
    site: 'ts-store-member/state',
    file: 'stores/bots.ts',
    pattern: /create<ChatState>/,
    replacement: 'create<OtherState>',
  },
  {
    site: 'ts-store-state',
    file: 'stores/bots.ts',
    pattern: /(useChatStore = create<ChatState>\(\)\()/,
    replacement: '$1createChatState)(',
  },
]

test('a factory without an envelope is no channel at all', async () => {
  const texts = new Map(
    [...readFixture('reference')].map(([path, text]) => [
      path,
      text.replace('class WSMessage(', 'class Other('),
    ]),
  )
  texts.set(
    'src/cachibot/models/websocket.py',
    (texts.get('src/cachibot/models/websocket.py') ?? '').replace(/^ {4}payload:.*$/m, ''),
  )
  await expect(open(texts)).rejects.toThrow(Failure)
})
