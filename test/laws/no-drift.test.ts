import { expect, test } from 'vitest'
import { checkEvents } from '../support/check.js'
import { open, readFixture } from '../support/fixtures.js'

const MODELS = 'cachibot/models/websocket.py'
const VOICE = 'cachibot/models/voice.py'
const API = 'cachibot/api/websocket.py'
const VOICE_API = 'cachibot/api/voice_websocket.py'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const VOICE_HOOK = 'frontend/src/hooks/useVoice.ts'
const TYPES = 'frontend/src/types/index.ts'
const VOICE_TYPES = 'frontend/src/types/voice.ts'
const CLIENT = 'frontend/src/api/voice-client.ts'

type Edits = readonly (readonly [path: string, from: string, to: string])[]

/** Code that looks like drift to a careless reader, and is none. */
const CASES: readonly (readonly [string, Edits])[] = [
  [
    'an event that the hook takes in front of the switch',
    [
      [
        HOOK,
        "        case 'thinking': {\n          const payload = msg.payload as ThinkingPayload\n          addThought(payload.content)\n          break\n        }\n\n",
        '',
      ],
      [
        HOOK,
        '      switch (msg.type) {',
        "      if (msg.type === 'thinking') return addThought((msg.payload as ThinkingPayload).content)\n      switch (msg.type) {",
      ],
    ],
  ],
  [
    'a key that both branches of an `if` set',
    [
      [
        MODELS,
        '        if note is not None:\n            payload["note"] = note\n',
        '        if note is not None:\n            payload["note"] = note\n        else:\n            payload["note"] = ""\n',
      ],
      [TYPES, '  cast: string[]\n  note?: string', '  cast: string[]\n  note: string'],
    ],
  ],
  [
    'a read with an older name to fall back on',
    [[VOICE_HOOK, 'msg.payload.sessionId as string', '(msg.payload.sessionId ?? msg.payload.id) as string']],
  ],
  [
    'a factory under another name',
    [
      [API, 'import WSMessage, WSMessageType', 'import WSMessage as Message, WSMessageType'],
      [API, 'WSMessage.', 'Message.'],
      [API, 'message: WSMessage)', 'message: Message)'],
    ],
  ],
  [
    'a factory that another factory calls',
    [
      [
        VOICE,
        '    @classmethod\n    def error(',
        '    @classmethod\n    def lost(cls, message: str) -> "VoiceMessage":\n        return cls.error(message)\n\n    @classmethod\n    def error(',
      ],
      [VOICE_API, 'VoiceMessage.error(', 'VoiceMessage.lost('],
    ],
  ],
  [
    'an event that the client makes itself',
    [
      [VOICE_TYPES, "  | 'error'", "  | 'error'\n  | 'reopened'"],
      [
        CLIENT,
        '    this.ws = ws\n',
        "    this.ws = ws\n    this.jsonHandlers.forEach((handle) => handle({ type: 'reopened', payload: {} }))\n",
      ],
    ],
  ],
  [
    'a name that is chosen where it is sent',
    [[CLIENT, "this.sendJson('interrupt', {})", "this.sendJson(this.ws ? 'interrupt' : 'end_turn', {})"]],
  ],
  [
    'a case that two events share',
    [
      [
        HOOK,
        "        case 'script_delta': {",
        "        case 'script_delta':\n        case 'script_delta_again': {",
      ],
      [TYPES, "  | 'script_delta'", "  | 'script_delta'\n  | 'script_delta_again'"],
      [
        MODELS,
        '    SCRIPT_DELTA = "script_delta"\n',
        '    SCRIPT_DELTA = "script_delta"\n    SCRIPT_DELTA_AGAIN = "script_delta_again"\n',
      ],
      [
        MODELS,
        '    @classmethod\n    def done(',
        '    @classmethod\n    def script_delta_again(cls, tool_call_id: str, text: str) -> "WSMessage":\n        return cls(type=WSMessageType.SCRIPT_DELTA_AGAIN, payload={"id": tool_call_id, "text": text})\n\n    @classmethod\n    def done(',
      ],
      [
        API,
        '        await manager.send(client_id, WSMessage.script_delta(tool_call_id, text))\n',
        '        await manager.send(client_id, WSMessage.script_delta(tool_call_id, text))\n        await manager.send(client_id, WSMessage.script_delta_again(tool_call_id, text))\n',
      ],
    ],
  ],
  [
    'a date where the manager sends in JSON mode',
    [
      [VOICE, 'session_id: str', 'session_id: UUID'],
      [VOICE_API, 'message.model_dump()', 'message.model_dump(mode="json")'],
    ],
  ],
  [
    'a table of handlers',
    [
      [API, '            elif msg_type == WSMessageType.CANCEL:', '            elif False:'],
      [
        API,
        'APPROVAL_TIMEOUT = 300.0',
        'APPROVAL_TIMEOUT = 300.0\nHANDLERS = {WSMessageType.CANCEL: "cancel"}',
      ],
    ],
  ],
]

/** Code that is no drift and cannot be read as a whole, which is told. */
const UNREAD: typeof CASES = [
  [
    'a payload that a function puts together',
    [[VOICE, 'payload={"sessionId": session_id}', 'payload=describe(session_id)']],
  ],
  [
    'a payload that is filled somewhere else',
    [[MODELS, '            payload["chatId"] = chat_id\n', '            fill(payload, chat_id)\n']],
  ],
  [
    'a payload with a spread',
    [[VOICE, 'payload={"sessionId": session_id}', 'payload={**describe(session_id)}']],
  ],
  [
    'a branch that validates the payload',
    [
      [
        VOICE_API,
        '                    bot_id = payload.get("botId", "")\n                    language = payload.get("language")\n',
        '                    start = VoiceStart(**payload)\n                    bot_id, language = start.bot_id, start.language\n',
      ],
    ],
  ],
  [
    'a branch that hands the message on',
    [
      [
        VOICE_API,
        '                    bot_id = payload.get("botId", "")\n                    language = payload.get("language")\n',
        '                    bot_id, language = read_start(data)\n',
      ],
    ],
  ],
]

test.each(CASES)('%s is no drift', async (_, edits) => {
  expect(await findingsOf(edits)).toEqual([])
})

test.each(UNREAD)('%s is told as unread, and nothing else', async (_, edits) => {
  expect(await findingsOf(edits)).toEqual([expect.stringMatching(/^unread-payload: /)])
})

/** The errors and warnings of the fixture with edits. */
async function findingsOf(edits: Edits): Promise<string[]> {
  const texts = readFixture('cachibot')
  for (const [path, from, to] of edits) {
    const text = texts.get(path) ?? ''
    if (!text.includes(from)) throw new Error(`${path} has no ${from}`)
    texts.set(path, text.replaceAll(from, to))
  }
  const { repository, layout } = await open(texts)
  const { findings } = checkEvents(repository, layout, {})
  return findings.filter((one) => one.severity !== 'info').map((one) => `${one.rule}: ${one.what}`)
}
