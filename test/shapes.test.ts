import { describe, expect, test } from 'vitest'
import { planAddEvent } from '../src/engine/add-event.js'
import { Failure } from '../src/errors.js'
import { buildSpec } from '../src/spec/event-spec.js'
import { renderDiff } from '../src/workspace/diff.js'
import { open, readFixture } from './support/fixtures.js'

const MODELS = 'cachibot/models/websocket.py'
const INIT = 'cachibot/models/__init__.py'
const API = 'cachibot/api/websocket.py'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const TYPES = 'frontend/src/types/index.ts'
const NOTICES = 'frontend/src/stores/notices.ts'

interface Case {
  readonly name: string
  /** What is done to the fixture: path → the new text, made of the old one. */
  readonly edits: Readonly<Record<string, (text: string, texts: ReadonlyMap<string, string>) => string>>
  readonly store?: string
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
      [INIT]: replace(
        /from cachibot\.models\.websocket import \([^)]*\)/,
        'from cachibot.models.websocket import ErrorPayload as ErrorPayload',
      ),
    },
    has: ['+    ErrorPayload as ErrorPayload,', '+    SeatTakenPayload as SeatTakenPayload,'],
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
]

describe.each(CASES)('$name', ({ edits, store, has = [], hasNot = [], blocked, refused }) => {
  const spec = buildSpec({
    name: 'seat_taken',
    description: 'Someone sits.',
    payload: { seat_id: 'str', mood: '"a"|"b"' },
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
