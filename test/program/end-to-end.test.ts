import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { cachibotWs, copyFixture } from '../support/checkout.js'
import { FIXTURES } from '../support/fixtures.js'
import { hasPython } from '../support/python.js'
import { addButtons, addRoute, findBrowser, openStage, type Stage } from '../support/stage.js'

/** Every field type: always sent, with a default, that may be missing, and that may be null. */
const FIELDS = {
  text: 'str',
  row: 'int',
  level: 'float',
  dark: 'bool',
  anything: 'any',
  details: 'dict',
  begins_at: 'datetime',
  mood: '"calm"|"te\'nse"',
  seats: 'str[]',
  grid: 'int[][]',
  cues_list: 'datetime[]',
  class: 'str',
  bows: 'int=1',
  props: 'str[]=["a"]',
  note: 'str?',
  count: 'int?',
  loud: 'bool?',
  ends_at: 'datetime?',
  previous: 'str|null',
  last_at: 'datetime|null',
} as const

type Payload = Record<string, unknown>

const FULL: Payload = {
  text: 'Ein „Sitz“ → 座席 🎭 \u2028 "quoted" \\ </script>',
  row: 7,
  level: 1.5,
  dark: true,
  anything: { nested: [1, null, 'x'] },
  details: { a: { b: [] } },
  begins_at: '2026-11-23T09:00:00+00:00',
  mood: "te'nse",
  seats: ['A1', ''],
  grid: [[1, 2], []],
  cues_list: ['2026-11-23T09:00:00+00:00', '2026-11-23T10:00:00+01:00'],
  class: 'parkett',
  bows: 3,
  props: ['sword'],
  note: 'here',
  count: 5,
  loud: true,
  ends_at: '2026-11-23T10:00:00+00:00',
  previous: 'B2',
  last_at: '2026-11-22T10:00:00+00:00',
}

/** What is falsy and still has to arrive. */
const EMPTY: Payload = {
  ...FULL,
  text: '',
  row: 0,
  level: 0,
  dark: false,
  anything: null,
  details: {},
  seats: [],
  grid: [],
  cues_list: [],
  bows: 0,
  props: [],
  note: '',
  count: 0,
  loud: false,
  previous: null,
  last_at: null,
}

const ABSENT: Payload = without(FULL, 'note', 'count', 'loud', 'ends_at')

const CASES: readonly (readonly [string, Payload])[] = [
  ['everything present', FULL],
  ['null, 0, "", false and empty lists', EMPTY],
  ['optional fields absent', ABSENT],
]

const SPEC = JSON.stringify({
  name: 'scene_asked',
  direction: 'bidirectional',
  payload: FIELDS,
  request: { name: 'ask_scene', payload: FIELDS },
})

/** Events that are sent from somewhere else: a route's parameters, a service, what the agent streams. */
const PLACES = {
  reference: [
    'line_relayed -f text:str --emit-in src/cachibot/services/platforms.py:relay --emit all',
    'interval -f minutes:int -f bar:str? --emit-in src/cachibot/api/websocket.py:run_agent',
  ],
  cachibot: [
    'line_relayed -f content:str --emit-in cachibot/services/callboard.py:announce --emit all',
    'interval -f minutes:int -f bar:str? --emit-in cachibot/api/websocket.py:run_agent',
    'room_reacted -f emoji:str --emit-in cachibot/api/server.py:add_reaction --channel room',
    'line_heard -f line:str --emit-in cachibot/api/voice_websocket.py:_run_turn --channel voice',
  ],
} as const satisfies Record<(typeof FIXTURES)[number], readonly string[]>

describe.skipIf(!hasPython || findBrowser() === undefined).each(FIXTURES)('%s', (fixture) => {
  const key = (name: string): string =>
    fixture === 'reference' ? name : name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const onWire = (payload: Payload): Payload =>
    Object.fromEntries(Object.entries(payload).map(([name, value]) => [key(name), value]))
  const root = copyFixture(fixture, { modules: true, keep: true })
  const channels = fixture === 'reference' ? [] : [['room', 'room_'] as const, ['voice', ''] as const]
  let stage: Stage

  beforeAll(async () => {
    const fields = Object.entries(FIELDS).flatMap(([name, type]) => ['-f', `${name}:${type}`])
    for (const args of [
      ['curtain_call', '--direction', 'bidirectional', '-f', 'scene:str'],
      ['seat_taken', ...fields, '--emit', 'client'],
      ['seat_claim', '--direction', 'c2s', '-f', 'seat_id:str'],
      ['curtain_stop', '--direction', 'c2s'],
      ['--spec', '-'],
      ...PLACES[fixture].map((line) => line.split(' ')),
    ]) {
      const ran = await cachibotWs(['add-event', ...args], { cwd: root, stdin: SPEC })
      expect([ran.stderr, ran.exitCode]).toEqual(['', 0])
    }
    const changed = await cachibotWs(['change-event', 'seat_taken', '--add-field', 'finale:str?', '--yes'], {
      cwd: root,
    })
    expect([changed.stderr, changed.exitCode]).toEqual(['', 0])
    addButtons(root, fixture, 'main', [
      { name: 'sendCurtainCallRequest', isEmpty: false },
      { name: 'sendAskScene', isEmpty: false },
      { name: 'sendSeatClaim', isEmpty: false },
      { name: 'sendCurtainStop', isEmpty: true },
    ])
    addRoute(root, fixture, 'send_seat_taken')
    for (const [channel, prefix] of channels) {
      const spec = { ...JSON.parse(SPEC), name: `${prefix}seat_shown`, request: { payload: FIELDS }, channel }
      for (const args of [
        ['--spec', '-'],
        [`${prefix}seat_claim`, '--direction', 'c2s', '-f', 'seat_id:str', '--channel', channel],
      ]) {
        const ran = await cachibotWs(['add-event', ...args], { cwd: root, stdin: JSON.stringify(spec) })
        expect([ran.stderr, ran.exitCode]).toEqual(['', 0])
      }
      addButtons(root, fixture, channel, [
        { name: 'sendSeatShownRequest', isEmpty: false },
        { name: 'sendSeatClaim', isEmpty: false },
      ])
    }
    stage = await openStage(root, fixture)
    await vi.waitUntil(() => stage.log().includes('[accepted]'), { timeout: 60_000 })
  })

  afterAll(async () => {
    await stage?.close()
    rmSync(join(root, '..'), { recursive: true, force: true })
  })

  /** What the store holds, as the page shows it. */
  const stored = async (name: string, store = 'chat'): Promise<unknown> => {
    const text = await stage.page.locator(`[data-testid=${store}-state]`).textContent()
    return (JSON.parse(text ?? '{}') as Payload)[name]
  }
  const click = async (callback: string, payload: Payload, channel = 'main'): Promise<void> => {
    await stage.page.evaluate((asked) => Object.assign(globalThis, { asked }), payload)
    await stage.page.locator(`[data-testid=${channel}-${callback}]`).click()
  }

  test('a bidirectional event from one command goes browser → server → browser', async () => {
    expect(await stored('lastCurtainCall')).toBe(null)
    await click('sendCurtainCallRequest', { scene: 'Vorhang → 幕' })
    await expect.poll(() => stored('lastCurtainCall')).toEqual({ scene: 'Vorhang → 幕' })
  })

  test.each(CASES)('sent by the server, seen in the store: %s', async (_, payload) => {
    await call(stage, { ...FULL, text: 'something else' })
    await expect.poll(async () => ((await stored('lastSeatTaken')) as Payload).text).toBe('something else')
    await call(stage, payload)
    await expect.poll(() => stored('lastSeatTaken')).toEqual(onWire(payload))
  })

  test('a field that came in later goes all the way', async () => {
    const later = { ...FULL, text: 'later', finale: 'Vorhang → 幕' }
    await call(stage, later)
    await expect.poll(() => stored('lastSeatTaken')).toEqual(onWire(later))
  })

  test('sent by the server: a default that the caller leaves out', async () => {
    await call(stage, without(FULL, 'bows', 'props'))
    await expect.poll(() => stored('lastSeatTaken')).toEqual(onWire({ ...FULL, bows: 1, props: ['a'] }))
  })

  test.each(CASES)('asked by a click, answered by the branch: %s', async (_, payload) => {
    await click('sendAskScene', onWire({ ...FULL, text: 'something else' }))
    await expect.poll(async () => ((await stored('lastSceneAsked')) as Payload)?.text).toBe('something else')
    await click('sendAskScene', onWire(payload))
    await expect.poll(() => stored('lastSceneAsked')).toEqual(onWire(payload))
  })

  test('a date that JavaScript writes is read', async () => {
    await click('sendAskScene', onWire({ ...FULL, begins_at: '2026-11-23T09:30:00.000Z' }))
    const begins = async (): Promise<unknown> =>
      ((await stored('lastSceneAsked')) as Payload)?.[key('begins_at')]
    await expect.poll(begins).toBe('2026-11-23T09:30:00+00:00')
  })

  test('requests without an answer are taken, and the connection lives on', async () => {
    await click('sendSeatClaim', { [key('seat_id')]: 'A1' })
    await click('sendCurtainStop', {})
    await click('sendCurtainCallRequest', { scene: 'still here' })
    await expect.poll(() => stored('lastCurtainCall')).toEqual({ scene: 'still here' })
  })

  const post = async (path: string, body: Payload): Promise<void> => {
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${stage.origin}${path}`, request)
    expect(response.ok, await response.text()).toBe(true)
  }

  test('sent by a service, from the parameters of its function', async () => {
    const text = 'Zum Balkon bitte'
    await (fixture === 'reference'
      ? post(`/api/bots/prompter/messages?chat_id=1&text=${encodeURIComponent(text)}`, {})
      : post('/api/notices', { play_id: 'lamplighter', content: text }))
    const name = fixture === 'reference' ? 'text' : 'content'
    await expect.poll(() => stored('lastLineRelayed')).toEqual({ [name]: text })
  })

  test('sent by a case of the stream, from what the agent tells', async () => {
    const chat = { message: 'When is the interval?', message_id: '1', botId: 'lamplighter', chatId: '1' }
    const seen = await hear(stage, '/ws', 'interval', [{ type: 'chat', payload: chat }])
    expect(seen).toEqual({ minutes: 20, bar: 'foyer' })
  })

  describe.skipIf(channels.length === 0)('the other channels', () => {
    test('room, sent by a route to everyone in the room', async () => {
      await stage.page.locator('[data-testid=room-select]').selectOption('lamplighter')
      await stage.page.locator('[data-testid=room-connected]:text-is("connected")').waitFor()
      await post('/api/rooms/lamplighter/reactions', { message_id: 'm1', emoji: '👏' })
      await expect
        .poll(() => stored('lastRoomReacted', 'room'))
        .toEqual({ lamplighter: { roomId: 'lamplighter', emoji: '👏' } })
    })

    test('voice, sent by a function of the endpoint to the client of its connection', async () => {
      const heard = await hear(stage, '/ws/voice', 'line_heard', [
        { type: 'voice_start', payload: { botId: 'lamplighter' } },
        { type: 'end_turn', payload: { line: 'Who is there?' } },
      ])
      expect(heard).toEqual({ line: 'Who is there?' })
    })

    test.each(CASES)('room, asked and answered: %s', async (_, payload) => {
      await stage.page.locator('[data-testid=room-select]').selectOption('lamplighter')
      await stage.page.locator('[data-testid=room-connected]:text-is("connected")').waitFor()
      await click('sendSeatClaim', { seatId: 'A1' }, 'room')
      await click('sendSeatShownRequest', onWire({ ...FULL, text: 'something else' }), 'room')
      const text = async (): Promise<unknown> =>
        ((await stored('lastRoomSeatShown', 'room')) as Record<string, Payload>)['lamplighter']?.['text']
      await expect.poll(text).toBe('something else')
      await click('sendSeatShownRequest', onWire(payload), 'room')
      await expect
        .poll(() => stored('lastRoomSeatShown', 'room'))
        .toEqual({ lamplighter: { roomId: 'lamplighter', ...onWire(payload) } })
    })

    test.each(CASES)('voice, asked and answered: %s', async (_, payload) => {
      const state = stage.page.locator('[data-testid=voice-connected]')
      if ((await state.textContent()) !== 'idle')
        await stage.page.locator('[data-testid=voice-start]').click()
      await stage.page.locator('[data-testid=voice-connected]:text-is("idle")').waitFor()
      await click('sendSeatClaim', { seatId: 'A1' }, 'voice')
      await click('sendSeatShownRequest', onWire({ ...FULL, text: 'something else' }), 'voice')
      const text = async (): Promise<unknown> =>
        ((await stored('lastSeatShown', 'voice')) as Payload | null)?.['text']
      await expect.poll(text).toBe('something else')
      await click('sendSeatShownRequest', onWire(payload), 'voice')
      await expect.poll(() => stored('lastSeatShown', 'voice')).toEqual(onWire(payload))
    })
  })

  test('no payload makes the branch raise', async () => {
    const before = stage.log().length
    const payloads = [undefined, null, [], 'text', 5, true, { scene: null }, { scene: { a: 1 } }, {}]
    const answers = await talk(stage, 'curtain_call_request', payloads)
    expect(answers).toEqual(['', '', '', '', '', '', null, { a: 1 }, ''].map((scene) => ({ scene })))
    const dates = [{}, { [key('begins_at')]: 'soon' }, { ...onWire(FULL), [key('cues_list')]: 'never' }, null]
    expect(await talk(stage, 'ask_scene', dates)).toEqual([])
    expect(stage.log().slice(before)).not.toContain('Traceback')
  })
})

function without(payload: Payload, ...names: readonly string[]): Payload {
  return Object.fromEntries(Object.entries(payload).filter(([name]) => !names.includes(name)))
}

/** Lets the server send `seat_taken` to every connection. */
async function call(stage: Stage, fields: Payload): Promise<void> {
  const response = await fetch(`${stage.origin}/sent/send_seat_taken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  })
  expect(response.status, await response.text()).toBe(200)
}

/** Sends messages over a connection of its own; gives the payload of the first message of a type that comes back. */
async function hear(
  stage: Stage,
  path: string,
  type: string,
  messages: readonly { readonly type: string; readonly payload: Payload }[],
): Promise<unknown> {
  return stage.page.evaluate(
    async ({ url, wanted, sent }) => {
      const socket = new WebSocket(url)
      await new Promise((done) => socket.addEventListener('open', done))
      const heard = new Promise<unknown>((done) =>
        socket.addEventListener('message', ({ data }) => {
          const message = JSON.parse(data) as { type: string; payload: unknown }
          if (message.type === wanted) done(message.payload)
        }),
      )
      for (const message of sent) socket.send(JSON.stringify(message))
      const payload = await heard
      socket.close()
      return payload
    },
    {
      url: `${stage.origin.replace('http', 'ws')}${path}?token=guest`,
      wanted: type,
      sent: messages as { type: string; payload: Payload }[],
    },
  )
}

/** Sends payloads over a connection of its own, then a request that is surely answered; gives the payloads in between. */
async function talk(stage: Stage, type: string, payloads: readonly unknown[]): Promise<unknown[]> {
  return stage.page.evaluate(
    async ({ kind, messages, url }) => {
      const socket = new WebSocket(url)
      await new Promise((done) => socket.addEventListener('open', done))
      const received: unknown[] = []
      const ended = new Promise<void>((done) => {
        socket.addEventListener('close', () => done())
        socket.addEventListener('message', ({ data }) => {
          const { payload } = JSON.parse(data) as { payload: { scene?: unknown } }
          if (payload.scene === 'the end') done()
          else received.push(payload)
        })
      })
      for (const payload of messages) socket.send(JSON.stringify({ type: kind, payload }))
      socket.send(JSON.stringify({ type: 'curtain_call_request', payload: { scene: 'the end' } }))
      await ended
      if (socket.readyState !== WebSocket.OPEN) throw new Error('the server closed the connection')
      socket.close()
      return received
    },
    { kind: type, messages: payloads, url: `${stage.origin.replace('http', 'ws')}/ws?token=guest` },
  )
}
