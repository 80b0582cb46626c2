import { describe, expect, test } from 'vitest'
import { type Answers, toSpecInput } from '../../src/cli/wizard/answers.js'
import { renderCommandLine } from '../../src/cli/wizard/command-line.js'
import type { Facts } from '../../src/cli/wizard/facts.js'
import { fieldsOfFlags } from '../../src/cli/wizard/fields.js'
import { advance, answeredOf, questionOf, type State, start } from '../../src/cli/wizard/machine.js'
import { matching } from '../../src/cli/wizard/matching.js'
import { BACK } from '../../src/cli/wizard/question.js'
import { STEPS } from '../../src/cli/wizard/steps.js'
import { gatherBackend, gatherChannels, gatherStores } from '../../src/engine/choices.js'
import { Failure } from '../../src/errors.js'
import { fold } from '../../src/report/shown/fold.js'
import { say } from '../../src/report/shown/shown.js'
import { quoteForShell } from '../../src/shell.js'
import { printSpecFile } from '../../src/spec/print-spec.js'
import { buildSpec, buildSpecFromFile, planAddEvent } from '../support/asked.js'
import { open, readFixture } from '../support/fixtures.js'

const { repository, layout, disk } = await open(readFixture('cachibot'))
const facts: Facts = {
  channels: gatherChannels(repository, layout),
  stores: gatherStores(repository, layout),
  backend: gatherBackend(repository, layout),
  isDryRun: false,
  plan(input) {
    try {
      return planAddEvent(repository, layout, buildSpec(input), { partial: false })
    } catch (error) {
      if (error instanceof Failure) return { problems: error.problems }
      throw error
    }
  },
  describe: () => say``,
  findSaveProblem: (path) => (path === 'taken.yaml' ? { what: 'taken' } : undefined),
}
const roomEvent =
  facts.channels.find(({ id }) => id === 'room')?.events.find((one) => one === 'room_message') ?? ''
const nothing: Answers = { fields: [], requestFields: [] }

/** Answers one question after the other; each is for the step that it names. */
function walk(state: State, ...answers: readonly (readonly [step: string, value: string])[]): State {
  return answers.reduce((at, [step, value]) => {
    expect([at.step, at.problem]).toEqual([step, undefined])
    return advance(at, value, facts)
  }, state)
}

/** Good answers of every step, in the order they are asked. */
const EVERY_STEP = [
  ['name', 'curtain_call'],
  ['direction', 'bidirectional'],
  ['fields', 'scene:str'],
  ['fields', ''],
  ['request', 'ask_curtain'],
  ['requestFields', 'scene:str'],
  ['requestFields', ''],
  ['channel', 'room'],
  ['channelName', 'room_curtain_call'],
  ['description', 'The cast comes back.'],
  ['store', 'new:'],
  ['newStore', 'curtain'],
  ['storeAs', 'append'],
  ['emit', 'elsewhere'],
  ['emitIn', 'cachibot/api/room_websocket.py'],
] as const

/** By step: what is refused, and a part of the reason. */
const BAD = {
  name: ['dict', 'would hide the built-in'],
  fields: ['scene', 'a type is missing'],
  request: ['curtain_call', 'the name of its event'],
  requestFields: ['cls:str', 'cannot be a field name'],
  channelName: ['curtain_call', 'does not begin with room_'],
  description: ['x'.repeat(201), 'has 201 characters'],
  newStore: ['Curtain', 'no name of a store'],
  store: ['useChatStor', 'useChatStor'],
  emitIn: ['cachibot/nowhere.py', 'nowhere.py'],
  save: ['taken.yaml', 'taken'],
} as const

test('every step is asked, and every answer stands in the spec', () => {
  const asked = [...new Set(EVERY_STEP.map(([step]) => step)), 'summary', 'save']
  expect(STEPS.map((step) => step.id)).toEqual(asked)
  const state = walk(start(nothing), ...EVERY_STEP)
  expect(state.step).toBe('summary')
  expect(toSpecInput(state.answers)).toEqual({
    name: 'room_curtain_call',
    direction: 'bidirectional',
    channel: 'room',
    description: 'The cast comes back.',
    payload: { scene: 'str' },
    request: { payload: { scene: 'str' } },
    store: { hook: 'new:curtain', as: 'append' },
    emit: { in: 'cachibot/api/room_websocket.py' },
  })
})

test.each([...new Set(EVERY_STEP.map(([step]) => step)), 'summary'])(
  'back from %s keeps every answer, and Enter leads to it again',
  (step) => {
    const index = EVERY_STEP.findIndex(([one]) => one === step)
    const there = walk(start(nothing), ...(index === -1 ? EVERY_STEP : EVERY_STEP.slice(0, index)))
    const before = advance(there, BACK, facts)
    expect(before.answers).toEqual(there.answers)
    const question = questionOf(before, facts)
    expect(advance(before, question.initial, facts).step).toBe(step === 'name' ? 'name' : there.step)
  },
)

test.each(Object.entries(BAD))(
  '%s refuses what is bad with the reason, and then takes what is good',
  (step, [bad, reason]) => {
    const index = EVERY_STEP.findIndex(([one]) => one === step)
    const there =
      step === 'save'
        ? walk(start(nothing), ...EVERY_STEP, ['summary', 'save'])
        : walk(start(nothing), ...EVERY_STEP.slice(0, index))
    const refused = advance(there, bad, facts)
    expect(refused.step).toBe(step)
    expect(refused.answers).toEqual(there.answers)
    expect(`${refused.problem?.what}; ${refused.problem?.why}`).toContain(reason)
    const good = step === 'save' ? 'free.yaml' : (EVERY_STEP[index]?.[1] ?? '')
    const taken = advance(refused, good, facts)
    expect(taken.problem).toBeUndefined()
  },
)

describe('the question', () => {
  const hint = (step: State['step'], value: string, answers: Answers = nothing) => {
    const question = questionOf({ step, answers, given: [] }, facts)
    if (question.kind !== 'text') throw new Error('no text')
    return question.hint(value)
  }

  test('shows what a name becomes, or the first rule that it breaks with another name', () => {
    expect(hint('name', 'seat_taken').text).toBe(
      "SEAT_TAKEN · WSMessage.seat_taken() · SeatTakenPayload · case 'seat_taken'",
    )
    expect(hint('name', 'Seat Taken')).toMatchObject({
      isProblem: true,
      text: expect.stringContaining('`seat_taken`'),
    })
    expect(hint('name', 'thinking').text).toContain('is there already')
    expect(hint('name', 'room_seat_taken', { ...nothing, channel: 'room' }).text).toContain('.seat_taken()')
  })

  test('says what a field does: adds, changes, removes', () => {
    const answers: Answers = { ...nothing, name: 'seat_taken', fields: fieldsOfFlags(['row:int']) }
    expect(hint('fields', 'note:str?', answers).text).toBe('note: str, may be missing')
    expect(hint('fields', 'row:str', answers).text).toBe('row: str, always sent, in place of int')
    expect(hint('fields', '-row', answers).text).toBe('removes row')
    expect(hint('fields', '-note', answers)).toMatchObject({ isProblem: true })
    const changed = walk(
      { step: 'fields', answers, given: [] },
      ['fields', 'row:str'],
      ['fields', 'note:str?'],
      ['fields', '-row'],
    )
    expect(changed.answers.fields).toEqual([{ name: 'note', type: 'str?' }])
  })

  test('for the store names every store with what it holds', () => {
    const question = questionOf(
      { step: 'store', answers: { ...nothing, name: 'seat_taken' }, given: [] },
      facts,
    )
    if (question.kind !== 'search') throw new Error('no choice')
    const choices = question.choices() ?? []
    expect(question.initial).toBe('useChatStore')
    const chat = choices.find((one) => one.value === 'useChatStore')
    expect(chat?.description).toMatch(/^holds \w+, .*bots\.ts$/)
    expect(choices.map((one) => one.value)).toEqual(expect.arrayContaining(['new:', 'none', BACK]))
  })
})

test('asks a client event neither for a store nor where it is sent', () => {
  const state = walk(
    start(nothing),
    ['name', 'seat_claim'],
    ['direction', 'client-to-server'],
    ['fields', ''],
    ['channel', 'main'],
    ['description', ''],
  )
  expect(state.step).toBe('summary')
})

test('what no flag says is the same with the command line and the spec file', () => {
  const { answers } = walk(start(nothing), ...EVERY_STEP)
  expect(renderCommandLine(answers)).toEqual([
    "cachibot-ws add-event room_curtain_call --direction bidirectional -f scene:str --request-field scene:str --description 'The cast comes back.' --channel room --store new:curtain --store-as append --emit-in cachibot/api/room_websocket.py",
  ])
  const input = toSpecInput(answers)
  expect(buildSpecFromFile(printSpecFile(input, './event.schema.json'), 'saved.yaml')).toEqual(
    buildSpec(input),
  )
})

describe('nested objects', () => {
  const answered = walk(
    start(nothing),
    ['name', 'seat_map'],
    ['direction', 'server-to-client'],
    ['fields', 'owner:{}|null'],
    ['fields', 'id:str'],
    ['fields', ''],
    ['fields', 'seats:{}[]?'],
    ['fields', 'at:{}'],
    ['fields', 'row:int'],
    ['fields', ''],
    ['fields', 'note:str?'],
    ['fields', ''],
  )

  test('are what a spec file says', () => {
    const file = `name: seat_map
direction: server-to-client
payload:
  owner: { type: { id: str }, nullable: true }
  seats: { type: [{ at: { type: { row: int } }, note: str? }], optional: true }
`
    expect(buildSpec(toSpecInput(answered.answers))).toEqual(buildSpecFromFile(file, 'seat_map.yaml'))
  })

  test('are printed behind the command, or by the file that holds them', () => {
    const [command, ...spec] = renderCommandLine(answered.answers)
    expect([command, spec.at(-1)]).toEqual(["cachibot-ws add-event --spec - <<'SPEC'", 'SPEC'])
    const yaml = spec.slice(0, -1).join('\n')
    expect(buildSpecFromFile(yaml, 'stdin')).toEqual(buildSpec(toSpecInput(answered.answers)))
    expect(renderCommandLine({ ...answered.answers, saved: 'my map.yaml' })).toEqual([
      "cachibot-ws add-event --spec 'my map.yaml'",
    ])
  })

  test('are entered again with the fields they have, left by back, and gone if they have none', () => {
    const inside = walk(answered, ['fields', 'owner:{}'])
    expect(inside.answers.within).toEqual(['owner'])
    const without = walk(inside, ['fields', '-id'])
    expect(advance(without, '', facts).problem?.what).toContain('needs a field')
    const left = advance(without, BACK, facts)
    expect(left.answers.fields.map(({ name }) => name)).toEqual(['seats'])
    expect([left.step, left.answers.within]).toEqual(['fields', []])
    expect(advance(inside, BACK, facts).answers.fields.map(({ name }) => name)).toEqual(['owner', 'seats'])
  })

  test.each(['[{id:str}]', '{id:str}[]', 'object[]', '[{}]'])(
    'written as %s are proposed as they are written',
    (type) => {
      const question = questionOf({ step: 'fields', answers: nothing, given: [] }, facts)
      expect(question.kind === 'text' && question.hint(`seats:${type}`)).toMatchObject({
        isProblem: true,
        proposal: 'seats:{}[]',
      })
    },
  )
})

describe('what flags gave', () => {
  const given: Answers = {
    ...nothing,
    direction: 'server-to-client',
    fields: fieldsOfFlags(['row:int']),
    channel: 'main',
    description: 'A seat is taken.',
    store: 'useChatStore',
    storeAs: 'latest',
    emit: 'all',
  }

  test('is asked at no step, forward and back', () => {
    const state = walk(start(given), ['name', 'seat_taken'])
    expect(state.step).toBe('summary')
    expect(advance(state, BACK, facts).step).toBe('name')
    expect(answeredOf(state, facts).map(({ answer }) => answer)).toEqual([
      'seat_taken',
      ...[
        'server-to-client',
        'row:int',
        'main',
        'A seat is taken.',
        'useChatStore',
        'latest',
        'to everyone',
      ].map((one) => `${one} (as given)`),
    ])
  })

  test.each([
    ['channel', { channel: 'rom' }, 'no channel'],
    ['store', { store: 'useChatStor' }, 'useChatStor'],
    ['storeAs', { storeAs: 'upsert:seat' }, 'seat'],
    ['emit', { emitIn: 'cachibot/nowhere.py', emit: undefined }, 'nowhere.py'],
  ] as const)(
    'is asked at %s where the repository does not take it, with the reason',
    (step, wrong, reason) => {
      const state = advance(start({ ...given, ...wrong } as Answers), 'seat_taken', facts)
      expect(state.step).toBe(step)
      expect(JSON.stringify(state.problem)).toContain(reason)
    },
  )
})

describe('an event that is there', () => {
  const named = walk(start(nothing), ['name', 'thinking'])

  test('is refused at the question that does not fit it', () => {
    const wrong = advance(named, 'client-to-server', facts)
    expect([wrong.step, wrong.problem?.what]).toEqual([
      'direction',
      expect.stringContaining('server-to-client'),
    ])
    const fields = walk(named, ['direction', 'server-to-client'], ['fields', 'x:str'])
    const refused = advance(fields, '', facts)
    expect([refused.step, refused.problem?.fix]).toEqual([
      'fields',
      expect.stringContaining('change-event thinking'),
    ])
  })

  test('is completed as it is, on its channel, with no description asked for', () => {
    const state = walk(named, ['direction', 'server-to-client'], ['fields', ''])
    expect(questionOf(state, facts).initial).toBe('main')
    const store = walk(state, ['channel', 'main'])
    expect([store.step, questionOf(store, facts).initial]).toEqual(['store', 'as-it-is'])
    const { answers } = walk(store, ['store', 'as-it-is'], ['emit', 'default'])
    expect(renderCommandLine(answers)).toEqual(['cachibot-ws add-event thinking'])
    const room = walk(start(nothing), ['name', roomEvent], ['direction', 'server-to-client'], ['fields', ''])
    expect(questionOf(room, facts).initial).toBe('room')
  })
})

test('a spec file that is saved leads back to the summary, and is forgotten with another answer', () => {
  const saved = walk(start(nothing), ...EVERY_STEP, ['summary', 'save'], ['save', 'free.yaml'])
  expect([saved.step, saved.answers.saved]).toEqual(['summary', 'free.yaml'])
  const question = questionOf(saved, facts)
  expect(question.message).toContain('free.yaml is saved')
  expect(question.kind === 'select' && question.choices.map(({ value }) => value)).toContain('leave')
  const back = walk(saved, ['summary', BACK], ['emitIn', 'cachibot/api/server.py'])
  expect(back.answers.saved).toBeUndefined()
})

test.each([
  ['room', ['useRoomStore', 'useBoardRoomStore', 'useGroomStore']],
  ['useroom', ['useRoomStore']],
  ['store', ['useRoomStore', 'useGroomStore', 'useBoardRoomStore']],
  ['zzz', []],
])('%s narrows choices to %j', (typed, titles) => {
  const choices = ['useGroomStore', 'useBoardRoomStore', 'useRoomStore'].map((title) => ({
    value: title,
    title,
  }))
  expect(matching(choices, typed).map(({ title }) => title)).toEqual(titles)
})

test.each([
  ['one two three', 7, ['one two', '  three']],
  ['\u001b[2mone two\u001b[0m', 5, ['\u001b[2mone\u001b[0m', '  \u001b[2mtwo\u001b[0m']],
  ['abcdefghij', 4, ['abcd', '  ef', '  gh', '  ij']],
  ['語語語', 4, ['語語', '  語']],
])('%j is folded into lines of %i', (line, width, lines) => {
  expect(fold(line, width, '  ')).toEqual(lines)
})

test.each([
  ['note:str?', "'note:str?'"],
  ['mood:"calm"|"tense"', '\'mood:"calm"|"tense"\''],
  ["it's", "'it'\\''s'"],
  ['', "''"],
  ['row:int=1', 'row:int=1'],
])('%s is quoted for a shell', (word, quoted) => {
  expect(quoteForShell(word)).toBe(quoted)
})

test('nothing of all this wrote a byte', () => {
  expect(disk.writes).toEqual([])
})
