import { describe, expect, test } from 'vitest'
import {
  advanceChange,
  type ChangeFacts,
  type ChangeState,
  changeQuestion,
  startChange,
} from '../../src/cli/wizard/change-machine.js'
import { renderChangeLine } from '../../src/cli/wizard/change-wizard.js'
import { BACK } from '../../src/cli/wizard/question.js'
import { gatherChannels } from '../../src/engine/choices.js'
import { say } from '../../src/report/shown/shown.js'
import { copyFixture, snapshot } from '../support/checkout.js'
import { open, readFixture } from '../support/fixtures.js'
import { hasPython } from '../support/python.js'
import { session } from '../support/terminal.js'

const { repository, layout } = await open(readFixture('cachibot'))
const facts: ChangeFacts = {
  channels: gatherChannels(repository, layout),
  isDryRun: false,
  fieldsOf: () => [
    { key: 'seatId', type: 'str' },
    { key: 'row', type: 'int' },
  ],
  plan: () => ({ problems: [{ code: 'cancelled', what: 'not planned here' }] }),
  describe: () => say``,
}
const NOTHING = { add: [], remove: [], rename: [], setType: [], description: undefined, channel: undefined }

/** Answers one question after the other; each is for the step that it names. */
function walk(
  state: ChangeState,
  ...answers: readonly (readonly [step: string, value: string])[]
): ChangeState {
  return answers.reduce((at, [step, value]) => {
    expect([at.step, at.problem]).toEqual([step, undefined])
    return advanceChange(at, value, facts)
  }, state)
}

const NAMED = [['name', 'document_status']] as const

test('every kind of change is asked for, and stands in the command line', () => {
  const { answers, step } = walk(
    startChange(NOTHING),
    ...NAMED,
    ['action', 'add'],
    ['value', 'note:str?'],
    ['action', 'rename'],
    ['field', 'seatId'],
    ['value', 'seat'],
    ['action', 'setType'],
    ['field', 'row'],
    ['value', 'int|null'],
    ['action', 'description'],
    ['value', 'A seat is gone.'],
    ['action', 'done'],
  )
  expect(step).toBe('summary')
  expect(renderChangeLine(answers)).toBe(
    "cachibot-ws change-event document_status --add-field 'note:str?' --rename-field seatId:seat --set-type 'row:int|null' --description 'A seat is gone.'",
  )
})

test.each([
  ['name', [], 'document_statu', 'did you mean document_status'],
  ['name', [], '', 'needs an event'],
  ['value', [...NAMED, ['action', 'add']], 'note', 'a colon and a type are missing'],
  ['value', [...NAMED, ['action', 'rename'], ['field', 'row']], 'cls', 'cannot be a field name'],
  ['value', [...NAMED, ['action', 'setType'], ['field', 'row']], 'integer', 'integer'],
] as const)('%s refuses what no event could become: %j, %s', (step, before, value, reason) => {
  const refused = advanceChange(walk(startChange(NOTHING), ...before), value, facts)
  expect(refused.step).toBe(step)
  expect(JSON.stringify(refused.problem)).toContain(reason)
  const question = changeQuestion({ ...refused }, facts)
  if (question.kind === 'text' && step === 'value') expect(question.hint(value).isProblem).toBe(true)
})

describe('back', () => {
  test('leads from each question to the one before it, with every answer kept', () => {
    const added = walk(startChange(NOTHING), ...NAMED, ['action', 'add'], ['value', 'note:str?'])
    const field = walk(added, ['action', 'rename'], ['field', 'row'])
    expect(field.step).toBe('value')
    const back = walk(field, ['value', BACK], ['field', BACK])
    expect(back).toEqual({ step: 'action', answers: added.answers })
    expect(walk(back, ['action', BACK]).step).toBe('name')
    expect(walk(added, ['action', 'done'], ['summary', BACK]).step).toBe('action')
  })

  test('a field that something is done about is not offered again', () => {
    const removed = walk(
      startChange(NOTHING),
      ...NAMED,
      ['action', 'remove'],
      ['field', 'row'],
      ['action', 'rename'],
    )
    const question = changeQuestion(removed, facts)
    expect(question.kind === 'search' && question.choices()?.map(({ value }) => value)).toEqual([
      'seatId',
      BACK,
    ])
  })
})

test('an event of several channels is asked for its channel', () => {
  expect(walk(startChange(NOTHING), ['name', 'error']).step).toBe('channel')
  expect(walk(startChange({ ...NOTHING, channel: 'voice' }), ['name', 'error'])).toMatchObject({
    step: 'action',
    answers: { channel: 'voice' },
  })
})

test.skipIf(!hasPython)('in a terminal it writes what the printed command line writes', () => {
  const cwd = copyFixture('cachibot')
  const ran = session(
    cwd,
    ['change-event'],
    [
      ['Event to change', 'document_status\r'],
      ['What of document_status', 'a'],
      ['New field of document_status', 'note:str?\r'],
      ['What else', 's'],
      ['Write this?', 'w'],
    ],
  )
  expect([ran.exit, ran.left]).toEqual([0, []])
  const line = /the same without questions:\r?\n\s+(cachibot-ws .*?)\r?\n/.exec(ran.output)?.[1] ?? ''
  expect(line).toBe("cachibot-ws change-event document_status --add-field 'note:str?'")
  const other = copyFixture('cachibot')
  const again = session(other, ['change-event', 'document_status', '--add-field', 'note:str?', '--yes'], [])
  expect(again.exit).toBe(0)
  expect(snapshot(cwd)).toEqual(snapshot(other))
})
