import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { cachibotWs, copyFixture } from '../support/checkout.js'
import { edited } from '../support/edited.js'
import { FIXTURES, type FixtureName } from '../support/fixtures.js'
import { hasPython, python } from '../support/python.js'

function models(fixture: FixtureName): string {
  return `${fixture === 'reference' ? 'src/' : ''}cachibot/models/websocket.py`
}

/** An envelope that takes more than type and payload. */
interface Variant {
  readonly title: string
  /** What stands in front of the envelope. */
  readonly before?: string
  /** The fields that come behind `type`. */
  readonly fields: string
  /** What factories give besides, by their number. */
  readonly given: (index: number) => string
  /** What the class is based on, where it is not `BaseModel`. */
  readonly base?: string
}

const COUNTER =
  'from itertools import count\n\n_numbers = count(1)\n\n\ndef next_seq() -> int:\n    return next(_numbers)\n\n\n'
const SEQ = (): string => 'seq=next_seq(), '

/** Envelopes whose new factory gives what its neighbours give. */
const GIVEN: readonly Variant[] = [
  { title: 'a required field', before: COUNTER, fields: '    seq: int\n', given: SEQ },
  {
    title: 'a field that is required by Field(...)',
    before: COUNTER,
    fields: '    seq: int = Field(..., ge=1)\n',
    given: SEQ,
  },
  {
    title: 'a described field',
    before: COUNTER,
    fields: '    seq: int = Field(description="Counted")\n',
    given: SEQ,
  },
  {
    title: 'an annotated field',
    before: COUNTER,
    fields: '    seq: Annotated[int, Field(ge=1)]\n',
    given: SEQ,
  },
  {
    title: 'a field with an alias, extras forbidden',
    before: COUNTER,
    fields: '    model_config = ConfigDict(extra="forbid")\n    number: int = Field(alias="seq")\n',
    given: SEQ,
  },
  {
    title: 'a field of a base class',
    before: `${COUNTER}class Numbered(BaseModel):\n    seq: int\n\n\n`,
    fields: '',
    given: SEQ,
    base: 'Numbered',
  },
  {
    title: 'a field with a default that all give',
    before: COUNTER,
    fields: '    seq: int = Field(default=0)\n',
    given: SEQ,
  },
  {
    title: 'a field with a default that some give',
    before: COUNTER,
    fields: '    seq: int = 0\n',
    given: (index) => (index % 2 === 0 ? SEQ() : ''),
  },
  {
    title: 'a field with a factory',
    before: COUNTER,
    fields: '    seq: int = Field(default_factory=next_seq)\n',
    given: () => '',
  },
  { title: 'an annotated default', fields: '    seq: Annotated[int, Field(default=7)]\n', given: () => '' },
  {
    title: 'a required field that a validator fills',
    before: COUNTER,
    fields:
      '    seq: int\n\n    @model_validator(mode="before")\n    @classmethod\n    def number(cls, data: Any) -> Any:\n        return {"seq": next_seq(), **data}\n\n',
    given: () => '',
  },
  {
    title: 'two fields, one of them named by an expression with a call',
    before: COUNTER,
    fields: '    seq: int\n    sent_at: str\n',
    given: () => 'seq=next_seq(), sent_at=str(object.__doc__), ',
  },
]

/** Envelopes that only their author can make a new message of. */
const BLOCKED: readonly (Variant & { readonly says: string })[] = [
  {
    title: 'some factories give a required field',
    before: COUNTER,
    fields: '    seq: int\n',
    given: (index) => (index % 2 === 0 ? SEQ() : ''),
    says: '`seq=next_seq()`, which not every factory does',
  },
  {
    title: 'each factory gives a required field in its own way',
    before: COUNTER,
    fields: '    seq: int\n',
    given: (index) => `seq=${index}, `,
    says: '`seq=0`, which not every factory does',
  },
  {
    title: 'a required field that no factory gives',
    fields: '    seq: int\n',
    given: () => '',
    says: 'no factory gives it',
  },
  {
    title: 'a required field of a base class that no factory gives',
    before: 'class Numbered(BaseModel):\n    seq: int\n\n\n',
    fields: '',
    given: () => '',
    base: 'Numbered',
    says: 'no factory gives it',
  },
]

function withEnvelope({ before = '', fields, given, base = 'BaseModel' }: Variant): (text: string) => string {
  return (text) => {
    let index = 0
    return text
      .replace(
        /^from pydantic import .*$/m,
        'from pydantic import BaseModel, ConfigDict, Field, model_validator',
      )
      .replace(/^from typing import .*$/m, 'from typing import Annotated, Any, Literal')
      .replace(/^class WSMessage\(BaseModel\):/m, () => `${before}class WSMessage(${base}):`)
      .replace(/^( {4}type: WSMessageType.*\n)/m, (line) => line + fields)
      .replaceAll(/type=WSMessageType\.(\w+), ?/g, (call) => `${call.trimEnd()} ${given(index++)}`)
  }
}

const ARGS = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'note:str?']

describe.each(FIXTURES)('%s', (fixture) => {
  test.skipIf(!hasPython).each(GIVEN)('$title: the new factory runs', async (variant) => {
    const cwd = copyFixture(fixture)
    const file = join(cwd, models(fixture))
    const before = withEnvelope(variant)(readFileSync(file, 'utf8'))
    writeFileSync(file, before)
    expect((await cachibotWs(['check'], { cwd })).exitCode).toBe(0)
    expect(await cachibotWs(ARGS, { cwd })).toMatchObject({ exitCode: 0 })
    const program =
      'from cachibot.models.websocket import WSMessage\n' +
      'message = WSMessage.seat_taken("7b", note="x")\n' +
      'print(message.type.value, sorted(message.payload.values()))'
    const path = fixture === 'reference' ? 'src' : '.'
    expect(python(program, { cwd, path }).trim()).toBe("seat_taken ['7b', 'x']")
    expect((await cachibotWs(ARGS, { cwd })).stdout).not.toContain('inserted')
    expect(await cachibotWs(['remove-event', 'seat_taken'], { cwd })).toMatchObject({ exitCode: 0 })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  test.each(BLOCKED)('$title: the factory is blocked', async (variant) => {
    const checkout = edited(fixture, { [models(fixture)]: withEnvelope(variant) })
    const before = checkout.texts()
    const ran = await checkout.run(...ARGS)
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toContain('looked for a value for `seq`, which `WSMessage` requires')
    expect(ran.stdout).toContain(variant.says)
    const line =
      checkout
        .read(models(fixture))
        .split('\n')
        .findIndex((one) => /^ {4}seq:/.test(one)) + 1
    expect(ran.stdout).toContain(`${models(fixture)}:${line}`)
    expect(checkout.texts()).toEqual(before)
  })

  test.skipIf(!hasPython)('a helper that makes every message makes the new one too', async () => {
    const cwd = copyFixture(fixture)
    const file = join(cwd, models(fixture))
    const made = readFileSync(file, 'utf8')
      .replaceAll(/return cls\(\s*type=(WSMessageType\.\w+),\s*payload=/g, 'return cls._make($1, ')
      .replace(
        /^( {4}payload: .*\n)\n {4}@classmethod\n/m,
        '$1    seq: int\n\n    @classmethod\n    def _make(cls, type: WSMessageType, payload: dict[str, Any]) -> "WSMessage":\n        return cls(type=type, payload=payload, seq=1)\n\n    @classmethod\n',
      )
    expect(made).toContain('cls._make(WSMessageType.THINKING')
    writeFileSync(file, made)
    expect((await cachibotWs(['check'], { cwd })).exitCode).toBe(0)
    expect(await cachibotWs(ARGS, { cwd })).toMatchObject({ exitCode: 0 })
    expect(readFileSync(file, 'utf8')).toContain('return cls._make(WSMessageType.SEAT_TAKEN, payload)')
    const program = 'from cachibot.models.websocket import WSMessage\nprint(WSMessage.seat_taken("7b").seq)'
    expect(python(program, { cwd, path: fixture === 'reference' ? 'src' : '.' }).trim()).toBe('1')
  })
})

test.skipIf(!hasPython)('a field that is given what every event of the channel carries', async () => {
  const cwd = copyFixture('cachibot')
  const file = join(cwd, 'cachibot/models/room_websocket.py')
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace(/^( {4}type: RoomWSMessageType.*\n)/m, '$1    room: str\n')
      .replaceAll(/type=RoomWSMessageType\.(\w+),/g, (call) => `${call} room=room_id.lower(),`),
  )
  const args = ['add-event', 'room_seat_taken', '--channel', 'room', '-f', 'seat_id:str']
  expect(await cachibotWs(args, { cwd })).toMatchObject({ exitCode: 0 })
  const program =
    'from cachibot.models.room_websocket import RoomWSMessage\nprint(RoomWSMessage.seat_taken("A", "7b").room)'
  expect(python(program, { cwd, path: '.' }).trim()).toBe('a')
})

test("what stands only in one factory's own names is not given", async () => {
  const checkout = edited('cachibot', {
    'cachibot/models/voice.py': (text) =>
      text
        .replace(/^( {4}type: VoiceMessageType.*\n)/m, '$1    about: str\n')
        .replaceAll(/type=VoiceMessageType\.(\w+),/g, (call) => `${call} about=str(message),`),
  })
  const ran = await checkout.run('add-event', 'seat_taken', '--channel', 'voice', '-f', 'seat_id:str')
  expect(ran.exitCode).toBe(1)
  expect(ran.stdout).toContain('looked for a value for `about`, which `VoiceMessage` requires')
})
