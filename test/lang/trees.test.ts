import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openCache } from '../../src/cache/cache.js'
import { LANGUAGES, languageOf } from '../../src/lang/languages.js'
import { python } from '../../src/lang/python/language.js'
import { writeTree } from '../../src/lang/tree-bytes.js'
import { TREE_VERSION, Trees } from '../../src/lang/trees.js'
import { typescript } from '../../src/lang/typescript/language.js'
import { createSource } from '../../src/workspace/source.js'
import { project } from '../support/fixtures.js'

let folder: string
const parses = () => parse.mock.calls.length
const parse = vi.spyOn(python, 'parse')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trees-'))
  parse.mockClear()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = () => new Trees(openCache('trees', folder))
const stage = createSource('stage.py', 'curtain = "up"\n')
const wings = createSource('stage.py', 'curtain = "down"\n')

/** A run that reads a source and keeps what it parsed. */
function read(source = stage) {
  const trees = run()
  const tree = trees.find(python, source)
  trees.keep()
  return tree
}

describe('a text is parsed once,', () => {
  test('whatever its folder', () => {
    const tree = read()
    expect(read()).toEqual(tree)
    expect(read(createSource('theatre/stage.py', stage.text))).toEqual(tree)
    expect(parses()).toBe(1)
  })

  test.each([
    ['another text', wings],
    ['another name', createSource('stage.pyi', stage.text)],
  ])('and %s by itself', (_, other) => {
    read()
    expect(read(other)).toEqual(python.parse(other))
    expect(parses()).toBe(3)
  })

  test('and for another grammar again', () => {
    read()
    run().find({ ...python, grammar: 'another' }, stage)
    expect(parses()).toBe(2)
  })
})

describe('an entry is not taken that', () => {
  const entry = () => {
    const [name = ''] = readdirSync(join(folder, 'trees'))
    return { name, path: join(folder, 'trees', name) }
  }
  test.each<[string, () => void]>([
    ['is damaged', () => writeFileSync(entry().path, readFileSync(entry().path).subarray(0, -1))],
    ['is gone', () => rmSync(entry().path)],
    ['is no tree', () => openCache('trees', folder).write(entry().name, Buffer.from('no tree at all'))],
    ['is too short', () => openCache('trees', folder).write(entry().name, Buffer.alloc(0))],
  ])('%s', (_, spoil) => {
    const tree = read()
    spoil()
    expect(read()).toEqual(tree)
    expect(parses()).toBe(2)
    expect(read()).toEqual(tree)
    expect(parses()).toBe(2)
  })
})

test('without a cache every run parses', () => {
  for (const _ of [1, 2]) {
    const trees = new Trees()
    trees.find(python, stage)
    trees.keep()
  }
  expect(parses()).toBe(2)
})

test('a tree that is not what the parser says is found out, is not taken again, and is kept no longer', () => {
  read()
  const [name = ''] = readdirSync(join(folder, 'trees'))
  openCache('trees', folder).write(name, writeTree(python.parse(wings)))
  const trees = run()
  expect(trees.find(python, stage)).toEqual(python.parse(wings))
  expect(trees.confirm(['wings.py'])).toBe(true)
  expect(trees.confirm(['stage.py'])).toBe(false)
  expect(trees.find(python, stage)).toEqual(python.parse(stage))
  trees.keep()
  expect(read()).toEqual(python.parse(stage))
})

test('the grammars are those that are installed', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'))
  const versions: Readonly<Record<string, string>> = { ...dependencies, ...devDependencies }
  const named = (name: string) => `${name} ${versions[name]}`
  expect([python.grammar, typescript.grammar]).toEqual([named('tree-sitter-python'), named('ts-morph')])
  expect(LANGUAGES).toHaveLength(2)
})

const SAMPLES = {
  'stage.py': [
    'from enum import Enum as E',
    '@on("x", y=1)',
    'async def f(a: int = 1, *b, c=None, **d) -> str | None:',
    '    """Docs."""  # comment',
    '    match a:',
    '        case E.A if not b: return f"{a!r}"',
    '    try: await g({**d, "k": [x for x in b]})',
    '    except (A, B) as e: raise',
    'class C(str, E): M = "m"; x: int',
    'broken = = 1',
  ],
  'stage.tsx': [
    "import D, { type A as B } from 'a'",
    "export type U = 'a' | Pick<B, 'c'> | typeof import('d')",
    'export const f = async ({ a, b = 1 }: P, ...c) => { switch (a?.b!) { case `x`: return -c; default: } }',
    'class K extends L implements M { static #p = 1; get q() { return <i>{r}</i> } }',
    'let u = v as W, n = new X(!y)',
    'const = 1',
  ],
}

test('who makes other trees, or writes them otherwise, gives them another version', () => {
  const hash = createHash('sha256')
  for (const [path, lines] of Object.entries(SAMPLES)) {
    const language = languageOf(path)
    if (language === undefined) throw new Error(`no language of ${path}`)
    hash.update(writeTree(language.parse(createSource(path, `${lines.join('\n')}\n`))))
  }
  expect({ version: TREE_VERSION, trees: hash.digest('hex').slice(0, 16) }).toEqual({
    version: 1,
    trees: 'fc3d62cbb12387fd',
  })
})
