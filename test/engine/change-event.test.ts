import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cachibotWs, copyFixture, git, snapshot } from '../support/checkout.js'
import { type FixtureEdit, runChange } from '../support/run-change.js'

const MODELS = 'cachibot/models/websocket.py'
const TYPES = 'frontend/src/types/index.ts'
const CLIENT = 'frontend/src/api/websocket.ts'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'

describe('what is inside of a field', () => {
  const typed: readonly FixtureEdit[] = [
    [
      MODELS,
      'class ThinkingPayload(',
      'class Verdict(BaseModel):\n    is_final: bool\n\n\nclass ThinkingPayload(',
    ],
    [
      TYPES,
      'export interface ThinkingPayload',
      'export interface Verdict {\n  isFinal: boolean\n}\n\nexport interface ThinkingPayload',
    ],
    [CLIENT, 'approved: boolean', 'approved: Verdict'],
  ]

  test.each([
    ['--add-field', 'approved.by:str'],
    ['--remove-field', 'approved.isFinal'],
    ['--rename-field', 'approved.isFinal:last'],
    ['--set-type', 'approved.isFinal:str'],
  ])('is changed by no command, and both places that say it are named: %s %s', async (...flags) => {
    const ran = await runChange(['approval', ...flags], typed)
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain(`\`Verdict\` at ${MODELS}:33:1 and \`Verdict\` at ${TYPES}:`)
    expect(ran.stderr).not.toContain('approved_')
  })

  test('is named where it is written out, and no field of another event is meant', async () => {
    const inline: FixtureEdit = [CLIENT, 'approved: boolean', 'approved: { isFinal: boolean }']
    const ran = await runChange(['approval', '--remove-field', 'approved.isFinal'], [inline])
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain(`\`approved: { … }\` at ${CLIENT}:`)
    const other = await runChange(['approval', '--remove-field', 'verdict.isFinal'])
    expect([other.exitCode, other.changed]).toEqual([2, []])
    expect(other.stderr).toContain('`verdict` is no field of `approval`')
  })
})

test('a value for a caller is for one field: which of several could not be told', async () => {
  const ran = await runChange([
    'tool_end',
    ...['--add-field', 'seconds:float', '--add-field', 'tries:int'],
    ...['--pass', 'cachibot/api/websocket.py:186=1'],
  ])
  expect([ran.exitCode, ran.changed]).toEqual([2, []])
  expect(ran.stderr).toContain('--pass gives a value for one field, and 2 are asked for')
})

describe('a field that is all of what adds it', () => {
  const SET = 'if filename:\n            payload["filename"] = filename'

  test.each([
    ['payload |= {"filename": filename} if filename else {}'],
    ['payload.update({"filename": filename} if filename else {})'],
    ['payload.update({"filename": filename})'],
    ['payload |= {"filename": filename}'],
  ])('is refused where what adds it would be there for nothing: %s', async (way) => {
    const ran = await runChange(['document_status', '--remove-field', 'filename'], [[MODELS, SET, way]])
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toMatch(/cachibot\/models\/websocket\.py:\d+:\d+: .*set together with something else/)
  })
})

describe('a field that comes in', () => {
  test('goes through a function that hands its parameters on, whose callers are named', async () => {
    const ran = await runChange(['document_status', '--add-field', 'duration_ms:int?'])
    expect(ran.exitCode).toBe(0)
    const library = ran.read('cachibot/services/script_library.py')
    expect(library).toContain(
      '        filename: str | None = None,\n        duration_ms: int | None = None,\n    ) -> None:',
    )
    expect(library).toContain('                    duration_ms=duration_ms,\n')
    expect(ran.stdout).toContain('next: cachibot/services/script_library.py:18:')
    expect(ran.read(TYPES)).toContain('  filename?: string\n  durationMs?: number\n}')
  })

  test('makes a local of a payload that is written out, and is set behind `is not None`', async () => {
    const ran = await runChange(['tool_start', '--add-field', 'duration_ms:int?'])
    expect(ran.read(MODELS)).toContain(
      '        payload: dict[str, Any] = {"id": id, "tool": tool, "args": args}\n' +
        '        if duration_ms is not None:\n' +
        '            payload["durationMs"] = duration_ms\n' +
        '        return cls(\n            type=WSMessageType.TOOL_START,\n            payload=payload,\n        )\n',
    )
  })

  test('widens no type of the page: the cast says it', async () => {
    const ran = await runChange(
      ['platform_message', '--add-field', 'stage:str?'],
      [
        [
          HOOK,
          'as PlatformMessagePayload & { metadata?: Record<string, unknown> }',
          'as RoomMessage & { metadata?: Record<string, unknown> }',
        ],
      ],
    )
    expect(ran.exitCode).toBe(0)
    expect(ran.read(HOOK)).toContain(
      'as RoomMessage & { metadata?: Record<string, unknown>; stage?: string }',
    )
  })

  test('is required only where every caller gives it, and what one gives is one expression', async () => {
    const asked = ['tool_end', '--add-field', 'seconds:float']
    const bare = await runChange(asked)
    expect([bare.exitCode, bare.changed]).toEqual([2, []])
    expect(bare.stderr).toContain("--pass 'cachibot/api/websocket.py:186=EXPRESSION'")
    const given = await runChange([...asked, '--pass', 'cachibot/api/websocket.py:186=call["seconds"]'])
    expect(given.exitCode).toBe(0)
    expect(given.read('cachibot/api/websocket.py')).toContain('seconds=call["seconds"]')
    expect(given.read(MODELS)).toContain(
      'def tool_end(cls, id: str, result: Any, success: bool = True, *, seconds: float) ->',
    )
    for (const wrong of ['1) or (2', 'a, b', 'x := 1', '1  # no'])
      expect((await runChange([...asked, '--pass', `cachibot/api/websocket.py:186=${wrong}`])).exitCode).toBe(
        2,
      )
    expect((await runChange([...asked, '--pass', 'cachibot/api/websocket.py:1=1'])).stderr).toContain(
      'no call for `tool_end` stands at',
    )
  })

  test('is an option of whoever makes the request, who is to give it', async () => {
    const ran = await runChange(['chat', '--add-field', 'stage:str?'])
    expect(ran.exitCode).toBe(0)
    expect(ran.read(CLIENT)).toContain('replyToId, stage }')
    expect(ran.stdout).toContain('next: see that whoever sends `chat` gives `stage`: it is an option')
  })

  test('that is there already changes nothing; another one of that name is exit 3', async () => {
    const same = await runChange(['error', '--channel', 'main', '--add-field', 'code:str|null'])
    expect([same.exitCode, same.changed]).toEqual([0, []])
    const other = await runChange(['error', '--channel', 'main', '--add-field', 'code:int?'])
    expect([other.exitCode, other.changed]).toEqual([3, []])
  })
})

describe('a factory', () => {
  const HEAD = '@classmethod\n    def tool_end('

  test('is one with a comment behind its decorator', async () => {
    const ran = await runChange(
      ['tool_end', '--rename-field', 'success:ok'],
      [[MODELS, HEAD, HEAD.replace('method', 'method  # the end of a call')]],
    )
    expect(ran.exitCode).toBe(0)
    expect(ran.read(MODELS)).toContain('payload={"id": id, "result": result, "ok": ok}')
  })

  test('that stands on the line of its head takes no statement', async () => {
    const body = ' -> "WSMessage":\n        return cls(\n            type=WSMessageType.TOOL_END,'
    const ran = await runChange(
      ['tool_end', '--add-field', 'seconds:float?'],
      [[MODELS, body, ' -> "WSMessage": return cls(\n            type=WSMessageType.TOOL_END,']],
    )
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain('cachibot/models/websocket.py:111:5: `tool_end` cannot be changed')
  })
})

describe('a model that takes a request', () => {
  const HANDLER = 'cachibot/api/websocket.py'
  const READS =
    'approval_id = payload.get("id", "")\n                approved = payload.get("approved", False)\n'
  const taking = (made: string, approved: string): readonly FixtureEdit[] => [
    [
      HANDLER,
      READS,
      `asked = ${made}\n                approval_id = asked.id\n                approved = asked.approved\n`,
    ],
    [HANDLER, 'import WSMessage, WSMessageType', 'import ApprovalAnswer, WSMessage, WSMessageType'],
    [
      MODELS,
      'class ThinkingPayload(',
      `class ApprovalAnswer(BaseModel):\n    id: str\n    ${approved}\n\n\nclass ThinkingPayload(`,
    ],
  ]

  test.each([['ApprovalAnswer.model_validate(payload)'], ['ApprovalAnswer(**payload)']])(
    'is given the field, whatever it is called: %s',
    async (made) => {
      const edits = taking(made, 'approved: bool = False')
      const ran = await runChange(['approval', '--add-field', 'note:str?'], edits)
      expect(ran.exitCode).toBe(0)
      expect(ran.read(MODELS)).toContain('    approved: bool = False\n    note: str | None = None\n')
      const refused = await runChange(['approval', '--set-type', 'approved:bool?'], edits)
      expect([refused.exitCode, refused.changed]).toEqual([3, []])
      expect(refused.stderr).toContain('`approved` of `ApprovalAnswer` is used there')
    },
  )

  test('calls a field otherwise by its alias', async () => {
    const ran = await runChange(
      ['approval', '--rename-field', 'is_approved:granted'],
      [
        ...taking(
          'ApprovalAnswer.model_validate(payload)',
          'approved: bool = Field(default=False, alias="isApproved")',
        ),
        [CLIENT, "'approval', { id, approved }", "'approval', { id, isApproved: approved }"],
      ],
    )
    expect(ran.exitCode).toBe(0)
    expect(ran.read(MODELS)).toContain('approved: bool = Field(default=False, alias="granted")')
  })

  test('is none where a function takes the keys as its parameters: one more raises', async () => {
    const ran = await runChange(
      ['approval', '--add-field', 'note:str?'],
      [
        [HANDLER, READS, 'approval_id, approved = parse(**payload)\n'],
        [
          HANDLER,
          'async def _send_usage(',
          'def parse(id: str, approved: bool = False) -> tuple[str, bool]:\n    return id, approved\n\n\nasync def _send_usage(',
        ],
      ],
    )
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain('`parse(**payload)` takes no other key than it names, and raises')
  })
})

describe('options of a request', () => {
  const METHOD =
    'options: ChatOptions = {}): void {\n    const { botId, chatId, replyToId } = options\n    this.send('
  const inline = '{ botId?: string; chatId?: string; replyToId?: string; stage?: string }'
  const logged: FixtureEdit = [
    'cachibot/api/websocket.py',
    'reply_to_id = payload.get("replyToId")\n',
    'reply_to_id = payload.get("replyToId")\n                logger.debug("chat: %r", {"stage": payload.get("stage")})\n',
  ]
  const SENT: FixtureEdit = [CLIENT, 'chatId, replyToId })', 'chatId, replyToId, stage })']

  test('are taken apart without a field that goes, also where the method says their type itself', async () => {
    const apart = `options: ${inline} = {}): void {\n    const { botId, chatId, replyToId, stage } = options\n    this.send(`
    const ran = await runChange(['chat', '--remove-field', 'stage'], [SENT, [CLIENT, METHOD, apart], logged])
    expect(ran.exitCode).toBe(0)
    expect(ran.read(CLIENT)).not.toContain('stage')
  })

  test('keep a field that the method uses for something else as well', async () => {
    const used = `options: ${inline} = {}): void {\n    const { botId, chatId, replyToId, stage } = options\n    if (stage) console.log('x')\n    this.send(`
    const ran = await runChange(['chat', '--remove-field', 'stage'], [SENT, [CLIENT, METHOD, used], logged])
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain('`stage` is used there as well')
  })

  test.each([
    ['options: ChatOptions = {}): void {', 'message, ...options }'],
    ['{ botId, ...rest }: ChatOptions = {}): void {', 'message, botId, ...rest }'],
  ])('are sent by a spread, whose type alone is changed: %s', async (head, sent) => {
    const spread: readonly FixtureEdit[] = [
      [CLIENT, 'options: ChatOptions = {}): void {\n    const { botId, chatId, replyToId } = options', head],
      [CLIENT, 'message, botId, chatId, replyToId }', sent],
    ]
    const ran = await runChange(['chat', '--add-field', 'stage:str?'], spread)
    expect([ran.exitCode, ran.changed.includes(CLIENT)]).toEqual([0, false])
    expect(ran.read(TYPES)).toContain(
      '  replyToId?: string\n  stage?: string\n}\n\nexport interface StageTask',
    )
    const refused = await runChange(['chat', '--rename-field', 'chat_id:talk_id'], spread)
    expect([refused.exitCode, refused.changed]).toEqual([3, []])
    expect(refused.stderr).toContain('`chatId` is sent by the name that the option has')
  })

  test.each([
    [HOOK, 'clearTools()\n      setError(null)\n', 'clearTools()\n      setError(options?.stage ?? null)\n'],
    [
      HOOK,
      'clearTools()\n      setError(null)\n',
      'const { stage } = options ?? {}\n      setError(stage ?? null)\n',
    ],
    [
      HOOK,
      'export function useWebSocket',
      "const NONE: ChatOptions = { stage: 'x' }\n\nexport function useWebSocket",
    ],
  ] as const)('keep a field that is read or given elsewhere by their type: %s %s', async (...elsewhere) => {
    const option: FixtureEdit = [
      TYPES,
      '  replyToId?: string\n}\n\nexport interface StageTask',
      '  replyToId?: string\n  stage?: string\n}\n\nexport interface StageTask',
    ]
    const apart: FixtureEdit = [CLIENT, 'replyToId } = options', 'replyToId, stage } = options']
    const ran = await runChange(['chat', '--remove-field', 'stage'], [option, apart, SENT, logged, elsewhere])
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toMatch(/useWebSocket\.ts:\d+:\d+: .* is one of its options/)
  })

  test('are taken apart in front of the rest', async () => {
    const ran = await runChange(
      ['chat', '--add-field', 'stage:str?'],
      [
        [CLIENT, '{ botId, chatId, replyToId } = options', '{ botId, ...rest } = options'],
        [
          CLIENT,
          'message, botId, chatId, replyToId }',
          'message, botId, chatId: rest.chatId, replyToId: rest.replyToId }',
        ],
      ],
    )
    expect(ran.exitCode).toBe(0)
    expect(ran.read(CLIENT)).toContain('const { botId, stage, ...rest } = options')
  })
})

test('what is next is told with the line that it is on when all is written', async () => {
  const relay = 'cachibot/services/callboard.py'
  const caller = 'async def remind(bot_id: str) -> None:\n    await announce(bot_id, "Curtain")\n'
  const warning = 'notice of %s: %s", bot_id, e)\n'
  const edits: readonly FixtureEdit[] = [[relay, warning, `notice: %s", e)\n\n\n${caller}`]]
  const added = ['--add-field', 'seconds_that_it_takes:float?', '--add-field', 'b:int?']
  const ran = await runChange(['scheduled_notification', ...added], edits)
  expect(ran.exitCode).toBe(0)
  const line =
    ran
      .read(relay)
      .split('\n')
      .findIndex((one) => one.includes('await announce(')) + 1
  expect(ran.stdout).toContain(`next: ${relay}:${line}: give \`seconds_that_it_takes\` where it is known`)
  expect(ran.stdout).toContain(`next: ${relay}:${line}: give \`b\` where it is known`)
})

describe('a field that goes', () => {
  test('goes with its parameter, the arguments of callers and the local that held it', async () => {
    const ran = await runChange(['rehearsal_update', '--remove-field', 'note'])
    expect(ran.exitCode).toBe(0)
    expect(ran.read(MODELS)).toContain(
      '        return cls(\n            type=WSMessageType.REHEARSAL_UPDATE,\n            payload={\n' +
        '                "rehearsalId": rehearsal_id,\n',
    )
    expect(ran.read('cachibot/services/rehearsal_board.py')).toContain(
      'playbill.get(rehearsal.play_id).cast,\n        )',
    )
    expect(ran.stdout).toContain('`_notify` takes `note`, which goes nowhere any more')
  })

  test.each([
    [['message', '--remove-field', 'replyToId'], `${HOOK}:52:`],
    [['script_delta', '--remove-field', 'text'], `${HOOK}:`],
    [['error', '--channel', 'main', '--remove-field', 'message'], 'mobile/lib/models/ws_message.dart:12:'],
  ])('%j is exit 3 where something reads it, with each place', async (args, place) => {
    const ran = await runChange(args)
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain(place)
  })

  test('stays where an argument does something', async () => {
    const ran = await runChange(['usage', '--remove-field', 'toolCalls'])
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain('`len(result.tools)` does something')
  })
})

test.each([
  ['--remove-field', 'filename'],
  ['--rename-field', 'filename:file_name'],
])('a test that makes the message says the field: %s', async (...flags) => {
  const cwd = copyFixture('cachibot')
  mkdirSync(join(cwd, 'tests'))
  writeFileSync(
    join(cwd, 'tests/test_status.py'),
    'from cachibot.models.websocket import WSMessage\n\n\ndef test_it() -> None:\n' +
      '    made = WSMessage.document_status("a", "b", "ready", filename="x")\n    assert made.payload["filename"] == "x"\n',
  )
  const ran = await cachibotWs(['change-event', 'document_status', ...flags], { cwd })
  expect(ran.exitCode).toBe(3)
  expect(ran.stderr).toContain('tests/test_status.py:5:57: `document_status` cannot be changed: a test says')
  expect(ran.stderr).toContain('tests/test_status.py:6:25: `document_status` cannot be changed: a test says')
})

describe('a field of a request that goes', () => {
  const UNREAD: FixtureEdit = [
    'cachibot/api/room_websocket.py',
    'payload.get("isTyping", False)',
    'bool(payload)',
  ]
  const HOOK = 'frontend/src/hooks/useRoomWebSocket.ts'
  const TYPING = ['room_typing', '--remove-field', 'isTyping']

  test('goes with the argument that callers of the client give, and with the parameter that handed it on', async () => {
    const ran = await runChange(TYPING, [UNREAD])
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
    expect(ran.read('frontend/src/api/room-websocket.ts')).toContain(
      "  sendTyping(): void {\n    this.send('room_typing')\n",
    )
    expect(ran.read(HOOK)).toContain(
      'const sendTyping = useCallback(() => {\n    clientRef.current?.sendTyping()\n',
    )
  })

  test.each([
    ['in parentheses of its own', 'sendTyping(isTyping)', 'sendTyping((isTyping))'],
    ['as what it is said to be', 'sendTyping(isTyping)', 'sendTyping(isTyping as boolean)'],
    ['in front of a comment with a parenthesis', 'sendTyping(isTyping)', 'sendTyping(isTyping /* (now) */)'],
    ['by a function without parentheses', 'useCallback((isTyping: boolean) =>', 'useCallback(isTyping =>'],
  ])('goes where it is given %s', async (_, from, to) => {
    const ran = await runChange(TYPING, [UNREAD, [HOOK, from, to]])
    expect([ran.exitCode, ran.stderr]).toEqual([0, ''])
    expect(ran.read(HOOK)).toContain(
      'const sendTyping = useCallback(() => {\n    clientRef.current?.sendTyping()\n',
    )
  })

  test.each([
    [
      'does something there',
      'sendTyping(isTyping)',
      'sendTyping(toggle())',
      '`toggle()` is given to it there',
    ],
    [
      'is given by the name of the callback',
      'return { isConnected, sendMessage, sendTyping }',
      'sendTyping(true)\n  return { isConnected, sendMessage, sendTyping }',
      '`true` is given to `sendTyping` there',
    ],
  ])('stays where what is given %s', async (_, from, to, what) => {
    const ran = await runChange(TYPING, [UNREAD, [HOOK, from, to]])
    expect([ran.exitCode, ran.changed]).toEqual([3, []])
    expect(ran.stderr).toContain(what)
  })
})

test('a field of a request whose name is no name in TypeScript is told by another', async () => {
  const ran = await runChange(['approval', '--add-field', 'class:str?'])
  expect(ran.exitCode).toBe(0)
  expect(ran.read('frontend/src/api/websocket.ts')).toContain(
    "sendApproval(id: string, approved: boolean, class_?: string): void {\n    this.send('approval', { id, approved, class: class_ })",
  )
  const options = await runChange(['chat', '--add-field', 'class:str?'])
  expect(options.read('frontend/src/api/websocket.ts')).toContain(
    'const { botId, chatId, replyToId, class: class_ } = options\n',
  )
})

describe('a field that is called otherwise', () => {
  test('is, in the factory, its callers, the type, the case and wherever its type leads', async () => {
    const ran = await runChange(['approval_needed', '--rename-field', 'action:deed'])
    expect(ran.exitCode).toBe(0)
    expect(ran.read('frontend/src/components/chat/ApprovalDialog.tsx')).toContain('approval.deed')
    expect(ran.read(TYPES)).toContain('  deed: string\n  details:')
    const json = JSON.parse(
      (
        await cachibotWs(['change-event', 'approval_needed', '--rename-field', 'deed:action', '--json'], {
          cwd: ran.cwd,
        })
      ).stdout,
    )
    expect(new Set(json.changes.map((one: { status: string }) => one.status))).toContain('changed')
    git(ran.cwd, 'init', '-q')
    expect(
      (
        await cachibotWs(['change-event', 'approval_needed', '--rename-field', 'deed:action'], {
          cwd: ran.cwd,
        })
      ).exitCode,
    ).toBe(0)
  })

  const NAMED: FixtureEdit = [
    TYPES,
    '// Tool call tracking',
    [
      "export type Name = DocumentStatusPayload['filename']",
      "export type Named = Pick<DocumentStatusPayload, 'documentId' | 'filename'>",
      "export const KEY: keyof DocumentStatusPayload = 'filename'",
      "export type Other = Pick<ToolCall, 'id'> & { filename: 'filename' }",
      '// Tool call tracking',
    ].join('\n'),
  ]

  test('is, where a type names it by a string, and nothing goes that one names', async () => {
    const ran = await runChange(['document_status', '--rename-field', 'filename:file_name'], [NAMED])
    expect(ran.exitCode).toBe(0)
    const types = ran.read(TYPES)
    expect(types).toContain("DocumentStatusPayload['fileName']")
    expect(types).toContain("Pick<DocumentStatusPayload, 'documentId' | 'fileName'>")
    expect(types).toContain("keyof DocumentStatusPayload = 'fileName'")
    expect(types).toContain("{ filename: 'filename' }")
    const refused = await runChange(['document_status', '--remove-field', 'filename'], [NAMED])
    expect([refused.exitCode, refused.changed]).toEqual([3, []])
    expect(refused.stderr).toContain("`'filename'` reads it")
  })

  test('is, where a type made of its own is read', async () => {
    const wider: FixtureEdit = [
      TYPES,
      '// Tool call tracking',
      [
        'export interface Wider extends DocumentStatusPayload {\n  more: string\n}',
        'export type Wide = Wider & { most: string }',
        "export const nameOf = (one: Wider): string => one.filename ?? ''",
        "export const calls = (one: Wide): string => one.filename ?? ''",
        '// Tool call tracking',
      ].join('\n\n'),
    ]
    const ran = await runChange(['document_status', '--rename-field', 'filename:file_name'], [wider])
    expect(ran.exitCode).toBe(0)
    expect(ran.read(TYPES).match(/one\.fileName/g)).toHaveLength(2)
    const refused = await runChange(['document_status', '--remove-field', 'filename'], [wider])
    expect([refused.exitCode, refused.changed]).toEqual([3, []])
  })

  test('by either spelling, and only where it is a field', async () => {
    expect((await runChange(['document_status', '--rename-field', 'line_count:lines'])).exitCode).toBe(0)
    const wrong = await runChange(['document_status', '--rename-field', 'line_cont:lines'])
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stderr).toContain('did you mean `lineCount`?')
    expect((await runChange(['documnt_status', '--rename-field', 'line_count:lines'])).stderr).toContain(
      'did you mean `document_status`?',
    )
  })
})

test('add-event with other fields names the command that changes them, and that does', async () => {
  const cwd = copyFixture('cachibot')
  const asked = await cachibotWs(
    [
      'add-event',
      'tool_end',
      '-f',
      'id:str',
      '-f',
      'result:any',
      '-f',
      'success:bool=true',
      '-f',
      'seconds:float?',
    ],
    { cwd },
  )
  expect(asked.exitCode).toBe(3)
  expect(asked.stderr).toContain(
    "cachibot-ws change-event tool_end --add-field 'seconds:float?' --channel main",
  )
  const made = await cachibotWs(
    ['change-event', 'tool_end', '--add-field', 'seconds:float?', '--channel', 'main'],
    { cwd },
  )
  expect(made.exitCode).toBe(0)
})

test('add-event with what is new alone names the command that adds it before the one that takes out the rest', async () => {
  const { stderr } = await cachibotWs(['add-event', 'tool_end', '-f', 'seconds:float?'], {
    cwd: copyFixture('cachibot'),
  })
  const [, first = ''] = /to change it: ([^;]*);/.exec(stderr) ?? []
  expect(first).toBe("cachibot-ws change-event tool_end --add-field 'seconds:float?' --channel main")
  expect(stderr).toContain('for these fields alone: cachibot-ws change-event tool_end --remove-field id')
})

test('a dry run prints what a run writes, and `git apply` takes it', async () => {
  const args = ['change-event', 'approval', '--add-field', 'comment:str?']
  const dry = copyFixture('cachibot')
  git(dry, 'init', '-q')
  const { stdout } = await cachibotWs([...args, '--dry-run'], { cwd: dry })
  writeFileSync(join(dry, 'change.diff'), stdout)
  git(dry, 'apply', 'change.diff')
  const real = copyFixture('cachibot')
  expect((await cachibotWs(args, { cwd: real })).exitCode).toBe(0)
  for (const [path, text] of snapshot(real))
    expect([path, readFileSync(join(dry, path), 'latin1')]).toEqual([path, text])
})

test('a description goes into docstrings and comments, and again changes nothing', async () => {
  const ran = await runChange([
    'thinking',
    '--channel',
    'main',
    '--description',
    'What the stage manager thinks.',
  ])
  expect(ran.exitCode).toBe(0)
  expect(ran.read(MODELS)).toContain('"""What the stage manager thinks."""')
  expect(ran.read(TYPES)).toContain('/** What the stage manager thinks. */\nexport interface ThinkingPayload')
  const before = snapshot(ran.cwd)
  await cachibotWs(
    ['change-event', 'thinking', '--channel', 'main', '--description', 'What the stage manager thinks.'],
    { cwd: ran.cwd },
  )
  expect(snapshot(ran.cwd)).toEqual(before)
})
