import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Words, wordsIn } from '../../src/workspace/words.js'
import { project } from '../support/fixtures.js'

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

/** Whether a text has a word, by what it asks of it. */
function has(text: string, word: string): boolean {
  return wordsIn(word).every((one) => new Words(text).has(one))
}

test('a word is one between what is none', () => {
  expect(ASKED.filter((word) => has(TEXT, word))).toEqual([
    'seat_taken',
    'seat_takenBy',
    'seat',
    'curtain2',
    'stage',
    'door',
    't',
  ])
  expect(['', 'a', 'a b', '_'].map((text) => has(text, 'a'))).toEqual([false, true, true, false])
})

test('every word of a text is found, and none that is in another alone', () => {
  const texts = ['src/workspace/words.ts', 'src/layout/repository.ts', 'docs/architecture.md', 'LICENSE'].map(
    (file) => readFileSync(join(project, file), 'utf8'),
  )
  const words = texts.map((text) => new Set(wordsIn(text).map((one) => one.text)))
  for (const [index, text] of texts.entries()) {
    const own = new Words(text)
    for (const word of words.flatMap((all) => [...all]))
      for (const one of wordsIn(word)) expect(own.has(one)).toBe(words[index]?.has(word))
  }
})
