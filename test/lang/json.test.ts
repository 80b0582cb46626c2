import { ts } from 'ts-morph'
import { expect, test } from 'vitest'
import { parseJson } from '../../src/lang/typescript/parser/json.js'
import { createSource } from '../../src/workspace/source.js'
import { randomFrom } from '../support/random.js'

const PIECES = [
  ...['{', '}', '[', ']', ',', ':', '"a"', '"b // c"', '"/* d"', '" , ]"', String.raw`"\""`, '"', '\\'],
  ...[
    '// e',
    '/* f */',
    '/*',
    '*/',
    '/*/',
    '/**/',
    '\n',
    '\r\n',
    ' ',
    '1',
    '-1.5e3',
    'true',
    'null',
    "'g'",
    'h',
  ],
]

const SOUND = '{\n  // a\n  "b": { "c": [1, "d",], /* e, } */ },\n  "f": "// g",\n}\n'

function byCompiler(text: string): unknown {
  const { config, error } = ts.parseConfigFileTextToJson('tsconfig.json', text)
  return { value: config, error: error?.start }
}

function byUs(text: string): unknown {
  return parseJson(createSource('tsconfig.json', text))
}

test('a tsconfig with comments and last commas says what it says to the compiler', () => {
  expect(byUs(SOUND)).toEqual({ value: { b: { c: [1, 'd'] }, f: '// g' }, error: undefined })
  expect(byUs(SOUND)).toEqual(byCompiler(SOUND))
})

test('whatever a tsconfig is, it says what it says to the compiler, and where it is none', () => {
  const random = randomFrom(11)
  let sound = 0
  for (let round = 0; round < 20_000; round++) {
    const at = random.below(SOUND.length + 1)
    const length = random.below(4)
    const pieces = Array.from({ length: random.below(4) }, () => random.pick(PIECES)).join('')
    const text = SOUND.slice(0, at) + pieces + SOUND.slice(at + length)
    const told = byCompiler(text)
    expect(byUs(text), text).toEqual(told)
    if ((told as { error: unknown }).error === undefined) sound++
  }
  expect(sound).toBeGreaterThan(1000)
})

test('a long text that is nothing is gone through once', () => {
  const started = performance.now()
  for (const piece of ['/*', '"\\"', '"', ', ', ',', ' ', '/', '{,'])
    parseJson(createSource('tsconfig.json', `{${piece.repeat(300_000)}`))
  expect(performance.now() - started).toBeLessThan(20_000)
})
