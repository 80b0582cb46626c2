import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/errors.js'
import { renderDiff } from '../../src/workspace/diff.js'
import { buildSpec, planAddEvent } from '../support/asked.js'
import { open, readFixture } from '../support/fixtures.js'

const MODELS = 'cachibot/models/websocket.py'
const INIT = 'cachibot/models/__init__.py'
const API = 'cachibot/api/websocket.py'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const TYPES = 'frontend/src/types/index.ts'
const NOTICES = 'frontend/src/stores/notices.ts'
const CLIENT = 'frontend/src/api/websocket.ts'
const BASE = 'frontend/src/api/base-websocket.ts'

interface Case {
  readonly name: string
  /** What is done to the fixture: path → the new text, made of the old one. */
  readonly edits: Readonly<Record<string, (text: string, texts: ReadonlyMap<string, string>) => string>>
  readonly store?: string
  /** The event is one of a pair. */
  readonly isPair?: boolean
  /** Lines that the diff has, and lines that it has not. */
  readonly has?: readonly string[]
  readonly hasNot?: readonly string[]
  readonly blocked?: RegExp
  readonly refused?: RegExp
}

const replace = (from: string | RegExp, to: string) => (text: string) => {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`the fixture has no ${from}`)
  return changed
}
const copyOf = (path: string) => (_: string, texts: ReadonlyMap<string, string>) => texts.get(path) ?? ''

/** Shapes that real files have, each of which was once written wrongly. */
const CASES: readonly Case[] = [
  {
    name: 'a store imported under another name',
    edits: {
      [HOOK]: (text) =>
        text
          .replaceAll('useChatStore', 'useChat')
          .replace(/\buseChat\b(?=[^\n]*from)/, 'useChatStore as useChat'),
    },
    has: ['+          useChat.getState().handleSeatTaken(payload)', '+++ b/frontend/src/stores/bots.ts'],
  },
  {
    name: 'a store imported through an index',
    edits: { [HOOK]: replace("'../stores/bots'", "'../stores'") },
    has: ['+          useChatStore.getState().handleSeatTaken(payload)'],
    hasNot: ["+import { useChatStore } from '../stores/bots'"],
  },
  {
    name: 'a test that switches over the same events',
    edits: { 'frontend/src/__tests__/a.test.ts': copyOf(HOOK), 'cachibot/tests/test_a.py': copyOf(MODELS) },
    has: [`+++ b/${HOOK}`, `+++ b/${MODELS}`],
  },
  {
    name: 'a copy of the types that nothing imports',
    edits: { 'frontend/src/types/a-generated.ts': copyOf(TYPES) },
    has: [`+++ b/${TYPES}`],
  },
  {
    name: 'a copy of the models that nothing imports',
    edits: { 'cachibot/models/a_websocket_old.py': copyOf(MODELS) },
    has: [`+++ b/${MODELS}`],
  },
  {
    name: 'two members of the enum on one line',
    edits: {
      [MODELS]: replace('    ERROR = "error"\n    DONE = "done"', '    ERROR = "error"; DONE = "done"'),
    },
    has: ['+    SEAT_TAKEN = "seat_taken"  # Someone sits.'],
  },
  {
    name: 'all members of the enum on one line',
    edits: {
      [MODELS]: replace(
        /( {4}REHEARSAL_UPDATE = .*?)( {2}#.*)?\n {4}USAGE = "usage"/,
        '    REHEARSAL_UPDATE = "rehearsal_update"; USAGE = "usage"',
      ),
    },
    blocked: /a line of its own for each member/,
  },
  {
    name: 'a docstring behind a member of the enum',
    edits: { [MODELS]: replace(/( {4}REHEARSAL_UPDATE = .*\n)/, '$1    """It is rehearsed."""\n') },
    has: ['     """It is rehearsed."""', '+    SEAT_TAKEN = "seat_taken"  # Someone sits.'],
  },
  {
    name: 'an import continued with a backslash',
    edits: { [MODELS]: replace('from typing import Any, Literal', 'from typing import \\\n    Any') },
    has: ['+    Any, Literal'],
  },
  {
    name: 'a manager of something else in front',
    edits: {
      [API]: replace(
        'class ConnectionManager:',
        'class Audit:\n    async def log(self, message: WSMessage) -> None:\n        return None\n\n\naudit = Audit()\n\n\nclass ConnectionManager:',
      ),
    },
    has: ['+    await manager.send('],
    hasNot: ['+    await audit.log('],
  },
  {
    name: 'a manager with keyword-only parameters',
    edits: {
      [API]: replace(
        'async def send(self, client_id: str, message: WSMessage)',
        'async def send(self, *, client_id: str, message: WSMessage)',
      ),
    },
    has: ['+        client_id=client_id,'],
  },
  {
    name: '`__all__` put together of two lists',
    edits: { [INIT]: replace(/__all__ = \[/, '__all__ = ["Nothing"] + [') },
    has: ['+    "SeatTakenPayload",'],
  },
  {
    name: 'a re-export with `as`',
    edits: {
      [INIT]: (text) =>
        text.replace(/from cachibot\.models\.websocket import \([^)]*\)/, (statement) =>
          statement.replace(/^ {4}(\w+),$/gm, '    $1 as $1,'),
        ),
    },
    has: ['+    SeatTakenPayload as SeatTakenPayload,'],
  },
  {
    name: "a store's type on one line",
    edits: {
      [NOTICES]: replace(
        /interface NoticeState \{[^}]*\}/,
        'interface NoticeState { notices: ScheduledNotificationPayload[]; addNotice: (n: ScheduledNotificationPayload) => void; clear: () => void }',
      ),
    },
    store: 'useNoticeStore',
    has: [
      'clear: () => void; lastSeatTaken: SeatTakenPayload | null; handleSeatTaken: (payload: SeatTakenPayload) => void }',
    ],
  },
  {
    name: 'a store that holds nothing yet',
    edits: {
      [NOTICES]: () =>
        "import { create } from 'zustand'\n\ninterface NoticeState {}\n\nexport const useNoticeStore = create<NoticeState>()(() => ({}))\n",
    },
    store: 'useNoticeStore',
    has: ['useNoticeStore.setState({ lastSeatTaken: payload })'],
  },
  {
    name: 'a comment behind the case before',
    edits: { [HOOK]: replace(/(case 'rehearsal_update': \{[\s\S]*?\n {8}\})/, '$1 // rehearsed') },
    has: ['         } // rehearsed\n \n+        case'],
  },
  {
    name: "a models file without a class header's colon",
    edits: { [MODELS]: replace('class WSMessage(BaseModel):', 'class WSMessage(BaseModel)') },
    refused: /channel `main` was not found|does not parse/,
  },
  {
    name: 'an envelope with a base class of its own that has the name',
    edits: {
      [MODELS]: replace(
        'class WSMessage(BaseModel):',
        'class Base(BaseModel):\n    seat_taken: int = 0\n\n\nclass WSMessage(Base):',
      ),
    },
    refused: /`Base\.seat_taken` is taken: cachibot\/models\/websocket\.py:\d+/,
  },
  {
    name: 'an envelope whose annotations use the name',
    edits: { [MODELS]: replace('def thinking(cls, content: str)', 'def thinking(cls, content: seat_taken)') },
    refused: /`seat_taken` is taken/,
  },
  {
    name: 'types that another file exports through this one',
    edits: {
      [TYPES]: (text) => `export * from './voice'\n${text}`,
      'frontend/src/types/voice.ts': (text) => `${text}\nexport interface SeatTakenPayload { a: string }\n`,
    },
    refused: /`SeatTakenPayload` is taken: frontend\/src\/types\/voice\.ts/,
  },
  {
    name: "a method of the client's base class that has the name of the send method",
    isPair: true,
    edits: {
      [BASE]: replace(
        'protected sendRaw',
        'protected sendSeatTakenRequest(): void {}\n\n  protected sendRaw',
      ),
    },
    refused: /`BaseWebSocketClient\.sendSeatTakenRequest` is taken/,
  },
  {
    name: 'a local of the hook that has the name of the callback',
    isPair: true,
    edits: {
      [HOOK]: replace(
        'const [isConnected,',
        'const { a: sendSeatTakenRequest } = { a: 1 }\n  const [isConnected,',
      ),
    },
    refused: /`sendSeatTakenRequest` is taken: frontend\/src\/hooks\/useWebSocket\.ts/,
  },
  {
    name: "a function of the hook's module that has the name of the callback",
    isPair: true,
    edits: {
      [HOOK]: replace(
        'export function useWebSocket',
        'function sendSeatTakenRequest() {}\n\nexport function useWebSocket',
      ),
    },
    refused: /`sendSeatTakenRequest` is taken/,
  },
  {
    name: 'an entry of what the hook returns that has the name',
    isPair: true,
    edits: { [HOOK]: replace('    approve,\n  }', '    approve,\n    sendSeatTakenRequest: approve,\n  }') },
    refused: /`sendSeatTakenRequest` is taken/,
  },
  {
    name: 'a new store where most stores are exported from the index',
    store: 'new:seat_plan',
    edits: {
      'frontend/src/stores/index.ts': (text) =>
        `${text}export { useUsageStore } from './connections'\nexport { useNoticeStore } from './notices'\nexport { useRoomStore } from './rooms'\n`,
    },
    has: [
      "+export { useSeatPlanStore } from './seat-plan'",
      '+export const useSeatPlanStore = create<SeatPlanState>()((set) => ({',
    ],
  },
  {
    name: 'a new store where most stores are not exported from the index',
    store: 'new:seat_plan',
    edits: {},
    hasNot: ["+export { useSeatPlanStore } from './seat-plan'"],
  },
  {
    name: 'imports behind the logger',
    edits: {
      [MODELS]: replace('from pydantic import', 'LIMIT = 5\n\nfrom pydantic import'),
    },
    has: ['+from datetime import datetime\n from enum import Enum'],
  },
  {
    name: 'only third-party imports behind the logger',
    edits: {
      [MODELS]: (text) =>
        text.replace(
          'from typing import Any, Literal\n\nfrom pydantic',
          'LIMIT = 5\n\nfrom typing import Any, Literal\n\nfrom pydantic',
        ),
    },
    has: ['+from datetime import datetime\n from enum import Enum'],
  },
  {
    name: 'a chain with an else',
    isPair: true,
    edits: {
      [API]: replace(
        '    except WebSocketDisconnect:',
        '            else:\n                pass\n    except WebSocketDisconnect:',
      ),
    },
    has: [
      '                    answer.set_result(approved)\n \n+            elif msg_type == WSMessageType.SEAT_TAKEN_REQUEST:',
    ],
  },
  {
    name: 'a branch that ends with a comment',
    isPair: true,
    edits: {
      [API]: replace(
        'answer.set_result(approved)\n',
        'answer.set_result(approved)\n                # that was it\n',
      ),
    },
    has: ['                 # that was it\n \n+            elif'],
  },
  {
    name: 'a handler that validates messages',
    isPair: true,
    edits: {
      [API]: (text) =>
        text
          .replace(
            '            payload = data.get("payload", {})\n',
            '            message = WSMessage(**data)\n            payload = message.payload\n',
          )
          .replaceAll('msg_type ==', 'message.type =='),
    },
    has: [
      '+            elif message.type == WSMessageType.SEAT_TAKEN_REQUEST:',
      'seat_id=payload.get("seatId", "")',
    ],
  },
  {
    name: 'a handler that takes something out of the payload in front of the chain',
    isPair: true,
    edits: {
      [API]: replace(
        '            payload = data.get("payload", {})\n',
        '            payload = data.get("payload", {})\n            request_id = data.get("payload", {}).get("requestId")\n',
      ),
    },
    has: ['seat_id=payload.get("seatId", "")'],
    hasNot: ['request_id.get'],
  },
  {
    name: 'a handler with an `if` of its own for each event',
    isPair: true,
    edits: {
      [API]: (text) => text.replaceAll('            elif msg_type ==', '            if msg_type =='),
    },
    blocked:
      /looked for an `if … elif` chain over the types of messages; nearest: an `if` of its own for each/,
  },
  {
    name: 'a hook that declares what it returns',
    isPair: true,
    edits: { [HOOK]: replace('useWebSocket() {', 'useWebSocket(): Api {') },
    blocked: /nearest: it says `Api`/,
  },
  {
    name: 'a client whose sender takes another type',
    isPair: true,
    edits: { [CLIENT]: replace('send(type: WSMessageType', 'send(type: ClientMessageType') },
    blocked: /looked for a method of `WebSocketClient` that takes a `WSMessageType` and a payload/,
  },
  {
    name: 'a client with a test double beside it',
    isPair: true,
    edits: {
      [CLIENT]: (text) =>
        `${text}\nexport class RecordingClient extends WebSocketClient {\n  a() {\n    this.send('chat')\n    this.send('cancel')\n    this.send('approval')\n    this.send('chat')\n  }\n}\n`,
    },
    has: ['+  sendSeatTakenRequest(payload: SeatTakenRequestPayload): void {'],
  },
  {
    name: 'a handler in a function of its own, with the values of the enum',
    isPair: true,
    edits: {
      [API]: (text) => text.replaceAll(/== (WSMessageType\.\w+)/g, '== $1.value'),
    },
    has: ['+            elif msg_type == WSMessageType.SEAT_TAKEN_REQUEST.value:'],
  },
  {
    name: 'a handler that matches',
    isPair: true,
    edits: {
      [API]: (text) =>
        text
          .replace(
            '            if msg_type == WSMessageType.CHAT:',
            '            match msg_type:\n             case WSMessageType.CHAT:',
          )
          .replaceAll(/elif msg_type == (WSMessageType\.\w+)/g, ' case $1'),
    },
    blocked:
      /looked for an `if` that compares a message's type with members of `WSMessageType`; nearest: a `match` at line \d+/,
  },
  {
    name: 'a handler whose payload comes from nowhere',
    isPair: true,
    edits: {
      [API]: (text) =>
        text
          .replace('            payload = data.get("payload", {})\n', '            payload = unpack(data)\n')
          .replace('msg_type = data.get("type")', 'msg_type = unpack(data)'),
    },
    blocked: /looked for where a branch gets the payload from/,
  },
  {
    name: 'a client that wants object literals',
    isPair: true,
    edits: { [CLIENT]: replace('payload: unknown = {}', 'payload: Record<string, unknown> = {}') },
    has: ["+    this.send('seat_taken_request', { ...payload })"],
  },
  {
    name: 'a hook without callbacks',
    isPair: true,
    edits: {
      [HOOK]: (text) =>
        text
          .replace('import { useCallback, useEffect', 'import { useEffect')
          .replace(/ {2}\/\/ Ask the stage manager[\s\S]*(?= {2}return \{\n {4}isConnected)/, '')
          .replace(/ {4}sendMessage,\n {4}cancel,\n {4}approve,\n/, '')
          .replace('useCallback(\n    (msg', 'useEvent(\n    (msg'),
    },
    has: [
      '+import { useCallback, useEffect',
      '+  const sendSeatTakenRequest = useCallback(',
      '+    sendSeatTakenRequest,',
    ],
  },
]

describe.each(CASES)('$name', ({ edits, store, isPair, has = [], hasNot = [], blocked, refused }) => {
  const spec = buildSpec({
    name: 'seat_taken',
    ...(isPair === true ? { direction: 'bidirectional' } : {}),
    description: 'Someone sits.',
    payload: { seat_id: 'str', mood: '"a"|"b"', at: 'datetime' },
    store: { hook: store },
  })

  test('is right, or says precisely why not', async () => {
    const original = readFixture('cachibot')
    const texts = new Map(original)
    for (const [path, edit] of Object.entries(edits)) texts.set(path, edit(texts.get(path) ?? '', original))
    const planned = open(texts).then((opened) =>
      planAddEvent(opened.repository, opened.layout, spec, { partial: false }),
    )
    if (refused !== undefined) {
      await expect(planned).rejects.toThrow(Failure)
      return expect(planned).rejects.toThrow(refused)
    }
    const plan = await planned
    expect(plan.isBlocked).toBe(blocked !== undefined)
    if (blocked !== undefined)
      return expect(plan.changes.map((change) => change.reason).join('\n')).toMatch(blocked)
    const diff = renderDiff(plan.files)
    for (const line of has) expect(diff).toContain(line)
    for (const line of hasNot) expect(diff).not.toContain(line)
  })
})
