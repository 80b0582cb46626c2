import { expect, test } from 'vitest'
import { Words, wordsIn } from '../../src/workspace/words.js'

const TEXT = 'seat_taken, seat_takenBy(seat) été $curtain2 = "stage-door"'
const ASKED = [
  'seat_taken',
  'seat_takenBy',
  'seat',
  'taken',
  'curtain',
  'curtain2',
  'stage',
  'door',
  'doo',
  't',
  '2',
]

test('a word is one whether few are asked for or many', () => {
  const few = ASKED.map((word) => new Words(TEXT).has(word))
  const many = new Words(TEXT)
  for (let index = 0; index < 100; index++) expect(many.has(`nobody${index}`)).toBe(false)
  expect(ASKED.map((word) => many.has(word))).toEqual(few)
  expect(few).toEqual(ASKED.map((word) => wordsIn(TEXT).includes(word)))
  expect(few.filter(Boolean)).toHaveLength(7)
})
