import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openCache } from '../../src/cache/cache.js'
import { KeptWords } from '../../src/lang/word-index.js'
import { readPack, writePack } from '../../src/lang/word-pack.js'
import { createSource, type Source } from '../../src/workspace/source.js'
import { hashesOf, wordsIn } from '../../src/workspace/words.js'
import { readFixture } from '../support/fixtures.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'words-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const ROOT = '/checkout'
// Empty ones are the same text several times.
const SOURCES = [...readFixture('cachibot'), ['a.py', ''], ['b.py', ''], ['c.py', 'été']].map(
  ([path = '', text = '']) => createSource(path, text),
)
const NAMES = [...new Set(SOURCES.flatMap(({ text }) => wordsIn(text).map((one) => one.text)))].filter(
  (_, index) => index % 7 === 0,
)

const run = () => new KeptWords(openCache('words', folder))

/** Of each name the files that say it, asked as a whole and one by one. */
function answers(words: KeptWords, sources: readonly Source[]) {
  const index = words.of(ROOT)
  return [...NAMES, 'no_such', 'room-websocket', ''].map((name) => {
    const found = index.saying(sources, wordsIn(name))
    expect(sources.filter((source) => index.says(source, wordsIn(name)))).toEqual(found)
    return [name, found.map(({ path }) => path)]
  })
}

/** Writes what a run keeps. */
function keep(sources: readonly Source[]): void {
  const words = run()
  answers(words, sources)
  words.keep()
}

const packs = () => readdirSync(join(folder, 'words')).map((name) => join(folder, 'words', name))

test('what an earlier run kept gives the answers that the texts give, whatever was edited since', () => {
  keep(SOURCES)
  expect(answers(run(), SOURCES)).toEqual(answers(new KeptWords(), SOURCES))
  const edited = SOURCES.map((one, index) =>
    index % 5 === 0 ? createSource(one.path, `no_such ${one.text.slice(40)}`) : one,
  )
  expect(answers(run(), edited)).toEqual(answers(new KeptWords(), edited))
})

test('no text is gone through whose words are kept, and one that is edited is, without all being kept anew', () => {
  keep(SOURCES)
  const [before] = packs().map((path) => readFileSync(path))
  const edited = SOURCES.map((one, index) =>
    index === 3 ? createSource(one.path, `${one.text}\nx = 1\n`) : one,
  )
  keep(edited)
  expect(packs().map((path) => readFileSync(path))).toEqual([before])
  const spy = vi.spyOn(String.prototype, 'charCodeAt')
  run().of(ROOT).saying(SOURCES, wordsIn('no_such_word'))
  const calls = spy.mock.calls.length
  spy.mockRestore()
  expect(calls).toBeLessThan(100)
})

test('much that is not known is kept anew', () => {
  keep(SOURCES.slice(0, 20))
  const [before] = packs().map((path) => readFileSync(path))
  keep(SOURCES)
  expect(packs().map((path) => readFileSync(path))).not.toEqual([before])
})

test('bytes that are no pack are as good as none', () => {
  keep(SOURCES)
  const [path = ''] = packs()
  const whole = readFileSync(path)
  for (const damaged of [whole.subarray(0, 100), Buffer.alloc(0), Buffer.from(whole).fill(7, 40, 900)]) {
    writeFileSync(path, damaged)
    expect(answers(run(), SOURCES)).toEqual(answers(new KeptWords(), SOURCES))
  }
  const cut =
    writePack(new Map([['ab'.repeat(32), hashesOf('seat row')]]))?.subarray(0, -2) ?? new Uint8Array()
  expect(() => readPack(cut)).toThrow(RangeError)
})
