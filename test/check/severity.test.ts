import { describe, expect, test } from 'vitest'
import { checkEvents } from '../support/check.js'
import { open, readFixture } from '../support/fixtures.js'

const MODELS = 'cachibot/models/websocket.py'
const HANDLER = 'cachibot/api/websocket.py'
const CLIENT = 'frontend/src/api/websocket.ts'
const TYPES = 'frontend/src/types/index.ts'
const HOOK = 'frontend/src/hooks/useWebSocket.ts'

type Edit = readonly [file: string, before: string, after: string]

/** What a rule finds with these edits, as severity and subject. */
async function found(rule: string, ...edits: readonly Edit[]): Promise<string[]> {
  const texts = readFixture('cachibot')
  for (const [file, before, after] of edits) {
    const text = texts.get(file) ?? ''
    expect(text, file).toContain(before)
    texts.set(
      file,
      text.replaceAll(before, () => after),
    )
  }
  const { repository, layout } = await open(texts)
  const { findings } = checkEvents(repository, layout, {})
  return findings.filter((one) => one.rule === rule).map((one) => `${one.severity} ${one.subject}`)
}

/** A model that validates the request `approval`. */
const validated = (fields: string): readonly Edit[] => [
  [
    MODELS,
    'class WSMessage(BaseModel)',
    `class Answer(BaseModel):\n${fields}\n\n\nclass WSMessage(BaseModel)`,
  ],
  [HANDLER, 'approval_id = payload.get("id", "")', 'answered = Answer.model_validate(payload)'],
  [
    HANDLER,
    'approved = payload.get("approved", False)',
    'approval_id, approved = answered.id, answered.approved',
  ],
  [HANDLER, 'import WSMessage, WSMessageType', 'import Answer, WSMessage, WSMessageType'],
]

describe('a request that a model validates', () => {
  const MODEL = '    id: str\n    approved: bool'

  test('is no finding where it fits', async () => {
    for (const rule of ['type-mismatch', 'field-sometimes-missing', 'null-not-expected'])
      expect(await found(rule, ...validated(MODEL))).toEqual([])
  })

  test('is an error where a value is of another type', async () => {
    const edits = validated('    id: int\n    approved: bool')
    expect(await found('type-mismatch', ...edits)).toEqual(['error id'])
  })

  test('is an error where a key may be missing', async () => {
    const edit: Edit = [CLIENT, '(id: string, approved: boolean)', '(id: string, approved?: boolean)']
    expect(await found('field-sometimes-missing', ...validated(MODEL), edit)).toEqual(['error approved'])
  })

  test('is an error where a value may be null', async () => {
    const edit: Edit = [CLIENT, '(id: string, approved: boolean)', '(id: string, approved: boolean | null)']
    expect(await found('null-not-expected', ...validated(MODEL), edit)).toEqual(['error approved'])
  })
})

test('an event that nothing sends is an error where a client handles it, else a warning', async () => {
  const unsent: Edit = [
    HANDLER,
    'await manager.send(client_id, WSMessage.script_delta(tool_call_id, text))',
    'logger.debug("%s: %s", tool_call_id, text)',
  ]
  expect(await found('never-sent', unsent)).toEqual(['error python-send'])
  const unhandled: Edit = [HOOK, "case 'script_delta'", "case 'connection_restored' as never"]
  expect(await found('never-sent', unsent, unhandled)).toEqual(['warning python-send'])
})

describe('a model that contradicts the wire', () => {
  test('is told although its field has the name of the parameter', async () => {
    const edits: Edit[] = [
      [MODELS, '"toolCalls": tool_calls', '"calls": tool_calls'],
      [TYPES, '  toolCalls: number', '  calls: number'],
    ]
    expect(await found('model-contradicts-wire', ...edits)).toEqual(['warning calls,tool_calls'])
  })

  test('is none where an alias says what the wire says', async () => {
    const edits: Edit[] = [
      [MODELS, '"toolCalls": tool_calls', '"calls": tool_calls'],
      [MODELS, 'tool_calls: int = Field(default=0,', 'tool_calls: int = Field(default=0, alias="calls",'],
      [TYPES, '  toolCalls: number', '  calls: number'],
    ]
    expect(await found('model-contradicts-wire', ...edits)).toEqual([])
  })
})
