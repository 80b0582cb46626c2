import { describe, expect, test } from 'vitest'
import { readFixture } from '../support/fixtures.js'
import { differences, type MemoryCheckout, memoryCheckout } from '../support/memory-checkout.js'

const MODELS = 'cachibot/models/websocket.py'
const HANDLER = 'cachibot/api/websocket.py'
const CLIENT = 'frontend/src/api/websocket.ts'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const STORE = 'frontend/src/stores/seat-plan.ts'
const INDEX = 'frontend/src/stores/index.ts'

/** A checkout of the fixture on which commands ran that all succeeded. */
async function checkoutAfter(...commands: readonly string[]): Promise<MemoryCheckout> {
  const checkout = memoryCheckout(readFixture('cachibot'))
  for (const command of commands) await run(checkout, command)
  return checkout
}

/** Runs a command that has to succeed; its text. */
async function run(checkout: MemoryCheckout, command: string): Promise<string> {
  const { exitCode, stdout, stderr } = await checkout.run(...command.split(' '))
  expect([exitCode, stderr], `${command}\n${stdout}`).toEqual([0, ''])
  return stdout
}

/** Runs a command that has to be blocked and to leave the tree; its text. */
async function blocked(checkout: MemoryCheckout, command: string): Promise<string> {
  const before = checkout.tree()
  const { exitCode, stdout, stderr } = await checkout.run(...command.split(' '))
  expect(exitCode, `${command}\n${stdout}${stderr}`).toBe(1)
  expect(differences(before, checkout.tree())).toEqual([])
  return stdout + stderr
}

async function names(checkout: MemoryCheckout): Promise<string[]> {
  const { events } = JSON.parse(await run(checkout, 'list --channel main --json'))
  return events.map((one: { name: string }) => one.name)
}

const PAIR = 'add-event curtain_call --direction both --request curtain_request -f scene:str'

describe('a request and what it is answered with', () => {
  test.each(['remove-event thinking_request', 'remove-event thinking_request --force'])(
    '%s takes what was added, and nothing of `thinking`, which people wrote',
    async (command) => {
      const untouched = await checkoutAfter()
      const checkout = await checkoutAfter('add-event thinking_request --direction c2s')
      const said = await run(checkout, command)
      expect(said).toMatch(/^removes `thinking_request` client-to-server/)
      expect(differences(untouched.tree(), checkout.tree())).toEqual([])
    },
  )

  test('a request that was added by itself stays, whatever it is named after, and is told', async () => {
    const checkout = await checkoutAfter(
      'add-event running_jobs -f count:int',
      'add-event running_jobs_request --direction c2s -f count:int',
    )
    const alone = await checkoutAfter('add-event running_jobs_request --direction c2s -f count:int')
    const said = await run(checkout, 'remove-event running_jobs')
    expect(said).toMatch(/^removes `running_jobs` server-to-client/)
    expect(said).toContain('the request `running_jobs_request` stays')
    expect(differences(alone.tree(), checkout.tree())).toEqual([])
  })

  test('an event that is sent in the branch of a request that people wrote leaves them their request', async () => {
    const untouched = await checkoutAfter()
    const checkout = await checkoutAfter('add-event seat_counted -f count:int')
    const before = checkout.tree().get(HANDLER)
    checkout.write(HANDLER, (text) =>
      text.replace(
        /^( +)(elif msg_type == WSMessageType\.CANCEL:\n)/m,
        '$1$2$1    await manager.send(client_id, WSMessage.seat_counted(1))\n',
      ),
    )
    const said = await blocked(checkout, 'remove-event seat_counted')
    expect(said).toMatch(/^would remove `seat_counted` server-to-client/)
    expect(said).toMatch(/python-send +blocked cachibot\/api\/websocket\.py:\d+/)
    await run(checkout, 'remove-event seat_counted --force')
    expect(await names(checkout)).toContain('cancel')
    expect(differences(untouched.tree(), checkout.tree())).toEqual([])
    expect(before).not.toBe(untouched.tree().get(HANDLER))
  })

  test.each([
    ['text', 'remove-event curtain_call --dry-run'],
    ['JSON', 'remove-event curtain_call --dry-run --json'],
  ])('a pair as it was written goes whole, and the headline says so in %s', async (_, command) => {
    const untouched = await checkoutAfter()
    const checkout = await checkoutAfter(PAIR)
    const { stdout, stderr } = await checkout.run(...command.split(' '))
    const headline = 'removes `curtain_call` and its request `curtain_request`'
    if (command.endsWith('--json')) expect(JSON.parse(stdout).headline).toBe(headline)
    else expect(stderr.startsWith(headline)).toBe(true)
    await run(checkout, 'remove-event curtain_call')
    expect(differences(untouched.tree(), checkout.tree())).toEqual([])
  })

  test('the request that is named goes alone, and the event is left without a sender', async () => {
    const untouched = await checkoutAfter()
    const checkout = await checkoutAfter(PAIR)
    const said = await run(checkout, 'remove-event curtain_request')
    expect(said).toMatch(/^removes `curtain_request` client-to-server/)
    expect(said).toContain('next: `curtain_call` stays, and nothing sends it any more')
    const left = await names(checkout)
    expect([left.includes('curtain_call'), left.includes('curtain_request')]).toEqual([true, false])
    await run(checkout, 'remove-event curtain_call')
    expect(differences(untouched.tree(), checkout.tree())).toEqual([])
  })

  test.each([
    [
      'the docstring of its model',
      MODELS,
      '"""Payload for curtain_request events."""',
      '"""Ask for bows."""',
    ],
    [
      'a comment behind its member',
      MODELS,
      /(CURTAIN_REQUEST = "curtain_request".*)/,
      '$1  # for the finale',
    ],
    ['a word above its method', CLIENT, '  sendCurtainRequest(', '  /** Bows. */\n  sendCurtainRequest('],
    [
      'its callback',
      HOOK,
      'wsClient.sendCurtainRequest(payload)',
      'wsClient.sendCurtainRequest({ ...payload })',
    ],
    ['a line of its branch', HANDLER, /(CURTAIN_REQUEST:\n)( +)/, '$1$2logger.info("bows")\n$2'],
    [
      'its interface',
      'frontend/src/types/index.ts',
      'interface CurtainRequestPayload {\n',
      'interface CurtainRequestPayload {\n  more?: string\n',
    ],
  ] as const)(
    'a request of which people wrote %s stays, and only the answer in its branch goes',
    async (_, file, from, to) => {
      const checkout = await checkoutAfter(PAIR)
      checkout.write(file, (text) => text.replace(from, to))
      const before = checkout.tree()
      const said = await run(checkout, 'remove-event curtain_call')
      expect(said).toMatch(/^removes `curtain_call` server-to-client/)
      expect(said).toContain('next: the request `curtain_request` stays, and is not answered')
      const left = checkout.tree()
      const sent = / +await manager\.send\([^)]*\n?[^)]*curtain_call\([\s\S]*?\)\)?\n(?: +\)\n)?/
      const branch = (tree: Map<string, string>): string | undefined =>
        /^ +elif msg_type == WSMessageType\.CURTAIN_REQUEST:[\s\S]*?(?=\n\n)/m.exec(
          tree.get(HANDLER) ?? '',
        )?.[0]
      expect(branch(left)).toBe(`${branch(before)}\n`.replace(sent, '').replace(/\n$/, ''))
      for (const path of [CLIENT, HOOK])
        expect(left.get(path)?.match(/\w*CurtainRequest\w*/g)).toEqual(
          before.get(path)?.match(/\w*CurtainRequest\w*/g),
        )
    },
  )

  test('an answer that is all the branch of a request does blocks, with the command that helps', async () => {
    const checkout = await checkoutAfter('add-event curtain_call --direction both --request curtain_request')
    checkout.write(CLIENT, (text) =>
      text.replace('  sendCurtainRequest(', '  /** Bows. */\n  sendCurtainRequest('),
    )
    const said = await blocked(checkout, 'remove-event curtain_call --force')
    expect(said).toContain('take the request out first: cachibot-ws remove-event curtain_request')
    await run(checkout, 'remove-event curtain_request')
    await run(checkout, 'remove-event curtain_call')
  })

  test('an answer that people changed blocks with its place; --force takes it and leaves the request', async () => {
    const checkout = await checkoutAfter(PAIR)
    checkout.write(HANDLER, (text) =>
      text.replace('curtain_call(scene=payload', 'curtain_call(scene="the " + payload'),
    )
    const said = await blocked(checkout, 'remove-event curtain_call')
    expect(said).toMatch(/python-send +blocked cachibot\/api\/websocket\.py:\d+:\d+\n.*--force/)
    await run(checkout, 'remove-event curtain_call --force')
    expect(await names(checkout)).toContain('curtain_request')
  })
})

describe('what several events share', () => {
  test('a helper that sends another event too blocks, with --force as well', async () => {
    const checkout = await checkoutAfter(
      'add-event seat_taken -f seat_id:str',
      'add-event seat_freed -f seat_id:str',
    )
    checkout.write(HANDLER, (text) =>
      text.replace(
        /( +)(await manager\.send\(client_id, WSMessage\.seat_taken\([^\n]*\n)/,
        '$1$2$1await manager.send(client_id, WSMessage.seat_freed(seat_id=seat_id))\n',
      ),
    )
    const said = await blocked(checkout, 'remove-event seat_taken --force')
    expect(said).toContain('`seat_freed` stands there as well')
  })

  test('a helper that is named after a longer event is no helper of the shorter one', async () => {
    const checkout = await checkoutAfter(
      'add-event taken -f seat_id:str',
      'add-event seat_taken -f seat_id:str',
    )
    const onlyLong = await checkoutAfter('add-event seat_taken -f seat_id:str')
    checkout.write(HANDLER, (text) =>
      text.replace(
        /( +)(await manager\.send\(client_id, WSMessage\.seat_taken\([^\n]*\n)/,
        '$1$2$1await manager.send(client_id, WSMessage.taken(seat_id=seat_id))\n',
      ),
    )
    await run(checkout, 'remove-event taken --force')
    expect(differences(onlyLong.tree(), checkout.tree())).toEqual([])
  })

  test.each([
    ['a prefix', 'seat', 'seat_taken'],
    ['a suffix', 'taken', 'seat_taken'],
    ['the longer one', 'seat_taken', 'seat'],
  ])('an event whose name is %s of another takes nothing of it', async (_, gone, stays) => {
    for (const how of ['', ' --direction c2s', ' --direction both']) {
      const both = await checkoutAfter(
        `add-event ${stays} -f row:int${how}`,
        `add-event ${gone} -f row:int${how}`,
      )
      const one = await checkoutAfter(`add-event ${stays} -f row:int${how}`)
      await run(both, `remove-event ${gone}`)
      expect(differences(one.tree(), both.tree())).toEqual([])
    }
  })

  test.each([
    [
      'main',
      'cachibot/services/playbill.py:Playbill --emit all',
      'voice',
      'cachibot/api/voice_websocket.py:voice_websocket_endpoint',
    ],
    [
      'voice',
      'cachibot/api/voice_websocket.py:voice_websocket_endpoint',
      'main',
      'cachibot/services/playbill.py:Playbill --emit all',
    ],
    ['main', 'cachibot/api/websocket.py', 'voice', 'cachibot/api/voice_websocket.py'],
  ])('a helper of the same name on another channel is no use of it: %s', async (gone, at, stays, there) => {
    const add = (channel: string, place: string): string =>
      `add-event seat_taken -f row:int --channel ${channel} --emit-in ${place}`
    const both = await checkoutAfter(add(stays, there), add(gone, at))
    const one = await checkoutAfter(add(stays, there))
    await run(both, `remove-event seat_taken --channel ${gone}`)
    expect(differences(one.tree(), both.tree())).toEqual([])
  })

  test.each(['', ' --direction c2s', ' --direction both'])(
    'the same wire name on another channel stays whole%s',
    async (how) => {
      const add = (channel: string): string => `add-event seat_taken -f row:int --channel ${channel}${how}`
      for (const [gone, stays] of [
        ['main', 'voice'],
        ['voice', 'main'],
      ] as const) {
        const both = await checkoutAfter(add(stays), add(gone))
        const one = await checkoutAfter(add(stays))
        await run(both, `remove-event seat_taken --channel ${gone}`)
        expect(differences(one.tree(), both.tree())).toEqual([])
      }
    },
  )
})

describe('a store that was made for an event', () => {
  const ADD = 'add-event seat_planned -f seat_id:str --store new:seat_plan'

  test('goes with the last event, with its export, and the headline says so', async () => {
    const untouched = await checkoutAfter()
    const checkout = await checkoutAfter(ADD, 'add-event seat_moved --store new:seat_plan')
    await run(checkout, 'remove-event seat_planned')
    expect(checkout.tree().has(STORE)).toBe(true)
    const said = await run(checkout, 'remove-event seat_moved')
    expect(said).toMatch(/^removes `seat_moved` and the store `useSeatPlanStore` that was made for it/)
    expect(differences(untouched.tree(), checkout.tree())).toEqual([])
  })

  test('the dry run shows the file as taken away', async () => {
    const checkout = await checkoutAfter(ADD)
    const { stdout } = await checkout.run('remove-event', 'seat_planned', '--dry-run')
    expect(stdout).toContain(`--- a/${STORE}\n+++ /dev/null\n@@ -1,`)
  })

  test.each([
    [
      'a component',
      'frontend/src/components/chat/SeatPlan.tsx',
      "import { useSeatPlanStore } from '../../stores/seat-plan'\nexport const plan = useSeatPlanStore\n",
    ],
    [
      'a component by the index',
      'frontend/src/components/chat/SeatPlan.tsx',
      "import { useSeatPlanStore } from '@/stores'\nexport const plan = useSeatPlanStore\n",
    ],
    [
      'a test',
      'frontend/src/stores/seat-plan.test.ts',
      "import { useSeatPlanStore } from './seat-plan'\nuseSeatPlanStore.setState({})\n",
    ],
    ['a mock', 'frontend/src/stores/mocks.test.ts', "vi.mock('./seat-plan')\n"],
    ['a lazy import', 'frontend/src/lazy.ts', "export const load = () => import('./stores/seat-plan')\n"],
    ['another re-export', 'frontend/src/public.ts', "export * from './stores/seat-plan'\n"],
    ['plain JavaScript', 'frontend/setup.mjs', "import './src/stores/seat-plan'\n"],
  ])('stays where %s uses it, and that is told', async (_, file, text) => {
    const checkout = await checkoutAfter(ADD)
    checkout.write(file, () => text)
    const said = await run(checkout, 'remove-event seat_planned')
    expect(said).toMatch(/^removes `seat_planned` server-to-client/)
    expect(said).toContain(`it stays, for it is still named at ${file}`)
    expect(checkout.tree().get(STORE)).toContain('useSeatPlanStore')
    expect(checkout.tree().get(file)).toBe(text)
  })

  test.each([
    ['state of their own', /(interface SeatPlanState \{\n)/, '$1  rows: number\n'],
    ['a comment', /^/, '// The plan of the house.\n'],
    ['a doc comment', /(?=export const)/, '/** The plan of the house. */\n'],
    ['a helper', /$/, '\nexport const rows = 3\n'],
    ['a middleware', /\(\(set\) =>/, '((set, _get) =>'],
  ])('stays where people wrote %s into it', async (_, from, to) => {
    const checkout = await checkoutAfter(ADD)
    checkout.write(STORE, (text) => text.replace(from, to))
    const said = await run(checkout, 'remove-event seat_planned')
    expect(said).toMatch(/^removes `seat_planned` server-to-client/)
    expect(checkout.tree().has(STORE)).toBe(true)
  })

  test('goes with its export where most stores are exported, whatever the index says of others', async () => {
    const texts = readFixture('cachibot')
    const rest = ['Connections', 'Notices', 'Rooms', 'Voice'].map(
      (name) => `export { use${name}Store } from './${name.toLowerCase()}'\n`,
    )
    texts.set(INDEX, `${texts.get(INDEX)}${rest.join('')}`)
    const checkout = memoryCheckout(texts)
    const before = checkout.tree()
    await run(checkout, ADD)
    expect(checkout.tree().get(INDEX)).toContain("export { useSeatPlanStore } from './seat-plan'\n")
    await run(checkout, 'remove-event seat_planned')
    expect(differences(before, checkout.tree())).toEqual([])

    await run(checkout, ADD)
    checkout.write('frontend/src/plan.ts', () => "export { useSeatPlanStore } from './stores'\n")
    const used = checkout.tree()
    await run(checkout, 'remove-event seat_planned')
    expect(checkout.tree().get(INDEX)).toBe(used.get(INDEX))
    expect(checkout.tree().has(STORE)).toBe(true)
  })
})

describe('line endings', () => {
  const CRLF = new Map(
    [...readFixture('cachibot')].map(([path, text]) => [
      path,
      /\.(py|tsx?)$/.test(path) ? text.replaceAll('\n', '\r\n') : text,
    ]),
  )

  test.each([
    ['a file of one line', '"""Tells the house."""'],
    ['a file of one comment', '# Tells the house.'],
    ['a file of one statement and a CRLF', '"""Tells the house."""\r\n'],
    ['an empty file', ''],
  ])('%s gets what is usual in the repository', async (_, text) => {
    const file = 'cachibot/services/teller.py'
    const checkout = memoryCheckout(new Map([...CRLF, [file, text]]))
    const before = checkout.tree()
    const command = `add-event seat_told -f seat_id:str --emit all --emit-in ${file}`.split(' ')
    const { exitCode, stderr } = await checkout.run(...command)
    expect([exitCode, stderr]).toEqual(text === '' ? [2, expect.stringContaining('is empty')] : [0, ''])
    const mixed = [...checkout.tree()].filter(
      ([path, now]) => /\.(py|tsx?)$/.test(path) && /(^|[^\r])\n/.test(now),
    )
    expect(mixed).toEqual([])
    if (text === '') return
    expect((await checkout.run('remove-event', 'seat_told')).exitCode).toBe(0)
    expect(differences(before, checkout.tree())).toEqual([])
  })

  test('a new store has what is usual, and goes again', async () => {
    const checkout = memoryCheckout(CRLF)
    const before = checkout.tree()
    await run(checkout, 'add-event seat_planned -f seat_id:str --store new:seat_plan')
    expect(checkout.tree().get(STORE)).not.toMatch(/(^|[^\r])\n/)
    await run(checkout, 'remove-event seat_planned')
    expect(differences(before, checkout.tree())).toEqual([])
  })
})
