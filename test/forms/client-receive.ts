import {
  CHAT_VIEW,
  drift,
  type Edit,
  type Form,
  formsOf,
  HOOK,
  KNOWLEDGE,
  MODELS,
  type Spot,
  STORE,
  TYPES,
  VOICE,
  VOICE_HOOK,
} from './form.js'

const form = formsOf('client-receive')

const CASE = `        case 'thinking': {
          const payload = msg.payload as ThinkingPayload
          addThought(payload.content)
          break
        }
`
const LAST_CASE = `          clearTools()
          clearThoughts()
          setBusy(false)
          break
        }
      }
    },
`
const BODY = `          const payload = msg.payload as ThinkingPayload
          addThought(payload.content)
`
const SWITCH = '      switch (msg.type) {\n'
const TOP = 'export function useWebSocket() {\n'
const WITHOUT_THOUGHTS: readonly Edit[] = [
  [HOOK, `${CASE}\n`, ''],
  [HOOK, 'addThought, ', '', 'every'],
  [HOOK, '  ThinkingPayload,\n', ''],
]
const WITH_MEMBER: Edit = [HOOK, '  WSMessage,\n} from', '  WSMessage,\n  WSMessageType,\n} from']

const VOICE_SWITCH = `      switch (msg.type) {
        case 'session_ready':
          s.openSession(msg.payload.sessionId as string)
          break

        case 'transcript': {
          const role = msg.payload.role as 'user' | 'assistant'
          s.addTranscript({
            id: crypto.randomUUID(),
            text: msg.payload.text as string,
            role,
            language: msg.payload.language as string | null,
          })
          if (role === 'user') s.setVoiceState('thinking')
          break
        }

        case 'thinking':
          s.setThought(msg.payload.content as string)
          break

        case 'turn_complete':
          s.setThought(null)
          s.setVoiceState('idle')
          if (msg.payload.interrupted as boolean) {
            s.countInterruption()
          }
          break

        case 'error': {
          const code = msg.payload.code as string | null
          const message = msg.payload.message as string
          s.setError(code ? \`\${message} (\${code})\` : message)
          break
        }
      }
`
const VOICE_TRANSCRIPT = `const role = msg.payload.role as 'user' | 'assistant'
  s.addTranscript({
    id: crypto.randomUUID(),
    text: msg.payload.text as string,
    role,
    language: msg.payload.language as string | null,
  })
  if (role === 'user') s.setVoiceState('thinking')
`
const VOICE_ERROR = `const code = msg.payload.code as string | null
  const message = msg.payload.message as string
  s.setError(code ? \`\${message} (\${code})\` : message)
`
const VOICE_IFS = `      if (msg.type === 'session_ready') {
        s.openSession(msg.payload.sessionId as string)
      } else if (msg.type === 'transcript') {
        ${VOICE_TRANSCRIPT}
      } else if (msg.type === 'thinking') {
        s.setThought(msg.payload.content as string)
      } else if (msg.type === 'turn_complete') {
        s.setThought(null)
        s.setVoiceState('idle')
        if (msg.payload.interrupted as boolean) s.countInterruption()
      } else if (msg.type === 'error') {
        ${VOICE_ERROR}
      }
`
const VOICE_RETURNS = VOICE_IFS.replaceAll('} else if', 'return\n }\n if').replace(/}\n$/, 'return\n }\n')
const VOICE_MAP = `      const handlers: Partial<Record<VoiceMessageType, (msg: VoiceControlMessage) => void>> = {
        session_ready: (msg) => s.openSession(msg.payload.sessionId as string),
        transcript: (msg) => {
          ${VOICE_TRANSCRIPT}
        },
        thinking: (msg) => s.setThought(msg.payload.content as string),
        turn_complete: ({ payload }) => {
          s.setThought(null)
          s.setVoiceState('idle')
          if (payload.interrupted as boolean) s.countInterruption()
        },
        error: (msg) => {
          ${VOICE_ERROR}
        },
      }
      handlers[msg.type]?.(msg)
`
const SENT: readonly Spot[] = [
  [MODELS, 'THINKING = "thinking"'],
  [MODELS, 'def thinking('],
]
const VOICE_SENT: readonly Spot[] = [
  [VOICE, 'THINKING = "thinking"'],
  [VOICE, 'def thinking('],
]

/** The server's key of `thinking` renamed. */
const serverRenames = (...reads: readonly Spot[]) =>
  drift(
    'the server renames the key',
    ['field-never-sent', 'field-not-declared'],
    [[MODELS, 'payload={"text": content}'], ...reads],
    [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
  )
const voiceServerRenames = (...reads: readonly Spot[]) =>
  drift(
    'the server renames the key',
    ['field-never-sent', 'field-not-declared'],
    [[VOICE, 'payload={"text": content}'], ...reads],
    [VOICE, 'payload={"content": content}', 'payload={"text": content}'],
  )

/** The client reads another key of `thinking`. */
const clientRenames = (path: string, from: string, to: string, line = to) =>
  drift('the client reads another key', ['field-never-sent'], [[path, line]], [path, from, to])

/** The client has another name for the event, or none at all. */
const labelLost = (name: string, spots: readonly Spot[], ...edits: readonly Edit[]) =>
  drift(name, ['missing-case'], [...SENT, ...spots], ...edits)
const voiceLabelLost = (name: string, spots: readonly Spot[], ...edits: readonly Edit[]) =>
  drift(name, ['missing-case'], [...VOICE_SENT, ...spots], ...edits)

export const CLIENT_RECEIVE: readonly Form[] = [
  form(
    'a label that is a template',
    [[HOOK, "case 'thinking': {", 'case `thinking`: {']],
    [
      labelLost(
        'the label is misspelt',
        [
          [HOOK, 'case `thoughts`'],
          [HOOK, 'switch (msg.type)'],
        ],
        [HOOK, 'case `thinking`', 'case `thoughts`'],
      ),
      clientRenames(
        HOOK,
        'addThought(payload.content)',
        'addThought((payload as unknown as { text: string }).text)',
      ),
    ],
  ),
  form(
    'a label that is a constant',
    [
      [HOOK, TOP, `const THINKING = 'thinking'\n\n${TOP}`],
      [HOOK, "case 'thinking': {", 'case THINKING: {'],
    ],
    [
      labelLost(
        'the constant is misspelt',
        [
          [HOOK, "THINKING = 'thoughts'"],
          [HOOK, 'case THINKING'],
          [HOOK, 'switch (msg.type)'],
        ],
        [HOOK, "const THINKING = 'thinking'", "const THINKING = 'thoughts'"],
      ),
      serverRenames([HOOK, 'addThought(payload.content)'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'a label of an `as const` object',
    [
      [
        'frontend/src/types/events.ts',
        '',
        "export const WS = {\n  THINKING: 'thinking',\n  DONE: 'done',\n} as const\n",
      ],
      [
        HOOK,
        "import { wsClient } from '../api/websocket'\n",
        "import { wsClient } from '../api/websocket'\nimport { WS } from '../types/events'\n",
      ],
      [HOOK, "case 'thinking': {", 'case WS.THINKING: {'],
      [HOOK, "case 'done': {", 'case WS.DONE: {'],
    ],
    [
      labelLost(
        'the value is misspelt',
        [
          ['frontend/src/types/events.ts', "'thoughts'"],
          [HOOK, 'case WS.THINKING'],
          [HOOK, 'switch (msg.type)'],
        ],
        ['frontend/src/types/events.ts', "THINKING: 'thinking'", "THINKING: 'thoughts'"],
      ),
      labelLost(
        'the case is lost',
        [[HOOK, 'switch (msg.type)']],
        [HOOK, `${CASE.replace("'thinking'", 'WS.THINKING')}\n`, ''],
      ),
      serverRenames([HOOK, 'addThought(payload.content)'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'a label of a TypeScript enum',
    [
      [HOOK, TOP, `enum Labels {\n  Thinking = 'thinking',\n}\n\n${TOP}`],
      [
        HOOK,
        "      switch (msg.type) {\n        case 'message'",
        "      switch (msg.type as string) {\n        case 'message'",
      ],
      [HOOK, "case 'thinking': {", 'case Labels.Thinking: {'],
    ],
    [
      labelLost(
        'the value is misspelt',
        [
          [HOOK, "Thinking = 'thoughts'"],
          [HOOK, 'case Labels.Thinking'],
          [HOOK, 'switch (msg.type'],
        ],
        [HOOK, "Thinking = 'thinking'", "Thinking = 'thoughts'"],
      ),
      serverRenames([HOOK, 'addThought(payload.content)'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'a label with a type',
    [WITH_MEMBER, [HOOK, "case 'thinking': {", "case 'thinking' as WSMessageType: {"]],
    [
      labelLost(
        'the label is misspelt',
        [
          [HOOK, "'thoughts' as WSMessageType"],
          [HOOK, 'switch (msg.type)'],
        ],
        [HOOK, "case 'thinking' as", "case 'thoughts' as"],
      ),
      serverRenames([HOOK, 'addThought(payload.content)'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'const type = msg.type',
    [[HOOK, SWITCH, '      const type = msg.type\n      switch (type) {\n']],
    [
      labelLost('the case is lost', [[HOOK, 'switch (type)']], [HOOK, `${CASE}\n`, '']),
      serverRenames([HOOK, 'addThought(payload.content)'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'the message destructured',
    [
      [HOOK, SWITCH, '      const { type, payload: data } = msg\n      switch (type) {\n'],
      [HOOK, 'const payload = msg.payload as ThinkingPayload', 'const payload = data as ThinkingPayload'],
    ],
    [
      labelLost(
        'the case is lost',
        [[HOOK, 'switch (type)']],
        [HOOK, `${CASE.replace('msg.payload', 'data')}\n`, ''],
      ),
      serverRenames([HOOK, 'addThought(payload.content)'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'the message destructured in the parameter',
    [
      [VOICE_HOOK, '(msg: VoiceControlMessage) => {', '({ type, payload }: VoiceControlMessage) => {'],
      [VOICE_HOOK, 'switch (msg.type)', 'switch (type)'],
      [VOICE_HOOK, 'msg.payload.', 'payload.', 'every'],
    ],
    [
      voiceLabelLost(
        'the label is misspelt',
        [
          [VOICE_HOOK, "case 'thoughts'"],
          [VOICE_HOOK, 'switch (type)'],
        ],
        [VOICE_HOOK, "case 'thinking'", "case 'thoughts'"],
      ),
      clientRenames(VOICE_HOOK, 'payload.content as string', 'payload.text as string'),
    ],
  ),
  form(
    'an `if` in front of the switch',
    [
      [HOOK, `${CASE}\n`, ''],
      [
        HOOK,
        SWITCH,
        `      if (msg.type === 'thinking') {\n        addThought((msg.payload as ThinkingPayload).content)\n        return\n      }\n\n${SWITCH}`,
      ],
    ],
    [
      labelLost(
        'the label is misspelt',
        [
          [HOOK, "=== 'thoughts'"],
          [HOOK, 'switch (msg.type)'],
        ],
        [HOOK, "=== 'thinking'", "=== 'thoughts'"],
      ),
      serverRenames([HOOK, 'addThought((msg.payload'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'an `if` chain instead of the switch',
    [[VOICE_HOOK, VOICE_SWITCH, VOICE_IFS]],
    [
      voiceLabelLost(
        'a label is misspelt',
        [
          [VOICE_HOOK, "=== 'thoughts'"],
          [VOICE_HOOK, 'onJsonMessage('],
        ],
        [VOICE_HOOK, "=== 'thinking'", "=== 'thoughts'"],
      ),
      voiceServerRenames([VOICE_HOOK, 'msg.payload.content as string']),
      clientRenames(VOICE_HOOK, 'msg.payload.sessionId', 'msg.payload.id', 'msg.payload.id as'),
    ],
  ),
  form(
    '`if`s that return instead of the switch',
    [[VOICE_HOOK, VOICE_SWITCH, VOICE_RETURNS]],
    [
      voiceLabelLost(
        'a label is misspelt',
        [
          [VOICE_HOOK, "=== 'thoughts'"],
          [VOICE_HOOK, 'onJsonMessage('],
        ],
        [VOICE_HOOK, "=== 'thinking'", "=== 'thoughts'"],
      ),
      voiceServerRenames([VOICE_HOOK, 'msg.payload.content as string']),
    ],
  ),
  form(
    'a map of handlers',
    [
      [VOICE_HOOK, VOICE_SWITCH, VOICE_MAP],
      [
        VOICE_HOOK,
        'import type { VoiceControlMessage }',
        'import type { VoiceControlMessage, VoiceMessageType }',
      ],
    ],
    [
      voiceLabelLost(
        'an entry is lost',
        [
          [VOICE_HOOK, 'const handlers'],
          [VOICE_HOOK, 'handlers[msg.type]'],
        ],
        [VOICE_HOOK, '        thinking: (msg) => s.setThought(msg.payload.content as string),\n', ''],
      ),
      voiceServerRenames([VOICE_HOOK, 'msg.payload.content as string']),
      clientRenames(VOICE_HOOK, 'payload.interrupted as boolean', 'payload.wasInterrupted as boolean'),
    ],
  ),
  form(
    'a map of handlers behind `default`',
    [
      [HOOK, `${CASE}\n`, ''],
      WITH_MEMBER,
      [
        HOOK,
        SWITCH,
        `      const handlers: Partial<Record<WSMessageType, (msg: WSMessage) => void>> = {\n        thinking: (msg) => addThought((msg.payload as ThinkingPayload).content),\n      }\n${SWITCH}`,
      ],
      [
        HOOK,
        LAST_CASE,
        LAST_CASE.replace(
          '        }\n      }\n',
          '        }\n\n        default:\n          handlers[msg.type]?.(msg)\n      }\n',
        ),
      ],
    ],
    [
      labelLost(
        'the entry is misspelt',
        [
          [HOOK, 'thoughts: (msg)'],
          [HOOK, 'const handlers'],
          [HOOK, 'handlers[msg.type]'],
          [HOOK, 'switch (msg.type)'],
        ],
        [HOOK, 'thinking: (msg)', 'thoughts: (msg)'],
      ),
      serverRenames([HOOK, 'thinking: (msg)'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'a second hook on the same socket',
    [
      ...WITHOUT_THOUGHTS,
      [
        'frontend/src/hooks/useThoughts.ts',
        '',
        "import { useEffect } from 'react'\nimport { wsClient } from '../api/websocket'\nimport { useChatStore } from '../stores/bots'\nimport type { ThinkingPayload } from '../types'\n\nexport function useThoughts() {\n  const { addThought } = useChatStore()\n\n  useEffect(\n    () =>\n      wsClient.onMessage((msg) => {\n        if (msg.type !== 'thinking') return\n        const payload = msg.payload as ThinkingPayload\n        addThought(payload.content)\n      }),\n    [addThought]\n  )\n}\n",
      ],
      [
        CHAT_VIEW,
        "import { useWebSocket } from '@/hooks/useWebSocket'\n",
        "import { useThoughts } from '@/hooks/useThoughts'\nimport { useWebSocket } from '@/hooks/useWebSocket'\n",
      ],
      [CHAT_VIEW, '} = useWebSocket()\n', '} = useWebSocket()\n  useThoughts()\n'],
    ],
    [
      labelLost(
        'the label is misspelt',
        [
          ['frontend/src/hooks/useThoughts.ts', "!== 'thoughts'"],
          ['frontend/src/hooks/useThoughts.ts', 'onMessage('],
          [HOOK, 'switch (msg.type)'],
        ],
        ['frontend/src/hooks/useThoughts.ts', "'thinking'", "'thoughts'"],
      ),
      serverRenames(
        ['frontend/src/hooks/useThoughts.ts', 'addThought(payload.content)'],
        [TYPES, 'content: string'],
      ),
    ],
  ),
  form(
    'a second handler in the same hook',
    [
      [HOOK, `${CASE}\n`, ''],
      [
        HOOK,
        '  // Connect on mount\n',
        "  const handleThought = useCallback(\n    (msg: WSMessage) => {\n      if (msg.type === 'thinking') addThought((msg.payload as ThinkingPayload).content)\n    },\n    [addThought]\n  )\n\n  // Connect on mount\n",
      ],
      [
        HOOK,
        '      wsClient.onMessage(handleMessage),\n',
        '      wsClient.onMessage(handleMessage),\n      wsClient.onMessage(handleThought),\n',
      ],
      [HOOK, '[handleMessage, setError]', '[handleMessage, handleThought, setError]'],
    ],
    [
      labelLost(
        'the label is misspelt',
        [
          [HOOK, "=== 'thoughts'"],
          [HOOK, 'switch (msg.type)'],
        ],
        [HOOK, "msg.type === 'thinking'", "msg.type === 'thoughts'"],
      ),
      labelLost(
        'it is registered nowhere',
        [
          [HOOK, "=== 'thinking'"],
          [HOOK, 'switch (msg.type)'],
          [HOOK, 'const handleThought'],
        ],
        [HOOK, '      wsClient.onMessage(handleThought),\n', ''],
        [HOOK, '[handleMessage, handleThought, setError]', '[handleMessage, setError]'],
      ),
      serverRenames([HOOK, 'addThought((msg.payload'], [TYPES, 'content: string']),
    ],
  ),
  form(
    'the switch in another function',
    [
      [
        VOICE_HOOK,
        `      const s = useVoiceStore.getState()\n\n${VOICE_SWITCH}`,
        '      handleVoiceMessage(msg)\n',
      ],
      [
        VOICE_HOOK,
        'export function useVoice() {\n',
        `function handleVoiceMessage(msg: VoiceControlMessage): void {\n  const s = useVoiceStore.getState()\n\n${VOICE_SWITCH}}\n\nexport function useVoice() {\n`,
      ],
    ],
    [
      voiceLabelLost(
        'the label is misspelt',
        [
          [VOICE_HOOK, "case 'thoughts'"],
          [VOICE_HOOK, 'switch (msg.type)'],
        ],
        [VOICE_HOOK, "case 'thinking'", "case 'thoughts'"],
      ),
      clientRenames(VOICE_HOOK, 'msg.payload.sessionId', 'msg.payload.id', 'msg.payload.id as'),
    ],
  ),
  form(
    'the switch in another file',
    [
      [
        VOICE_HOOK,
        `onJsonMessage((msg: VoiceControlMessage) => {\n      const s = useVoiceStore.getState()\n\n${VOICE_SWITCH}    })`,
        'onJsonMessage(handleVoiceMessage)',
      ],
      [
        VOICE_HOOK,
        "import type { VoiceControlMessage } from '../types/voice'\n",
        "import { handleVoiceMessage } from './voice-messages'\n",
      ],
      [
        'frontend/src/hooks/voice-messages.ts',
        '',
        `import { useVoiceStore } from '../stores/voice'\nimport type { VoiceControlMessage } from '../types/voice'\n\nexport function handleVoiceMessage(msg: VoiceControlMessage): void {\n  const s = useVoiceStore.getState()\n\n${VOICE_SWITCH}}\n`,
      ],
    ],
    [
      voiceLabelLost(
        'the label is misspelt',
        [
          ['frontend/src/hooks/voice-messages.ts', "case 'thoughts'"],
          ['frontend/src/hooks/voice-messages.ts', 'switch (msg.type)'],
        ],
        ['frontend/src/hooks/voice-messages.ts', "case 'thinking'", "case 'thoughts'"],
      ),
      clientRenames(
        'frontend/src/hooks/voice-messages.ts',
        'msg.payload.sessionId',
        'msg.payload.id',
        'msg.payload.id as',
      ),
      voiceServerRenames(['frontend/src/hooks/voice-messages.ts', 'msg.payload.content as string']),
    ],
  ),
  form(
    'the payload destructured',
    [
      [
        HOOK,
        BODY,
        '          const { content } = msg.payload as ThinkingPayload\n          addThought(content)\n',
      ],
    ],
    [
      serverRenames([HOOK, 'const { content }'], [TYPES, 'content: string']),
      drift(
        'the client reads another key',
        ['field-never-sent'],
        [
          [HOOK, 'const { content, mood }'],
          [TYPES, 'mood: string'],
        ],
        [HOOK, '{ content } = msg', '{ content, mood } = msg'],
        [HOOK, 'addThought(content)', 'addThought(content + mood)'],
        [
          TYPES,
          'export interface ThinkingPayload {\n',
          'export interface ThinkingPayload {\n  mood: string\n',
        ],
      ),
    ],
  ),
  form(
    'the payload destructured under another name, with a default',
    [
      [
        VOICE_HOOK,
        '          if (msg.payload.interrupted as boolean) {',
        '          const { interrupted: wasCut = false } = msg.payload as { interrupted?: boolean }\n          if (wasCut) {',
      ],
    ],
    [
      drift(
        'the server renames the key',
        ['field-never-sent'],
        [
          [VOICE, '{"cut": interrupted}'],
          [VOICE_HOOK, 'interrupted: wasCut'],
        ],
        [VOICE, '{"interrupted": interrupted}', '{"cut": interrupted}'],
      ),
      drift(
        'the client reads another key',
        ['field-never-sent'],
        [[VOICE_HOOK, 'cut: wasCut']],
        [
          VOICE_HOOK,
          '{ interrupted: wasCut = false } = msg.payload as { interrupted?: boolean }',
          '{ cut: wasCut = false } = msg.payload as { cut?: boolean }',
        ],
      ),
    ],
  ),
  form(
    'a key in brackets',
    [[VOICE_HOOK, 'msg.payload.content as string', "msg.payload['content'] as string"]],
    [
      clientRenames(VOICE_HOOK, "msg.payload['content']", "msg.payload['text']"),
      voiceServerRenames([VOICE_HOOK, "msg.payload['content']"]),
    ],
  ),
  form(
    'payloadOf<T>(msg)',
    [
      [HOOK, TOP, `function payloadOf<T>(msg: WSMessage): T {\n  return msg.payload as T\n}\n\n${TOP}`],
      [
        HOOK,
        'const payload = msg.payload as ThinkingPayload',
        'const payload = payloadOf<ThinkingPayload>(msg)',
      ],
    ],
    [
      serverRenames(
        [HOOK, 'payloadOf<ThinkingPayload>'],
        [HOOK, 'addThought(payload.content)'],
        [TYPES, 'content: string'],
      ),
      drift(
        'the type is another one',
        ['field-never-sent', 'type-mismatch', 'field-not-declared'],
        [
          [HOOK, 'payloadOf<ErrorPayload>(msg)'],
          [HOOK, 'payload.message'],
          [MODELS, 'payload={"content": content}'],
        ],
        [HOOK, 'payloadOf<ThinkingPayload>(msg)', 'payloadOf<ErrorPayload>(msg)'],
        [HOOK, 'addThought(payload.content)', 'addThought(payload.message)'],
      ),
    ],
  ),
  form(
    '(msg as WSMessage<T>).payload',
    [
      [
        HOOK,
        'const payload = msg.payload as ThinkingPayload',
        'const { payload } = msg as WSMessage<ThinkingPayload>',
      ],
    ],
    [
      serverRenames(
        [HOOK, 'addThought(payload.content)'],
        [HOOK, 'as WSMessage<ThinkingPayload>'],
        [TYPES, 'content: string'],
      ),
    ],
  ),
  form(
    "read(payload, 'k')",
    [
      [
        VOICE_HOOK,
        'export function useVoice() {\n',
        'function read<T>(payload: Record<string, unknown>, key: string): T {\n  return payload[key] as T\n}\n\nexport function useVoice() {\n',
      ],
      [VOICE_HOOK, 'msg.payload.content as string', "read<string>(msg.payload, 'content')"],
    ],
    [
      clientRenames(VOICE_HOOK, "read<string>(msg.payload, 'content')", "read<string>(msg.payload, 'text')"),
      voiceServerRenames([VOICE_HOOK, "read<string>(msg.payload, 'content')"]),
      drift(
        'the type is another one',
        ['type-mismatch'],
        [
          [VOICE_HOOK, 'read<number>'],
          [VOICE, 'payload={"content": content}'],
        ],
        [
          VOICE_HOOK,
          "s.setThought(read<string>(msg.payload, 'content'))",
          "s.setThought(String(read<number>(msg.payload, 'content')))",
        ],
      ),
    ],
  ),
  form(
    'a helper for text',
    [
      [
        VOICE_HOOK,
        'export function useVoice() {\n',
        "function textOf(payload: Record<string, unknown>, key: string): string {\n  const value = payload[key]\n  return typeof value === 'string' ? value : ''\n}\n\nexport function useVoice() {\n",
      ],
      [VOICE_HOOK, 'msg.payload.content as string', "textOf(msg.payload, 'content')"],
    ],
    [
      clientRenames(VOICE_HOOK, "textOf(msg.payload, 'content')", "textOf(msg.payload, 'text')"),
      voiceServerRenames([VOICE_HOOK, "textOf(msg.payload, 'content')"]),
    ],
  ),
  form(
    'the payload handed on',
    [
      [HOOK, BODY, '          showThought(msg.payload as ThinkingPayload)\n'],
      [
        HOOK,
        '  // Handle incoming messages',
        '  const showThought = useCallback(\n    (payload: ThinkingPayload) => addThought(payload.content),\n    [addThought]\n  )\n\n  // Handle incoming messages',
      ],
      [
        HOOK,
        '    [addLine, continueLine, amendLastReply, addThought,',
        '    [addLine, continueLine, amendLastReply, showThought,',
      ],
    ],
    [
      serverRenames(
        [HOOK, 'addThought(payload.content)'],
        [TYPES, 'content: string'],
        [HOOK, 'showThought(msg.payload as ThinkingPayload)'],
      ),
    ],
  ),
  form(
    'the payload handed on, its keys read there',
    [
      [VOICE_HOOK, 's.setThought(msg.payload.content as string)', 'showThought(msg.payload)'],
      [
        VOICE_HOOK,
        'export function useVoice() {\n',
        'function showThought(payload: Record<string, unknown>): void {\n  useVoiceStore.getState().setThought(payload.content as string)\n}\n\nexport function useVoice() {\n',
      ],
    ],
    [
      clientRenames(VOICE_HOOK, 'payload.content as string', 'payload.text as string'),
      voiceServerRenames([VOICE_HOOK, 'payload.content as string']),
    ],
  ),
  form(
    'the message handed on',
    [
      [HOOK, BODY, '          showThought(msg)\n'],
      [
        HOOK,
        '  // Handle incoming messages',
        '  const showThought = useCallback(\n    (msg: WSMessage) => addThought((msg.payload as ThinkingPayload).content),\n    [addThought]\n  )\n\n  // Handle incoming messages',
      ],
      [
        HOOK,
        '    [addLine, continueLine, amendLastReply, addThought,',
        '    [addLine, continueLine, amendLastReply, showThought,',
      ],
    ],
    [
      serverRenames(
        [HOOK, 'addThought((msg.payload'],
        [TYPES, 'content: string'],
        [HOOK, 'showThought(msg)'],
      ),
    ],
  ),
  form(
    'the payload handed on as unknown, with a cast inside',
    [
      [HOOK, BODY, '          showThought(msg.payload)\n'],
      [
        HOOK,
        TOP,
        `function showThought(raw: unknown): void {\n  const payload = raw as ThinkingPayload\n  useChatStore.getState().addThought(payload.content)\n}\n\n${TOP}`,
      ],
      [HOOK, 'addThought, ', '', 'every'],
    ],
    [
      serverRenames(
        [HOOK, 'addThought(payload.content)'],
        [TYPES, 'content: string'],
        [HOOK, 'raw as ThinkingPayload'],
      ),
    ],
  ),
  form(
    'the payload handed on to another file',
    [
      [HOOK, BODY, '          showThought(msg.payload)\n'],
      [HOOK, 'addThought, ', '', 'every'],
      [HOOK, '  ThinkingPayload,\n', ''],
      [
        HOOK,
        "import { wsClient } from '../api/websocket'\n",
        "import { wsClient } from '../api/websocket'\nimport { showThought } from './thoughts'\n",
      ],
      [
        'frontend/src/hooks/thoughts.ts',
        '',
        "import { useChatStore } from '../stores/bots'\nimport type { ThinkingPayload } from '../types'\n\nexport function showThought(payload: unknown): void {\n  const { content } = payload as ThinkingPayload\n  useChatStore.getState().addThought(content)\n}\n",
      ],
    ],
    [serverRenames(['frontend/src/hooks/thoughts.ts', 'const { content }'], [TYPES, 'content: string'])],
  ),
  form(
    'asserted to another type and passed whole',
    [
      [
        TYPES,
        'export interface UsagePayload {\n',
        'export interface PendingApproval {\n  id: string\n  tool: string\n  action: string\n  details: Record<string, unknown>\n}\n\nexport interface UsagePayload {\n',
      ],
      [
        HOOK,
        'const payload = msg.payload as ApprovalPayload\n          setApproval(payload)',
        'setApproval(msg.payload as PendingApproval)',
      ],
      [HOOK, '  ApprovalPayload,\n', ''],
      [HOOK, '  MessagePayload,\n', '  MessagePayload,\n  PendingApproval,\n'],
    ],
    [
      drift(
        'the type has a key that is not sent',
        ['field-never-sent'],
        [
          [TYPES, 'reason: string'],
          [HOOK, 'as PendingApproval'],
        ],
        [
          TYPES,
          'export interface PendingApproval {\n',
          'export interface PendingApproval {\n  reason: string\n',
        ],
      ),
      drift(
        'the server renames a key',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '"act": action'],
          [TYPES, 'action: string'],
          [HOOK, 'as PendingApproval'],
        ],
        [MODELS, '"action": action', '"act": action'],
      ),
    ],
  ),
  form(
    'asserted to a type that extends the payload',
    [
      [
        STORE,
        'interface ChatState {\n',
        'export interface Approval extends ApprovalPayload {\n  answeredAt?: string\n}\n\ninterface ChatState {\n',
      ],
      [STORE, 'pendingApproval: ApprovalPayload | null', 'pendingApproval: Approval | null'],
      [STORE, 'approval: ApprovalPayload | null', 'approval: Approval | null'],
    ],
    [
      drift(
        'the server renames a key',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '"act": action'],
          [TYPES, 'action: string'],
          [HOOK, 'as ApprovalPayload'],
        ],
        [MODELS, '"action": action', '"act": action'],
      ),
    ],
  ),
  form(
    'a store action with a parameter type of its own',
    [
      [
        KNOWLEDGE,
        'interface KnowledgeState {\n',
        "export interface ScriptStatus {\n  documentId: string\n  botId: string\n  status: 'processing' | 'ready' | 'failed'\n  lineCount?: number\n  filename?: string\n}\n\ninterface KnowledgeState {\n",
      ],
      [
        KNOWLEDGE,
        'applyDocumentStatus: (payload: DocumentStatusPayload)',
        'applyDocumentStatus: (payload: ScriptStatus)',
      ],
      [
        HOOK,
        'const payload = msg.payload as DocumentStatusPayload\n          useKnowledgeStore.getState().applyDocumentStatus(payload)',
        'useKnowledgeStore.getState().applyDocumentStatus(msg.payload as ScriptStatus)',
      ],
      [HOOK, '  DocumentStatusPayload,\n', ''],
      [HOOK, 'import { useKnowledgeStore }', 'import { type ScriptStatus, useKnowledgeStore }'],
    ],
    [
      drift(
        'the type has another key',
        ['field-never-sent', 'field-not-declared'],
        [
          [KNOWLEDGE, 'pages?: number'],
          [HOOK, 'as ScriptStatus'],
        ],
        [KNOWLEDGE, '  lineCount?: number\n', '  pages?: number\n'],
      ),
      drift(
        'the type lists another value',
        ['literals-differ'],
        [
          [KNOWLEDGE, "'done'"],
          [HOOK, 'as ScriptStatus'],
        ],
        [KNOWLEDGE, "status: 'processing' | 'ready' | 'failed'", "status: 'processing' | 'done' | 'failed'"],
      ),
      drift(
        'the server renames a key',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '"phase": status'],
          [KNOWLEDGE, "status: 'processing'"],
          [HOOK, 'as ScriptStatus'],
        ],
        [
          MODELS,
          '"status": status,\n        }\n        if line_count',
          '"phase": status,\n        }\n        if line_count',
        ],
      ),
    ],
  ),
  form(
    'a store action that takes the payload as it is',
    [
      [
        VOICE_HOOK,
        's.setThought(msg.payload.content as string)',
        's.setThought((msg.payload as { content: string }).content)',
      ],
    ],
    [voiceServerRenames([VOICE_HOOK, 'as { content: string }'])],
  ),
  form(
    'a fallback for a key that may be null',
    [[HOOK, 'addThought(payload.content)', "addThought(payload.content ?? '')"]],
    [
      drift(
        'the fallback is a key that is never sent',
        ['field-never-sent'],
        [
          [HOOK, 'payload.text'],
          [TYPES, 'text?: string'],
        ],
        [HOOK, "addThought(payload.content ?? '')", "addThought(payload.content ?? payload.text ?? '')"],
        [
          TYPES,
          'export interface ThinkingPayload {\n',
          'export interface ThinkingPayload {\n  text?: string\n',
        ],
      ),
      drift(
        'the fallback of an untyped payload is never sent',
        ['field-never-sent'],
        [[VOICE_HOOK, 'msg.payload.text ?? msg']],
        [VOICE_HOOK, 'msg.payload.content as string', '(msg.payload.text ?? msg.payload.content) as string'],
      ),
    ],
  ),
]
