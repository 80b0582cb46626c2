import { describe, expect, test } from 'vitest'
import { isSubsequence } from '../../scripts/subsequence.mjs'
import { Failure } from '../../src/errors.js'
import { directionOf } from '../../src/ledger/direction.js'
import { buildLedger } from '../../src/ledger/ledger.js'
import { SITES } from '../../src/sites/registry.js'
import { type Half, isSiteOf, type SiteKey, siteKey } from '../../src/sites/site.js'
import type { EventSpec } from '../../src/spec/event-spec.js'
import { type FieldType, printType } from '../../src/spec/field-type.js'
import { sourceContent } from '../../src/workspace/source.js'
import { planAddEvent, resolveChannel } from '../support/asked.js'
import { EVENTS, eventsFor, titleOf } from '../support/events.js'
import { FIXTURES, open, readFixture } from '../support/fixtures.js'
import { add, targetsOf } from '../support/laws.js'
import { VARIANTS } from '../support/variants.js'

describe.each(FIXTURES)('%s', (fixture) => {
  describe.each(VARIANTS)('$name', ({ transform }) => {
    const texts = new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)]))

    describe.each(eventsFor(fixture).map((spec) => [titleOf(spec), spec] as const))('%s', (_, spec) => {
      const added = open(texts).then((opened) => add(opened, spec))

      test('visible: every site shows the event, with its payload', async () => {
        const { plan, rows } = await added
        expect(plan.isBlocked).toBe(false)
        for (const row of rows) {
          for (const site of SITES.filter((one) => isSiteOf(one, row.direction))) {
            const isNeeded = site.notNeeded(row) === undefined
            const found = row.rows.of(row.spec.names.snake, siteKey(site))
            expect([siteKey(site), found.length]).toEqual([siteKey(site), isNeeded ? 1 : 0])
            if (!isNeeded || site.shape === undefined) continue
            const keys = found[0]?.shape?.map((field) => field.key).toSorted()
            expect([siteKey(site), keys]).toEqual([
              siteKey(site),
              site
                .shape(row)
                .map((field) => field.key)
                .toSorted(),
            ])
          }
        }
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
        expect(plan.files.length).toBeGreaterThan(3)
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
          expect(after.file(source.path)?.module.syntaxErrors ?? []).toEqual([])
        }
      })

      test('readable: the spec read back is the spec that went in', async () => {
        const opened = await added
        const shown = ({ fields }: Half, isServer: boolean): string[] =>
          fields
            // TypeScript has one number, and what is read from outside shows no dates and no defaults.
            .map((field) => {
              const type = isServer ? printType(field.type) : comparableType(field.type)
              return `${field.name}:${type}${field.optional ? '?' : ''}`
            })
            .toSorted()
        for (const target of targetsOf(opened, spec)) {
          const { names, direction } = target.spec
          const bare = { ...target.spec, request: undefined, fields: undefined, direction }
          const [adopted] = targetsOf({ ...opened, repository: opened.after }, { ...bare, names })
          const isServer = target.direction === 'server-to-client'
          expect(shown(adopted as Half, isServer)).toEqual(shown(target, isServer))
        }
      })
    })
  })

  test('direction: every event of the repository has the one that its code shows', async () => {
    const { repository, layout } = await open(readFixture(fixture))
    const channel = resolveChannel(repository, layout, 'main')
    const rows = buildLedger(repository, layout, channel)
    const requests = rows
      .events()
      .filter((event) => directionOf(rows, event)?.direction === 'client-to-server')
    expect(requests.toSorted()).toEqual(['approval', 'cancel', 'chat'])
    expect(rows.events().filter((event) => directionOf(rows, event)?.isCode !== true)).toEqual([])
  })

  describe('honest: a site whose anchor is gone is blocked, and so is what needs it', () => {
    test.each(BROKEN)('$site', async ({ site, file, pattern, replacement, event = 'seat_taken' }) => {
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
      const spec = EVENTS.find((one) => one.names.snake === event) as EventSpec
      const plan = planAddEvent(opened.repository, opened.layout, spec, { partial: false })
      const [id] = site.split('/')
      const change = plan.changes.find((one) => one.site === id && one.status === 'blocked')
      expect(change?.reason).toMatch(/^looked for /)
      expect(plan.isBlocked).toBe(true)
      expect(plan.files).toEqual([])
      const partial = planAddEvent(opened.repository, opened.layout, spec, { partial: true })
      for (const one of partial.changes.filter((entry) => entry.status === 'inserted')) {
        const needs = SITES.filter((candidate) => candidate.id === one.site).flatMap(
          (candidate) => candidate.needs,
        )
        expect(needs.some((need) => need === site)).toBe(false)
      }
    })
  })
})

/** A type as JSON and TypeScript tell it. */
function comparableType(type: FieldType): string {
  return printType(type).replaceAll('datetime', 'str').replaceAll('int', 'float')
}

/** How the anchor of each site is taken away from a fixture. */
const BROKEN: readonly {
  readonly site: SiteKey
  readonly file: string
  readonly pattern: RegExp
  readonly replacement: string
  readonly event?: string
}[] = [
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
  {
    site: 'python-handler-branch',
    event: 'seat_claim',
    file: 'api/websocket.py',
    pattern: /(el)?if msg_type == WSMessageType\.(\w+):/g,
    replacement: '$1if msg_type == other.$2:',
  },
  {
    site: 'python-handler-branch',
    event: 'curtain_call',
    file: 'api/websocket.py',
    pattern: /client_id/g,
    replacement: 'self.client',
  },
  {
    site: 'ts-send-method',
    event: 'seat_claim',
    file: 'api/websocket.ts',
    pattern: /class WebSocketClient/,
    replacement: 'const WebSocketClient = class',
  },
  {
    site: 'ts-hook-callback',
    event: 'seat_claim',
    file: 'hooks/useWebSocket.ts',
    pattern: /export function useWebSocket/,
    replacement: 'export function connect',
  },
  {
    site: 'ts-hook-return',
    event: 'seat_claim',
    file: 'hooks/useWebSocket.ts',
    pattern: /return \{([^{}]*)\}\n\}/,
    replacement: 'return [$1]\n}',
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
