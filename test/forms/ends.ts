import {
  API,
  CHAT_VIEW,
  CLIENT,
  drift,
  type Form,
  formsOf,
  HOOK,
  MOBILE,
  MODELS,
  REHEARSALS,
  ROOM_CLIENT,
  TYPES,
} from './form.js'

const direction = formsOf('direction')
const consumers = formsOf('consumers')
const independence = formsOf('independence')

const SEND_DONE = 'await manager.send(client_id, WSMessage.done(reply_to_id=question_id))'
const CANCEL_METHOD = "  sendCancel(): void {\n    this.send('cancel')\n  }\n"

export const DIRECTION: readonly Form[] = [
  direction(
    'an event of both directions',
    [
      [
        MODELS,
        '    @classmethod\n    def done(',
        '    @classmethod\n    def cancel(cls) -> "WSMessage":\n        """The answer was given up, as somebody asked."""\n        return cls(type=WSMessageType.CANCEL, payload={})\n\n    @classmethod\n    def done(',
      ],
      [
        API,
        '            elif msg_type == WSMessageType.CANCEL:\n',
        '            elif msg_type == WSMessageType.CANCEL:\n                await manager.send(client_id, WSMessage.cancel())\n',
      ],
      [
        HOOK,
        "        case 'done': {\n",
        "        case 'cancel':\n          setBusy(false)\n          break\n\n        case 'done': {\n",
      ],
    ],
    [
      drift(
        'the client no longer takes it',
        ['missing-case'],
        [
          [API, 'WSMessage.cancel()'],
          [HOOK, 'switch (msg.type)'],
          [MODELS, 'def cancel('],
        ],
        [HOOK, "        case 'cancel':\n          setBusy(false)\n          break\n\n", ''],
      ),
      drift(
        'the client no longer sends it',
        ['missing-send-method'],
        [
          [API, 'WSMessageType.CANCEL'],
          [CLIENT, 'sendCancel('],
          [MODELS, 'CANCEL = "cancel"'],
        ],
        [CLIENT, "this.send('cancel')", 'this.disconnect()'],
      ),
    ],
  ),
  direction(
    'an event of one direction',
    [],
    [
      drift(
        'the client sends an event of the server',
        ['missing-handler-branch', 'wrong-direction'],
        [
          [CLIENT, "this.send('done')"],
          [CLIENT, 'sendDone('],
          [API, 'msg_type = data'],
        ],
        [CLIENT, CANCEL_METHOD, `${CANCEL_METHOD}\n  sendDone(): void {\n    this.send('done')\n  }\n`],
        [HOOK, '    wsClient.sendCancel()\n', '    wsClient.sendCancel()\n    wsClient.sendDone()\n'],
      ),
      drift(
        'the server sends an event of the client',
        ['missing-case', 'wrong-direction'],
        [
          [API, 'WSMessageType.CHAT, payload'],
          [HOOK, 'switch (msg.type)'],
        ],
        [
          API,
          SEND_DONE,
          `${SEND_DONE}\n        await manager.send(\n            client_id, WSMessage(type=WSMessageType.CHAT, payload={"message": message})\n        )`,
        ],
      ),
      drift(
        'the server sends an event of the client by a factory',
        ['missing-case', 'wrong-direction'],
        [
          [API, 'WSMessage.chat('],
          [MODELS, 'def chat('],
          [HOOK, 'switch (msg.type)'],
        ],
        [
          MODELS,
          '    @classmethod\n    def done(',
          '    @classmethod\n    def chat(cls, message: str) -> "WSMessage":\n        return cls(type=WSMessageType.CHAT, payload={"message": message})\n\n    @classmethod\n    def done(',
        ],
        [API, SEND_DONE, `${SEND_DONE}\n        await manager.send(client_id, WSMessage.chat(message))`],
      ),
      drift(
        'the client takes an event of its own',
        ['never-sent', 'missing-factory', 'wrong-direction'],
        [
          [HOOK, "case 'chat'"],
          [MODELS, 'CHAT = "chat"'],
        ],
        [
          HOOK,
          "        case 'done': {\n",
          "        case 'chat':\n          setBusy(true)\n          break\n\n        case 'done': {\n",
        ],
      ),
    ],
  ),
]

const DART = `
  /// What the app sends.
  static Map<String, dynamic> approve(String id, bool approved) => {'id': id, 'approved': approved};

  static Map<String, dynamic> say(String message, String botId, String chatId, String replyToId) => {
    'message': message,
    'botId': botId,
    'chatId': chatId,
    'replyToId': replyToId,
  };

  String get content => payload['content'] as String;
  String get action => payload['action'] as String;
  bool get success => payload['success'] as bool;
`
const withApp = [
  [
    MOBILE,
    "  static const String approval = 'approval';\n",
    `  static const String approval = 'approval';\n${DART}`,
  ],
] as const

const never = ['request-field-never-sent']
const gone = ['field-never-sent', 'field-not-declared']
const asError = (...args: Parameters<typeof drift>) => ({ ...drift(...args), severity: 'error' as const })

export const CONSUMERS: readonly Form[] = [
  consumers('an app that says every key', withApp, [
    asError(
      'the web sends another key',
      never,
      [
        [CLIENT, 'isApproved: approved'],
        [API, 'payload.get("approved", False)'],
      ],
      [CLIENT, "'approval', { id, approved }", "'approval', { id, isApproved: approved }"],
    ),
    drift(
      'the web drops a key of an approval',
      never,
      [
        [API, 'payload.get("approved", False)'],
        [CLIENT, "this.send('approval'"],
      ],
      [CLIENT, "'approval', { id, approved }", "'approval', { id }"],
    ),
    drift(
      'the web drops the bot of a chat',
      never,
      [
        [API, 'payload.get("botId", "")'],
        [CLIENT, "this.send('chat'"],
      ],
      [CLIENT, '{ message, botId, chatId, replyToId }', '{ message, chatId, replyToId }'],
      [CLIENT, 'const { botId, chatId, replyToId }', 'const { chatId, replyToId }'],
    ),
    drift(
      'the web drops the message of a chat',
      never,
      [
        [API, 'payload.get("message", "")'],
        [CLIENT, "this.send('chat'"],
      ],
      [CLIENT, '{ message, botId, chatId, replyToId }', '{ text: message, botId, chatId, replyToId }'],
    ),
    drift(
      'the web drops the reply of a chat',
      never,
      [
        [API, 'payload.get("replyToId")'],
        [CLIENT, "this.send('chat'"],
      ],
      [CLIENT, '{ message, botId, chatId, replyToId }', '{ message, botId, chatId, replyTo: replyToId }'],
    ),
    drift(
      'the server reads another key of a chat',
      never,
      [
        [API, 'payload.get("bot", "")'],
        [CLIENT, "this.send('chat'"],
      ],
      [API, 'payload.get("botId", "")', 'payload.get("bot", "")'],
    ),
    drift(
      'the server renames a key that the web reads',
      gone,
      [
        [MODELS, '"act": action'],
        [TYPES, 'action: string'],
        [HOOK, 'as ApprovalPayload'],
      ],
      [MODELS, '"action": action', '"act": action'],
    ),
    drift(
      'the web takes another key',
      ['field-never-sent'],
      [
        [TYPES, 'act: string'],
        [HOOK, 'as ApprovalPayload'],
        [MODELS, '"action": action'],
      ],
      [TYPES, '  action: string\n', '  act: string\n'],
    ),
    drift(
      'the web has no case',
      ['missing-case'],
      [
        [HOOK, 'switch (msg.type)'],
        [MODELS, 'def thinking('],
        [API, 'WSMessage.thinking('],
      ],
      [HOOK, "case 'thinking': {", "case 'thoughts': {"],
    ),
  ]),
  consumers(
    'an app that says other keys',
    [
      [
        MOBILE,
        "  static const String approval = 'approval';\n",
        "  static const String approval = 'approval';\n\n  /// What the app sends.\n  static Map<String, dynamic> approve(String ident) => {'ident': ident, 'isApproved': true};\n",
      ],
    ],
    [
      drift(
        'the web sends what only the app says',
        // One defect, which the key that is missing tells.
        never,
        [
          [CLIENT, 'isApproved: approved'],
          [API, 'payload.get("approved", False)'],
        ],
        [CLIENT, "'approval', { id, approved }", "'approval', { id, isApproved: approved }"],
      ),
      drift(
        'the server reads what only the app says',
        never,
        [
          [API, 'payload.get("ident", "")'],
          [CLIENT, "this.send('approval'"],
        ],
        [API, 'payload.get("id", "")', 'payload.get("ident", "")'],
      ),
    ],
  ),
  consumers(
    'state that a component reads',
    [
      [
        CHAT_VIEW,
        '  const activeBotId = useBotStore',
        '  const lastUsage = useChatStore((state) => state.lastUsage)\n  const activeBotId = useBotStore',
      ],
      [
        CHAT_VIEW,
        '{error && <p role="alert">{error}</p>}',
        '{error && <p role="alert">{error}</p>}\n      {lastUsage && <p>{lastUsage.totalTokens}</p>}',
      ],
    ],
    [
      drift(
        'nobody reads the dialog',
        ['state-never-read'],
        [
          ['frontend/src/stores/bots.ts', 'pendingApproval'],
          [HOOK, 'setApproval(payload)'],
        ],
        [CHAT_VIEW, ' pendingApproval, clear }', ' clear }'],
        [
          CHAT_VIEW,
          '      {pendingApproval && <ApprovalDialog approval={pendingApproval} onAnswer={approve} />}\n',
          '',
        ],
        [CHAT_VIEW, "import { ApprovalDialog } from './ApprovalDialog'\n", ''],
        [CHAT_VIEW, 'cancel, approve }', 'cancel }'],
        ['frontend/src/App.tsx', '        <StatePanel name="chat" state={useChatStore()} />\n', ''],
        [
          'frontend/src/App.tsx',
          'useBotStore, useChatStore, useKnowledgeStore',
          'useBotStore, useKnowledgeStore',
        ],
      ),
    ],
  ),
]

const SWITCH = 'switch (msg.type) {'
const REQUEST_DRIFT = drift(
  'a request lacks a key',
  never,
  [
    [API, 'payload.get("approved", False)'],
    [CLIENT, "this.send('approval'"],
  ],
  [CLIENT, "'approval', { id, approved }", "'approval', { id }"],
)
const BRANCH_DRIFT = drift(
  'a request has no branch',
  ['missing-handler-branch'],
  [
    [API, 'msg_type = data'],
    [CLIENT, 'sendCancel('],
    [CLIENT, "this.send('cancel')"],
  ],
  [API, 'elif msg_type == WSMessageType.CANCEL', 'elif msg_type == "cancelled"'],
)
const SEND_DRIFT = drift(
  'an event is never sent',
  ['never-sent', 'helper-never-called'],
  [
    [MODELS, 'def thinking('],
    [MODELS, 'THINKING = "thinking"'],
  ],
  [API, 'await manager.send(client_id, WSMessage.thinking(event.data))', 'logger.debug(event.data)'],
)
const KEY_DRIFT = drift(
  'an interface is told of another key',
  gone,
  [
    [TYPES, 'text: string'],
    [MODELS, 'payload={"content": content}'],
  ],
  [
    TYPES,
    'export interface ThinkingPayload {\n  content: string',
    'export interface ThinkingPayload {\n  text: string',
  ],
)
const LOST = drift(
  'it is told where it changed',
  ['missing-part'],
  [
    [HOOK, 'lookUp(msg)'],
    [HOOK, 'export function useWebSocket()'],
    [HOOK, 'onMessage(handleMessage)'],
    [HOOK, 'const handleMessage'],
    [HOOK, '/**'],
  ],
  [HOOK, SWITCH, 'lookUp(msg)\n      switch (msg.toString()) {'],
  [
    HOOK,
    'export function useWebSocket() {\n',
    'declare function lookUp(msg: WSMessage): void\n\nexport function useWebSocket() {\n',
  ],
)

export const INDEPENDENCE: readonly Form[] = [
  independence(
    'an event that is never sent',
    [[API, 'await manager.send(client_id, WSMessage.thinking(event.data))', 'logger.debug(event.data)']],
    [
      drift(
        'the client reads another key',
        ['field-never-sent'],
        [
          [HOOK, 'payload as { text: string }'],
          [HOOK, 'addThought(payload.text)'],
          [MODELS, 'payload={"content": content}'],
        ],
        [
          HOOK,
          'const payload = msg.payload as ThinkingPayload\n          addThought(payload.content)',
          'const payload = msg.payload as { text: string }\n          addThought(payload.text)',
        ],
        [HOOK, '  ThinkingPayload,\n', ''],
      ),
      KEY_DRIFT,
      drift(
        'a key has another type',
        ['type-mismatch'],
        [
          [TYPES, 'content: number'],
          [MODELS, 'payload={"content": content}'],
        ],
        [
          TYPES,
          'export interface ThinkingPayload {\n  content: string',
          'export interface ThinkingPayload {\n  content: number',
        ],
        [HOOK, 'addThought(payload.content)', 'addThought(String(payload.content))'],
      ),
      drift(
        'the case is gone as well',
        ['missing-case', 'unused-event', 'never-sent'],
        [
          [MODELS, 'def thinking('],
          [MODELS, 'THINKING = "thinking"'],
          [HOOK, SWITCH],
        ],
        [HOOK, "case 'thinking': {", "case 'thoughts': {"],
      ),
    ],
    ['never-sent', 'helper-never-called'],
  ),
  independence(
    'a key of a request that is never sent',
    [
      [
        API,
        '                approved = payload.get("approved", False)\n',
        '                approved = payload.get("approved", False)\n                logger.info("%s", payload.get("reason"))\n',
      ],
    ],
    [
      drift(
        'another key is never read',
        ['field-never-read'],
        [[CLIENT, 'at: Date.now()']],
        [CLIENT, "'approval', { id, approved }", "'approval', { id, approved, at: Date.now() }"],
      ),
      drift(
        'another key is never sent',
        never,
        [
          [API, 'payload.get("approved", False)'],
          [CLIENT, "this.send('approval'"],
        ],
        [CLIENT, "'approval', { id, approved }", "'approval', { id }"],
      ),
    ],
    ['request-field-never-sent'],
  ),
  independence(
    'a wrong cast',
    [
      [
        HOOK,
        'msg.payload as ThinkingPayload\n          addThought(payload.content)',
        'msg.payload as ErrorPayload\n          addThought(payload.message)',
      ],
      [HOOK, '  ThinkingPayload,\n', ''],
    ],
    [
      drift(
        'another event has another key',
        gone,
        [
          [MODELS, '"outcome": result'],
          [TYPES, 'result: unknown'],
          [HOOK, 'payload.result'],
        ],
        [MODELS, '"result": result', '"outcome": result'],
      ),
      drift(
        'the event of that type has another key',
        gone,
        [
          [MODELS, '"why": message'],
          [TYPES, '  message: string'],
          [HOOK, 'payload.message'],
        ],
        [MODELS, 'payload={"message": message, "code": code}', 'payload={"why": message, "code": code}'],
      ),
      REQUEST_DRIFT,
    ],
    [
      'field-never-sent',
      'field-not-declared',
      'orphan-payload',
      'missing-interface',
      'missing-model',
      'model-contradicts-wire',
    ],
  ),
  independence(
    'a hook whose switch cannot be found',
    [[HOOK, SWITCH, 'switch (String(msg.type)) {']],
    [REQUEST_DRIFT, BRANCH_DRIFT, SEND_DRIFT, KEY_DRIFT],
    ['missing-part', 'unread-handler'],
  ),
  independence('a channel that is whole', [], [LOST]),
  independence(
    'a union that cannot be found',
    [
      [TYPES, 'export type WSMessageType =\n', 'export type WSTypes =\n'],
      [TYPES, '  type: WSMessageType\n', '  type: string\n'],
      [
        CLIENT,
        'import type { ChatOptions, WSMessage, WSMessageType }',
        'import type { ChatOptions, WSMessage, WSTypes }',
      ],
      [CLIENT, 'type: WSMessageType', 'type: WSTypes'],
    ],
    [REQUEST_DRIFT, BRANCH_DRIFT, SEND_DRIFT, KEY_DRIFT],
    ['missing-part'],
  ),
  independence(
    'a client that cannot be found',
    [
      [
        CLIENT,
        '  send(type: WSMessageType, payload: unknown = {}): void {\n    this.sendRaw({ type, payload })\n  }\n',
        '  send(type: WSMessageType, payload: unknown = {}): void {\n    postMessage([type, payload])\n  }\n',
      ],
    ],
    [
      drift(
        'the server renames a key',
        gone,
        [
          [MODELS, 'payload={"text": content}'],
          [TYPES, 'content: string'],
          [HOOK, 'payload.content)'],
        ],
        [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
      ),
      SEND_DRIFT,
      KEY_DRIFT,
    ],
    ['missing-part', 'unread-send', 'missing-send-method'],
  ),
  independence(
    'a channel beside one that lost its hook',
    [[HOOK, SWITCH, 'switch (String(msg.type)) {']],
    [
      drift(
        'a request of the other lacks a key',
        never,
        [
          ['cachibot/api/room_websocket.py', 'payload.get("isTyping", False)'],
          [ROOM_CLIENT, "this.send('room_typing'"],
        ],
        [ROOM_CLIENT, "'room_typing', { isTyping }", "'room_typing', { typing: isTyping }"],
      ),
    ],
    ['missing-part', 'unread-handler'],
  ),
]

const unread = formsOf('unread')
const THINKING = 'payload={"content": content}'
const SEND_THOUGHT = 'await manager.send(client_id, WSMessage.thinking(event.data))'

/** What cannot be followed is told, and what can be is not. */
export const UNREAD: readonly Form[] = [
  unread(
    'a send that forwards its parameter',
    [
      [
        REHEARSALS,
        'loop.create_task(get_ws_manager().broadcast(message))',
        'loop.create_task(_broadcast(message))',
      ],
      [
        REHEARSALS,
        'rehearsal_board = RehearsalBoard()\n',
        'async def _broadcast(message: "WSMessage") -> None:\n    from cachibot.api.websocket import get_ws_manager\n\n    await get_ws_manager().broadcast(message)\n\n\nrehearsal_board = RehearsalBoard()\n',
      ],
      [
        REHEARSALS,
        '        from cachibot.api.websocket import get_ws_manager\n        from cachibot.models.websocket import WSMessage\n',
        '        from cachibot.models.websocket import WSMessage\n',
      ],
      [REHEARSALS, 'import uuid\n', 'import uuid\nfrom typing import TYPE_CHECKING\n'],
      [
        REHEARSALS,
        'logger = logging',
        'if TYPE_CHECKING:\n    from cachibot.models.websocket import WSMessage\n\nlogger = logging',
      ],
    ],
    [
      drift(
        'the send is lost',
        ['never-sent', 'helper-never-called'],
        [
          [MODELS, 'def rehearsal_update('],
          [MODELS, 'REHEARSAL_UPDATE = '],
          [REHEARSALS, 'def _notify('],
        ],
        [REHEARSALS, 'loop.create_task(_broadcast(message))', 'loop.create_task(asyncio.sleep(0))'],
      ),
    ],
  ),
  unread(
    'a `default` that logs',
    [
      [
        HOOK,
        '          clearTools()\n          clearThoughts()\n          setBusy(false)\n          break\n        }\n      }\n',
        "          clearTools()\n          clearThoughts()\n          setBusy(false)\n          break\n        }\n\n        default:\n          console.warn('[WS] unknown', msg.type)\n      }\n",
      ],
    ],
    [
      drift(
        'a case is lost',
        ['missing-case'],
        [
          [HOOK, SWITCH],
          [MODELS, 'def thinking('],
          [API, 'WSMessage.thinking('],
        ],
        [HOOK, "case 'thinking': {", "case 'thoughts': {"],
      ),
    ],
  ),
  unread('a key typed any', [[HOOK, 'as { id: string; text: string }', 'as { id: any; text: string }']], []),
  unread(
    'a payload of another package',
    [],
    [
      drift(
        'a call whose body is elsewhere',
        ['unread-payload'],
        [[MODELS, 'payload=json.loads(content)']],
        [MODELS, THINKING, 'payload=json.loads(content)'],
        [MODELS, 'from enum import Enum\n', 'import json\nfrom enum import Enum\n'],
      ),
      drift(
        'a key made at run time',
        ['unread-payload'],
        [[MODELS, 'payload={key: content']],
        [MODELS, THINKING, 'payload={key: content for key in sorted(content)}'],
      ),
      drift(
        'a spread of what is not known',
        ['unread-payload'],
        [[MODELS, '**json.loads(content)']],
        [MODELS, THINKING, 'payload={"content": content, **json.loads(content)}'],
        [MODELS, 'from enum import Enum\n', 'import json\nfrom enum import Enum\n'],
      ),
      drift(
        'a factory chosen at run time',
        ['unread-send'],
        [[API, 'getattr(WSMessage, event.event_type)']],
        [
          API,
          SEND_THOUGHT,
          'await manager.send(client_id, getattr(WSMessage, event.event_type)(event.data))',
        ],
      ),
      drift(
        'a message of a type chosen at run time',
        ['unread-send'],
        [[API, '"type": event.event_type']],
        [
          API,
          SEND_THOUGHT,
          'await manager.active_connections[client_id].send_json(\n                        {"type": event.event_type, "payload": {"content": event.data}}\n                    )',
        ],
      ),
      drift(
        'a label made at run time',
        ['unread-case'],
        [[HOOK, 'case labelOf(msg)']],
        [HOOK, "case 'thinking': {", 'case labelOf(msg): {'],
        [
          HOOK,
          'export function useWebSocket() {\n',
          'declare function labelOf(msg: WSMessage): "thinking"\n\nexport function useWebSocket() {\n',
        ],
      ),
      drift(
        'a handler made by another package',
        ['unread-handler'],
        [[HOOK, 'wsClient.onMessage(throttle(']],
        [HOOK, 'wsClient.onMessage(handleMessage)', 'wsClient.onMessage(throttle(handleMessage))'],
        [
          HOOK,
          "import { wsClient } from '../api/websocket'\n",
          "import { throttle } from 'lodash'\nimport { wsClient } from '../api/websocket'\n",
        ],
      ),
      drift(
        'a request whose payload is made elsewhere',
        ['unread-payload'],
        [[CLIENT, 'signed({ id, approved })']],
        [CLIENT, "'approval', { id, approved }", "'approval', signed({ id, approved })"],
        [
          CLIENT,
          "import { BaseWebSocketClient } from './base-websocket'\n",
          "import { signed } from 'signed'\nimport { BaseWebSocketClient } from './base-websocket'\n",
        ],
      ),
      drift(
        'a request read by another package',
        ['unread-payload'],
        [[API, 'munchify(payload)']],
        [API, 'payload.get("approved", False)', 'munchify(payload).approved'],
        [API, 'from fastapi import APIRouter', 'from munch import munchify\nfrom fastapi import APIRouter'],
      ),
    ],
  ),
]
