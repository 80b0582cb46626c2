import { describe, expect, test } from 'vitest'
import { planRemoveEvent } from '../../src/engine/remove/remove-event.js'
import type { Layout } from '../../src/layout/layout.js'
import type { Repository } from '../../src/layout/repository.js'
import { buildLedger } from '../../src/ledger/ledger.js'
import { type Surveyed, surveyChannel } from '../../src/ledger/surveyed.js'
import { type EventSpec, eventsOf } from '../../src/spec/event-spec.js'
import { pathOf } from '../../src/workspace/diff.js'
import { planAddEvent, resolveChannel } from '../support/asked.js'
import { EVENTS, eventsFor, titleOf } from '../support/events.js'
import { FIXTURES, type Opened, open, readFixture } from '../support/fixtures.js'
import { add } from '../support/laws.js'
import { randomFrom } from '../support/random.js'
import { VARIANTS } from '../support/variants.js'

/** The checkout without an event, and without its request where that stays; nothing of them blocks. */
function remove({ layout }: Opened, repository: Repository, spec: EventSpec): Repository {
  const channel = resolveChannel(repository, layout, spec.channel)
  return eventsOf(spec).reduce((left, name) => {
    if (!buildLedger(left, layout, channel).has(name)) return left
    const plan = planRemoveEvent(surveyChannel(left, layout, channel, [name]), name, { force: false })
    expect(plan.changes.filter((change) => change.status === 'blocked')).toEqual([])
    return left.apply(plan.files)
  }, repository)
}

/** The main channel, surveyed with an event expected. */
function surveyMain(repository: Repository, layout: Layout, name: string): Surveyed {
  return surveyChannel(repository, layout, resolveChannel(repository, layout, 'main'), [name])
}

function texts(repository: Repository): Map<string, string> {
  const files = repository.workspace.list('', ['.py', '.ts', '.tsx'])
  return new Map(files.map((file) => [file, repository.workspace.read(file).text]))
}

describe.each(FIXTURES)('%s', (fixture) => {
  describe.each(VARIANTS)('$name', ({ transform }) => {
    const varied = new Map([...readFixture(fixture)].map(([path, text]) => [path, transform(path, text)]))

    test.each(eventsFor(fixture).map((spec) => [titleOf(spec), spec] as const))(
      'reversible: removing %s gives every byte back',
      async (_, spec) => {
        const opened = await open(varied)
        const restored = remove(opened, add(opened, spec).after, spec)
        for (const [file, text] of texts(opened.repository))
          expect(restored.workspace.read(file).text, file).toBe(text)
      },
    )
  })

  test('independent: add A, add B, remove A equals add B, for pairs of directions and channels', async () => {
    const opened = await open(readFixture(fixture))
    // One name may be an event of several channels, where the channel is said.
    const said = (one: EventSpec): EventSpec => ({ ...one, isChannelGiven: true })
    const specs = eventsFor(fixture)
      .filter((one) => one.emit.in === undefined)
      .map(said)
    const random = randomFrom(20261125)
    const sampled = Array.from({ length: 60 }, () => [random.pick(specs), random.pick(specs)] as const)
    const named = [
      ...EVENTS.map(said).filter((one) =>
        ['seat_taken', 'seat_claim', 'curtain_call'].includes(one.names.snake),
      ),
      ...specs.filter((one) => one.channel !== 'main').slice(0, 8),
    ]
    const pairs = [...named.flatMap((a) => named.map((b) => [a, b] as const)), ...sampled]
    for (const [a, b] of pairs) {
      if (a === b || titleOf(a) === titleOf(b)) continue
      const both = add({ ...opened, repository: add(opened, a).after }, b).after
      const onlyB = add(opened, b).after
      const left = texts(remove(opened, both, a))
      for (const [file, text] of texts(onlyB))
        expect(left.get(file), `${titleOf(a)}, ${titleOf(b)}: ${file}`).toBe(text)
    }
  })

  test('a row that people wrote needs force, and says where', async () => {
    const { repository, layout } = await open(readFixture(fixture))
    const plan = planRemoveEvent(surveyMain(repository, layout, 'tool_start'), 'tool_start', { force: false })
    expect(plan.isBlocked).toBe(true)
    expect(plan.files).toEqual([])
    for (const change of plan.changes.filter((one) => one.status === 'blocked'))
      expect(change).toMatchObject({
        file: expect.any(String),
        line: expect.any(Number),
        reason: expect.any(String),
      })
  })
})

describe('edited and mentioned events', () => {
  const seatTaken = EVENTS.find((one) => one.names.snake === 'seat_taken') as EventSpec

  /** The checkout with `seat_taken`, in which one text is another one. */
  async function edited(
    file: string,
    from: string | RegExp,
    to: string,
  ): Promise<Opened & { after: Repository }> {
    const opened = await open(readFixture('cachibot'))
    const { after } = add(opened, seatTaken)
    const source = after.workspace.read(file)
    const text = source.text.replace(from, to)
    expect(text).not.toBe(source.text)
    return { ...opened, after: after.overlay([{ ...source, text }]) }
  }

  const plan = ({ layout }: Opened, repository: Repository, force: boolean) =>
    planRemoveEvent(surveyMain(repository, layout, 'seat_taken'), 'seat_taken', { force })

  test.each([
    [
      'ts-hook-case',
      'frontend/src/hooks/useWebSocket.ts',
      /(handleSeatTaken\(payload\))/,
      '$1\n        console.log(payload)',
    ],
    ['python-factory', 'cachibot/models/websocket.py', '"seatId": seat_id', '"seatId": seat_id.strip()'],
    [
      'ts-store-action',
      'frontend/src/stores/bots.ts',
      '({ lastSeatTaken: payload })',
      '({ lastSeatTaken: { ...payload } })',
    ],
    [
      'python-send',
      'cachibot/api/websocket.py',
      /(async def send_seat_taken[\s\S]*?"""\n)/,
      '$1    # Only in the evening.\n',
    ],
  ] as const)('an edited %s is not taken out without force', async (site, file, from, to) => {
    const opened = await edited(file, from, to)
    const refused = plan(opened, opened.after, false)
    expect(refused.changes.filter((one) => one.status === 'blocked').map((one) => one.site)).toEqual([site])
    expect(refused.files).toEqual([])
    const restored = opened.after.apply(plan(opened, opened.after, true).files)
    expect(texts(restored)).toEqual(texts(opened.repository))
  })

  test.each([
    [
      'another quote mark, semicolons and line breaks',
      'frontend/src/hooks/useWebSocket.ts',
      'const payload = msg.payload as SeatTakenPayload',
      'const payload =\n          msg.payload as SeatTakenPayload;',
    ],
    [
      'another docstring',
      'cachibot/models/websocket.py',
      '"""Create a seat_taken message."""',
      '"""Tell everyone that a seat is taken."""',
    ],
  ] as const)('%s is no edit', async (_, file, from, to) => {
    const opened = await edited(file, from, to)
    expect(plan(opened, opened.after, false).isBlocked).toBe(false)
  })

  test.each([
    [
      'a component that reads the state',
      'frontend/src/components/chat/ChatView.tsx',
      /^(import .*\n)/,
      '$1export const seat = () => useChatStore.getState().lastSeatTaken\n',
    ],
    [
      'a service that calls the helper',
      'cachibot/services/playbill.py',
      /$/,
      '\n\nasync def tell() -> None:\n    from cachibot.api.websocket import send_seat_taken\n\n    await send_seat_taken("c", "s", 1)\n',
    ],
    [
      'a comparison with the type',
      'frontend/src/components/chat/ChatView.tsx',
      /$/,
      "\nexport const isSeat = (msg: { type: string }) => msg.type === 'seat_taken'\n",
    ],
  ] as const)('%s blocks it, with force as well', async (_, file, from, to) => {
    const opened = await edited(file, from, to)
    const refused = plan(opened, opened.after, true)
    const blocked = refused.changes.filter((one) => one.status === 'blocked')
    expect([...new Set(blocked.map((one) => one.file))]).toEqual([file])
    const line = opened.after.workspace.read(file).text.split('\n')[(blocked[0]?.line ?? 0) - 1]
    expect(line).toMatch(/lastSeatTaken|send_seat_taken|'seat_taken'/)
    expect(refused.files).toEqual([])
  })

  const SERVICE = 'cachibot/services/playbill.py'
  const announce = (...lines: string[]): string =>
    [
      '\n',
      'async def announce(row: int) -> int:',
      '    from cachibot.api.websocket import get_ws_manager',
      '    from cachibot.models.websocket import WSMessage',
      '',
      '    ws = get_ws_manager()',
      '    message = WSMessage.seat_taken("seat", row)',
      ...lines,
      '    return row',
      '',
    ].join('\n')

  test('a message that is sent further on blocks it, where it is used', async () => {
    const text = announce('    if row > 0:', '        await ws.broadcast(message)')
    const opened = await edited(SERVICE, /$/, text)
    const refused = plan(opened, opened.after, true)
    const blocked = refused.changes.filter((one) => one.status === 'blocked')
    expect(blocked.map((one) => [one.file, one.reason])).toEqual([
      [SERVICE, '`message` is still used there, and would have no value'],
    ])
    const line = opened.after.workspace.read(SERVICE).text.split('\n')[(blocked[0]?.line ?? 0) - 1]
    expect(line).toContain('await ws.broadcast(message)')
    expect(refused.files).toEqual([])
  })

  test('a message that the next statement sends goes with it, and with the import that only it uses', async () => {
    const opened = await edited(SERVICE, /$/, announce('    await ws.broadcast(message)'))
    const forced = plan(opened, opened.after, true)
    expect(forced.isBlocked).toBe(false)
    const { text } = opened.after.apply(forced.files).workspace.read(SERVICE)
    expect(text.slice(text.indexOf('async def announce'))).toBe(
      [
        'async def announce(row: int) -> int:',
        '    from cachibot.api.websocket import get_ws_manager',
        '',
        '    ws = get_ws_manager()',
        '    return row',
        '',
      ].join('\n'),
    )
    const line = text.split('\n').findIndex((one) => one.includes('ws = ')) + 1
    expect(forced.next).toContain(`nothing uses \`ws\` any more: ${SERVICE}:${line}:5`)
  })

  test('a function that would do nothing any more blocks it', async () => {
    const only = announce('    await ws.broadcast(message)')
      .replace('    ws = get_ws_manager()\n', '')
      .replace('ws.broadcast', 'get_ws_manager().broadcast')
      .replace('    return row\n', '')
      .replace('-> int:\n', '-> None:\n    """Tell everyone."""\n')
    const opened = await edited(SERVICE, /$/, only)
    const blocked = plan(opened, opened.after, true).changes.filter((one) => one.status === 'blocked')
    expect(blocked.map((one) => one.file)).toContain(SERVICE)
  })

  test('what only the case takes out of a store goes with it, and its dependency too', async () => {
    const hook = 'frontend/src/hooks/useWebSocket.ts'
    const opened = await edited(hook, /useChatStore\.getState\(\)\.handleSeatTaken/, 'handleSeatTaken')
    const source = opened.after.workspace.read(hook)
    const text = source.text
      .replaceAll('setError }', 'setError, handleSeatTaken }')
      .replace('setError]', 'setError, handleSeatTaken]')
    const after = opened.after.overlay([{ ...source, text }])
    const restored = after.apply(plan(opened, after, true).files)
    expect(texts(restored)).toEqual(texts(opened.repository))
  })

  test.each([
    ['a word handed to another function', "show('seat_taken')"],
    ['a listener of something else', "window.addEventListener('seat_taken', show)"],
    ['a list of other words', "['seat_taken', 'seat_free'].map(show)"],
    ['a case of something else', "switch (seat.status) { case 'seat_taken': break }"],
  ])('%s does not block it', async (_, statement) => {
    const opened = await edited('frontend/src/components/chat/ChatView.tsx', /$/, `\n${statement}\n`)
    expect(plan(opened, opened.after, false).changes.filter((one) => one.status === 'blocked')).toEqual([])
  })

  test.each([
    ['a list of types', "const QUIET: WSMessageType[] = ['seat_taken']"],
    [
      'a list that a type is looked for in',
      "const isQuiet = (m: { type: string }) => ['seat_taken'].includes(m.type)",
    ],
    [
      'one of two that are sent',
      "export const tell = (client: WebSocketClient) => client.send(true ? 'seat_taken' : 'done')",
    ],
    ['a case of a type', "switch (msg.type) { case 'seat_taken': break }"],
  ])('%s blocks it', async (_, statement) => {
    const opened = await edited('frontend/src/components/chat/ChatView.tsx', /$/, `\n${statement}\n`)
    expect(plan(opened, opened.after, true).isBlocked).toBe(true)
  })

  test('what another event shares stays', async () => {
    const { repository, layout } = await open(readFixture('cachibot'))
    const removal = planRemoveEvent(surveyMain(repository, layout, 'thinking'), 'thinking', { force: true })
    expect(
      removal.changes.filter((one) => one.status === 'present').every((one) => one.reason !== undefined),
    ).toBe(true)
  })

  test('adding again after removing gives the same tree', async () => {
    const opened = await open(readFixture('cachibot'))
    const once = add(opened, seatTaken).after
    const restored = remove(opened, once, seatTaken)
    const again = planAddEvent(restored, opened.layout, seatTaken, { partial: false })
    expect(texts(restored.apply(again.files))).toEqual(texts(once))
  })
})

test('a method that sends two events by a condition is of both, and blocks the removal of either', async () => {
  const written = readFixture('cachibot')
  const file = 'frontend/src/api/websocket.ts'
  const method = `
  sendCancel(): void {
    this.send('cancel')
  }

  setLights(on: boolean): void {
    this.send(on ? 'lights_on' : 'lights_off')
  }
`
  const text = (written.get(file) ?? '').replace(/\n {2}sendCancel[\s\S]*?\n {2}\}\n/, method)
  expect(text).toContain('setLights')
  written.set(file, text)
  const { repository, layout } = await open(written)
  const plan = planRemoveEvent(surveyMain(repository, layout, 'lights_on'), 'lights_on', { force: true })
  expect(plan.changes).toMatchObject([
    { site: 'ts-send-method', status: 'blocked', file, reason: expect.stringContaining('`lights_off`') },
  ])
})

test('a wire name with the characters of regular expressions is a name like any other', async () => {
  const written = readFixture('cachibot')
  const file = 'cachibot/models/websocket.py'
  written.set(file, (written.get(file) ?? '').replace(/^( {4}THINKING = )/m, '    ENCORE = "encore([*"\n$1'))
  const { repository, layout } = await open(written)
  const plan = planRemoveEvent(surveyMain(repository, layout, 'encore([*'), 'encore([*', { force: true })
  expect(plan.files.map(pathOf)).toEqual([file])
})

test('a file with a syntax error blocks what stands in it, with the place of the error', async () => {
  const opened = await open(readFixture('cachibot'))
  const spec = EVENTS.find((one) => one.names.snake === 'seat_taken') as EventSpec
  const { after } = add(opened, spec)
  const source = after.workspace.read('cachibot/api/websocket.py')
  const broken = after.overlay([{ ...source, text: `${source.text}\nasync def tell(:\n    pass\n` }])
  const plan = planRemoveEvent(surveyMain(broken, opened.layout, 'seat_taken'), 'seat_taken', {
    force: false,
  })
  expect(plan.files).toEqual([])
  expect(plan.changes.filter((one) => one.status === 'blocked')).toMatchObject([
    { site: 'python-send', file: source.path, line: source.text.split('\n').length + 1 },
    { reason: '`seat_taken` is still used there', file: source.path },
  ])
})
