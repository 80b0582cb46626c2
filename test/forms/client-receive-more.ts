import {
  API,
  CHAT_VIEW,
  CLIENT,
  drift,
  type Form,
  formsOf,
  HOOK,
  MODELS,
  ROOM_HOOK,
  TYPES,
  VOICE,
  VOICE_HOOK,
} from './form.js'

const form = formsOf('client-receive')

const TOP = 'export function useWebSocket() {\n'
const SWITCH = '      switch (msg.type) {\n'
const BODY = `          const payload = msg.payload as ThinkingPayload
          addThought(payload.content)
`
const CASE = `        case 'thinking': {
${BODY}          break
        }
`
const READ = 's.setThought(msg.payload.content as string)'
const VOICE_TOP = 'export function useVoice() {\n'
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
const TABLE = `type Handler = (msg: VoiceControlMessage) => void

const HANDLERS: Record<string, Handler> = {
  session_ready: (msg) => useVoiceStore.getState().openSession(msg.payload.sessionId as string),
  transcript: onTranscript,
  thinking(msg) {
    useVoiceStore.getState().setThought(msg.payload.content as string)
  },
  turn_complete: ({ payload }) => {
    const s = useVoiceStore.getState()
    s.setThought(null)
    s.setVoiceState('idle')
    if (payload.interrupted as boolean) s.countInterruption()
  },
  error: onError,
}

function onTranscript({ payload }: VoiceControlMessage): void {
  const { role, text, language } = payload as { role: 'user' | 'assistant'; text: string; language: string | null }
  const s = useVoiceStore.getState()
  s.addTranscript({ id: crypto.randomUUID(), text, role, language })
  if (role === 'user') s.setVoiceState('thinking')
}

function onError(msg: VoiceControlMessage): void {
  const code = msg.payload.code as string | null
  const message = msg.payload.message as string
  useVoiceStore.getState().setError(code ? \`\${message} (\${code})\` : message)
}

`

/** The server's key of `thinking` renamed, which is found wherever the client reads it. */
const renamed = () =>
  drift(
    'the server renames the key',
    ['field-never-sent', 'field-not-declared'],
    [
      [MODELS, 'payload={"text": content}'],
      [MODELS, 'def thinking('],
      [TYPES, 'content: string'],
    ],
    [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
  )
const voiceRenamed = () =>
  drift(
    'the server renames the key',
    ['field-never-sent'],
    [[VOICE, 'def thinking(']],
    [VOICE, 'payload={"content": content}', 'payload={"text": content}'],
  )
const voiceLost = (from: string, to: string) =>
  drift('a label is misspelt', ['missing-case'], [[VOICE, 'def thinking(']], [VOICE_HOOK, from, to])

/** More ways to take a message, found by asking what else an ordinary refactoring makes of the hook. */
export const CLIENT_RECEIVE_MORE: readonly Form[] = [
  form(
    'a table of handlers of the module',
    [
      [VOICE_HOOK, VOICE_SWITCH, '      const handle = HANDLERS[msg.type]\n      if (handle) handle(msg)\n'],
      [VOICE_HOOK, '      const s = useVoiceStore.getState()\n\n', ''],
      [VOICE_HOOK, VOICE_TOP, TABLE + VOICE_TOP],
    ],
    [
      voiceRenamed(),
      voiceLost('  thinking(msg)', '  thoughts(msg)'),
      drift(
        'function reads another',
        ['field-never-sent'],
        [[VOICE_HOOK, 'msg.payload.reason as']],
        [VOICE_HOOK, 'msg.payload.message as string', 'msg.payload.reason as string'],
      ),
    ],
  ),
  form(
    'a `Map` of handlers',
    [
      [VOICE_HOOK, VOICE_SWITCH, '      HANDLERS.get(msg.type)?.(msg)\n'],
      [VOICE_HOOK, '      const s = useVoiceStore.getState()\n\n', ''],
      [
        VOICE_HOOK,
        VOICE_TOP,
        TABLE.replace('const HANDLERS', 'const TABLE') +
          'const HANDLERS = new Map<string, Handler>(Object.entries(TABLE))\n\n' +
          VOICE_TOP,
      ],
    ],
    [voiceRenamed()],
  ),
  form(
    'a table of handlers in useMemo',
    [
      [VOICE_HOOK, VOICE_SWITCH, '      handlers[msg.type]?.(msg.payload)\n'],
      [VOICE_HOOK, '      const s = useVoiceStore.getState()\n\n', ''],
      [
        VOICE_HOOK,
        '  const store = useVoiceStore()\n',
        `  const store = useVoiceStore()
  const handlers = useMemo<Record<string, (payload: Record<string, unknown>) => void>>(
    () => ({
      session_ready: (p) => useVoiceStore.getState().openSession(p.sessionId as string),
      transcript: (p) => useVoiceStore.getState().addTranscript({ id: '', text: p.text as string, role: p.role as 'user' | 'assistant', language: p.language as string | null }),
      thinking: (p) => useVoiceStore.getState().setThought(p.content as string),
      turn_complete: ({ interrupted }) => useVoiceStore.getState().setVoiceState(interrupted ? 'idle' : 'thinking'),
      error: ({ code, message }) => useVoiceStore.getState().setError(\`\${message} \${code}\`),
    }),
    [],
  )
`,
      ],
      [VOICE_HOOK, 'useCallback, useEffect, useState', 'useCallback, useEffect, useMemo, useState'],
    ],
    [voiceRenamed(), voiceLost('      thinking: (p)', '      thoughts: (p)')],
  ),
  form(
    'a function that tells the type',
    [
      [HOOK, `${CASE}\n`, ''],
      [
        HOOK,
        SWITCH,
        `      if (isThinking(msg)) {\n        addThought(msg.payload.content)\n        return\n      }\n${SWITCH}`,
      ],
      [
        HOOK,
        TOP,
        `function isThinking(msg: WSMessage): msg is WSMessage<ThinkingPayload> {\n  return msg.type === 'thinking'\n}\n\n${TOP}`,
      ],
    ],
    [renamed()],
  ),
  form(
    'a look at types that goes on',
    [[HOOK, SWITCH, `      if (msg.type !== 'thinking' && msg.type !== 'done') setError(null)\n${SWITCH}`]],
    [renamed()],
  ),
  form(
    'a look at a list of types',
    [[HOOK, SWITCH, `      if (['thinking', 'done'].includes(msg.type)) setBusy(true)\n${SWITCH}`]],
    [renamed()],
  ),
  form(
    'a pattern in a pattern',
    [
      [
        HOOK,
        BODY,
        `          const { payload: { content } } = msg as WSMessage<ThinkingPayload>\n          addThought(content)\n`,
      ],
    ],
    [
      drift(
        'client reads another',
        ['field-never-sent'],
        [[HOOK, 'content, mood']],
        [HOOK, '{ content }', '{ content, mood }'],
        [HOOK, 'addThought(content)', 'addThought(content + mood)'],
      ),
    ],
  ),
  form(
    'the payload taken out in front of the switch',
    [
      [HOOK, SWITCH, `      const { payload } = msg\n${SWITCH}`],
      [HOOK, BODY, `          addThought((payload as ThinkingPayload).content)\n`],
    ],
    [renamed()],
  ),
  form(
    'an arrow that gives the payload a type',
    [
      [HOOK, TOP, `const payloadOf = <T,>(msg: WSMessage) => msg.payload as T\n\n${TOP}`],
      [
        HOOK,
        'const payload = msg.payload as ThinkingPayload',
        'const payload = payloadOf<ThinkingPayload>(msg)',
      ],
    ],
    [renamed()],
  ),
  form(
    'a function that gives the typed payload',
    [
      [
        HOOK,
        TOP,
        `function thoughtOf(msg: WSMessage): ThinkingPayload {\n  return msg.payload as ThinkingPayload\n}\n\n${TOP}`,
      ],
      [HOOK, BODY, '          addThought(thoughtOf(msg).content)\n'],
    ],
    [renamed()],
  ),
  form(
    'a method of an object of another file',
    [
      [HOOK, BODY, '          thoughtHandler.show(msg.payload as ThinkingPayload)\n'],
      [HOOK, 'addThought, ', '', 'every'],
      [
        HOOK,
        "import { wsClient } from '../api/websocket'\n",
        "import { wsClient } from '../api/websocket'\nimport { thoughtHandler } from './thoughts'\n",
      ],
      [
        'frontend/src/hooks/thoughts.ts',
        '',
        "import { useChatStore } from '../stores/bots'\nimport type { ThinkingPayload } from '../types'\n\nexport const thoughtHandler = {\n  show({ content }: ThinkingPayload): void {\n    useChatStore.getState().addThought(content)\n  },\n}\n",
      ],
    ],
    [renamed()],
  ),
  form(
    'switch (true)',
    [
      [HOOK, `${CASE}\n`, ''],
      [
        HOOK,
        SWITCH,
        `      switch (true) {\n        case msg.type === 'thinking':\n          addThought((msg.payload as ThinkingPayload).content)\n          break\n      }\n${SWITCH}`,
      ],
    ],
    [renamed()],
  ),
  form(
    'let payload',
    [
      [
        HOOK,
        BODY,
        `          let payload = msg.payload as ThinkingPayload\n          addThought(payload.content)\n`,
      ],
    ],
    [renamed()],
  ),
  form(
    'a constant that tells the type',
    [
      [HOOK, `${CASE}\n`, ''],
      [
        HOOK,
        SWITCH,
        `      const isThought = msg.type === 'thinking'\n      if (isThought) {\n        const { content } = msg.payload as ThinkingPayload\n        addThought(content)\n        return\n      }\n${SWITCH}`,
      ],
    ],
    [renamed()],
  ),
  form(
    'optional chaining',
    [[VOICE_HOOK, READ, `s.setThought(msg?.payload?.content as string)`]],
    [voiceRenamed()],
  ),
  form(
    'a constant as a key',
    [
      [VOICE_HOOK, VOICE_TOP, `const CONTENT = 'content'\n\n${VOICE_TOP}`],
      [VOICE_HOOK, READ, `s.setThought(msg.payload[CONTENT] as string)`],
    ],
    [voiceRenamed()],
  ),
  form(
    'type and payload handed to a function',
    [
      [
        VOICE_HOOK,
        `      const s = useVoiceStore.getState()\n\n${VOICE_SWITCH}`,
        '      void handleVoice(msg.type, msg.payload)\n',
      ],
      [
        VOICE_HOOK,
        VOICE_TOP,
        `async function handleVoice(type: VoiceControlMessage['type'], payload: Record<string, unknown>): Promise<void> {\n  const s = useVoiceStore.getState()\n\n${VOICE_SWITCH.replaceAll('msg.', '')}}\n\n${VOICE_TOP}`,
      ],
    ],
    [voiceRenamed(), voiceLost("case 'thinking'", "case 'thoughts'")],
  ),
  form(
    'the typed payload handed to a package',
    [
      [HOOK, BODY, '          showThought(msg.payload as ThinkingPayload)\n'],
      [HOOK, 'import { wsClient }', "import { showThought } from '@stage/thoughts'\nimport { wsClient }"],
    ],
    [renamed()],
  ),
  form(
    'a `default` that logs what it does not know',
    [
      [
        HOOK,
        '          setBusy(false)\n          break\n        }\n      }\n    },',
        "          setBusy(false)\n          break\n        }\n        default:\n          console.debug('unhandled', msg.type, msg)\n      }\n    },",
      ],
    ],
    [renamed()],
  ),
  form(
    'a `default` that asserts',
    [
      [
        HOOK,
        '          setBusy(false)\n          break\n        }\n      }\n    },',
        '          setBusy(false)\n          break\n        }\n        default:\n          assertKnown(msg.type)\n      }\n    },',
      ],
      [
        HOOK,
        TOP,
        `function assertKnown(type: string): void {\n  if (!type) throw new Error('no type')\n}\n\n${TOP}`,
      ],
    ],
    [renamed()],
  ),
  form(
    'a function beside the switch',
    [
      [HOOK, BODY, '          onThought(msg.payload as ThinkingPayload)\n'],
      [
        HOOK,
        SWITCH,
        `      function onThought({ content }: ThinkingPayload) {\n        addThought(content)\n      }\n${SWITCH}`,
      ],
    ],
    [renamed()],
  ),
  form(
    'a guard of the payload',
    [
      [VOICE_HOOK, READ, 'if (hasContent(msg.payload)) s.setThought(msg.payload.content)'],
      [
        VOICE_HOOK,
        VOICE_TOP,
        "function hasContent(payload: Record<string, unknown>): payload is { content: string } {\n  return typeof payload.content === 'string'\n}\n\n" +
          VOICE_TOP,
      ],
    ],
    [voiceRenamed()],
  ),
  form(
    'a function that parses the payload',
    [
      [VOICE_HOOK, READ, 's.setThought(parseThought(msg.payload).content)'],
      [
        VOICE_HOOK,
        VOICE_TOP,
        'function parseThought(raw: unknown): { content: string } {\n  const value = raw as Record<string, unknown>\n  return { content: String(value.content) }\n}\n\n' +
          VOICE_TOP,
      ],
    ],
    [voiceRenamed()],
  ),
  form(
    'the message asserted at the top',
    [
      [
        VOICE_HOOK,
        'client.onJsonMessage((msg: VoiceControlMessage) => {\n',
        'client.onJsonMessage((raw) => {\n      const msg = raw as VoiceControlMessage\n',
      ],
    ],
    [voiceRenamed(), voiceLost("case 'thinking'", "case 'thoughts'")],
  ),
  form(
    'a name for the payload at the top',
    [
      [
        VOICE_HOOK,
        '      const s = useVoiceStore.getState()\n\n',
        '      const s = useVoiceStore.getState()\n      const p = msg.payload\n\n',
      ],
      [VOICE_HOOK, 'msg.payload.', 'p.', 'every'],
    ],
    [voiceRenamed(), voiceLost("case 'thinking'", "case 'thoughts'")],
  ),
  form(
    'a handler that a component registers',
    [
      [HOOK, `${CASE}\n`, ''],
      [
        CHAT_VIEW,
        '} = useWebSocket()\n',
        '} = useWebSocket()\n  useEffect(() => wsClient.onMessage(onThought), [])\n',
      ],
      [
        CHAT_VIEW,
        "import { useWebSocket } from '@/hooks/useWebSocket'\n",
        "import { useEffect } from 'react'\nimport { onThought } from '@/hooks/thoughts'\nimport { wsClient } from '@/api/websocket'\nimport { useWebSocket } from '@/hooks/useWebSocket'\n",
      ],
      [
        'frontend/src/hooks/thoughts.ts',
        '',
        "import { useChatStore } from '../stores/bots'\nimport type { ThinkingPayload, WSMessage } from '../types'\n\nexport const onThought = (msg: WSMessage) => {\n  switch (msg.type) {\n    case 'thinking':\n      useChatStore.getState().addThought((msg.payload as ThinkingPayload).content)\n  }\n}\n",
      ],
      [HOOK, 'addThought, ', '', 'every'],
      [HOOK, '  ThinkingPayload,\n', ''],
    ],
    [
      drift(
        'server renames',
        ['field-never-sent'],
        [[MODELS, 'payload={"text": content}']],
        [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
      ),
    ],
  ),
  form(
    'a table with computed keys',
    [
      [VOICE_HOOK, VOICE_SWITCH, '      HANDLERS[msg.type as Kind]?.(msg)\n'],
      [VOICE_HOOK, '      const s = useVoiceStore.getState()\n\n', ''],
      [
        VOICE_HOOK,
        VOICE_TOP,
        "const KIND = { ready: 'session_ready', transcript: 'transcript', thinking: 'thinking', turn: 'turn_complete', error: 'error' } as const\ntype Kind = (typeof KIND)[keyof typeof KIND]\n\n" +
          TABLE.replace('  session_ready: (', '  [KIND.ready]: (')
            .replace('  thinking(msg)', '  [KIND.thinking](msg)')
            .replace('  error: onError', '  [KIND.error]: onError') +
          VOICE_TOP,
      ],
    ],
    [voiceRenamed(), voiceLost("thinking: 'thinking'", "thinking: 'thoughts'")],
  ),
  form(
    'a second hook that takes one of the same',
    [
      [HOOK, `${CASE}\n`, ''],
      [HOOK, 'addThought, ', '', 'every'],
      [HOOK, '  ThinkingPayload,\n', ''],
      [
        'frontend/src/hooks/useThoughts.ts',
        '',
        "import { useEffect } from 'react'\nimport { wsClient } from '../api/websocket'\nimport { useChatStore } from '../stores/bots'\nimport type { ErrorPayload, ThinkingPayload } from '../types'\n\nexport function useThoughts() {\n  useEffect(() => {\n    const off = wsClient.onMessage(({ type, payload }) => {\n      const s = useChatStore.getState()\n      switch (type) {\n        case 'thinking':\n          s.addThought((payload as ThinkingPayload).content)\n          break\n        case 'error':\n          s.setError((payload as ErrorPayload).message)\n          break\n      }\n    })\n    return () => off()\n  }, [])\n}\n",
      ],
      [
        CHAT_VIEW,
        "import { useWebSocket } from '@/hooks/useWebSocket'\n",
        "import { useThoughts } from '@/hooks/useThoughts'\nimport { useWebSocket } from '@/hooks/useWebSocket'\n",
      ],
      [CHAT_VIEW, '} = useWebSocket()\n', '} = useWebSocket()\n  useThoughts()\n'],
    ],
    [
      drift(
        'server renames',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, 'payload={"text": content}'],
          [TYPES, 'content: string'],
          ['frontend/src/hooks/useThoughts.ts', 'ThinkingPayload).content'],
        ],
        [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
      ),
    ],
  ),
  form(
    'a handler behind a ref',
    [
      [
        VOICE_HOOK,
        'const unsubJson = client.onJsonMessage((msg: VoiceControlMessage) => {',
        'handlerRef.current = (msg: VoiceControlMessage) => {',
      ],
      [
        VOICE_HOOK,
        `      }\n    })\n\n    return`,
        `      }\n    }\n    const unsubJson = client.onJsonMessage((msg) => handlerRef.current?.(msg))\n\n    return`,
      ],
      [
        VOICE_HOOK,
        '  const store = useVoiceStore()\n',
        '  const store = useVoiceStore()\n  const handlerRef = useRef<((msg: VoiceControlMessage) => void) | null>(null)\n',
      ],
      [VOICE_HOOK, 'useCallback, useEffect, useState', 'useCallback, useEffect, useRef, useState'],
    ],
    [voiceRenamed()],
  ),
  form(
    'the message asserted to an object type',
    [
      [
        HOOK,
        BODY,
        '          const { payload } = msg as { type: string; payload: ThinkingPayload }\n          addThought(payload.content)\n',
      ],
    ],
    [renamed()],
  ),
  form(
    'a key that is asked for by `in`',
    [[VOICE_HOOK, READ, "if ('content' in msg.payload) s.setThought(msg.payload.content as string)"]],
    [voiceRenamed()],
  ),
  form(
    'two patterns',
    [
      [
        HOOK,
        BODY,
        '          const { payload } = msg\n          const { content } = payload as ThinkingPayload\n          addThought(content)\n',
      ],
    ],
    [renamed()],
  ),
  form(
    'satisfies',
    [
      [
        HOOK,
        BODY,
        '          const payload = msg.payload as ThinkingPayload\n          addThought((payload satisfies ThinkingPayload).content)\n',
      ],
    ],
    [renamed()],
  ),
  form(
    'the payload asserted to a Pick',
    [
      [
        HOOK,
        'const payload = msg.payload as ThinkingPayload',
        "const payload = msg.payload as Pick<ThinkingPayload, 'content'>",
      ],
    ],
    [
      drift(
        'server renames',
        ['field-never-sent'],
        [[HOOK, 'payload.content']],
        [MODELS, 'payload={"content": content}', 'payload={"text": content}'],
      ),
    ],
  ),
  form(
    'a type out of a map of payloads',
    [
      [
        HOOK,
        'const payload = msg.payload as ThinkingPayload',
        "const payload = msg.payload as Payloads['thinking']",
      ],
      [HOOK, TOP, `interface Payloads {\n  thinking: ThinkingPayload\n}\n\n${TOP}`],
    ],
    [renamed()],
  ),
  form(
    'a function that asks for the type',
    [
      [
        VOICE_HOOK,
        VOICE_SWITCH,
        `      on<{ content: string }>(msg, 'thinking', ({ content }) => s.setThought(content))\n${VOICE_SWITCH.replace(/ {8}case 'thinking':[\s\S]*?break\n\n/, '')}`,
      ],
      [
        VOICE_HOOK,
        VOICE_TOP,
        "function on<T>(msg: VoiceControlMessage, type: VoiceControlMessage['type'], run: (payload: T) => void): void {\n  if (msg.type === type) run(msg.payload as T)\n}\n\n" +
          VOICE_TOP,
      ],
    ],
    [voiceRenamed()],
  ),
  form(
    'looks at types that go on, one after the other',
    [
      [
        HOOK,
        SWITCH,
        `      if (msg.type === 'usage') setBusy(false)\n      else if (msg.type === 'done') setBusy(false)\n${SWITCH}`,
      ],
    ],
    [renamed()],
  ),
  form(
    'keys of a list that is gone through',
    [[VOICE_HOOK, READ, "for (const key of ['content'] as const) s.setThought(msg.payload[key] as string)"]],
    [voiceRenamed()],
  ),
  form(
    'a key that a function picks',
    [
      [VOICE_HOOK, `            text: msg.payload.text as string,`, `            ...pick(msg.payload),`],
      [
        VOICE_HOOK,
        VOICE_TOP,
        'function pick({ text }: Record<string, unknown>) {\n  return { text: text as string }\n}\n\n' +
          VOICE_TOP,
      ],
    ],
    [
      drift(
        'server renames',
        ['field-never-sent'],
        [[VOICE_HOOK, '{ text }']],
        [VOICE, '"text": text', '"line": text'],
      ),
    ],
  ),
  form(
    'a function that logs the message',
    [
      [HOOK, SWITCH, `      trace(msg)\n${SWITCH}`],
      [
        HOOK,
        TOP,
        `function trace(msg: WSMessage): void {\n  console.debug('[ws]', msg.type, msg.payload)\n}\n\n${TOP}`,
      ],
    ],
    [renamed()],
  ),
  form(
    'a label that is a template of a constant',
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the code that is tried has it
      [HOOK, "case 'thinking': {", 'case `${THINK}ing` as const: {'],
      [HOOK, TOP, `const THINK = 'think'\n${TOP}`],
    ],
    [renamed()],
  ),
  form(
    'a function of the hook that reads the payload around it',
    [
      [
        ROOM_HOOK,
        '      const p = msg.payload\n',
        '      const p = msg.payload\n      const text = (key: string) => p[key] as string\n',
      ],
      [ROOM_HOOK, 'setTyping(roomId, p.userId as string,', "setTyping(roomId, text('userId'),", 'every'],
    ],
    [
      drift(
        'the client reads another key',
        ['field-never-sent'],
        [[ROOM_HOOK, "text('user')"]],
        [ROOM_HOOK, "text('userId')", "text('user')", 'every'],
      ),
    ],
  ),
  form(
    'a typed reader by the name of the event',
    [
      [
        HOOK,
        TOP,
        `interface Payloads {
  thinking: ThinkingPayload
  tool_start: ToolStartPayload
}

function payloadOf<K extends keyof Payloads>(msg: WSMessage, _kind: K): Payloads[K] {
  return msg.payload as Payloads[K]
}

${TOP}`,
      ],
      [HOOK, 'msg.payload as ThinkingPayload', "payloadOf(msg, 'thinking')"],
      [HOOK, 'msg.payload as ToolStartPayload', "payloadOf(msg, 'tool_start')"],
    ],
    [
      renamed(),
      drift(
        'the client reads another key',
        ['field-never-sent'],
        [
          [HOOK, 'payload.text)'],
          [TYPES, 'text: string'],
        ],
        [HOOK, 'addThought(payload.content)', 'addThought(payload.text)'],
        [
          TYPES,
          'export interface ThinkingPayload {\n  content: string',
          'export interface ThinkingPayload {\n  text: string',
        ],
      ),
    ],
  ),
  form(
    'a typed reader by a type argument that is a key',
    [
      [
        HOOK,
        TOP,
        `interface Payloads {
  thinking: ThinkingPayload
  tool_start: ToolStartPayload
}

function payloadOf<K extends keyof Payloads>(msg: WSMessage): Payloads[K] {
  return msg.payload as Payloads[K]
}

${TOP}`,
      ],
      [HOOK, 'msg.payload as ThinkingPayload', "payloadOf<'thinking'>(msg)"],
      [HOOK, 'msg.payload as ToolStartPayload', "payloadOf<'tool_start'>(msg)"],
    ],
    [renamed()],
  ),
  form(
    'a cast to a type that is looked up',
    [
      [
        HOOK,
        TOP,
        `interface Payloads {
  thinking: ThinkingPayload
  tool_start: ToolStartPayload
}

${TOP}`,
      ],
      [HOOK, 'msg.payload as ThinkingPayload', "msg.payload as Payloads['thinking']"],
      [HOOK, 'msg.payload as ToolStartPayload', "msg.payload as Payloads['tool_start']"],
    ],
    [renamed()],
  ),
  form(
    'a method of an instance',
    [
      [
        HOOK,
        TOP,
        `class Thoughts {
  constructor(private readonly show: (text: string) => void) {}

  take(payload: Record<string, unknown>): void {
    this.say(payload)
  }

  private say({ content }: Record<string, unknown>): void {
    this.show(content as string)
  }
}

${TOP}`,
      ],
      [
        HOOK,
        BODY,
        '          new Thoughts(addThought).take(msg.payload as unknown as Record<string, unknown>)\n',
      ],
    ],
    [renamed()],
  ),
  form(
    'an object of functions',
    [
      [
        HOOK,
        TOP,
        `const thoughts = (show: (text: string) => void) => ({
  take(payload: ThinkingPayload): void {
    show(payload.content)
  },
})

${TOP}`,
      ],
      [
        HOOK,
        BODY,
        '          const own = thoughts(addThought)\n          own.take(msg.payload as ThinkingPayload)\n',
      ],
    ],
    [renamed()],
  ),
  form(
    'the rest of a payload',
    [
      [
        HOOK,
        '          const payload = msg.payload as { id: string; text: string }\n          appendScript(payload.id, payload.text)\n',
        '          const { id, ...rest } = msg.payload as { id: string; text: string }\n          const { text } = rest\n          appendScript(id, text)\n',
      ],
    ],
    [
      drift(
        'the server renames the key',
        ['field-never-sent', 'field-not-declared'],
        [
          [HOOK, '{ text }'],
          [HOOK, '{ id, ...rest }'],
          [MODELS, '"words": text'],
        ],
        [MODELS, '"id": tool_call_id, "text": text', '"id": tool_call_id, "words": text'],
      ),
    ],
  ),
  form(
    'some keys of the payload alone',
    [
      [
        HOOK,
        'msg.payload as ToolEndPayload',
        "msg.payload as Pick<ToolEndPayload, 'id' | 'result' | 'success'>",
      ],
      [HOOK, 'msg.payload as ErrorPayload', "msg.payload as Pick<ErrorPayload, 'message' | 'code'>"],
    ],
    [
      drift(
        'the server renames the key',
        ['field-never-sent'],
        [
          [HOOK, 'payload.result'],
          [MODELS, '"output": result'],
          [TYPES, 'result'],
        ],
        [MODELS, '"result": result, "success": success', '"output": result, "success": success'],
      ),
    ],
  ),
  form(
    'a method of the client for one type',
    [
      [
        CLIENT,
        '  send(type: WSMessageType, payload',
        `  on<P>(type: WSMessageType, handler: (payload: P) => void): () => void {
    return this.onMessage((msg) => {
      if (msg.type === type) handler(msg.payload as P)
    })
  }

  send(type: WSMessageType, payload`,
      ],
      [HOOK, CASE, ''],
      [
        HOOK,
        '      wsClient.onMessage(handleMessage),\n',
        "      wsClient.onMessage(handleMessage),\n      wsClient.on<ThinkingPayload>('thinking', (payload) => addThought(payload.content)),\n",
      ],
    ],
    [
      renamed(),
      drift(
        'another type is asked for',
        ['missing-case'],
        [
          [MODELS, 'THINKING = "thinking"'],
          [API, 'WSMessage.thinking('],
          [HOOK, 'switch (msg.type)'],
          [HOOK, "'message', (payload)"],
        ],
        [HOOK, "wsClient.on<ThinkingPayload>('thinking'", "wsClient.on<ThinkingPayload>('message'"],
      ),
    ],
  ),
]
