import {
  drift,
  type Edit,
  type Form,
  formsOf,
  HOOK,
  MODELS,
  REHEARSALS,
  SCRIPTS,
  type Spot,
  STORE,
  TYPES,
  VOICE,
  VOICE_CLIENT,
  VOICE_HOOK,
  VOICE_TYPES,
} from './form.js'

const form = formsOf('union')

const UNION = `export type WSMessageType =
  // Client -> Server
  | 'chat'
  | 'cancel'
  | 'approval'
  // Server -> Client
  | 'thinking'
  | 'tool_start'
  | 'tool_end'
  | 'message'
  | 'platform_message'
  // The callboard, and whatever hangs there
  | 'scheduled_notification'
  | 'document_status'
  | 'rehearsal_update'
  | 'approval_needed'
  | 'script_delta'
  | 'usage'
  | 'error'
  | 'done'
`
const NAMES = [...UNION.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '')
const REQUESTS = NAMES.slice(0, 3)
const EVENTS = NAMES.slice(3)
const listed = (names: readonly string[], line: (name: string) => string): string =>
  names.map((name) => `  ${line(name)}\n`).join('')
const unionOf = (name: string, names: readonly string[]): string =>
  `export type ${name} =\n${listed(names, (one) => `| '${one}'`)}`.trimEnd()

const VOICE_UNION = `export type VoiceMessageType =
  // Client -> Server
  | 'voice_start'
  | 'end_turn'
  | 'interrupt'
  // Server -> Client
  | 'session_ready'
  | 'transcript'
  | 'thinking'
  | 'turn_complete'
  | 'error'
`
const VOICE_NAMES = [...VOICE_UNION.matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '')
const pascal = (name: string): string =>
  name.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())
const VOICE_ENUM = listed(VOICE_NAMES, (one) => `${pascal(one)} = '${one}',`)

const USES: readonly Spot[] = [
  [HOOK, "case 'script_delta'"],
  [MODELS, 'SCRIPT_DELTA = "script_delta"'],
  [MODELS, 'def script_delta('],
]

/** A member of the union is dropped, and one is renamed. */
const members = (
  path: string,
  name: string,
  line: string,
  renamed = line.replace('script_delta', 'script_chunk'),
) => [
  drift('a member is dropped', ['missing-union-member'], [[path, name], ...USES], [path, line, '']),
  drift(
    'a member is renamed',
    ['missing-union-member', 'unknown-event'],
    [[path, renamed.trim()], ...USES],
    [path, line, renamed],
  ),
]

const CAST = '  cast: string[]\n'

export const UNION_AND_TYPES: readonly Form[] = [
  form(
    '(typeof X)[number]',
    [
      [
        TYPES,
        UNION,
        `export const WS_TYPES = [\n${listed(NAMES, (one) => `'${one}',`)}] as const\n\nexport type WSMessageType = (typeof WS_TYPES)[number]\n`,
      ],
    ],
    members(TYPES, 'WS_TYPES', "  'script_delta',\n"),
  ),
  form(
    'keyof an interface',
    [
      [
        TYPES,
        UNION,
        `export interface WSPayloads {\n${listed(NAMES, (one) => `${one}: unknown`)}}\n\nexport type WSMessageType = keyof WSPayloads\n`,
      ],
    ],
    members(TYPES, 'WSPayloads', '  script_delta: unknown\n'),
  ),
  form(
    'keyof typeof an object',
    [
      [
        TYPES,
        UNION,
        `export const WS_EVENTS = {\n${listed(NAMES, (one) => `${one}: true,`)}} as const\n\nexport type WSMessageType = keyof typeof WS_EVENTS\n`,
      ],
    ],
    members(TYPES, 'WS_EVENTS', '  script_delta: true,\n'),
  ),
  form(
    '(typeof X)[keyof typeof X]',
    [
      [
        TYPES,
        UNION,
        `export const WS_EVENTS = {\n${listed(NAMES, (one) => `${one.toUpperCase()}: '${one}',`)}} as const\n\nexport type WSMessageType = (typeof WS_EVENTS)[keyof typeof WS_EVENTS]\n`,
      ],
    ],
    members(TYPES, 'WS_EVENTS', "  SCRIPT_DELTA: 'script_delta',\n"),
  ),
  form(
    'a TypeScript enum in a template',
    [
      [
        TYPES,
        UNION,
        `export enum WSEvent {\n${listed(NAMES, (one) => `${pascal(one)} = '${one}',`)}}\n\nexport type WSMessageType = \`\${WSEvent}\`\n`,
      ],
    ],
    members(TYPES, 'WSEvent', "  ScriptDelta = 'script_delta',\n"),
  ),
  form(
    'a TypeScript enum',
    [
      [VOICE_TYPES, VOICE_UNION, `export enum VoiceMessageType {\n${VOICE_ENUM}}\n`],
      [
        VOICE_HOOK,
        "import type { VoiceControlMessage } from '../types/voice'",
        "import { type VoiceControlMessage, VoiceMessageType } from '../types/voice'",
      ],
      ...VOICE_NAMES.slice(3).map(
        (one): Edit => [
          VOICE_HOOK,
          `case '${one}':`.replace(/:$/, ''),
          `case VoiceMessageType.${pascal(one)}`,
        ],
      ),
      [
        VOICE_CLIENT,
        "import type {\n  VoiceControlMessage,\n  VoiceMessageType,\n} from '../types/voice'",
        "import { type VoiceControlMessage, VoiceMessageType } from '../types/voice'",
      ],
      ...VOICE_NAMES.slice(0, 3).map(
        (one): Edit => [VOICE_CLIENT, `sendJson('${one}'`, `sendJson(VoiceMessageType.${pascal(one)}`],
      ),
    ],
    [
      drift(
        'a value is misspelt',
        ['missing-case', 'unknown-event', 'missing-union-member'],
        [
          [VOICE_TYPES, "Thinking = 'thoughts'"],
          [VOICE, 'THINKING = "thinking"'],
          [VOICE_HOOK, 'case VoiceMessageType.Thinking'],
          [VOICE_HOOK, 'switch (msg.type)'],
        ],
        [VOICE_TYPES, "Thinking = 'thinking'", "Thinking = 'thoughts'"],
      ),
      drift(
        'a value of a request is misspelt',
        ['missing-send-method', 'missing-handler-branch', 'unknown-event'],
        [
          [VOICE_TYPES, "EndTurn = 'end_turns'"],
          [VOICE, 'END_TURN = "end_turn"'],
          [VOICE_CLIENT, 'VoiceMessageType.EndTurn'],
          [VOICE_CLIENT, 'sendEndTurn('],
        ],
        [VOICE_TYPES, "EndTurn = 'end_turn'", "EndTurn = 'end_turns'"],
      ),
      drift(
        'the server renames a key',
        ['field-never-sent'],
        [
          [VOICE, '{"text": content}'],
          [VOICE_HOOK, 'msg.payload.content as string'],
        ],
        [VOICE, '{"content": content}', '{"text": content}'],
      ),
    ],
  ),
  form(
    'A | B of two unions',
    [
      [
        TYPES,
        UNION,
        `${unionOf('WSClientType', REQUESTS)}\n\n${unionOf('WSServerType', EVENTS)}\n\nexport type WSMessageType = WSClientType | WSServerType\n`,
      ],
    ],
    members(TYPES, 'WSMessageType', "  | 'script_delta'\n"),
  ),
  form(
    "B | 'more'",
    [
      [
        TYPES,
        UNION,
        `${unionOf('WSBaseType', NAMES.slice(0, -1))}\n\nexport type WSMessageType = WSBaseType | 'done'\n`,
      ],
    ],
    [
      ...members(TYPES, 'WSMessageType', "  | 'script_delta'\n"),
      drift(
        'the one more is dropped',
        ['missing-union-member'],
        [
          [TYPES, 'WSMessageType = WSBaseType'],
          [HOOK, "case 'done'"],
          [MODELS, 'DONE = "done"'],
          [MODELS, 'def done('],
        ],
        [TYPES, "WSBaseType | 'done'", 'WSBaseType'],
      ),
    ],
  ),
  form(
    'moved and re-exported by name',
    [
      [
        'frontend/src/types/ws.ts',
        '',
        `/** What goes over the main channel. */\n${UNION}\nexport interface WSMessage<T = unknown> {\n  type: WSMessageType\n  payload: T\n}\n`,
      ],
      [
        TYPES,
        `${UNION}\nexport interface WSMessage<T = unknown> {\n  type: WSMessageType\n  payload: T\n}\n`,
        "export type { WSMessage, WSMessageType } from './ws'\n",
      ],
    ],
    members('frontend/src/types/ws.ts', 'WSMessageType =', "  | 'script_delta'\n"),
  ),
  form(
    'moved and re-exported whole',
    [
      [
        'frontend/src/types/ws.ts',
        '',
        `/** What goes over the main channel. */\n${UNION}\nexport interface WSMessage<T = unknown> {\n  type: WSMessageType\n  payload: T\n}\n\nexport interface ThinkingPayload {\n  content: string\n}\n`,
      ],
      [
        TYPES,
        `${UNION}\nexport interface WSMessage<T = unknown> {\n  type: WSMessageType\n  payload: T\n}\n\nexport interface ThinkingPayload {\n  content: string\n}\n`,
        "export * from './ws'\n",
      ],
    ],
    [
      ...members('frontend/src/types/ws.ts', 'WSMessageType =', "  | 'script_delta'\n"),
      drift(
        'the interface that moved has another key',
        ['field-never-sent', 'field-not-declared'],
        [
          ['frontend/src/types/ws.ts', 'text: string'],
          [MODELS, 'payload={"content": content}'],
          [HOOK, 'payload.text'],
        ],
        ['frontend/src/types/ws.ts', '  content: string\n', '  text: string\n'],
        [HOOK, 'addThought(payload.content)', 'addThought(payload.text)'],
      ),
    ],
  ),
  form(
    'a Python enum against a union of literals',
    [
      [
        MODELS,
        'class ThinkingPayload(BaseModel):\n',
        'class DocumentStatus(str, Enum):\n    """How far a script has been read in."""\n\n    PROCESSING = "processing"\n    READY = "ready"\n    FAILED = "failed"\n\n\nclass ThinkingPayload(BaseModel):\n',
      ],
      [MODELS, 'status: Literal["processing", "ready", "failed"]', 'status: DocumentStatus'],
      [
        SCRIPTS,
        'from typing import Literal\n\nfrom cachibot',
        '\nfrom cachibot.models.websocket import DocumentStatus\nfrom cachibot',
      ],
      [SCRIPTS, 'status: Literal["processing", "ready", "failed"]', 'status: DocumentStatus'],
      [SCRIPTS, '"processing"', 'DocumentStatus.PROCESSING'],
      [SCRIPTS, '"ready"', 'DocumentStatus.READY'],
      [SCRIPTS, '"failed"', 'DocumentStatus.FAILED'],
    ],
    [
      drift(
        'a value of the enum is renamed',
        ['literals-differ'],
        [
          [MODELS, 'READY = "done"'],
          [MODELS, 'status: DocumentStatus'],
          [TYPES, "status: 'processing' | 'ready' | 'failed'"],
        ],
        [MODELS, 'READY = "ready"', 'READY = "done"'],
      ),
      drift(
        'the union lists another value',
        ['literals-differ'],
        [
          [TYPES, "status: 'processing' | 'done' | 'failed'"],
          [MODELS, '"status": status'],
          [MODELS, 'status: DocumentStatus'],
          [MODELS, 'READY = "ready"'],
        ],
        [TYPES, "status: 'processing' | 'ready' | 'failed'", "status: 'processing' | 'done' | 'failed'"],
      ),
    ],
  ),
  form(
    'a Python alias of literals against a TypeScript alias',
    [
      [
        MODELS,
        'class ThinkingPayload(BaseModel):\n',
        'DocumentStatus = Literal["processing", "ready", "failed"]\n\n\nclass ThinkingPayload(BaseModel):\n',
      ],
      [MODELS, '        status: Literal["processing", "ready", "failed"]', '        status: DocumentStatus'],
      [
        TYPES,
        'export interface DocumentStatusPayload {',
        "export type DocumentStatus = 'processing' | 'ready' | 'failed'\n\nexport interface DocumentStatusPayload {",
      ],
      [TYPES, "  status: 'processing' | 'ready' | 'failed'\n", '  status: DocumentStatus\n'],
    ],
    [
      drift(
        'the server lists another value',
        ['literals-differ'],
        [
          [MODELS, '"done", "failed"'],
          [MODELS, 'status: DocumentStatus'],
          [MODELS, '"status": status'],
          [TYPES, 'status: DocumentStatus'],
          [TYPES, 'type DocumentStatus'],
        ],
        [
          MODELS,
          'Literal["processing", "ready", "failed"]\n\n',
          'Literal["processing", "done", "failed"]\n\n',
        ],
      ),
    ],
  ),
  form(
    'a model inside of a payload',
    [
      [
        MODELS,
        'class ThinkingPayload(BaseModel):\n',
        'class Delta(BaseModel):\n    """The next words."""\n\n    text: str\n\n\nclass ThinkingPayload(BaseModel):\n',
      ],
      [
        MODELS,
        'payload={"id": tool_call_id, "text": text}',
        'payload={"id": tool_call_id, "delta": Delta(text=text).model_dump()}',
      ],
      [
        TYPES,
        'export interface UsagePayload {',
        'export interface Delta {\n  text: string\n}\n\nexport interface UsagePayload {',
      ],
      [HOOK, '  ChatOptions,\n', '  ChatOptions,\n  Delta,\n'],
      [HOOK, 'as { id: string; text: string }', 'as { id: string; delta: Delta }'],
      [HOOK, 'payload.text)', 'payload.delta.text)'],
    ],
    [
      drift(
        'a field of the model is renamed',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '    words: str'],
          [MODELS, 'Delta(words=text)'],
          [TYPES, '  text: string'],
          [HOOK, 'payload.delta.text'],
        ],
        [MODELS, '    """The next words."""\n\n    text: str', '    """The next words."""\n\n    words: str'],
        [MODELS, 'Delta(text=text)', 'Delta(words=text)'],
      ),
      drift(
        'a field of the interface is retyped',
        ['type-mismatch'],
        [
          [TYPES, '  text: string[]'],
          [MODELS, '    text: str'],
          [MODELS, 'Delta(text=text)'],
          [HOOK, 'delta: Delta'],
        ],
        [TYPES, 'export interface Delta {\n  text: string\n', 'export interface Delta {\n  text: string[]\n'],
        [HOOK, 'payload.delta.text)', "payload.delta.text.join(''))"],
      ),
    ],
  ),
  form(
    'an object inside of a payload',
    [
      [
        MODELS,
        'payload={"id": tool_call_id, "text": text}',
        'payload={"id": tool_call_id, "delta": {"text": text}}',
      ],
      [HOOK, 'as { id: string; text: string }', 'as { id: string; delta: { text: string } }'],
      [HOOK, 'payload.text)', 'payload.delta.text)'],
    ],
    [
      drift(
        'an inner key is renamed',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '"delta": {"words": text}'],
          [HOOK, 'delta: { text: string }'],
          [HOOK, 'payload.delta.text'],
        ],
        [MODELS, '"delta": {"text": text}', '"delta": {"words": text}'],
      ),
      drift(
        'an inner key is retyped',
        ['type-mismatch'],
        [
          [MODELS, '"delta": {"text": text}'],
          [HOOK, 'delta: { text: number }'],
        ],
        [HOOK, 'delta: { text: string }', 'delta: { text: number }'],
        [HOOK, 'payload.delta.text)', 'String(payload.delta.text))'],
      ),
    ],
  ),
  form(
    'a list of models',
    [
      [
        MODELS,
        'class ThinkingPayload(BaseModel):\n',
        'class CastMember(BaseModel):\n    """Somebody on the stage."""\n\n    name: str\n\n\nclass ThinkingPayload(BaseModel):\n',
      ],
      [MODELS, '        cast: list[str],\n', '        cast: list[CastMember],\n'],
      [
        MODELS,
        '            "cast": cast,\n',
        '            "cast": [member.model_dump() for member in cast],\n',
      ],
      [
        REHEARSALS,
        'from cachibot.models.websocket import WSMessage',
        'from cachibot.models.websocket import CastMember, WSMessage',
      ],
      [
        REHEARSALS,
        'playbill.get(rehearsal.play_id).cast,',
        '[CastMember(name=name) for name in playbill.get(rehearsal.play_id).cast],',
      ],
      [TYPES, CAST, '  cast: CastMember[]\n'],
      [
        TYPES,
        'export interface RehearsalUpdatePayload {',
        'export interface CastMember {\n  name: string\n}\n\nexport interface RehearsalUpdatePayload {',
      ],
    ],
    [
      drift(
        'a field of the model is renamed',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '    actor: str'],
          [MODELS, 'member.model_dump()'],
          [TYPES, '  name: string'],
          [TYPES, 'cast: CastMember[]'],
        ],
        [
          MODELS,
          '    """Somebody on the stage."""\n\n    name: str',
          '    """Somebody on the stage."""\n\n    actor: str',
        ],
        [REHEARSALS, 'CastMember(name=name)', 'CastMember(actor=name)'],
      ),
      drift(
        'the client takes it for a list of text',
        ['type-mismatch'],
        [
          [TYPES, 'cast: string[]'],
          [MODELS, '"cast": [member'],
          [MODELS, 'cast: list[CastMember]'],
        ],
        [TYPES, '  cast: CastMember[]\n', CAST],
      ),
    ],
  ),
  form(
    'a list of objects',
    [
      [MODELS, '            "cast": cast,\n', '            "cast": [{"name": name} for name in cast],\n'],
      [TYPES, CAST, '  cast: { name: string }[]\n'],
    ],
    [
      drift(
        'an inner key is renamed',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '{"actor": name}'],
          [TYPES, 'cast: { name: string }[]'],
        ],
        [MODELS, '{"name": name}', '{"actor": name}'],
      ),
    ],
  ),
  form(
    'Pick<…>',
    [
      [
        HOOK,
        'msg.payload as ThinkingPayload',
        "msg.payload as Pick<ErrorPayload & { content: string }, 'content'>",
      ],
      [HOOK, '  ThinkingPayload,\n', ''],
    ],
    [
      drift(
        'the server renames the key',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, 'payload={"text": content}'],
          [HOOK, 'addThought(payload.content)'],
          [HOOK, 'Pick<'],
        ],
        [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
      ),
    ],
  ),
  form(
    'Pick<…> of the keys that are used',
    [
      [
        STORE,
        'setApproval: (approval: ApprovalPayload | null)',
        "setApproval: (approval: Pick<ApprovalPayload, 'id' | 'tool' | 'action' | 'details'> | null)",
      ],
      [
        HOOK,
        'const payload = msg.payload as ApprovalPayload',
        "const payload = msg.payload as Pick<ApprovalPayload, 'id' | 'tool' | 'action' | 'details'>",
      ],
    ],
    [
      drift(
        'the server renames a key',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '"act": action'],
          [TYPES, 'action: string'],
          [HOOK, 'as Pick<ApprovalPayload'],
        ],
        [MODELS, '"action": action', '"act": action'],
      ),
      drift(
        'the interface has another key',
        ['field-never-sent'],
        [
          [TYPES, 'act: string'],
          [HOOK, 'as Pick<ApprovalPayload'],
          [MODELS, '"action": action'],
        ],
        [TYPES, '  action: string\n', '  act: string\n'],
        [HOOK, "'action' | 'details'", "'act' | 'details'"],
        [STORE, "'action' | 'details'", "'act' | 'details'"],
        ['frontend/src/components/chat/ApprovalDialog.tsx', 'approval.action', 'approval.act'],
      ),
    ],
  ),
  form(
    'an interface that extends another',
    [
      [
        TYPES,
        'export interface ToolStartPayload {\n  id: string\n',
        'export interface CallPayload {\n  id: string\n}\n\nexport interface ToolStartPayload extends CallPayload {\n',
      ],
      [
        TYPES,
        'export interface ToolEndPayload {\n  id: string\n',
        'export interface ToolEndPayload extends CallPayload {\n',
      ],
    ],
    [
      drift(
        'the base has another key',
        ['field-never-sent', 'field-not-declared'],
        [
          [TYPES, 'callId: string'],
          [MODELS, '"id": id'],
          [MODELS, '"result": result'],
          [HOOK, 'finishTool(payload.callId'],
        ],
        [
          TYPES,
          'export interface CallPayload {\n  id: string\n',
          'export interface CallPayload {\n  callId: string\n',
        ],
        [HOOK, 'finishTool(payload.id', 'finishTool(payload.callId'],
      ),
    ],
  ),
  form(
    'a type alias instead of an interface',
    [
      [
        TYPES,
        'export interface ThinkingPayload {\n  content: string\n}',
        'export type ThinkingPayload = {\n  content: string\n}',
      ],
    ],
    [
      drift(
        'the server renames the key',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, 'payload={"text": content}'],
          [HOOK, 'addThought(payload.content)'],
          [TYPES, 'content: string'],
        ],
        [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
      ),
    ],
  ),
  form(
    'an interface of the name of the event that no hook imports',
    [
      [
        HOOK,
        'const payload = msg.payload as ThinkingPayload\n          addThought(payload.content)',
        'addThought((msg.payload as { content: string }).content)',
      ],
      [HOOK, '  ThinkingPayload,\n', ''],
    ],
    [
      drift(
        'the interface has another key',
        ['field-never-sent', 'field-not-declared'],
        [
          [TYPES, '  thought: string'],
          [TYPES, 'interface ThinkingPayload'],
          [MODELS, 'payload={"content": content}'],
        ],
        [
          TYPES,
          'export interface ThinkingPayload {\n  content: string\n',
          'export interface ThinkingPayload {\n  thought: string\n',
        ],
      ),
      drift(
        'the interface has another type',
        ['type-mismatch'],
        [
          [TYPES, 'content: string[]'],
          [MODELS, 'payload={"content": content}'],
        ],
        [
          TYPES,
          'export interface ThinkingPayload {\n  content: string\n',
          'export interface ThinkingPayload {\n  content: string[]\n',
        ],
      ),
      drift(
        'the server sends one more',
        ['field-not-declared'],
        [
          [MODELS, '"mood": content'],
          [TYPES, 'interface ThinkingPayload'],
          [TYPES, '  content: string'],
        ],
        [MODELS, 'payload={"content": content}', 'payload={"content": content, "mood": content}'],
      ),
    ],
  ),
]
