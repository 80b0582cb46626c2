import {
  API,
  CLIENT,
  type Drift,
  drift,
  type Edit,
  type Form,
  formsOf,
  HOOK,
  MODELS,
  type Spot,
} from './form.js'

const form = formsOf('server-read')

const READS =
  '                approval_id = payload.get("id", "")\n                approved = payload.get("approved", False)\n'
const ANSWER = `
                answer = manager.pending_approvals.get(approval_id)
                if answer and not answer.done():
                    answer.set_result(approved)
`
const CHAT = '            if msg_type == WSMessageType.CHAT:\n'
const CANCEL = '            elif msg_type == WSMessageType.CANCEL:\n'
const CANCEL_BODY =
  '                if current_task and not current_task.done():\n                    current_task.cancel()\n'
const APPROVAL = '            elif msg_type == WSMessageType.APPROVAL:\n'
const ENDPOINT = '@router.websocket("/ws")\n'
const CLIENT_SEND = "this.send('approval', { id, approved })"
const SENT: Spot = [CLIENT, "this.send('approval'"]
const METHOD: Spot = [CLIENT, 'sendApproval(id: string, approved: boolean)']

/** The server reads another key of `approval`. */
const serverRenames = (from: string, to: string, line = to) =>
  drift(
    'the server reads another key',
    ['request-field-never-sent', 'field-never-read'],
    [[API, line], SENT],
    [API, from, to],
  )

/** The client sends another key. */
const clientRenames = (line: string, ...more: readonly Edit[]) =>
  drift(
    'the client renames the key',
    ['request-field-never-sent', 'field-never-read'],
    [
      [CLIENT, 'isApproved: approved'],
      [API, line],
    ],
    [CLIENT, CLIENT_SEND, "this.send('approval', { id, isApproved: approved })"],
    ...more,
  )

/** The client sends a key too few. */
const clientDrops = (line: string) =>
  drift(
    'the client drops the key',
    ['request-field-never-sent'],
    [
      [API, line],
      [CLIENT, "this.send('approval', { id })"],
    ],
    [CLIENT, CLIENT_SEND, "this.send('approval', { id })"],
  )

/** The client sends a value of another type. */
const clientRetypes = (line: string) =>
  drift(
    'the client sends another type',
    ['type-mismatch'],
    [
      [CLIENT, 'approved: string'],
      [CLIENT, "this.send('approval'"],
      [API, line],
    ],
    [CLIENT, 'sendApproval(id: string, approved: boolean)', 'sendApproval(id: string, approved: string)'],
    [HOOK, '(id: string, approved: boolean)', '(id: string, approved: string)'],
  )

/** The branch is of another name. */
const branchLost = (name: string, line: Spot, ...edits: readonly Edit[]) =>
  drift(
    name,
    ['missing-handler-branch'],
    [line, SENT, METHOD, [MODELS, 'APPROVAL = "approval"'], [API, '"type"']],
    ...edits,
  )

/** The model of an answer, between the manager and the endpoint. */
const MODEL = `class Answer(BaseModel):
    """What the client says to an approval request."""

    id: str
    approved: bool = False


`
const WITH_PYDANTIC: Edit = [
  API,
  'from fastapi import APIRouter, Query, WebSocket, WebSocketDisconnect\n',
  'from fastapi import APIRouter, Query, WebSocket, WebSocketDisconnect\nfrom pydantic import BaseModel\n',
]
const ANSWERED = ANSWER.replace('approval_id', 'given.id').replace('(approved)', '(given.approved)')

/** What a reader raises on ends the connection. */
const raising = (...args: Parameters<typeof drift>): Drift => ({ ...drift(...args), severity: 'error' })

/** A reader that raises on what it cannot read. */
const modelForm = (name: string, call: string, edits: readonly Edit[] = []) =>
  form(
    name,
    [
      WITH_PYDANTIC,
      [API, ENDPOINT, `${MODEL}${ENDPOINT}`],
      [API, READS + ANSWER, `                given = ${call}\n${ANSWERED}`],
      ...edits,
    ],
    [
      raising(
        'a required field is not sent',
        ['request-field-never-sent'],
        [[API, 'reason: str'], [API, call], SENT],
        [API, '    approved: bool = False\n', '    approved: bool = False\n    reason: str\n'],
      ),
      raising(
        'the client renames a required key',
        ['request-field-never-sent', 'field-never-read'],
        [
          [CLIENT, 'approvalId: id'],
          [API, '    id: str'],
          [API, call],
        ],
        [CLIENT, CLIENT_SEND, "this.send('approval', { approvalId: id, approved })"],
      ),
      raising(
        'a field has another type',
        ['type-mismatch'],
        [[API, '    id: int'], [API, call], SENT, [CLIENT, 'sendApproval(id: string']],
        [API, '    id: str\n    approved', '    id: int\n    approved'],
      ),
      clientDrops('    approved: bool = False'),
    ],
  )

const HANDLER = `async def _answer(payload: dict[str, Any]) -> None:
    """Pass on what the client says to an approval request."""
    answer = manager.pending_approvals.get(payload.get("id", ""))
    if answer and not answer.done():
        answer.set_result(payload.get("approved", False))


`

export const SERVER_READ: readonly Form[] = [
  form(
    'p = payload',
    [
      [
        API,
        READS,
        '                p = payload\n                approval_id = p.get("id", "")\n                approved = p.get("approved", False)\n',
      ],
    ],
    [
      serverRenames('p.get("id", "")', 'p.get("approvalId", "")'),
      clientRenames('p.get("approved", False)'),
      clientDrops('p.get("approved", False)'),
      clientRetypes('p.get("approved", False)'),
    ],
  ),
  form(
    'data["payload"]["k"]',
    [
      [
        API,
        READS,
        '                approval_id = data["payload"]["id"]\n                approved = data["payload"].get("approved", False)\n',
      ],
    ],
    [
      serverRenames('data["payload"]["id"]', 'data["payload"]["approvalId"]'),
      clientRenames('data["payload"].get("approved"'),
      clientDrops('data["payload"].get("approved"'),
    ],
  ),
  form(
    'data.get("payload", {}).get("k")',
    [
      [
        API,
        READS,
        '                approval_id = data.get("payload", {}).get("id", "")\n                approved = data.get("payload", {}).get("approved", False)\n',
      ],
    ],
    [
      serverRenames('.get("payload", {}).get("id", "")', '.get("payload", {}).get("approvalId", "")'),
      clientRenames('.get("approved", False)'),
    ],
  ),
  form(
    'payload["k"]',
    [
      [
        API,
        READS,
        '                approval_id = payload["id"]\n                approved = payload["approved"]\n',
      ],
    ],
    [
      serverRenames('payload["id"]', 'payload["approvalId"]'),
      clientRenames('payload["approved"]'),
      clientDrops('payload["approved"]'),
      drift(
        'what may be missing is taken for always there',
        ['field-sometimes-missing'],
        [[API, 'payload["approved"]'], SENT, [CLIENT, 'approved?: boolean']],
        [
          CLIENT,
          'sendApproval(id: string, approved: boolean)',
          'sendApproval(id: string, approved?: boolean)',
        ],
      ),
    ],
  ),
  form(
    'a read of a key that is a constant',
    [
      [API, 'APPROVAL_TIMEOUT = 300.0\n', 'APPROVAL_TIMEOUT = 300.0\nAPPROVED = "approved"\n'],
      [API, 'payload.get("approved", False)', 'payload.get(APPROVED, False)'],
    ],
    [
      drift(
        'the constant is renamed',
        ['request-field-never-sent'],
        [[API, 'APPROVED = "isApproved"'], [API, 'payload.get(APPROVED'], SENT],
        [API, 'APPROVED = "approved"', 'APPROVED = "isApproved"'],
      ),
      clientDrops('payload.get(APPROVED'),
    ],
  ),
  form(
    'a walrus',
    [
      [
        API,
        READS + ANSWER,
        `                if approval_id := payload.get("id"):
                    answer = manager.pending_approvals.get(approval_id)
                    if answer and not answer.done():
                        answer.set_result(payload.get("approved", False))
`,
      ],
    ],
    [
      serverRenames('approval_id := payload.get("id")', 'approval_id := payload.get("approvalId")'),
      clientRenames('payload.get("approved", False)'),
    ],
  ),
  form(
    'a walrus of the payload',
    [
      [
        API,
        APPROVAL + READS + ANSWER,
        `            elif msg_type == WSMessageType.APPROVAL and (given := data.get("payload")):
                answer = manager.pending_approvals.get(given.get("id", ""))
                if answer and not answer.done():
                    answer.set_result(given.get("approved", False))
`,
      ],
    ],
    [
      serverRenames('given.get("id", "")', 'given.get("approvalId", "")'),
      clientRenames('given.get("approved", False)'),
      clientDrops('given.get("approved", False)'),
    ],
  ),
  form(
    'a TypedDict',
    [
      [API, 'from typing import Any\n', 'from typing import Any, TypedDict\n'],
      [
        API,
        ENDPOINT,
        `class Answer(TypedDict):\n    """What the client says to an approval request."""\n\n    id: str\n    approved: bool\n\n\n${ENDPOINT}`,
      ],
      [
        API,
        READS,
        '                given: Answer = payload\n                approval_id = given["id"]\n                approved = given["approved"]\n',
      ],
    ],
    [
      drift(
        'a key is renamed',
        ['request-field-never-sent'],
        [[API, 'approvalId: str'], [API, 'given["approvalId"]'], SENT],
        [API, '    id: str\n    approved: bool', '    approvalId: str\n    approved: bool'],
        [API, 'given["id"]', 'given["approvalId"]'],
      ),
      drift(
        'a key has another type',
        ['type-mismatch'],
        [[API, '    id: int'], [API, 'given["id"]'], SENT, [CLIENT, 'sendApproval(id: string']],
        [API, '    id: str\n    approved: bool', '    id: int\n    approved: bool'],
      ),
      clientRenames('given["approved"]'),
      clientDrops('given["approved"]'),
    ],
  ),
  form(
    'the payload handed to a function',
    [
      [API, READS + ANSWER, '                await _answer(payload)\n'],
      [API, ENDPOINT, HANDLER + ENDPOINT],
    ],
    [
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      clientRenames('payload.get("approved", False)'),
      clientDrops('payload.get("approved", False)'),
    ],
  ),
  form(
    'the message handed to a function',
    [
      [API, READS + ANSWER, '                await _answer(data)\n'],
      [
        API,
        ENDPOINT,
        HANDLER.replace('(payload: dict[str, Any]) -> None:\n', '(data: dict[str, Any]) -> None:\n').replace(
          'request."""\n',
          'request."""\n    payload = data.get("payload", {})\n',
        ) + ENDPOINT,
      ],
    ],
    [
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      clientRenames('payload.get("approved", False)'),
    ],
  ),
  form(
    'keyword arguments of the payload',
    [
      [API, READS + ANSWER, '                await _answer(**payload)\n'],
      [
        API,
        ENDPOINT,
        `async def _answer(id: str, approved: bool = False) -> None:\n    """Pass on what the client says to an approval request."""\n    answer = manager.pending_approvals.get(id)\n    if answer and not answer.done():\n        answer.set_result(approved)\n\n\n${ENDPOINT}`,
      ],
    ],
    [
      drift(
        'a parameter is renamed',
        ['request-field-never-sent'],
        [[API, 'approval_id: str, approved'], [API, '_answer(**payload)'], SENT],
        [API, '_answer(id: str, approved', '_answer(approval_id: str, approved'],
        [API, 'pending_approvals.get(id)', 'pending_approvals.get(approval_id)'],
      ),
      clientRenames('_answer(**payload)'),
      clientDrops('approved: bool = False'),
    ],
  ),
  form(
    'a dispatch dict',
    [
      [
        API,
        APPROVAL + READS + ANSWER,
        '            elif handle := HANDLERS.get(msg_type):\n                await handle(payload)\n',
      ],
      [API, ENDPOINT, `${HANDLER}HANDLERS = {WSMessageType.APPROVAL: _answer}\n\n\n${ENDPOINT}`],
    ],
    [
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      clientRenames('payload.get("approved", False)'),
      clientDrops('payload.get("approved", False)'),
      branchLost(
        'the entry is lost',
        [API, 'HANDLERS = {}'],
        [API, 'HANDLERS = {WSMessageType.APPROVAL: _answer}', 'HANDLERS = {}'],
      ),
    ],
  ),
  form(
    'match',
    [
      [API, CHAT, '            match msg_type:\n              case WSMessageType.CHAT:\n'],
      [API, CANCEL, '              case WSMessageType.CANCEL:\n'],
      [API, APPROVAL, '              case WSMessageType.APPROVAL:\n'],
    ],
    [
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      clientRenames('payload.get("approved", False)'),
      clientDrops('payload.get("approved", False)'),
      branchLost(
        'the branch is lost',
        [API, 'match msg_type'],
        [API, `              case WSMessageType.APPROVAL:\n${READS}${ANSWER}`, ''],
      ),
    ],
  ),
  form(
    'match with names of the wire and a guard',
    [
      [API, CHAT, '            match msg_type:\n              case "chat":\n'],
      [API, CANCEL, '              case "cancel" if current_task:\n'],
      [API, APPROVAL, '              case "approval":\n'],
    ],
    [
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      branchLost(
        'the branch is misspelt',
        [API, 'case "approve"'],
        [API, 'case "approval"', 'case "approve"'],
      ),
    ],
  ),
  form(
    'several `if`s',
    [
      [API, CANCEL, CANCEL.replace('elif', 'if')],
      [API, APPROVAL, APPROVAL.replace('elif', 'if')],
    ],
    [
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      clientRenames('payload.get("approved", False)'),
      branchLost(
        'the branch is lost',
        [API, 'if msg_type == WSMessageType.CHAT'],
        [API, APPROVAL.replace('elif', 'if') + READS + ANSWER, ''],
      ),
    ],
  ),
  form(
    'a function of the handler that reads the payload around it',
    [
      [
        API,
        '            if msg_type == WSMessageType.CHAT:',
        '            def flag(key: str) -> bool:\n                return bool(payload.get(key, False))\n\n            if msg_type == WSMessageType.CHAT:',
      ],
      [API, 'approved = payload.get("approved", False)', 'approved = flag("approved")'],
    ],
    [
      drift(
        'the server reads another key',
        ['request-field-never-sent'],
        [
          [API, 'return bool(payload.get(key, False))'],
          [API, 'flag("isApproved")'],
          [CLIENT, "this.send('approval'"],
        ],
        [API, 'flag("approved")', 'flag("isApproved")'],
      ),
    ],
  ),
  form(
    '`if`s that go on with the next message',
    [
      [API, CANCEL + CANCEL_BODY, `${CANCEL.replace('elif', 'if') + CANCEL_BODY}                continue\n`],
      [
        API,
        APPROVAL + READS,
        '            if msg_type != WSMessageType.APPROVAL:\n                continue\n\n            approval_id = payload.get("id", "")\n            approved = payload.get("approved", False)\n',
      ],
      [
        API,
        ANSWER,
        '\n            answer = manager.pending_approvals.get(approval_id)\n            if answer and not answer.done():\n                answer.set_result(approved)\n',
      ],
    ],
    [
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      clientRenames('payload.get("approved", False)'),
    ],
  ),
  form(
    'a branch of several members',
    [[API, CANCEL, '            elif msg_type in (WSMessageType.CANCEL,):\n']],
    [
      drift(
        'the member is dropped',
        ['missing-handler-branch'],
        [
          [API, 'elif msg_type in ()'],
          [API, 'msg_type = data'],
          [CLIENT, "this.send('cancel')"],
          [CLIENT, 'sendCancel(): void'],
        ],
        [API, 'in (WSMessageType.CANCEL,)', 'in ()'],
      ),
    ],
  ),
  modelForm('Model(**payload)', 'Answer(**payload)'),
  modelForm('Model.model_validate(payload)', 'Answer.model_validate(payload)'),
  modelForm('Model.model_validate(data["payload"])', 'Answer.model_validate(data["payload"])'),
  modelForm('TypeAdapter(Model).validate_python(payload)', 'TypeAdapter(Answer).validate_python(payload)', [
    [API, 'from pydantic import BaseModel\n', 'from pydantic import BaseModel, TypeAdapter\n'],
  ]),
  form(
    'a model with aliases',
    [
      WITH_PYDANTIC,
      [API, 'from pydantic import BaseModel\n', 'from pydantic import BaseModel, Field\n'],
      [
        API,
        ENDPOINT,
        `class ChatRequest(BaseModel):\n    """What somebody says to the stage manager."""\n\n    message: str = ""\n    bot_id: str = Field(default="", alias="botId")\n    chat_id: str | None = Field(default=None, alias="chatId")\n    reply_to_id: str | None = Field(default=None, alias="replyToId")\n\n\n${ENDPOINT}`,
      ],
      [
        API,
        '                message = payload.get("message", "")\n                bot_id = payload.get("botId", "")\n                chat_id = payload.get("chatId")\n                reply_to_id = payload.get("replyToId")\n',
        '                request = ChatRequest(**payload)\n                message, bot_id = request.message, request.bot_id\n                chat_id, reply_to_id = request.chat_id, request.reply_to_id\n',
      ],
    ],
    [
      drift(
        'an alias is dropped',
        ['request-field-never-sent', 'wire-case-mismatch', 'field-never-read'],
        [
          [API, 'bot_id: str = ""'],
          [API, 'ChatRequest(**payload)'],
          [CLIENT, "this.send('chat'"],
        ],
        [API, 'bot_id: str = Field(default="", alias="botId")', 'bot_id: str = ""'],
      ),
      drift(
        'the client renames a key',
        ['request-field-never-sent', 'field-never-read'],
        [
          [CLIENT, 'bot: botId'],
          [API, 'alias="botId"'],
          [API, 'ChatRequest(**payload)'],
        ],
        [CLIENT, "this.send('chat', { message, botId,", "this.send('chat', { message, bot: botId,"],
      ),
    ],
  ),
  form(
    'a name of the wire',
    [[API, APPROVAL, '            elif msg_type == "approval":\n']],
    [
      branchLost(
        'it is misspelt',
        [API, 'msg_type == "approve"'],
        [API, 'msg_type == "approval"', 'msg_type == "approve"'],
      ),
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      clientRenames('payload.get("approved", False)'),
    ],
  ),
  form(
    'a name of the wire on the left',
    [[API, APPROVAL, '            elif "approval" == data["type"]:\n']],
    [
      branchLost('it is misspelt', [API, '"approve" =='], [API, '"approval" ==', '"approve" ==']),
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
    ],
  ),
  form(
    'an alias of the enum',
    [
      [API, 'APPROVAL_TIMEOUT = 300.0\n', 'APPROVAL_TIMEOUT = 300.0\n\nT = WSMessageType\n'],
      [API, APPROVAL, '            elif msg_type == T.APPROVAL:\n'],
    ],
    [
      drift(
        'the member is not there',
        ['missing-enum-member', 'missing-handler-branch'],
        [[API, 'T.APPROVE:'], SENT, METHOD],
        [API, 'T.APPROVAL:', 'T.APPROVE:'],
      ),
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
    ],
  ),
  form(
    'an enum imported under another name',
    [
      [
        API,
        'import WSMessage, WSMessageType\n',
        'import WSMessage\nfrom cachibot.models.websocket import WSMessageType as Type\n',
      ],
      [API, 'WSMessageType.', 'Type.', 'every'],
    ],
    [
      drift(
        'the member is not there',
        ['missing-enum-member', 'missing-handler-branch'],
        [[API, 'Type.APPROVE:'], SENT, METHOD],
        [API, ' Type.APPROVAL:', ' Type.APPROVE:'],
      ),
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
    ],
  ),
  form(
    'the type made a member',
    [[API, APPROVAL, '            elif WSMessageType(msg_type) is WSMessageType.APPROVAL:\n']],
    [
      serverRenames('payload.get("id", "")', 'payload.get("approvalId", "")'),
      clientRenames('payload.get("approved", False)'),
    ],
  ),
  form(
    'a second branch',
    [],
    [
      drift(
        'of the same member',
        ['duplicate-case', 'duplicate-branch'],
        [
          [API, 'elif msg_type == "cancel"'],
          [API, 'elif msg_type == WSMessageType.CANCEL'],
        ],
        [API, APPROVAL, `            elif msg_type == "cancel":\n${CANCEL_BODY}\n${APPROVAL}`],
      ),
      drift(
        'of the same name',
        ['duplicate-case', 'duplicate-branch'],
        [[API, 'elif msg_type == WSMessageType.CANCEL']],
        [
          API,
          APPROVAL,
          `${CANCEL}                logger.info("cancelled")\n                manager.disconnect(client_id)\n\n${APPROVAL}`,
        ],
      ),
    ],
  ),
  form(
    'the type as a member, in a try',
    [
      [
        API,
        '            msg_type = data.get("type")\n',
        `            try:
                event = WSMessageType(data.get("type"))
            except ValueError:
                continue
`,
      ],
      [API, 'if msg_type == WSMessageType.CHAT', 'if event is WSMessageType.CHAT'],
      [API, 'elif msg_type == WSMessageType.CANCEL', 'elif event is WSMessageType.CANCEL'],
      [API, 'elif msg_type == WSMessageType.APPROVAL', 'elif event is WSMessageType.APPROVAL'],
    ],
    [
      serverRenames('payload.get("approved", False)', 'payload.get("isApproved", False)'),
      branchLost(
        'the branch is of another event',
        [API, 'elif event is WSMessageType.DONE'],
        [API, 'elif event is WSMessageType.APPROVAL', 'elif event is WSMessageType.DONE'],
      ),
    ],
  ),
  form(
    'the type as a member, compared one after the other',
    [
      [API, '            msg_type = data.get("type")\n', '            event = WSMessageType(data["type"])\n'],
      [API, 'if msg_type == WSMessageType.CHAT', 'if event is WSMessageType.CHAT'],
      [
        API,
        '            elif msg_type == WSMessageType.CANCEL',
        '                continue\n\n            if event is WSMessageType.CANCEL',
      ],
      [
        API,
        '            elif msg_type == WSMessageType.APPROVAL',
        '                continue\n\n            if event is WSMessageType.APPROVAL',
      ],
    ],
    [
      serverRenames('payload.get("approved", False)', 'payload.get("isApproved", False)'),
      branchLost(
        'the branch is gone',
        [API, 'event = WSMessageType(data["type"])'],
        [
          API,
          `            if event is WSMessageType.APPROVAL:\n${READS}${ANSWER}`,
          '            logger.debug("nothing")\n',
        ],
      ),
    ],
  ),
  form(
    'a key inside of a key',
    [
      [
        API,
        '                approved = payload.get("approved", False)\n',
        '                answer_given = payload.get("answer", {})\n                approved = answer_given.get("approved", False)\n',
      ],
      [CLIENT, CLIENT_SEND, "this.send('approval', { id, answer: { approved } })"],
    ],
    [
      drift(
        'the client renames the inner key',
        ['request-field-never-sent', 'type-mismatch'],
        [
          [CLIENT, 'answer: { isApproved: approved }'],
          [API, 'answer_given.get("approved"'],
        ],
        [CLIENT, 'answer: { approved }', 'answer: { isApproved: approved }'],
      ),
      drift(
        'the server reads another inner key',
        ['request-field-never-sent', 'type-mismatch'],
        [
          [CLIENT, 'answer: { approved }'],
          [API, 'answer_given.get("isApproved"'],
        ],
        [API, 'answer_given.get("approved"', 'answer_given.get("isApproved"'],
      ),
    ],
  ),
  form(
    'a key inside of a key in one line',
    [
      [API, 'payload.get("approved", False)\n', 'payload.get("answer", {}).get("approved", False)\n'],
      [CLIENT, CLIENT_SEND, "this.send('approval', { id, answer: { approved } })"],
    ],
    [
      drift(
        'the client renames the inner key',
        ['request-field-never-sent', 'type-mismatch'],
        [
          [CLIENT, 'answer: { isApproved: approved }'],
          [API, '.get("approved"'],
        ],
        [CLIENT, 'answer: { approved }', 'answer: { isApproved: approved }'],
      ),
    ],
  ),
  form(
    'a table of functions of the endpoint',
    [
      [
        API,
        '    try:\n        while True:\n',
        `    async def on_answer(body: dict[str, Any]) -> None:
        """Hand on an answer."""
        answer = manager.pending_approvals.get(body.get("id", ""))
        if answer and not answer.done():
            answer.set_result(body.get("approved", False))

    handlers = {WSMessageType.APPROVAL: on_answer}

    try:
        while True:
`,
      ],
      [
        API,
        `${APPROVAL}${READS}${ANSWER}`,
        '            elif handler := handlers.get(msg_type):\n                await handler(payload)\n',
      ],
    ],
    [
      serverRenames('body.get("approved", False)', 'body.get("isApproved", False)'),
      branchLost(
        'the entry is gone',
        [API, 'if msg_type == WSMessageType.CHAT'],
        [API, '{WSMessageType.APPROVAL: on_answer}', '{WSMessageType.CANCEL: on_answer}'],
      ),
    ],
  ),
  form(
    'functions that a decorator takes note of',
    [
      [
        API,
        ENDPOINT,
        `HANDLERS: dict[str, Any] = {}


def on(kind: WSMessageType) -> Any:
    """Take note of a function for messages of a type."""

    def register(function: Any) -> Any:
        HANDLERS[kind] = function
        return function

    return register


@on(WSMessageType.APPROVAL)
async def on_answer(payload: dict[str, Any]) -> None:
    """Hand on an answer."""
    answer = manager.pending_approvals.get(payload.get("id", ""))
    if answer and not answer.done():
        answer.set_result(payload.get("approved", False))


${ENDPOINT}`,
      ],
      [
        API,
        `${APPROVAL}${READS}${ANSWER}`,
        '            elif handler := HANDLERS.get(msg_type):\n                await handler(payload)\n',
      ],
    ],
    [serverRenames('payload.get("approved", False)', 'payload.get("isApproved", False)')],
  ),
]
