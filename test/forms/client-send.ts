import {
  API,
  CHAT_VIEW,
  CLIENT,
  drift,
  type Edit,
  type Form,
  formsOf,
  HOOK,
  MODELS,
  ROOM_API,
  ROOM_CLIENT,
  type Spot,
} from './form.js'

const form = formsOf('client-send')

const RETURN = '  return {\n    isConnected,\n    sendMessage,\n    cancel,\n    approve,\n  }\n'

const METHOD =
  "  sendApproval(id: string, approved: boolean): void {\n    this.send('approval', { id, approved })\n  }\n"
const CHAT =
  "    const { botId, chatId, replyToId } = options\n    this.send('chat', { message, botId, chatId, replyToId })\n"
const HOOK_SEND = 'wsClient.sendApproval(id, approved)'
const READ: Spot = [API, 'payload.get("approved", False)']
const BRANCH: Spot = [API, 'WSMessageType.APPROVAL']

/** The method of an approval written another way. */
function methodAs(...lines: string[]): Edit {
  return [CLIENT, METHOD, lines.map((line) => (line === '' ? '\n' : `  ${line}\n`)).join('')]
}

/** The body of the method of an approval written another way. */
function bodyAs(...lines: string[]): Edit {
  return methodAs(
    'sendApproval(id: string, approved: boolean): void {',
    ...lines.map((line) => `  ${line}`),
    '}',
  )
}

const NEVER = ['request-field-never-sent', 'field-never-read']

const renamed = (from: string, to: string, line = to, read = READ) =>
  drift('the key is renamed', NEVER, [[CLIENT, line], read], [CLIENT, from, to])
const dropped = (from: string, to: string, line = to, read = READ) =>
  drift('the key is dropped', NEVER, [[CLIENT, line], read], [CLIENT, from, to])
const nameLost = (from: string, to: string, line = to) =>
  drift(
    'the name is misspelt',
    ['missing-send-method', 'unknown-event', 'missing-handler-branch'],
    [[CLIENT, line], BRANCH, [MODELS, 'APPROVAL = "approval"']],
    [CLIENT, from, to],
  )
const serverRenames = (line: string) =>
  drift(
    'the server reads another key',
    NEVER,
    [
      [API, 'payload.get("isApproved", False)'],
      [CLIENT, line],
    ],
    [API, 'payload.get("approved", False)', 'payload.get("isApproved", False)'],
  )
const retyped = (from: string, to: string, line = to) =>
  drift(
    'the value is of another type',
    ['type-mismatch'],
    [[CLIENT, line], READ],
    [CLIENT, from, to],
    [HOOK, HOOK_SEND, 'wsClient.sendApproval(id, String(approved))'],
  )

const REPLY_READ: Spot = [API, 'payload.get("replyToId")']
const BOT_READ: Spot = [API, 'payload.get("botId", "")']

export const CLIENT_SEND: readonly Form[] = [
  form(
    'the payload through a constant',
    [bodyAs('const body = { id, approved }', "this.send('approval', body)")],
    [
      renamed('const body = { id, approved }', 'const body = { id, isApproved: approved }'),
      dropped('const body = { id, approved }', 'const body = { id, at: Number(approved) }'),
      serverRenames('const body = { id, approved }'),
      nameLost("this.send('approval', body)", "this.send('approve' as 'approval', body)"),
    ],
  ),
  form(
    'the payload through a constant that is filled',
    [
      bodyAs(
        'const body: Record<string, unknown> = { id }',
        'body.approved = approved',
        "this.send('approval', body)",
      ),
    ],
    [renamed('body.approved = approved', 'body.isApproved = approved')],
  ),
  form(
    'the name through a constant',
    [bodyAs("const type = 'approval'", 'this.send(type, { id, approved })')],
    [
      nameLost("const type = 'approval'", "const type = 'approve'"),
      renamed('this.send(type, { id, approved })', 'this.send(type, { id, isApproved: approved })'),
    ],
  ),
  form(
    'the name through a constant of the module',
    [
      [
        CLIENT,
        'export class WebSocketClient',
        "const EVENTS = { approval: 'approval' } as const\n\nexport class WebSocketClient",
      ],
      bodyAs('this.send(EVENTS.approval, { id, approved })'),
    ],
    [
      nameLost("approval: 'approval'", "approval: 'approve'"),
      renamed(
        'this.send(EVENTS.approval, { id, approved })',
        'this.send(EVENTS.approval, { id, isApproved: approved })',
      ),
    ],
  ),
  form(
    'an arrow property',
    [
      methodAs(
        'sendApproval = (id: string, approved: boolean): void => {',
        "  this.send('approval', { id, approved })",
        '}',
      ),
    ],
    [
      renamed(
        "this.send('approval', { id, approved })",
        "this.send('approval', { id, isApproved: approved })",
      ),
      nameLost("this.send('approval', {", "this.send('approve', {"),
      drift(
        'nobody calls it',
        ['unused-send-method'],
        [
          [CLIENT, 'sendApproval = ('],
          [CLIENT, "this.send('approval'"],
          [HOOK, 'const approve'],
        ],
        [HOOK, HOOK_SEND, 'console.log(id, approved)'],
      ),
      retyped(
        'sendApproval = (id: string, approved: boolean)',
        'sendApproval = (id: string, approved: string)',
      ),
    ],
  ),
  form(
    'an arrow property with an expression',
    [methodAs("sendApproval = (id: string, approved: boolean) => this.send('approval', { id, approved })")],
    [
      renamed(
        "this.send('approval', { id, approved })",
        "this.send('approval', { id, isApproved: approved })",
      ),
      nameLost("this.send('approval', {", "this.send('approve', {"),
    ],
  ),
  form(
    'conditional spreads',
    [
      [
        CLIENT,
        CHAT,
        "    const { botId, chatId, replyToId } = options\n    this.send('chat', {\n      message,\n      botId,\n      ...(chatId ? { chatId } : {}),\n      ...(replyToId && { replyToId }),\n    })\n",
      ],
    ],
    [
      renamed(
        '...(replyToId && { replyToId })',
        '...(replyToId && { replyTo: replyToId })',
        '{ replyTo: replyToId }',
        REPLY_READ,
      ),
      drift(
        'the key of a ternary is renamed',
        NEVER,
        [
          [CLIENT, '{ chat: chatId }'],
          [API, 'payload.get("chatId")'],
        ],
        [CLIENT, '...(chatId ? { chatId } : {})', '...(chatId ? { chat: chatId } : {})'],
      ),
      drift(
        'a key that may be missing is taken for always there',
        ['field-sometimes-missing'],
        [
          [API, 'payload["replyToId"]'],
          [CLIENT, '{ replyToId }'],
        ],
        [API, 'payload.get("replyToId")', 'payload["replyToId"]'],
      ),
    ],
  ),
  form(
    'options spread whole',
    [[CLIENT, CHAT, "    this.send('chat', { message, ...options })\n"]],
    [
      drift(
        'a key of the options is renamed',
        NEVER,
        [['frontend/src/types/index.ts', 'replyTo?: string'], [CLIENT, "this.send('chat'"], REPLY_READ],
        [
          'frontend/src/types/index.ts',
          '  chatId?: string\n  replyToId?: string\n}',
          '  chatId?: string\n  replyTo?: string\n}',
        ],
      ),
      drift(
        'the server reads another key',
        NEVER,
        [
          [API, 'payload.get("bot", "")'],
          [CLIENT, "this.send('chat'"],
        ],
        [API, 'payload.get("botId", "")', 'payload.get("bot", "")'],
      ),
    ],
  ),
  form(
    'a private send of another name',
    [
      [CLIENT, '  send(type: WSMessageType', '  private transmit(type: WSMessageType'],
      [CLIENT, 'this.send(', 'this.transmit(', 'every'],
    ],
    [
      renamed("'approval', { id, approved }", "'approval', { id, isApproved: approved }"),
      nameLost("this.transmit('approval'", "this.transmit('approve'"),
      drift(
        'a send is lost',
        ['missing-send-method', 'missing-handler-branch'],
        [BRANCH, [CLIENT, 'sendApproval('], [MODELS, 'APPROVAL = "approval"']],
        [CLIENT, "this.transmit('approval', { id, approved })", 'console.log(id, approved)'],
      ),
    ],
  ),
  form(
    'a send in the room of another name',
    [
      [ROOM_CLIENT, 'private send(', 'private emit('],
      [ROOM_CLIENT, 'this.send(', 'this.emit(', 'every'],
    ],
    [
      drift(
        'the key is renamed',
        NEVER,
        [
          [ROOM_CLIENT, '{ typing: isTyping }'],
          [ROOM_API, 'payload.get("isTyping", False)'],
        ],
        [ROOM_CLIENT, "'room_typing', { isTyping }", "'room_typing', { typing: isTyping }"],
      ),
    ],
  ),
  form(
    'a method taken out of the client',
    [
      methodAs(
        'sendApproval = (id: string, approved: boolean): void => {',
        "  this.send('approval', { id, approved })",
        '}',
      ),
      [
        HOOK,
        'export function useWebSocket() {\n',
        'const { sendApproval } = wsClient\n\nexport function useWebSocket() {\n',
      ],
      [HOOK, HOOK_SEND, 'sendApproval(id, approved)'],
    ],
    [
      drift(
        'nobody calls it',
        ['unused-send-method', 'unused-callback'],
        [
          [CLIENT, 'sendApproval = ('],
          [CLIENT, "this.send('approval'"],
          [HOOK, 'const approve'],
        ],
        [HOOK, 'sendApproval(id, approved)', 'console.log(id, approved, sendApproval)'],
      ),
      drift(
        'the callback is not returned',
        ['missing-hook-return', 'unused-callback'],
        [
          [HOOK, 'const approve = useCallback('],
          [HOOK, 'return {'],
          [CLIENT, 'sendApproval = ('],
        ],
        [HOOK, '    cancel,\n    approve,\n', '    cancel,\n'],
      ),
      drift(
        'an argument is dropped',
        ['request-field-never-sent', 'parameter-never-passed'],
        [[HOOK, 'sendChat(message)'], BOT_READ, [CLIENT, "this.send('chat'"]],
        [HOOK, 'wsClient.sendChat(message, options)', 'wsClient.sendChat(message)'],
      ),
    ],
  ),
  form(
    'a method behind a variable of the hook',
    [[HOOK, HOOK_SEND, 'const client = wsClient\n      client.sendApproval(id, approved)']],
    [
      drift(
        'nobody calls it',
        ['unused-send-method'],
        [
          [CLIENT, 'sendApproval('],
          [CLIENT, "this.send('approval'"],
        ],
        [HOOK, 'client.sendApproval(id, approved)', 'console.log(client, id, approved)'],
      ),
    ],
  ),
  form(
    'this.sendRaw({ type, payload })',
    [bodyAs("this.sendRaw({ type: 'approval', payload: { id, approved } })")],
    [
      renamed('payload: { id, approved }', 'payload: { id, isApproved: approved }'),
      nameLost("type: 'approval'", "type: 'approve'"),
      serverRenames("type: 'approval'"),
    ],
  ),
  form(
    'this.sendRaw of constants',
    [
      bodyAs(
        "const type: WSMessageType = 'approval'",
        'const payload = { id, approved }',
        'this.sendRaw({ type, payload })',
      ),
    ],
    [
      renamed('const payload = { id, approved }', 'const payload = { id, isApproved: approved }'),
      nameLost("WSMessageType = 'approval'", "WSMessageType = 'approve' as WSMessageType"),
    ],
  ),
  form(
    'this.ws.send of JSON',
    [bodyAs("this.ws?.send(JSON.stringify({ type: 'approval', payload: { id, approved } }))")],
    [
      renamed('payload: { id, approved }', 'payload: { id, isApproved: approved }'),
      nameLost("type: 'approval'", "type: 'approve'"),
    ],
  ),
  form(
    'a private helper between the method and the send',
    [
      methodAs(
        'sendApproval(id: string, approved: boolean): void {',
        '  this.answer({ id, approved })',
        '}',
        '',
        'private answer(payload: { id: string; approved: boolean }): void {',
        "  this.send('approval', payload)",
        '}',
      ),
    ],
    [
      renamed(
        'this.answer({ id, approved })\n  }\n\n  private answer(payload: { id: string; approved: boolean })',
        'this.answer({ id, isApproved: approved })\n  }\n\n  private answer(payload: { id: string; isApproved: boolean })',
        'isApproved: boolean',
      ),
      serverRenames("this.send('approval', payload)"),
    ],
  ),
  form(
    'a send straight from the hook',
    [
      [HOOK, HOOK_SEND, "wsClient.send('approval', { id, approved })"],
      [CLIENT, `\n${METHOD}`, ''],
    ],
    [
      drift(
        'the key is renamed',
        NEVER,
        [[HOOK, 'isApproved: approved'], READ],
        [HOOK, "'approval', { id, approved }", "'approval', { id, isApproved: approved }"],
      ),
      drift(
        'the send is lost',
        ['missing-send-method'],
        [BRANCH, [MODELS, 'APPROVAL = "approval"']],
        [HOOK, "wsClient.send('approval', { id, approved })", 'console.log(id, approved)'],
      ),
    ],
  ),
  form(
    'an options type picked from another',
    [[HOOK, 'options?: ChatOptions', "options?: Pick<ChatOptions, 'botId' | 'chatId' | 'replyToId'>"]],
    [
      drift(
        'the type of the callback lacks a key',
        ['request-field-never-sent', 'parameter-never-passed'],
        [
          [HOOK, "Pick<ChatOptions, 'chatId'"],
          [CHAT_VIEW, 'sendMessage(text'],
          [HOOK, 'sendChat(message, options)'],
          BOT_READ,
          [CLIENT, "this.send('chat'"],
        ],
        [
          HOOK,
          "Pick<ChatOptions, 'botId' | 'chatId' | 'replyToId'>",
          "Pick<ChatOptions, 'chatId' | 'replyToId'>",
        ],
        [CHAT_VIEW, '{ botId: activeBotId, chatId: activeChatId }', '{ chatId: activeChatId }'],
        [CHAT_VIEW, '  const activeBotId = useBotStore((state) => state.activeBotId)\n', ''],
        [CHAT_VIEW, 'import { useBotStore, useChatStore }', 'import { useChatStore }'],
      ),
    ],
  ),
  form(
    'options of the callback written out',
    [
      [
        HOOK,
        '(message: string, options?: ChatOptions) => {',
        '(message: string, options?: { botId?: string; chatId?: string; replyToId?: string }) => {',
      ],
      [HOOK, '  ChatOptions,\n', ''],
    ],
    [
      drift(
        'the type of the callback lacks a key',
        ['request-field-never-sent', 'parameter-never-passed'],
        [
          [HOOK, 'options?: { chatId?: string'],
          [HOOK, 'sendChat(message, options)'],
          BOT_READ,
          [CLIENT, "this.send('chat'"],
        ],
        [HOOK, 'options?: { botId?: string; chatId', 'options?: { chatId'],
        [CHAT_VIEW, '{ botId: activeBotId, chatId: activeChatId }', '{ chatId: activeChatId }'],
        [CHAT_VIEW, '  const activeBotId = useBotStore((state) => state.activeBotId)\n', ''],
        [CHAT_VIEW, 'import { useBotStore, useChatStore }', 'import { useChatStore }'],
      ),
    ],
  ),
  form(
    'a hook that hands its arguments on',
    [[HOOK, 'wsClient.sendChat(message, options)', 'wsClient.sendChat(message, { ...options })']],
    [
      drift(
        'an argument is dropped',
        ['request-field-never-sent', 'parameter-never-passed'],
        [[HOOK, 'sendChat(message)'], BOT_READ, [CLIENT, "this.send('chat'"], [CLIENT, 'sendChat(message']],
        [HOOK, 'wsClient.sendChat(message, { ...options })', 'wsClient.sendChat(message)'],
      ),
      drift(
        'only some of the options are handed on',
        ['request-field-never-sent', 'parameter-never-passed'],
        [[HOOK, 'sendChat(message, {'], BOT_READ, [CLIENT, "this.send('chat'"], [CLIENT, 'sendChat(message']],
        [
          HOOK,
          'wsClient.sendChat(message, { ...options })',
          'wsClient.sendChat(message, { chatId: options?.chatId })',
        ],
      ),
    ],
  ),
  form(
    'a callback that is a function',
    [
      [
        HOOK,
        `  const approve = useCallback(
    (id: string, approved: boolean) => {
      setApproval(null)
      wsClient.sendApproval(id, approved)
    },
    [setApproval]
  )
`,
        `  function approve(id: string, approved: boolean) {
    setApproval(null)
    wsClient.sendApproval(id, approved)
  }
`,
      ],
    ],
    [
      drift(
        'nobody calls it',
        ['unused-send-method'],
        [
          [CLIENT, 'sendApproval('],
          [CLIENT, "this.send('approval'"],
        ],
        [HOOK, '    wsClient.sendApproval(id, approved)\n', '    console.log(id, approved)\n'],
      ),
      drift(
        'no component uses it',
        ['unused-callback'],
        [
          [HOOK, 'function approve('],
          [HOOK, 'approve,'],
          [CHAT_VIEW, 'useWebSocket()'],
        ],
        [CHAT_VIEW, 'cancel, approve }', 'cancel }'],
        [CHAT_VIEW, 'onAnswer={approve}', 'onAnswer={cancel}'],
      ),
    ],
  ),
  form(
    'the payload filled under conditions',
    [
      bodyAs(
        'const body: Record<string, unknown> = { id }',
        'if (approved) {',
        "  body['approved'] = true",
        '} else body.approved = false',
        "this.send('approval', body)",
      ),
    ],
    [
      drift(
        'one side has another key',
        NEVER,
        [[CLIENT, "body['isApproved']"], READ],
        [CLIENT, "body['approved'] = true", "body['isApproved'] = true"],
      ),
    ],
  ),
  form(
    'the payload filled in a loop over its keys',
    [
      [
        CLIENT,
        CHAT,
        "    const body: Record<string, unknown> = { message }\n    for (const key of ['botId', 'chatId', 'replyToId'] as const) body[key] = options[key]\n    this.send('chat', body)\n",
      ],
    ],
    [renamed("['botId', 'chatId'", "['bot', 'chatId'", "['bot', 'chatId'", BOT_READ)],
  ),
  form(
    'Object.assign',
    [bodyAs("this.send('approval', Object.assign({ id }, { approved }))")],
    [renamed('{ approved }))', '{ isApproved: approved }))')],
  ),
  form(
    'a payload without what is undefined',
    [
      [
        CLIENT,
        'export class WebSocketClient',
        'function compact(body: Record<string, unknown>): Record<string, unknown> {\n  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))\n}\n\nexport class WebSocketClient',
      ],
      bodyAs("this.send('approval', compact({ id, approved }))"),
    ],
    [renamed('compact({ id, approved })', 'compact({ id, isApproved: approved })')],
  ),
  form(
    'a payload made by a method of the client',
    [
      methodAs(
        'sendApproval(id: string, approved: boolean): void {',
        "  this.send('approval', this.answerOf(id, approved))",
        '}',
        '',
        'private answerOf(id: string, approved: boolean) {',
        '  return { id, approved }',
        '}',
      ),
    ],
    [renamed('return { id, approved }', 'return { id, isApproved: approved }')],
  ),
  form(
    'a payload made by a function of another file',
    [
      [
        'frontend/src/api/answers.ts',
        '',
        'export const answerOf = (id: string, approved: boolean) => ({ id, approved })\n',
      ],
      [
        CLIENT,
        "import { BaseWebSocketClient } from './base-websocket'\n",
        "import { answerOf } from './answers'\nimport { BaseWebSocketClient } from './base-websocket'\n",
      ],
      bodyAs("this.send('approval', answerOf(id, approved))"),
    ],
    [
      drift(
        'the key is renamed',
        NEVER,
        [['frontend/src/api/answers.ts', 'isApproved'], READ],
        ['frontend/src/api/answers.ts', '({ id, approved })', '({ id, isApproved: approved })'],
      ),
    ],
  ),
  form(
    'a message whose payload is filled',
    [
      bodyAs(
        "const message = { type: 'approval', payload: { id } as Record<string, unknown> }",
        'message.payload.approved = approved',
        'this.sendRaw(message)',
      ),
    ],
    [renamed('message.payload.approved', 'message.payload.isApproved')],
  ),
  form(
    'a queue of messages',
    [
      methodAs(
        'private queue: { type: WSMessageType; payload: unknown }[] = []',
        '',
        'sendApproval(id: string, approved: boolean): void {',
        "  this.queue.push({ type: 'approval', payload: { id, approved } })",
        '  this.flush()',
        '}',
        '',
        'private flush(): void {',
        '  for (const message of this.queue.splice(0)) this.sendRaw(message)',
        '}',
      ),
    ],
    [renamed('payload: { id, approved }', 'payload: { id, isApproved: approved }')],
  ),
  form(
    'the name through a constant of the class',
    [
      methodAs(
        "private static readonly EVENTS = { approval: 'approval' } as const",
        '',
        'sendApproval(id: string, approved: boolean): void {',
        '  this.send(WebSocketClient.EVENTS.approval, { id, approved })',
        '}',
      ),
    ],
    [
      renamed('EVENTS.approval, { id, approved }', 'EVENTS.approval, { id, isApproved: approved }'),
      nameLost("approval: 'approval'", "approval: 'approve'"),
    ],
  ),
  form(
    'a private helper without types',
    [
      methodAs(
        'sendApproval(id: string, approved: boolean): void {',
        '  this.answer(id, approved)',
        '}',
        '',
        'private answer = (id: string, approved: boolean) => {',
        "  this.send('approval', { id, approved })",
        '}',
      ),
    ],
    [
      renamed('{ id, approved })', '{ id, isApproved: approved })'),
      drift(
        'nobody calls the method in front of it',
        ['unused-send-method'],
        [[CLIENT, 'sendApproval(']],
        [HOOK, HOOK_SEND, 'console.log(id, approved)'],
      ),
    ],
  ),
  form(
    'a payload that the callback makes',
    [
      methodAs(
        'sendApproval(payload: Record<string, unknown>): void {',
        "  this.send('approval', payload)",
        '}',
      ),
      [HOOK, HOOK_SEND, 'wsClient.sendApproval({ id, approved })'],
    ],
    [
      drift(
        'the key is renamed',
        NEVER,
        [[HOOK, 'isApproved: approved'], READ],
        [HOOK, '({ id, approved })', '({ id, isApproved: approved })'],
      ),
    ],
  ),
  form(
    'options taken apart in the parameter',
    [
      [
        CLIENT,
        'sendChat(message: string, options: ChatOptions = {}): void',
        'sendChat(message: string, { botId, chatId, replyToId }: ChatOptions = {}): void',
      ],
      [CLIENT, '    const { botId, chatId, replyToId } = options\n', ''],
    ],
    [
      drift(
        'an argument is dropped',
        ['parameter-never-passed'],
        [[HOOK, 'sendChat(message)'], BOT_READ, [CLIENT, 'botId, chatId']],
        [HOOK, 'wsClient.sendChat(message, options)', 'wsClient.sendChat(message)'],
      ),
      drift(
        'a key is taken out of the type',
        ['parameter-never-passed'],
        [[HOOK, 'sendChat(message, options)'], BOT_READ],
        [HOOK, 'options?: ChatOptions', "options?: Omit<ChatOptions, 'botId'>"],
      ),
      drift(
        'a key is undefined',
        ['parameter-never-passed'],
        [[HOOK, 'botId: undefined'], BOT_READ],
        [
          HOOK,
          'wsClient.sendChat(message, options)',
          'wsClient.sendChat(message, { ...options, botId: undefined })',
        ],
      ),
    ],
  ),
  form(
    'a method that is handed on',
    [
      [
        HOOK,
        `  const approve = useCallback(
    (id: string, approved: boolean) => {
      setApproval(null)
      wsClient.sendApproval(id, approved)
    },
    [setApproval]
  )

`,
        '',
      ],
      [HOOK, '    approve,\n', '    approve: wsClient.sendApproval,\n'],
    ],
    [
      drift(
        'it is not returned',
        ['unused-send-method'],
        [
          [CLIENT, 'sendApproval('],
          [HOOK, 'return {'],
        ],
        [HOOK, '    approve: wsClient.sendApproval,\n', ''],
      ),
    ],
  ),
  ...[
    [
      'a hook that returns a memo',
      '  return useMemo(() => ({ isConnected, sendMessage, cancel, approve }), [isConnected, sendMessage, cancel, approve])\n',
    ],
    [
      'a hook that returns a memo of a block',
      '  return useMemo(() => {\n    return { isConnected, sendMessage, cancel, approve }\n  }, [isConnected, sendMessage, cancel, approve])\n',
    ],
    [
      'a hook that returns a constant',
      '  const api = { isConnected, sendMessage, cancel, approve }\n  return api\n',
    ],
    [
      'a hook that returns a constant memo',
      '  const api = useMemo(() => ({ isConnected, sendMessage, cancel, approve }), [isConnected, sendMessage, cancel, approve])\n  return api\n',
    ],
    [
      'a hook that returns an object as const',
      '  return { isConnected, sendMessage, cancel, approve } as const\n',
    ],
  ].map(([name = '', returns = '']) =>
    form(
      name,
      [[HOOK, RETURN, returns]],
      [
        drift(
          'a callback is left out',
          ['missing-hook-return', 'unused-callback'],
          [
            [HOOK, 'const approve ='],
            [HOOK, 'sendMessage, cancel }'],
            [CHAT_VIEW, 'useWebSocket()'],
          ],
          [HOOK, 'sendMessage, cancel, approve }', 'sendMessage, cancel }'],
        ),
        drift(
          'no component uses it',
          ['unused-callback'],
          [
            [HOOK, 'const approve ='],
            [HOOK, 'sendMessage, cancel, approve'],
            [CHAT_VIEW, 'useWebSocket()'],
          ],
          [CHAT_VIEW, 'cancel, approve }', 'cancel }'],
          [CHAT_VIEW, 'onAnswer={approve}', 'onAnswer={cancel}'],
        ),
      ],
    ),
  ),
]
