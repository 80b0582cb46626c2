import { describe, expect, test } from 'vitest'
import { applyEdits, type Edits, edited, replace } from '../support/edited.js'
import { FIXTURES, type FixtureName, readFixture } from '../support/fixtures.js'

const TYPES = 'frontend/src/types/index.ts'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const CLIENT = 'frontend/src/api/websocket.ts'

function backend(fixture: FixtureName): string {
  return fixture === 'reference' ? 'src/cachibot' : 'cachibot'
}

/** The wire names of the main channel, as the fixture's enum has them. */
function valuesOf(fixture: FixtureName): string[] {
  const text = readFixture(fixture).get(`${backend(fixture)}/models/websocket.py`) ?? ''
  return [...text.matchAll(/^ {4}[A-Z_]+ = "(\w+)"/gm)].map((match) => match[1] ?? '')
}

/** A switch over every wire name that only says what each one is. */
function labels(fixture: FixtureName, name: string): string {
  const cases = valuesOf(fixture).map((value) => `    case '${value}':\n      return '${value}'`)
  return `export function ${name}(msg: WSMessage): string {\n  switch (msg.type) {\n${cases.join('\n')}\n    default:\n      return ''\n  }\n}\n`
}

/** Something that looks like a part of the main channel and is none. */
const DECOYS: readonly { title: string; edits: (fixture: FixtureName) => Edits }[] = [
  {
    title: 'a union of another name that holds all of the enum',
    edits: (fixture) => ({
      'frontend/src/types/a-stage.ts': `export type StageCue = ${valuesOf(fixture)
        .map((one) => `'${one}'`)
        .join(' | ')}\nexport type OwnerKind = 'chat' | 'room'\n`,
    }),
  },
  {
    title: 'a union of the same name in a file that nothing imports',
    edits: () => ({
      'frontend/src/a-legacy/types.ts': `export type WSMessageType = 'chat' | 'thinking'\nexport interface WSMessage {\n  type: WSMessageType\n  payload: unknown\n}\n`,
    }),
  },
  {
    title: 'the name in a comment and in a string',
    edits: () => ({
      'frontend/src/a-notes.ts': `// export type WSMessageType = 'chat' | 'room'\nexport const NOTE = "type WSMessageType = 'chat' | 'room'"\n`,
    }),
  },
  {
    title: 'a second interface with the union as its type in front of the envelope',
    edits: () => ({
      [TYPES]: (text) =>
        text.replace(
          /^(export interface WSMessage\b)/m,
          `export interface QueuedMessage {\n  type: WSMessageType\n  payload: Record<string, unknown>\n}\n\n$1`,
        ),
    }),
  },
  {
    title: 'a function that says what each message is, used by others',
    edits: (fixture) => ({
      'frontend/src/a-lib/describe.ts': `import type { WSMessage } from '../types'\n\n${labels(fixture, 'describeMessage')}`,
      'frontend/src/a-lib/log.ts': `import { describeMessage } from './describe'\n\nexport const log = [describeMessage]\n`,
    }),
  },
  {
    title: "the same in the hook's own file",
    edits: (fixture) => ({ [HOOK]: (text) => `${text}\n${labels(fixture, 'describeMessage')}` }),
  },
  {
    title: 'a copy of the hook that nothing imports',
    edits: (fixture) => ({
      'frontend/src/hooks/a-old-hook.ts': `${(readFixture(fixture).get(HOOK) ?? '').replace('useWebSocket', 'useOldWebSocket')}`,
    }),
  },
  {
    title: 'a hook of an example that mentions the channel in a comment',
    edits: (fixture) => ({
      'frontend/src/a-examples/useExample.ts': `// WSMessage, WSMessageType\n${labels(fixture, 'useExample').replace('msg: WSMessage', 'msg: { type: string }')}`,
    }),
  },
  {
    title: 'a client of something else that sends the same names',
    edits: () => ({
      'frontend/src/api/a-telemetry.ts': `// WSMessage, WSMessageType\nexport class TelemetryClient {\n  send(type: string, payload: unknown): void {\n    void fetch('/telemetry', { method: 'POST', body: JSON.stringify({ type, payload }) })\n  }\n\n  sendChat(): void {\n    this.send('chat', {})\n  }\n\n  sendCancel(): void {\n    this.send('cancel', {})\n  }\n\n  sendApproval(): void {\n    this.send('approval', {})\n    this.send('chat', {})\n  }\n}\n\nexport const telemetry = new TelemetryClient()\n`,
      'frontend/src/a-lib/track.ts': `import { telemetry } from '../api/a-telemetry'\n\nexport const track = [telemetry]\n`,
    }),
  },
  {
    title: 'a copy of the client that nothing imports',
    edits: (fixture) => ({
      'frontend/src/api/a-old-websocket.ts': (readFixture(fixture).get(CLIENT) ?? '')
        .replaceAll('WebSocketClient', 'OldClient')
        .replaceAll('BaseOldClient', 'BaseWebSocketClient'),
    }),
  },
  {
    title: 'a store of the same hook in another file',
    edits: () => ({
      'frontend/src/a-legacy/chat.ts': `import { create } from 'zustand'\n\ninterface ChatState {\n  lines: string[]\n}\n\nexport const useChatStore = create<ChatState>()(() => ({ lines: [] }))\n`,
    }),
  },
  {
    title: 'a manager of another subsystem that takes the same messages by the same name',
    edits: (fixture) => ({
      [`${backend(fixture)}/api/a_telegram.py`]: `from cachibot.models.websocket import WSMessage\n\n\nclass TelegramManager:\n    """Tells Telegram."""\n\n    async def send(self, client_id: str, message: WSMessage) -> None:\n        print(client_id, message)\n\n    async def broadcast(self, message: WSMessage) -> None:\n        print(message)\n\n\nmanager = TelegramManager()\n`,
    }),
  },
  {
    title: 'an endpoint that only says that it is there',
    edits: (fixture) => ({
      [`${backend(fixture)}/api/a_health.py`]: `from fastapi import APIRouter, WebSocket\n\nfrom cachibot.models.websocket import WSMessage\n\nrouter = APIRouter()\n\n\n@router.websocket("/ws/health")\nasync def health(websocket: WebSocket) -> None:\n    """Answer without WSMessageType.CHAT."""\n    await websocket.accept()\n    await websocket.send_json(WSMessage.error("healthy").model_dump())\n`,
    }),
  },
  {
    title: 'a function beside the endpoint that names every member',
    edits: (fixture) => ({
      [`${backend(fixture)}/api/websocket.py`]: (text) =>
        `${text}\n\ndef describe(msg_type: str) -> str:\n    """For the log."""\n    if msg_type == WSMessageType.CHAT:\n        return "chat"\n    elif msg_type == WSMessageType.CANCEL:\n        return "cancel"\n    elif msg_type == WSMessageType.APPROVAL:\n        return "approval"\n    elif msg_type == WSMessageType.THINKING:\n        return "thinking"\n    return ""\n`,
    }),
  },
  {
    title: 'an enum of the same name in another module',
    edits: (fixture) => ({
      [`${backend(fixture)}/a_legacy.py`]: `from enum import Enum\n\n\nclass WSMessageType(str, Enum):\n    CHAT = "chat"\n    OWNER = "owner"\n`,
    }),
  },
  {
    title: 'a second model with the enum as its type, which many import',
    edits: (fixture) => ({
      [`${backend(fixture)}/models/a_log.py`]: `from typing import Any\n\nfrom pydantic import BaseModel\n\nfrom cachibot.models.websocket import WSMessageType\n\n\nclass LoggedMessage(BaseModel):\n    type: WSMessageType\n    payload: dict[str, Any]\n`,
      ...Object.fromEntries(
        ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name) => [
          `${backend(fixture)}/services/log_${name}.py`,
          'from cachibot.models.a_log import LoggedMessage\n\nKINDS = [LoggedMessage]\n',
        ]),
      ),
    }),
  },
  {
    title: 'an enum and a model of a queue',
    edits: (fixture) => ({
      [`${backend(fixture)}/services/a_queue.py`]: `from enum import Enum\nfrom typing import Any\n\nfrom pydantic import BaseModel\n\n\nclass JobEventType(str, Enum):\n    QUEUED = "queued"\n    READY = "ready"\n\n\nclass JobEvent(BaseModel):\n    type: JobEventType\n    payload: dict[str, Any]\n\n    @classmethod\n    def ready(cls) -> "JobEvent":\n        return cls(type=JobEventType.READY, payload={})\n`,
      [`${backend(fixture)}/services/a_worker.py`]: `from cachibot.services.a_queue import JobEvent\n\nREADY = JobEvent.ready()\n`,
    }),
  },
]

const ARGS = ['curtain_call', '--direction', 'both', '-f', 'scene:str', '-f', 'note:str?']

describe.each(FIXTURES)('%s', (fixture) => {
  test.each(DECOYS)('$title is not taken for a part', async ({ edits }) => {
    const plain = edited(fixture, {})
    const decoyed = edited(fixture, edits(fixture))
    const [info, checked] = [await plain.run('info', '--json'), await plain.run('check', '--json')]
    expect(JSON.parse((await decoyed.run('info', '--json')).stdout).channels).toEqual(
      JSON.parse(info.stdout).channels,
    )
    expect((await decoyed.run('check')).exitCode).toBe(0)
    expect(checked.exitCode).toBe(0)

    expect((await plain.run('add-event', ...ARGS)).exitCode).toBe(0)
    const ran = await decoyed.run('add-event', ...ARGS)
    expect(ran).toMatchObject({ exitCode: 0 })
    expect(decoyed.texts()).toEqual(applyEdits(plain.texts(), edits(fixture)))
  })
})

/** A union of the channel's name whose names are no alternatives, beside a union that shares most with the enum. */
const LISTED_UNIONS = [
  { title: 'made of an array', list: 'const NAMES = [' },
  { title: 'a TypeScript enum', list: 'export enum WSMessageType' },
  { title: 'keys of a type', list: 'interface Messages' },
] as const

/** A union of the channel's name that is not read. */
const GENERIC = { title: 'generic', head: "type WSMessageType<T extends string = 'x'> =" } as const

function unionOf(title: string, values: readonly string[]): string {
  const quoted = values.map((one) => `'${one}'`)
  const decoy = `export type OwnerKind = 'chat' | 'room'\nexport type Most = ${quoted.slice(1).join(' | ')}\n`
  switch (title) {
    case 'made of an array':
      return `const NAMES = [${quoted.join(', ')}] as const\nexport type WSMessageType = (typeof NAMES)[number]\n${decoy}`
    case 'a TypeScript enum':
      return `export enum WSMessageType {\n${values.map((one) => `  ${one.toUpperCase()} = '${one}',`).join('\n')}\n}\n${decoy}`
    case 'generic':
      return `export type WSMessageType<T extends string = 'x'> =\n  | T\n${quoted.map((one) => `  | ${one}`).join('\n')}\n${decoy}`
    default:
      return `interface Messages {\n${values.map((one) => `  ${one}: unknown`).join('\n')}\n}\nexport type WSMessageType = keyof Messages\n${decoy}`
  }
}

describe.each(FIXTURES)('%s', (fixture) => {
  const withUnion = (text: string) =>
    edited(fixture, {
      [TYPES]: (old) => old.replace(/export type WSMessageType =[\s\S]*?\n\n/, () => `${text}\n`),
    })

  test.each(LISTED_UNIONS)(
    'a union that is $title is read, and its list is the place',
    async ({ title, list }) => {
      const checkout = withUnion(unionOf(title, valuesOf(fixture)))
      const lineOf = (text: string): number =>
        checkout
          .read(TYPES)
          .split('\n')
          .findIndex((one) => one.includes(text)) + 1
      expect((await checkout.run('info')).stdout).toMatch(/union +WSMessageType/)
      expect(await checkout.run('check')).toMatchObject({ exitCode: 0 })
      const listed = JSON.parse((await checkout.run('list', '--json')).stdout)
      const cells = listed.events[0].sites.filter((one: { site: string }) => one.site === 'ts-union-member')
      expect(cells).toMatchObject([{ status: expect.stringMatching(/^(present|edited)$/), file: TYPES }])

      const before = checkout.texts()
      const ran = await checkout.run('add-event', 'seat_taken', '-f', 'seat_id:str')
      expect(ran.exitCode).toBe(1)
      expect(ran.stdout).toContain('one list of alternatives')
      expect(ran.stdout).toContain(`${TYPES}:${lineOf(list)}`)
      const removed = await checkout.run('remove-event', 'tool_end')
      expect(removed.exitCode).toBe(1)
      expect(checkout.texts()).toEqual(before)
    },
  )

  test('a union that is generic is the nearest of a block', async () => {
    const { title, head } = GENERIC
    const checkout = withUnion(unionOf(title, valuesOf(fixture)))
    const before = checkout.texts()
    const line =
      checkout
        .read(TYPES)
        .split('\n')
        .findIndex((one) => one.includes(head)) + 1
    const ran = await checkout.run('add-event', 'seat_taken', '-f', 'seat_id:str')
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain(head)
    expect(ran.stdout).toContain(`${TYPES}:${line}`)
    expect(checkout.texts()).toEqual(before)
    const check = await checkout.run('check')
    expect(check.exitCode).toBe(1)
    expect(check.stdout).toContain('missing-part')
    expect(check.stdout).toContain(`${TYPES}:${line}`)
    const info = await checkout.run('info')
    expect(info.stdout).toMatch(/union +not found/)
    expect(info.stdout).toContain(`${TYPES}:${line}`)
  })

  test('a union that comes from a package is the nearest of a block', async () => {
    const checkout = withUnion(
      "import type { WSMessageType } from '@theatre/protocol'\nexport type { WSMessageType } from '@theatre/protocol'\nexport type OwnerKind = 'chat' | 'room'\n",
    )
    const before = checkout.texts()
    const ran = await checkout.run('add-event', 'seat_taken')
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toContain('an import of `WSMessageType` from `@theatre/protocol`')
    expect(checkout.texts()).toEqual(before)
  })

  test('without a union of the name, one with less than half of the enum is none', async () => {
    const checkout = withUnion("export type OwnerKind = 'chat' | 'thinking'\n")
    const before = checkout.texts()
    const ran = await checkout.run('add-event', 'seat_taken')
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toContain('`OwnerKind`')
    expect(checkout.texts()).toEqual(before)
  })

  test('without a union of the name, two with most of the enum are none', async () => {
    const quoted = valuesOf(fixture).map((one) => `'${one}'`)
    const checkout = withUnion(
      `export type StageMessage = ${quoted.join(' | ')}\nexport type Cue = ${quoted.slice(1).join(' | ')}\n`,
    )
    const ran = await checkout.run('add-event', 'seat_taken')
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toMatch(/`StageMessage`[\s\S]*`Cue`[\s\S]*nothing decides/)
  })

  test('without a union of the name, the only one with most of the enum is it', async () => {
    const checkout = edited(fixture, {
      [TYPES]: (text) =>
        text.replaceAll('WSMessageType', (name, at: number) =>
          /\w/.test(text[at - 1] ?? '') ? name : 'StageMessage',
        ),
      [CLIENT]: (text) => text.replaceAll(/\bWSMessageType\b/g, 'StageMessage'),
    })
    const ran = await checkout.run('add-event', 'seat_taken')
    expect(ran.exitCode).toBe(0)
    expect(checkout.read(TYPES)).toMatch(/StageMessage =[\s\S]*'seat_taken'/)
  })

  test('a hook that takes messages by a chain of ifs is the nearest, and no switch elsewhere is taken', async () => {
    const checkout = edited(fixture, {
      [HOOK]: (text) =>
        text
          .replace(/switch \(msg\.type\) \{/, 'if (true) {')
          .replaceAll(/case '(\w+)': \{/g, "if (msg.type === '$1') {")
          .replaceAll(/^(\s+)break$/gm, '$1return'),
      'frontend/src/a-lib/describe.ts': `import type { WSMessage } from '../types'\n\n${labels(fixture, 'describeMessage')}`,
    })
    const before = checkout.texts()
    const ran = await checkout.run('add-event', 'seat_taken')
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toContain('a chain of `if` over `.type`')
    expect(ran.stdout).toContain(HOOK)
    expect(checkout.texts()).toEqual(before)
  })

  test('a client that sends nothing by name is the nearest, and no other class is taken', async () => {
    const checkout = edited(fixture, {
      [CLIENT]: (text) => text.replaceAll(/this\.send\('(\w+)'/g, 'this.send(names.$1'),
      'frontend/src/api/a-telemetry.ts': `export class Telemetry {\n  send(type: string): void {\n    void fetch(type)\n  }\n\n  sendChat(): void {\n    this.send('chat')\n  }\n}\n`,
    })
    const ran = await checkout.run('add-event', 'seat_claim', '--direction', 'c2s', '-f', 'seat_id:str')
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toContain('`class WebSocketClient`, which sends none of them by name')
  })
})

describe('the other channels of cachibot', () => {
  test.each([
    ['room', 'room_curtain_call', TYPES, 'RoomWSMessageType'],
    ['voice', 'curtain_call', 'frontend/src/types/voice.ts', 'VoiceMessageType'],
  ])('%s: decoys of every part change nothing', async (channel, event, types, union) => {
    const values = [...(readFixture('cachibot').get(types) ?? '').matchAll(/^ {2}\| '(\w+)'/gm)].map(
      (match) => match[1] ?? '',
    )
    const decoys: Edits = {
      'frontend/src/a-legacy/types.ts': `export type ${union} = ${values.map((one) => `'${one}'`).join(' | ')}\nexport type OwnerKind = 'chat' | 'room'\n`,
      'frontend/src/a-legacy/labels.ts': `// ${union}\nexport function label(msg: { type: string }): string {\n  switch (msg.type) {\n${values.map((one) => `    case '${one}':\n      return ''`).join('\n')}\n  }\n  return ''\n}\n`,
      'frontend/src/a-legacy/client.ts': `// ${union}\nexport class OldClient {\n  send(type: string): void {\n    void fetch(type)\n  }\n\n${values.map((one, index) => `  send${index}(): void {\n    this.send('${one}')\n  }`).join('\n\n')}\n}\n`,
      'cachibot/a_legacy.py': `from enum import Enum\n\n\nclass ${union}(str, Enum):\n    READY = "ready"\n`,
    }
    const args = [event, '--channel', channel, '--direction', 'both', '-f', 'scene:str']
    const plain = edited('cachibot', {})
    const decoyed = edited('cachibot', decoys)
    expect((await plain.run('add-event', ...args)).exitCode).toBe(0)
    expect((await decoyed.run('add-event', ...args)).exitCode).toBe(0)
    expect(decoyed.texts()).toEqual(applyEdits(plain.texts(), decoys))
  })
})

test('a store whose name two files have and that the hook imports from neither is refused with both', async () => {
  const store = (hook: string): string =>
    `import { create } from 'zustand'\n\ninterface State {\n  cue: string\n}\n\nexport const ${hook} = create<State>()(() => ({ cue: '' }))\n`
  const checkout = edited('cachibot', {
    'frontend/src/stores/cues.ts': store('useCueStore'),
    'frontend/src/stores/old-cues.ts': store('useCueStore'),
    'frontend/src/notes.ts':
      "// import { create } from 'zustand'\n// export const useGhostStore = create<State>()\nexport const note = 1\n",
  })
  const ran = await checkout.run('add-event', 'seat_taken', '--store', 'useCueStore')
  expect(ran.exitCode).toBe(2)
  expect(ran.stderr).toContain(
    '2 files have a store `useCueStore`: `frontend/src/stores/cues.ts`, `frontend/src/stores/old-cues.ts`',
  )
  expect((await checkout.run('info')).stdout).not.toContain('useGhostStore')
})

test('a rename of the union and its file keeps the edit honest', () => {
  expect(() => edited('cachibot', { [TYPES]: (text) => text })).toThrow('changes nothing')
  expect(() => replace('no such text', '')('')).toThrow('no such text')
})
