import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Failure } from '../../src/errors.js'
import { parseFieldFlags } from '../../src/spec/event-spec.js'
import { isProblem, parseType, printType } from '../../src/spec/field-type.js'
import { camelToSnake, deriveNames, NAME_PATTERN, proposeName } from '../../src/spec/names.js'
import { buildSpec, buildSpecFromFile } from '../support/asked.js'
import { project } from '../support/fixtures.js'

interface Hazards {
  readonly malformed: readonly string[]
  readonly events: readonly { readonly name: string; readonly verdict: string }[]
  readonly fields: readonly { readonly name: string; readonly verdict: string }[]
}
const hazards = JSON.parse(readFileSync(join(project, 'fixtures', 'hazards.json'), 'utf8')) as Hazards

function problemsOf(run: () => unknown): Failure {
  try {
    run()
  } catch (error) {
    if (error instanceof Failure) return error
    throw error
  }
  throw new Error('accepted')
}

describe('names', () => {
  test('every spelling is derived from the wire name', () => {
    expect(deriveNames('seat_taken')).toEqual({
      snake: 'seat_taken',
      camel: 'seatTaken',
      pascal: 'SeatTaken',
      constant: 'SEAT_TAKEN',
    })
  })

  test('snake to camel and back is the identity, and no two names meet', () => {
    const words = ['a', 'b1', 'act', 'x2y']
    const names = words.flatMap((one) => [
      one,
      ...words.flatMap((two) => [`${one}_${two}`, ...words.map((three) => `${one}_${two}_${three}`)]),
    ])
    for (const name of names) expect(camelToSnake(deriveNames(name).camel)).toBe(name)
    expect(new Set(names.map((name) => deriveNames(name).camel)).size).toBe(names.length)
  })

  test.each([
    ['SeatTaken', 'seat_taken'],
    ['seat-taken', 'seat_taken'],
    ['../seat', 'seat'],
    ['2fa', 'fa'],
    ['💺', undefined],
  ])('%s is proposed as %s', (typed, proposal) => {
    expect(proposeName(typed)).toBe(proposal)
  })

  test.each(hazards.malformed)('%j is refused as an event and as a field', (name) => {
    expect(problemsOf(() => buildSpec({ name })).exitCode).toBe(2)
    expect(problemsOf(() => buildSpec({ name: 'seat_taken', payload: { [name]: 'str' } })).exitCode).toBe(2)
  })

  const refused = hazards.events.filter((one) => one.verdict === 'reject' && one.name !== 'raw')
  test.each(refused.map((one) => one.name))('the event %s is refused, with what, why and fix', (name) => {
    const { exitCode, problems } = problemsOf(() => buildSpec({ name }))
    expect(exitCode).toBe(2)
    expect(problems[0]).toEqual({
      code: 'reserved-name',
      what: expect.any(String),
      why: expect.any(String),
      fix: expect.any(String),
    })
  })

  const escaped = hazards.fields.filter((one) => one.verdict.startsWith('escape'))
  test.each(escaped.map((one) => one.name))('the field %s is escaped, not refused', (name) => {
    expect(buildSpec({ name: 'seat_taken', payload: { [name]: 'str' } }).fields?.[0]?.name).toBe(name)
  })

  const wired = hazards.fields.filter((one) => one.verdict.startsWith('reject'))
  test.each(wired.map((one) => one.name))('the field %s is refused and its fix keeps the key', (name) => {
    const { problems } = problemsOf(() => buildSpec({ name: 'seat_taken', payload: { [name]: 'str' } }))
    expect(problems[0]?.fix).toContain('wire')
    const proposal = /example `(\w+)`/.exec(problems[0]?.fix ?? '')?.[1] ?? ''
    const spec = buildSpec({ name: 'seat_taken', payload: { [proposal]: { type: 'str', wire: name } } })
    expect(spec.fields?.[0]?.wire).toBe(name)
  })

  test('the grammar has no room for anything but ASCII words', () => {
    expect(NAME_PATTERN.test('sea\u0442_taken')).toBe(false)
  })
})

describe('field types', () => {
  test.each([
    ['str', 'str', false],
    ['int[]', 'int[]', false],
    ['str?', 'str', true],
    ['str|null', 'str|null', false],
    ['null|str', 'str|null', false],
    ['any|null', 'any', false],
    ['str.optional', 'str', true],
    ['str.list', 'str[]', false],
    ['str.nullable', 'str|null', false],
    ['int[][]', 'int[][]', false],
    ['(str|null)[]', '(str|null)[]', false],
    ['"a"|"b"', '"a"|"b"', false],
    [`'it''`, undefined, false],
    [`'a'|'b'?`, '"a"|"b"', true],
    ['("a"|"b")[]', '("a"|"b")[]', false],
    ['datetime[]?', 'datetime[]', true],
    ['"a|b"|"c?"', '"a|b"|"c?"', false],
  ])('%s', (expression, printed, optional) => {
    const parsed = parseType(expression)
    if (printed === undefined) return expect(isProblem(parsed)).toBe(true)
    if (isProblem(parsed)) throw new Error(parsed.what)
    expect(printType(parsed.type)).toBe(printed)
    expect(parsed.optional).toBe(optional)
    const again = parseType(printed)
    expect(again).toEqual({ type: parsed.type, optional: false })
  })

  test.each([
    ['int=1', 1],
    ['int=-3', -3],
    ['str=hello', 'hello'],
    ['str="1"', '1'],
    ['str=1', '1'],
    ['str=', ''],
    ['bool=false', false],
    ['float=0', 0],
    ['str[]=[]', []],
    ['dict={"a":1}', { a: 1 }],
    ['"a"|"b"=b', 'b'],
    ['str|null=null', null],
    ['any=null', null],
  ])('%s has the default %j', (expression, value) => {
    const parsed = parseType(expression)
    if (isProblem(parsed)) throw new Error(parsed.what)
    expect(parsed.default).toEqual(value)
  })

  test.each([
    ['string', 'str'],
    ['Int', 'int'],
    ['number', 'float'],
    ['boolean', 'bool'],
    ['strr', 'str'],
  ])('%s asks whether %s was meant', (expression, meant) => {
    const parsed = parseType(expression)
    expect(isProblem(parsed) ? parsed.fix : '').toContain(`\`${meant}\``)
  })

  test.each([
    '',
    '|',
    'str|int',
    'str??x',
    'int=one',
    'int=1.5',
    'bool=yes',
    'int?=1',
    '"a"|"b"=c',
    'float=1e999',
    'str[',
    'str]',
    '(str',
    'list<str>',
    'datetime=now',
  ])('%j is refused with the expression in the message', (expression) => {
    const parsed = parseType(expression)
    expect(isProblem(parsed) ? parsed.what : '').toContain(expression)
  })

  test('a flag without a type, or given twice, is refused', () => {
    expect(problemsOf(() => parseFieldFlags(['seat_id'])).problems[0]?.fix).toContain('seat_id:str')
    expect(problemsOf(() => parseFieldFlags(['a:str', 'a:int'])).message).toContain('twice')
  })
})

describe('descriptions', () => {
  test.each(['\n', '\r', '\u2028', '\u202e', '\u001b[31m', '\0', '\u200b', '\ud800'])(
    '%j is refused',
    (char) => {
      expect(problemsOf(() => buildSpec({ name: 'seat_taken', description: `a${char}b` })).exitCode).toBe(2)
    },
  )
  test('200 characters are enough', () => {
    expect(buildSpec({ name: 'seat_taken', description: 'x'.repeat(200) }).description).toHaveLength(200)
    expect(
      problemsOf(() => buildSpec({ name: 'seat_taken', description: 'x'.repeat(201) })).message,
    ).toContain('201')
  })
})

describe('spec files', () => {
  test('YAML and JSON say the same', () => {
    const yaml =
      'name: curtain_up\ndescription: It rises.\npayload:\n  scene: str\n  bows: { type: int, default: 1, description: How many. }\n  encore: str?\nstore: { hook: useChatStore, as: latest }\nemit: { to: client }\n'
    const json = JSON.stringify({
      name: 'curtain_up',
      description: 'It rises.',
      payload: { scene: 'str', bows: { type: 'int', default: 1, description: 'How many.' }, encore: 'str?' },
      store: { hook: 'useChatStore', as: 'latest' },
      emit: { to: 'client' },
    })
    expect(buildSpecFromFile(yaml, 'a.yaml')).toEqual(buildSpecFromFile(json, 'a.json'))
  })

  test('objects, lists of objects, other wire keys and existing types', () => {
    const spec = buildSpecFromFile(
      'name: seats_sold\npayload:\n  seat: { type: { row: int, note: str? } }\n  seats: { type: [{ row: int }], optional: true }\n  total: { type: int, wire: sum }\n  kind: { python: SeatKind, typescript: SeatKind }\n',
      'a.yaml',
    )
    expect(spec.fields).toEqual([
      {
        name: 'seat',
        type: {
          kind: 'object',
          fields: [
            { name: 'row', type: { kind: 'scalar', name: 'int' }, optional: false },
            { name: 'note', type: { kind: 'scalar', name: 'str' }, optional: true },
          ],
        },
        optional: false,
      },
      {
        name: 'seats',
        type: {
          kind: 'list',
          item: {
            kind: 'object',
            fields: [{ name: 'row', type: { kind: 'scalar', name: 'int' }, optional: false }],
          },
        },
        optional: true,
      },
      { name: 'total', type: { kind: 'scalar', name: 'int' }, optional: false, wire: 'sum' },
      { name: 'kind', type: { kind: 'named', python: 'SeatKind', typescript: 'SeatKind' }, optional: false },
    ])
  })

  test.each([
    ['name: a\npayload:\n  x: strr\n', 'spec.yaml', 3, 6, /strr/],
    ['name: a\npayloads: {}\n', 'spec.yaml', 2, 11, /did you mean `payload`/],
    ['name: a\npayload:\n  x: { typ: str }\n', 'spec.yaml', 3, 13, /did you mean `type`/],
    ['name: [1]\n', 'spec.yaml', 1, 7, /`name`/],
    ['name: a\n  b: c\n', 'spec.yaml', undefined, undefined, /does not parse/],
    ['{"name": "a", "name": "b"}', 'spec.json', 1, 15, /twice/],
    ['', 'spec.yaml', 1, 1, /the spec/],
    ['name: None\n', 'spec.yaml', 1, 7, /None/],
    ['name: a\ndirection: sideways\n', 'spec.yaml', 2, 12, /sideways/],
    ['name: a\nstore: { as: newest }\n', 'spec.yaml', 2, 14, /newest/],
  ])('%j is refused at its place', (text, file, line, column, message) => {
    const { exitCode, problems } = problemsOf(() => buildSpecFromFile(text, file))
    expect(exitCode).toBe(2)
    const found = problems.find((one) => message.test(`${one.what} ${one.fix ?? ''}`))
    expect(found?.place?.file).toBe(file)
    if (line !== undefined) expect([found?.place?.line, found?.place?.column]).toEqual([line, column])
  })

  test('several problems are told at once', () => {
    const { problems } = problemsOf(() =>
      buildSpecFromFile('name: Bad\npayload:\n  A: str\n  b: nope\n', 'a.yaml'),
    )
    expect(problems).toHaveLength(3)
  })

  test('a bomb of aliases is refused', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefg'[index]}`).join()}]\n`)
      .join('')}`
    expect(problemsOf(() => buildSpecFromFile(bomb, 'a.yaml')).exitCode).toBe(2)
  })
})
