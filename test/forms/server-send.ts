import {
  API,
  drift,
  type Edit,
  type Form,
  formsOf,
  HOOK,
  INIT,
  MODELS,
  SCRIPTS,
  type Spot,
  TYPES,
} from './form.js'

const form = formsOf('server-send')

const THINKING = 'payload={"content": content}'
const DELTA = 'payload={"id": tool_call_id, "text": text}'
const TOOL_END = '            payload={"id": id, "result": result, "success": success},\n'
const APPROVAL = 'payload={"id": id, "tool": tool, "action": action, "details": details}'
const DONE =
  '        payload: dict[str, Any] = {}\n        if reply_to_id:\n            payload["replyToId"] = reply_to_id\n        return cls(type=WSMessageType.DONE, payload=payload)\n'
const SEND_THOUGHT = 'await manager.send(client_id, WSMessage.thinking(event.data))'
const SEND_DONE = 'await manager.send(client_id, WSMessage.done(reply_to_id=question_id))'
const USAGE =
  'payload={\n                "totalTokens": tokens,\n                "promptTokens": prompt_tokens,\n                "completionTokens": completion_tokens,\n                "elapsedMs": elapsed_ms,\n                "totalCost": cost,\n                "toolCalls": tool_calls,\n                "perModel": per_model or {},\n            }'
const TO_USAGE =
  'UsagePayload(\n                total_tokens=tokens,\n                prompt_tokens=prompt_tokens,\n                completion_tokens=completion_tokens,\n                elapsed_ms=elapsed_ms,\n                total_cost=cost,\n                tool_calls=tool_calls,\n                per_model=per_model or {},\n            )'
const THINKING_FACTORY =
  '    @classmethod\n    def thinking(cls, content: str) -> "WSMessage":\n        """The stage manager thinks aloud."""\n        return cls(type=WSMessageType.THINKING, payload={"content": content})\n'

/** The server's key of `thinking` renamed where it is made. */
function renamedThought(from: string, to: string): ReturnType<typeof drift> {
  return drift(
    'the server renames the key',
    ['field-never-sent', 'field-not-declared'],
    [
      [MODELS, to],
      [HOOK, 'addThought(payload.content)'],
    ],
    [MODELS, from, to],
  )
}

/** The factory of `done` written another way. */
function doneAs(...lines: string[]): Edit {
  return [MODELS, DONE, lines.map((line) => `        ${line}\n`).join('')]
}

/** A model of a payload that the package hands on, as it does all of them. */
function reexport(name: string): readonly Edit[] {
  return [
    [INIT, '    UsagePayload,\n    WSMessage,\n', `    ${name},\n    UsagePayload,\n    WSMessage,\n`],
    [INIT, '    "UsagePayload",\n', `    "${name}",\n    "UsagePayload",\n`],
  ]
}

/** A model between the enum and the envelope. */
function modelBefore(name: string, text: string): Edit {
  return [MODELS, `class ${name}(BaseModel):\n`, `${text}\n\nclass ${name}(BaseModel):\n`]
}

const NEVER_SENT = ['field-never-sent']
const CONTENT_READ = [
  [HOOK, 'addThought(payload.content)'],
  [TYPES, 'content: string'],
] as const
const REPLY_READ = [HOOK, 'as { replyToId?: string }'] as const

/** A key of `thinking` that has another name on the server, in a line of the file. */
const thoughtRenamed = (file: string, from: string, to: string, line = to) =>
  drift(
    'the key is renamed',
    [...NEVER_SENT, 'field-not-declared'],
    [[file, line], ...CONTENT_READ],
    [file, from, to],
  )

const thoughtNotSent = (name: string, ...edits: readonly Edit[]) => thoughtNotSentBy([], name, ...edits)

/** The same where a helper sends it. */
const thoughtNotSentBy = (helpers: readonly Spot[], name: string, ...edits: readonly Edit[]) =>
  drift(
    name,
    ['never-sent', 'helper-never-called'],
    [
      ...helpers,
      [MODELS, 'def thinking('],
      [MODELS, 'THINKING = "thinking"'],
      [MODELS, 'type=WSMessageType.THINKING'],
    ],
    ...edits,
  )

/** `replyToId` of `done` under another name, and as a key that the client takes for always there. */
const replyDrifts = (from: string, to: string, line = to) => [
  drift('the key is renamed', NEVER_SENT, [[MODELS, line], REPLY_READ], [MODELS, from, to]),
  drift(
    'a key that may be missing is taken for always there',
    ['field-sometimes-missing'],
    [
      [HOOK, 'as { replyToId: string }'],
      [MODELS, from],
    ],
    [HOOK, 'as { replyToId?: string }', 'as { replyToId: string }'],
  ),
]

export const SERVER_SEND: readonly Form[] = [
  form(
    'Model(…).model_dump()',
    [
      [
        MODELS,
        APPROVAL,
        'payload=ApprovalPayload(\n                id=id, tool=tool, action=action, details=details\n            ).model_dump()',
      ],
    ],
    [
      drift(
        'a field of the model is renamed',
        [...NEVER_SENT, 'field-not-declared'],
        [
          [MODELS, 'act: str'],
          [MODELS, 'act=action'],
          [TYPES, 'action: string'],
        ],
        [MODELS, '    action: str = Field(', '    act: str = Field('],
        [MODELS, 'action=action, details', 'act=action, details'],
      ),
      drift(
        'a field of the model is retyped',
        ['type-mismatch'],
        [
          [MODELS, 'action: int'],
          [TYPES, 'action: string'],
        ],
        [MODELS, '    action: str = Field(', '    action: int = Field('],
        [MODELS, 'action=action, details', 'action=len(action), details'],
      ),
    ],
  ),
  form(
    'Model(…).model_dump(by_alias=True) with aliases of its fields',
    [
      ...reexport('ScriptDeltaPayload'),
      modelBefore(
        'ErrorPayload',
        'class ScriptDeltaPayload(BaseModel):\n    """The next words of a script."""\n\n    tool_call_id: str = Field(serialization_alias="id")\n    text: str\n',
      ),
      [
        MODELS,
        DELTA,
        'payload=ScriptDeltaPayload(tool_call_id=tool_call_id, text=text).model_dump(by_alias=True)',
      ],
    ],
    [
      drift(
        'the alias is dropped',
        NEVER_SENT,
        [
          [MODELS, 'tool_call_id: str\n'.trim()],
          [MODELS, 'model_dump(by_alias=True)'],
          [HOOK, '{ id: string; text: string }'],
          [HOOK, 'appendScript(payload.id'],
        ],
        [MODELS, 'tool_call_id: str = Field(serialization_alias="id")', 'tool_call_id: str'],
      ),
      drift(
        'the alias is renamed',
        NEVER_SENT,
        [
          [MODELS, 'serialization_alias="callId"'],
          [MODELS, 'model_dump(by_alias=True)'],
          [HOOK, '{ id: string; text: string }'],
          [HOOK, 'appendScript(payload.id'],
        ],
        [MODELS, 'serialization_alias="id"', 'serialization_alias="callId"'],
      ),
    ],
  ),
  form(
    'Model(…).model_dump(by_alias=True) with an alias generator',
    [
      [
        MODELS,
        'from pydantic import BaseModel, Field\n',
        'from pydantic import BaseModel, ConfigDict, Field\nfrom pydantic.alias_generators import to_camel\n',
      ],
      [
        MODELS,
        '    """Payload for what an answer took."""\n',
        '    """Payload for what an answer took."""\n\n    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)\n',
      ],
      [MODELS, USAGE, `payload=${TO_USAGE}.model_dump(by_alias=True)`],
    ],
    [
      drift(
        'the aliases are forgotten',
        [...NEVER_SENT, 'wire-case-mismatch'],
        [
          [MODELS, ').model_dump()'],
          [MODELS, 'total_tokens: int'],
          [MODELS, 'total_tokens=tokens'],
          [TYPES, 'totalTokens: number'],
          [HOOK, 'payload.totalTokens'],
        ],
        [MODELS, '.model_dump(by_alias=True)', '.model_dump()'],
      ),
      drift(
        'a field of the model is renamed',
        [...NEVER_SENT, 'field-not-declared'],
        [
          [MODELS, 'tools_used: int'],
          [MODELS, 'tools_used=tool_calls'],
          [TYPES, 'toolCalls: number'],
        ],
        [MODELS, '    tool_calls: int = Field(', '    tools_used: int = Field('],
        [MODELS, 'tool_calls=tool_calls', 'tools_used=tool_calls'],
      ),
    ],
  ),
  form(
    'Model(…).model_dump(exclude_none=True)',
    [
      ...reexport('DonePayload'),
      modelBefore(
        'ErrorPayload',
        'class DonePayload(BaseModel):\n    """Payload for the end of an answer."""\n\n    reply_to_id: str | None = Field(default=None, alias="replyToId")\n',
      ),
      doneAs(
        'payload = DonePayload(replyToId=reply_to_id or None)',
        'return cls(',
        '    type=WSMessageType.DONE,',
        '    payload=payload.model_dump(by_alias=True, exclude_none=True),',
        ')',
      ),
    ],
    [
      drift(
        'what is None is sent',
        ['null-not-expected'],
        [
          [MODELS, 'model_dump(by_alias=True)'],
          [MODELS, 'reply_to_id: str | None = Field('],
          REPLY_READ,
          [HOOK, 'payload.replyToId'],
        ],
        [MODELS, 'by_alias=True, exclude_none=True', 'by_alias=True'],
      ),
      drift(
        'a key that may be missing is taken for always there',
        ['field-sometimes-missing'],
        [
          [HOOK, 'as { replyToId: string }'],
          [MODELS, 'alias="replyToId"'],
        ],
        [HOOK, 'as { replyToId?: string }', 'as { replyToId: string }'],
      ),
    ],
  ),
  form(
    'dict(id=…)',
    [[MODELS, DELTA, 'payload=dict(id=tool_call_id, text=text)']],
    [
      drift(
        'the key is renamed',
        NEVER_SENT,
        [
          [MODELS, 'words=text'],
          [HOOK, '{ id: string; text: string }'],
          [HOOK, 'appendScript('],
        ],
        [MODELS, 'dict(id=tool_call_id, text=text)', 'dict(id=tool_call_id, words=text)'],
      ),
      drift(
        'the value is of another type',
        ['type-mismatch'],
        [
          [MODELS, 'text: list[str]'],
          [MODELS, 'text=text'],
          [HOOK, '{ id: string; text: string }'],
        ],
        [MODELS, 'tool_call_id: str, text: str)', 'tool_call_id: str, text: list[str])'],
      ),
    ],
  ),
  form(
    '{**base, "k": v}',
    [
      [
        MODELS,
        `        return cls(\n            type=WSMessageType.TOOL_END,\n${TOOL_END}`,
        '        base = {"id": id, "success": success}\n        return cls(\n            type=WSMessageType.TOOL_END,\n            payload={**base, "result": result},\n',
      ],
    ],
    [
      drift(
        'a key of the base is renamed',
        [...NEVER_SENT, 'field-not-declared'],
        [
          [MODELS, '"ok": success'],
          [TYPES, 'success: boolean'],
          [HOOK, 'payload.success'],
        ],
        [MODELS, '"success": success', '"ok": success'],
      ),
      drift(
        'a key behind the base is renamed',
        [...NEVER_SENT, 'field-not-declared'],
        [
          [MODELS, '"outcome": result'],
          [TYPES, 'result: unknown'],
          [HOOK, 'payload.result'],
        ],
        [MODELS, '"result": result', '"outcome": result'],
      ),
    ],
  ),
  form(
    'base | {…}',
    [
      [
        MODELS,
        `        return cls(\n            type=WSMessageType.TOOL_END,\n${TOOL_END}`,
        '        base = {"id": id, "success": success}\n        return cls(\n            type=WSMessageType.TOOL_END,\n            payload=base | {"result": result},\n',
      ],
    ],
    [
      drift(
        'a key of the base is renamed',
        [...NEVER_SENT, 'field-not-declared'],
        [
          [MODELS, '"ok": success'],
          [TYPES, 'success: boolean'],
          [HOOK, 'payload.success'],
        ],
        [MODELS, '"success": success', '"ok": success'],
      ),
      drift(
        'the other half is lost',
        NEVER_SENT,
        [
          [MODELS, 'payload=base,'],
          [MODELS, 'type=WSMessageType.TOOL_END'],
          [MODELS, 'base = {'],
          [TYPES, 'result: unknown'],
          [HOOK, 'payload.result'],
        ],
        [MODELS, 'payload=base | {"result": result},', 'payload=base,'],
      ),
    ],
  ),
  form(
    '.update({…})',
    [
      doneAs(
        'payload: dict[str, Any] = {}',
        'if reply_to_id:',
        '    payload.update({"replyToId": reply_to_id})',
        'return cls(type=WSMessageType.DONE, payload=payload)',
      ),
    ],
    replyDrifts('"replyToId": reply_to_id})', '"replyTo": reply_to_id})'),
  ),
  form(
    '.update(k=v)',
    [
      doneAs(
        'payload: dict[str, Any] = {}',
        'if reply_to_id:',
        '    payload.update(replyToId=reply_to_id)',
        'return cls(type=WSMessageType.DONE, payload=payload)',
      ),
    ],
    replyDrifts('replyToId=reply_to_id)', 'replyTo=reply_to_id)'),
  ),
  form(
    '.setdefault(…)',
    [
      doneAs(
        'payload: dict[str, Any] = {}',
        'if reply_to_id:',
        '    payload.setdefault("replyToId", reply_to_id)',
        'return cls(type=WSMessageType.DONE, payload=payload)',
      ),
    ],
    replyDrifts('"replyToId", reply_to_id)', '"replyTo", reply_to_id)'),
  ),
  form(
    '**({…} if e else {})',
    [
      doneAs(
        'return cls(',
        '    type=WSMessageType.DONE,',
        '    payload={**({"replyToId": reply_to_id} if reply_to_id else {})},',
        ')',
      ),
    ],
    replyDrifts('{"replyToId": reply_to_id}', '{"replyTo": reply_to_id}'),
  ),
  form(
    'a ternary of two payloads',
    [
      doneAs(
        'payload = {"replyToId": reply_to_id} if reply_to_id else {}',
        'return cls(type=WSMessageType.DONE, payload=payload)',
      ),
    ],
    replyDrifts('{"replyToId": reply_to_id}', '{"replyTo": reply_to_id}'),
  ),
  form(
    'a comprehension that leaves out what is None',
    [
      doneAs(
        'fields = {"replyToId": reply_to_id}',
        'return cls(',
        '    type=WSMessageType.DONE,',
        '    payload={key: value for key, value in fields.items() if value},',
        ')',
      ),
    ],
    replyDrifts('{"replyToId": reply_to_id}', '{"replyTo": reply_to_id}'),
  ),
  form(
    'a comprehension over literal pairs',
    [
      [
        MODELS,
        DELTA,
        'payload={\n            key: value for key, value in (("id", tool_call_id), ("text", text))\n        }',
      ],
    ],
    [
      drift(
        'the key is renamed',
        NEVER_SENT,
        [
          [MODELS, '("words", text)'],
          [HOOK, '{ id: string; text: string }'],
          [HOOK, 'appendScript('],
        ],
        [MODELS, '("text", text)', '("words", text)'],
      ),
    ],
  ),
  form(
    'an f-string of constants',
    [
      [
        MODELS,
        'class ThinkingPayload(BaseModel):\n',
        'REPLY = "replyTo"\n\n\nclass ThinkingPayload(BaseModel):\n',
      ],
      doneAs(
        'payload: dict[str, Any] = {}',
        'if reply_to_id:',
        '    payload[f"{REPLY}Id"] = reply_to_id',
        'return cls(type=WSMessageType.DONE, payload=payload)',
      ),
    ],
    [
      drift(
        'the constant is renamed',
        NEVER_SENT,
        [
          [MODELS, 'REPLY = "answerTo"'],
          [MODELS, 'payload[f"{REPLY}Id"]'],
          REPLY_READ,
          [HOOK, 'payload.replyToId'],
        ],
        [MODELS, 'REPLY = "replyTo"', 'REPLY = "answerTo"'],
      ),
    ],
  ),
  form(
    'a key that is a constant',
    [
      [
        MODELS,
        'class ThinkingPayload(BaseModel):\n',
        'CONTENT_KEY = "content"\n\n\nclass ThinkingPayload(BaseModel):\n',
      ],
      [MODELS, THINKING, 'payload={CONTENT_KEY: content}'],
    ],
    [thoughtRenamed(MODELS, 'CONTENT_KEY = "content"', 'CONTENT_KEY = "text"')],
  ),
  form(
    'a @staticmethod factory',
    [
      [
        MODELS,
        THINKING_FACTORY,
        THINKING_FACTORY.replace('@classmethod', '@staticmethod')
          .replace('cls, ', '')
          .replace('return cls(', 'return WSMessage('),
      ],
    ],
    [
      thoughtRenamed(MODELS, THINKING, 'payload={"text": content}'),
      thoughtNotSent('the send is lost', [API, SEND_THOUGHT, 'logger.debug(event.data)']),
    ],
  ),
  form(
    'a factory of the module',
    [
      [MODELS, THINKING_FACTORY, ''],
      [
        MODELS,
        '            payload["note"] = note\n        return cls(type=WSMessageType.REHEARSAL_UPDATE, payload=payload)\n',
        '            payload["note"] = note\n        return cls(type=WSMessageType.REHEARSAL_UPDATE, payload=payload)\n\n\ndef thinking(content: str) -> WSMessage:\n    """The stage manager thinks aloud."""\n    return WSMessage(type=WSMessageType.THINKING, payload={"content": content})\n',
      ],
      [API, 'import WSMessage, WSMessageType', 'import WSMessage, WSMessageType, thinking'],
      [API, SEND_THOUGHT, 'await manager.send(client_id, thinking(event.data))'],
    ],
    [
      thoughtRenamed(MODELS, THINKING, 'payload={"text": content}'),
      thoughtNotSent('the send is lost', [
        API,
        'await manager.send(client_id, thinking(event.data))',
        'logger.debug(event.data)',
      ]),
    ],
  ),
  form(
    'an envelope put together by hand',
    [
      [
        API,
        SEND_THOUGHT,
        'await manager.send(\n                        client_id,\n                        WSMessage(type=WSMessageType.THINKING, payload={"content": event.data}),\n                    )',
      ],
    ],
    [
      thoughtRenamed(API, 'payload={"content": event.data}', 'payload={"text": event.data}'),
      drift(
        'the member is another one',
        ['never-sent'],
        [
          [MODELS, 'THINKING = "thinking"'],
          [MODELS, 'def thinking('],
          [MODELS, 'type=WSMessageType.THINKING'],
        ],
        [API, 'type=WSMessageType.THINKING', 'type=WSMessageType.DONE'],
      ),
    ],
    ['hand-built-envelope'],
  ),
  form(
    'an envelope put together by hand, of a wire name',
    [
      [
        API,
        SEND_THOUGHT,
        'await manager.send(\n                        client_id,\n                        WSMessage.model_validate(\n                            {"type": "thinking", "payload": {"content": event.data}}\n                        ),\n                    )',
      ],
    ],
    [thoughtRenamed(API, '"payload": {"content": event.data}', '"payload": {"text": event.data}')],
    ['hand-built-envelope'],
  ),
  form(
    'send_json of a dict with a known type',
    [
      [
        API,
        SEND_THOUGHT,
        'await manager.active_connections[client_id].send_json(\n                        {"type": "thinking", "payload": {"content": event.data}}\n                    )',
      ],
    ],
    [
      thoughtRenamed(API, '"payload": {"content": event.data}', '"payload": {"text": event.data}'),
      drift(
        'the type is misspelt',
        ['unknown-event', 'missing-case', 'missing-enum-member', 'never-sent'],
        [
          [API, '"type": "thoughts"'],
          [MODELS, 'def thinking('],
        ],
        [API, '"type": "thinking"', '"type": "thoughts"'],
      ),
    ],
    ['hand-built-envelope'],
  ),
  form(
    'send_json of a dict whose type is a member',
    [
      [
        API,
        SEND_THOUGHT,
        'await manager.active_connections[client_id].send_json(\n                        {"type": WSMessageType.THINKING.value, "payload": {"content": event.data}}\n                    )',
      ],
    ],
    [thoughtRenamed(API, '"payload": {"content": event.data}', '"payload": {"text": event.data}')],
    ['hand-built-envelope'],
  ),
  form(
    'send_json of an unknown type',
    [],
    [
      drift(
        'nobody knows the type',
        ['unknown-event', 'missing-case', 'missing-enum-member'],
        [[API, '"type": "pong"']],
        [
          API,
          '            msg_type = data.get("type")\n',
          '            msg_type = data.get("type")\n            await websocket.send_json({"type": "pong", "payload": {}})\n',
        ],
      ),
    ],
  ),
  form(
    'a message through a variable',
    [
      [
        API,
        SEND_THOUGHT,
        'thought = WSMessage.thinking(event.data)\n                    await manager.send(client_id, thought)',
      ],
    ],
    [
      thoughtNotSent('it is made and not sent', [
        API,
        'await manager.send(client_id, thought)',
        'logger.debug(thought)',
      ]),
      drift(
        'it is sent without its argument',
        ['parameter-never-passed', 'never-sent'],
        [
          [API, 'WSMessage.done()'],
          [MODELS, 'reply_to_id'],
          [MODELS, 'def done('],
          REPLY_READ,
          [HOOK, 'payload.replyToId'],
        ],
        [API, SEND_DONE, 'end = WSMessage.done()\n        await manager.send(client_id, end)'],
      ),
    ],
  ),
  form(
    'a message chosen by a ternary',
    [
      [
        API,
        SEND_THOUGHT,
        'message_of = (\n                        WSMessage.thinking(event.data) if event.data else WSMessage.error("No thought")\n                    )\n                    await manager.send(client_id, message_of)',
      ],
    ],
    [
      thoughtNotSent('it is made and not sent', [
        API,
        'await manager.send(client_id, message_of)',
        'logger.debug(message_of)',
      ]),
    ],
  ),
  form(
    'messages in a list',
    [
      [
        API,
        SEND_THOUGHT,
        'for one in [WSMessage.thinking(event.data)]:\n                        await manager.send(client_id, one)',
      ],
    ],
    [thoughtNotSent('they are not sent', [API, 'await manager.send(client_id, one)', 'logger.debug(one)'])],
  ),
  form(
    'a helper that returns the message',
    [
      [API, SEND_THOUGHT, 'await manager.send(client_id, _thought(event.data))'],
      [
        API,
        'async def _send_usage(',
        'def _thought(text: str) -> WSMessage:\n    return WSMessage.thinking(text)\n\n\nasync def _send_usage(',
      ],
    ],
    [
      thoughtNotSentBy([[API, 'def _thought(']], 'the helper is called by nobody', [
        API,
        'await manager.send(client_id, _thought(event.data))',
        'logger.debug(event.data)',
      ]),
      thoughtNotSent('what it returns is not sent', [
        API,
        'await manager.send(client_id, _thought(event.data))',
        'logger.debug(_thought(event.data))',
      ]),
    ],
  ),
  form(
    'a helper that takes the message',
    [
      [API, SEND_THOUGHT, 'await _tell(client_id, WSMessage.thinking(event.data))'],
      [
        API,
        'async def _send_usage(',
        'async def _tell(client_id: str, message: WSMessage) -> None:\n    await manager.send(client_id, message)\n\n\nasync def _send_usage(',
      ],
    ],
    [
      thoughtNotSent('the helper does not send', [
        API,
        '-> None:\n    await manager.send(client_id, message)\n',
        '-> None:\n    logger.debug("%s: %s", client_id, message)\n',
      ]),
      thoughtRenamed(MODELS, THINKING, 'payload={"text": content}'),
    ],
  ),
  form(
    'a helper that takes the name of the factory',
    [
      [API, SEND_THOUGHT, 'await _tell(client_id, WSMessage.thinking, event.data)'],
      [API, 'import logging\n', 'import logging\nfrom collections.abc import Callable\n'],
      [
        API,
        'async def _send_usage(',
        'async def _tell(client_id: str, make: Callable[[str], WSMessage], text: str) -> None:\n    await manager.send(client_id, make(text))\n\n\nasync def _send_usage(',
      ],
    ],
    [
      thoughtNotSent('the send is lost', [
        API,
        'await _tell(client_id, WSMessage.thinking, event.data)',
        'logger.debug(event.data)',
      ]),
    ],
  ),
  form(
    'messages through a queue',
    [
      [
        API,
        '    answer_id = str(uuid.uuid4())\n',
        '    answer_id = str(uuid.uuid4())\n    outbox: asyncio.Queue[WSMessage] = asyncio.Queue()\n    writer = asyncio.create_task(_write(client_id, outbox))\n',
      ],
      [API, SEND_THOUGHT, 'await outbox.put(WSMessage.thinking(event.data))'],
      [API, SEND_DONE, `${SEND_DONE}\n        writer.cancel()`],
      [
        API,
        'async def _send_usage(',
        'async def _write(client_id: str, outbox: asyncio.Queue[WSMessage]) -> None:\n    while True:\n        await manager.send(client_id, await outbox.get())\n\n\nasync def _send_usage(',
      ],
    ],
    [
      thoughtNotSent('nothing is put into the queue', [
        API,
        'await outbox.put(WSMessage.thinking(event.data))',
        'logger.debug(event.data)',
      ]),
      thoughtNotSent('the writer sends nothing', [
        API,
        'await manager.send(client_id, await outbox.get())',
        'logger.debug("%s: %s", client_id, await outbox.get())',
      ]),
    ],
  ),
  form(
    'messages of a generator',
    [
      [API, 'import logging\n', 'import logging\nfrom collections.abc import Iterator\n'],
      [
        API,
        SEND_THOUGHT,
        'for one in _thoughts(event.data):\n                        await manager.send(client_id, one)',
      ],
      [
        API,
        'async def _send_usage(',
        'def _thoughts(text: str) -> Iterator[WSMessage]:\n    for line in text.splitlines():\n        yield WSMessage.thinking(line)\n\n\nasync def _send_usage(',
      ],
    ],
    [
      thoughtNotSentBy([[API, 'def _thoughts(']], 'the generator is not iterated', [
        API,
        'for one in _thoughts(event.data):\n                        await manager.send(client_id, one)',
        'logger.debug(event.data)',
      ]),
      thoughtNotSent('what it yields is not sent', [
        API,
        'await manager.send(client_id, one)',
        'logger.debug(one)',
      ]),
    ],
  ),
  form(
    'getattr(WSMessage, "thinking")',
    [[API, SEND_THOUGHT, 'await manager.send(client_id, getattr(WSMessage, "thinking")(event.data))']],
    [
      drift(
        'the name is of no factory',
        ['missing-factory', 'never-sent'],
        [[API, 'getattr(WSMessage, "thoughts")']],
        [API, 'getattr(WSMessage, "thinking")', 'getattr(WSMessage, "thoughts")'],
      ),
      thoughtRenamed(MODELS, THINKING, 'payload={"text": content}'),
    ],
  ),
  form(
    'a factory behind another name',
    [
      [
        API,
        SEND_THOUGHT,
        'think = WSMessage.thinking\n                    await manager.send(client_id, think(event.data))',
      ],
    ],
    [
      thoughtNotSent('it is not called', [
        API,
        'await manager.send(client_id, think(event.data))',
        'logger.debug("%s", think)',
      ]),
    ],
  ),
  form(
    'a factory that another factory calls',
    [
      [
        MODELS,
        THINKING_FACTORY,
        `${THINKING_FACTORY}\n    @classmethod\n    def mutter(cls, content: str) -> "WSMessage":\n        return cls.thinking(f"{content}…")\n`,
      ],
      [API, SEND_THOUGHT, 'await manager.send(client_id, WSMessage.mutter(event.data))'],
    ],
    [
      thoughtNotSent('a factory that nobody calls sends nothing', [
        API,
        'await manager.send(client_id, WSMessage.mutter(event.data))',
        'logger.debug(event.data)',
      ]),
      thoughtRenamed(MODELS, THINKING, 'payload={"text": content}'),
    ],
  ),
  form(
    'a value that arrives through a helper',
    [
      [SCRIPTS, '        status: Literal["processing", "ready", "failed"],\n', '        status: str,\n'],
      [SCRIPTS, 'from typing import Literal\n', ''],
      [MODELS, '        status: Literal["processing", "ready", "failed"],\n', '        status: str,\n'],
    ],
    [
      drift(
        'a call gives another value',
        ['literals-differ'],
        [
          [SCRIPTS, '"done"'],
          [TYPES, "status: 'processing'"],
        ],
        [SCRIPTS, 'document_id, "ready"', 'document_id, "done"'],
      ),
      drift(
        'a call gives one of two values',
        ['literals-differ'],
        [
          [SCRIPTS, '"done"'],
          [TYPES, "status: 'processing'"],
        ],
        [SCRIPTS, 'document_id, "ready"', 'document_id, "ready" if lines else "done"'],
      ),
    ],
  ),
  form(
    'a message whose type is logged',
    [],
    [
      ...[
        ['the message is made and only logged', 'logger.debug(msg.type)'],
        ['the message is made and its type printed', 'logger.debug("made %s", msg.type.value)'],
      ].map(([name = '', log = '']) =>
        drift(
          name,
          ['never-sent'],
          [
            [API, 'event.data)'],
            [MODELS, 'THINKING = "thinking"'],
            [MODELS, 'def thinking(cls'],
            [HOOK, "case 'thinking'"],
          ],
          [
            API,
            `                    ${SEND_THOUGHT}\n`,
            `                    msg = WSMessage.thinking(event.data)\n                    ${log}\n`,
          ],
        ),
      ),
    ],
  ),
  form(
    'a message that is validated',
    [
      [
        MODELS,
        THINKING_FACTORY,
        THINKING_FACTORY.replace(
          'cls(type=WSMessageType.THINKING, payload={"content": content})',
          'cls.model_validate(\n            {"type": WSMessageType.THINKING, "payload": {"content": content}}\n        )',
        ),
      ],
    ],
    [
      drift(
        'the server renames the key',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, '"payload": {"text": content}'],
          [HOOK, 'addThought(payload.content)'],
        ],
        [MODELS, '"payload": {"content": content}', '"payload": {"text": content}'],
      ),
      drift(
        'the send is lost',
        ['never-sent'],
        [
          [MODELS, 'THINKING = "thinking"'],
          [MODELS, 'def thinking(cls'],
          [HOOK, "case 'thinking'"],
        ],
        [API, SEND_THOUGHT, 'logger.debug("thought")'],
      ),
    ],
  ),
  form(
    'a method of a dataclass',
    [
      [
        MODELS,
        'from typing import Any, Literal\n',
        'from dataclasses import dataclass\nfrom typing import Any, Literal\n',
      ],
      [
        MODELS,
        'class WSMessage(BaseModel):\n',
        `@dataclass
class Thought:
    """A thought on its way."""

    content: str

    def to_wire(self) -> dict[str, Any]:
        return {"content": self.content}


class WSMessage(BaseModel):
`,
      ],
      [MODELS, THINKING, 'payload=Thought(content=content).to_wire()'],
    ],
    [renamedThought('"content": self.content', '"text": self.content')],
  ),
  form(
    'a dump in the base of a model',
    [
      [
        MODELS,
        'from pydantic import BaseModel, Field\n',
        'from pydantic import BaseModel, ConfigDict, Field\nfrom pydantic.alias_generators import to_camel\n',
      ],
      [
        MODELS,
        'class WSMessage(BaseModel):\n',
        `class Wire(BaseModel):
    """Base of payloads that know their names."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    def to_wire(self) -> dict[str, Any]:
        return self.model_dump(by_alias=True)


class DeltaPayload(Wire):
    """Payload of a piece of a script."""

    id: str
    text: str


class WSMessage(BaseModel):
`,
      ],
      [MODELS, DELTA, 'payload=DeltaPayload(id=tool_call_id, text=text).to_wire()'],
      [INIT, 'ApprovalPayload,\n', 'ApprovalPayload,\n    DeltaPayload,\n', 'every'],
    ],
    [
      drift(
        'a field is renamed',
        ['field-never-sent', 'field-not-declared'],
        [
          [MODELS, 'words: str'],
          [HOOK, 'as { id: string; text: string }'],
          [HOOK, 'payload.text)'],
        ],
        [MODELS, '    text: str\n\n\nclass WSMessage', '    words: str\n\n\nclass WSMessage'],
        [MODELS, 'DeltaPayload(id=tool_call_id, text=text)', 'DeltaPayload(id=tool_call_id, words=text)'],
      ),
    ],
  ),
  form(
    'keywords of a helper',
    [
      [
        MODELS,
        THINKING_FACTORY,
        `    @classmethod
    def _of(cls, kind: WSMessageType, /, **payload: Any) -> "WSMessage":
        return cls(type=kind, payload=payload)

    @classmethod
    def thinking(cls, content: str) -> "WSMessage":
        """The stage manager thinks aloud."""
        return cls._of(WSMessageType.THINKING, content=content)
`,
      ],
    ],
    [renamedThought('THINKING, content=content)', 'THINKING, text=content)')],
  ),
  form(
    'factories in a base of the envelope',
    [
      [MODELS, THINKING_FACTORY, ''],
      [
        MODELS,
        'class WSMessage(BaseModel):\n',
        `class ThoughtFactories:
    """Factories of thoughts."""

${THINKING_FACTORY}

class WSMessage(ThoughtFactories, BaseModel):
`,
      ],
    ],
    [renamedThought('payload={"content": content}', 'payload={"text": content}')],
  ),
  form(
    'a manager that a function gives',
    [],
    [
      drift(
        'a send is not awaited',
        ['send-not-awaited'],
        [[SCRIPTS, 'WSMessage.document_status(']],
        [SCRIPTS, 'await ws.broadcast(', 'ws.broadcast('],
      ),
    ],
  ),
  form(
    'a function that a decorator runs beside what goes on',
    [
      [
        API,
        '@router.websocket("/ws")\n',
        `def in_background(function: Any) -> Any:
    """Run a coroutine beside what goes on."""

    def start(*args: Any) -> None:
        asyncio.ensure_future(function(*args))

    return start


@in_background
async def show(client_id: str, message: WSMessage) -> None:
    """Send, and wait for nothing."""
    await manager.send(client_id, message)


@router.websocket("/ws")
`,
      ],
      [API, SEND_THOUGHT, 'show(client_id, WSMessage.thinking(event.data))'],
    ],
    [
      renamedThought(THINKING, 'payload={"text": content}'),
      drift(
        'nothing runs it any more',
        ['send-not-awaited'],
        [[API, 'show(client_id, WSMessage.thinking(']],
        [API, '@in_background\n', ''],
      ),
    ],
  ),
]
