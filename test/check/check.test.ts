import { describe, expect, test } from 'vitest'
import { decideAll } from '../../src/engine/add/decide.js'
import { stage } from '../../src/engine/add/stage.js'
import type { CheckResult } from '../../src/engine/check/check.js'
import { Failure } from '../../src/errors.js'
import { Repository } from '../../src/layout/repository.js'
import { SITES } from '../../src/sites/registry.js'
import { type Half, isSiteOf, type SiteKey, siteKey } from '../../src/sites/site.js'
import type { EventSpec } from '../../src/spec/event-spec.js'
import { Workspace } from '../../src/workspace/workspace.js'
import { checkEvents } from '../support/check.js'
import { EVENTS, eventsFor, titleOf } from '../support/events.js'
import { FIXTURES, open, readFixture } from '../support/fixtures.js'
import { type Added, add, targetsOf } from '../support/laws.js'
import { VARIANTS } from '../support/variants.js'

type Opened = Pick<Added, 'repository' | 'layout'>

/** What a check found, as short lines, but for the infos. */
function found({ repository, layout }: Opened): string[] {
  const { findings } = checkEvents(repository, layout, {})
  return findings.filter((one) => one.severity !== 'info').map((one) => `${one.rule} ${one.event?.name}`)
}

/** What is left to people behind a run that says so. */
const ADVISED = ['unused-callback', 'empty-branch', 'helper-never-called', 'state-never-read']

describe.each(FIXTURES)('%s', (fixture) => {
  test.each(VARIANTS)('is clean: $name', async ({ transform }) => {
    const texts = new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)]))
    const opened = await open(texts)
    expect(found(opened)).toEqual([])
    expect(opened.disk.writes).toEqual([])
  })

  test.each(eventsFor(fixture).map((spec) => [titleOf(spec), spec] as const))(
    'has nothing but what was advised behind adding %s',
    async (_, spec) => {
      const added = add(await open(readFixture(fixture)), spec)
      const advised = added.plan.changes.filter((one) => one.status === 'advised').length
      const own = targetsOf(added, spec).map((one) => one.spec.names.snake)
      const lines = found({ ...added, repository: added.after })
      for (const line of lines) {
        const [rule = '', event = ''] = line.split(' ')
        expect(ADVISED, line).toContain(rule)
        expect(own, line).toContain(event)
      }
      expect(lines.length, lines.join()).toBeLessThanOrEqual(advised)
    },
  )

  const whole = [...EVENTS, ...eventsFor(fixture).filter((one) => one.channel !== 'main')]
  test.each(whole.map((spec) => [titleOf(spec), spec] as const))(
    'tells of any one hole in %s, once and at its row',
    async (_, spec) => {
      const added = add(await open(readFixture(fixture)), spec)
      const known = prints(check(added.after, added))
      for (const [event, site] of cellsOf(targetsOf(added, spec))) {
        const holed = withHole(added, spec, event, site)
        if (holed === undefined) continue
        // The branch of a request carries the send of its event.
        const isCarried = (one: One): boolean =>
          site === 'python-handler-branch' && one.event?.name !== event && one.subject === 'python-send'
        const findings = check(holed, added)
          .findings.filter((one) => !known.has(print(one)) && !isCarried(one))
          .map((one) => `${one.event?.name} ${one.subject}`)
        expect(findings, `${event} ${site}`).toEqual([`${event} ${site}`])
      }
    },
  )
})

function check(repository: Added['repository'], { layout }: Added): CheckResult {
  return checkEvents(repository, layout, {})
}

type One = CheckResult['findings'][number]

function print({ rule, event, subject }: One): string {
  return JSON.stringify([rule, event, subject])
}

function prints({ findings }: CheckResult): Set<string> {
  return new Set(findings.map(print))
}

function cellsOf(targets: readonly Half[]): (readonly [string, SiteKey])[] {
  return targets.flatMap((target) =>
    SITES.filter((site) => isSiteOf(site, target.direction)).map(
      (site) => [target.spec.names.snake, siteKey(site)] as const,
    ),
  )
}

/** The tree without one site of the event; undefined where the event has nothing there. */
function withHole(
  added: Added,
  spec: EventSpec,
  event: string,
  site: SiteKey,
): Added['repository'] | undefined {
  const halves = decideAll(targetsOf(added, spec))
  const own = halves.find((half) => half.target.spec.names.snake === event)?.decisions.get(site)
  if (own?.kind !== 'insert') return undefined
  const holed = halves.map(({ target, decisions }) => ({
    target,
    decisions: new Map([...decisions].filter(([key]) => target.spec.names.snake !== event || key !== site)),
  }))
  return added.repository.overlay(stage(holed).map((file) => file.after))
}

describe.each(FIXTURES)('%s without a part of its main channel', (fixture) => {
  const models = `${fixture === 'cachibot' ? '' : 'src/'}cachibot/models/websocket.py`
  const edits: readonly (readonly [string, (text: string) => string | undefined])[] = [
    ['its models', () => undefined],
    ['the text of its models', () => ''],
    ['the base of its enum', (text) => text.replace('class WSMessageType(str, Enum)', 'class WSMessageType')],
    ['its envelope', (text) => text.slice(0, text.indexOf('class WSMessage(BaseModel)'))],
    ['the name of its envelope', (text) => text.replace(/\bWSMessage\b/g, 'Playbill')],
    ['the name of its enum', (text) => text.replace(/\bWSMessageType\b/g, 'Playbill')],
    ['a bracket', (text) => text.replace('class WSMessageType(str, Enum)', 'class WSMessageType(str, Enum')],
  ]

  test.each(edits)('has one error: %s', async (_, edit) => {
    const texts = readFixture(fixture)
    const text = edit(texts.get(models) ?? '')
    expect(texts.delete(models)).toBe(true)
    if (text !== undefined) texts.set(models, text)
    const errors = await open(texts).then(
      (opened) => {
        const { findings, unread } = checkEvents(opened.repository, opened.layout, {})
        const lost = findings.filter((one) => one.severity === 'error')
        return [...lost.map((one) => one.rule), ...unread.map((one) => one.what)]
      },
      (error: unknown) => (error as Failure).problems.map((one) => one.what),
    )
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(/missing-part|does not parse|no WebSocket channel/)
  })
})

describe('a checkout that is not whole', () => {
  const HOOK = 'frontend/src/hooks/useWebSocket.ts'
  const edited = async (path: string, edit: (text: string) => string): Promise<Opened> => {
    const texts = readFixture('cachibot')
    texts.set(path, edit(texts.get(path) ?? ''))
    return open(texts)
  }

  test('with a syntax error is checked but for that file, which is listed', async () => {
    const { repository, layout } = await edited(HOOK, (text) =>
      text.replace('switch (msg.type) {', 'switch (msg.type) {{'),
    )
    const { unread, findings } = checkEvents(repository, layout, {})
    expect(unread.map((one) => one.what)).toEqual([`\`${HOOK}\` does not parse`])
    expect(findings.filter((one) => one.rule === 'missing-case')).toEqual([])
  })

  test('that lacks a part has one error for it and no other of its channel', async () => {
    const parts = ['api/websocket.py', 'api/room_websocket.py', 'api/voice_websocket.py'].map(
      (one) => `cachibot/${one}`,
    )
    const sources = [HOOK, 'frontend/src/hooks/useRoomWebSocket.ts', 'frontend/src/stores/bots.ts']
    for (const path of [...parts, ...sources]) {
      const texts = readFixture('cachibot')
      expect(texts.delete(path), path).toBe(true)
      const errors = found(await open(texts)).filter((line) => !line.startsWith('incomplete'))
      expect(errors, path).toEqual(['missing-part undefined'])
    }
  })

  test('names what is nearest to a channel that only the frontend has', async () => {
    const { repository, layout } = await edited('cachibot/models/websocket.py', () => '')
    const [lost] = checkEvents(repository, layout, {}).findings
    expect(lost).toMatchObject({ rule: 'missing-part', place: { file: 'frontend/src/types/index.ts' } })
    expect(lost?.what).toMatch(/nearest: an import of `WSMessage\w*` from `cachibot\.models/)
  })

  test('has wire names that mean something in a regular expression', async () => {
    const { repository, layout } = await edited('cachibot/models/websocket.py', (text) =>
      text.replace(
        'class WSMessageType(str, Enum):\n',
        'class WSMessageType(str, Enum):\n    ODD = "encore(["\n',
      ),
    )
    const { findings } = checkEvents(repository, layout, {})
    expect(findings.some((one) => one.event?.name === 'encore([')).toBe(true)
  })

  test('has keys that mean something in a regular expression', async () => {
    const { repository, layout } = await edited('frontend/src/api/websocket.ts', (text) =>
      text.replace(/this\.send\('approval', \{/, "this.send('approval', { 'encore([': 1,"),
    )
    expect(() => checkEvents(repository, layout, {})).not.toThrow()
  })

  test('was moved, and has the caches of Python in the other place', async () => {
    const moved = [...readFixture('cachibot')].map(
      ([path, text]) => [path.replace(/^cachibot\//, 'src/cachibot/'), text] as const,
    )
    const texts = new Map([...moved, ['cachibot/models/__pycache__/websocket.cpython-312.pyc', '']])
    const opened = await open(texts)
    expect(opened.layout.backend.folder).toBe('src/cachibot')
    expect(found(opened)).toEqual([])
  })

  test('is asked for an event whose hook is gone', async () => {
    const { repository, layout } = await edited(HOOK, () => '')
    const { findings } = checkEvents(repository, layout, { channel: 'main', events: ['message'] })
    expect(findings.map((one) => one.rule)).toEqual(['missing-part'])
  })

  test('without a hook has one finding for the channel and not one for each event', async () => {
    const opened = await edited('frontend/src/hooks/useVoice.ts', () => 'export function useVoice() {}\n')
    const lines = found(opened)
    expect(lines).toContain('missing-part undefined')
    expect(lines.filter((line) => line.startsWith('missing-case'))).toEqual([])
  })

  test('with a file that is no UTF-8 lists it', async () => {
    const opened = await open(readFixture('cachibot'))
    opened.disk.files.set('/checkout/cachibot/services/latin.py', Buffer.from([0x22, 0xe9, 0x22]))
    const repository = new Repository(new Workspace('/checkout', opened.disk))
    const { unread } = checkEvents(repository, opened.layout, {})
    expect(unread.map((one) => one.place?.file)).toEqual(['cachibot/services/latin.py'])
  })

  test('any file of a channel emptied or cut in half throws nothing but a failure with a reason', async () => {
    for (const path of readFixture('cachibot').keys()) {
      if (!/\.(py|tsx?)$/.test(path)) continue
      for (const edit of [() => '', (text: string) => text.slice(0, text.length / 2)]) {
        const run = edited(path, edit).then(({ repository, layout }) => checkEvents(repository, layout, {}))
        await run.catch((error: unknown) => {
          expect(error).toBeInstanceOf(Failure)
          expect((error as Failure).exitCode).toBe(2)
        })
      }
    }
  })

  test('is asked for a channel or an event that is not there', async () => {
    const { repository, layout } = await open(readFixture('cachibot'))
    expect(() => checkEvents(repository, layout, { channel: 'rooms' })).toThrow(/`rooms` is no channel/)
    expect(() => checkEvents(repository, layout, { events: ['mesage'] })).toThrow(/`mesage` is no event/)
    expect(checkEvents(repository, layout, { events: ['message'] })).toMatchObject({ events: 1, unread: [] })
  })
})
