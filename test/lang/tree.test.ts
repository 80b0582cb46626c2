import { describe, expect, test } from 'vitest'
import { parsePython } from '../../src/lang/python/parse.js'
import { rootOf, type Tree } from '../../src/lang/tree.js'
import { readTree, writeTree } from '../../src/lang/tree-bytes.js'
import { parseTypeScript } from '../../src/lang/typescript/parser/parse.js'
import { createSource } from '../../src/workspace/source.js'
import { FIXTURES, readFixture } from '../support/fixtures.js'

/** Pairs that a reader must be able to tell apart by the tree alone: with kinds and sizes, many are the same. */
const TYPESCRIPT: readonly (readonly [string, string])[] = [
  ['({ a: b })', '({ a = b })'],
  ['({ a })', '({ ...a })'],
  ['({ a: b })', '({ [a]: b })'],
  ["import type { A } from 'a'", "import { A } from 'a'"],
  ["import { type A } from 'a'", "import { A } from 'a'"],
  ["import A from 'a'", "import * as A from 'a'"],
  ["import { A as B } from 'a'", "import { A, B } from 'a'"],
  ["import A from 'a'", "import { A } from 'a'"],
  ["import defer * as A from 'a'", "import * as A from 'a'"],
  ["import A = require('a')", "import type A = require('a')"],
  ["export type { A } from 'a'", "export { A } from 'a'"],
  ["export { type A } from 'a'", "export { A } from 'a'"],
  ["export * from 'a'", "export * as a from 'a'"],
  ["export type * from 'a'", "export * from 'a'"],
  ['export default a', 'export = a'],
  ['export const a = 1', 'const a = 1'],
  ['export default function a() {}', 'export function a() {}'],
  ['const a = 1', 'let a = 1'],
  ['let a = 1', 'var a = 1'],
  ['using a = b', 'const a = b'],
  ['!x', '-x'],
  ['+x', '-x'],
  ['x++', 'x--'],
  ['++x', 'x++'],
  ['typeof x', 'void x'],
  ['a + b', 'a - b'],
  ['a ?? b', 'a || b'],
  ['a === b', 'a == b'],
  ['a = b', 'a += b'],
  ['a?.b', 'a.b'],
  ['a?.[b]', 'a[b]'],
  ['a?.()', 'a()'],
  ['a!', 'a'],
  ['a as B', 'a satisfies B'],
  ['new A()', 'A()'],
  ['type A = keyof B', 'type A = readonly B'],
  ['type A = unique B', 'type A = keyof B'],
  ['type A = B | C', 'type A = B & C'],
  ['type A = B[]', 'type A = [B]'],
  ['type A = typeof b', 'type A = b'],
  ["type A = import('a')", "type A = typeof import('a')"],
  ['type A = [a?: B]', 'type A = [a: B]'],
  ['type A = [...B]', 'type A = [B]'],
  ['type A = (a: B) => C', 'type A = new (a: B) => C'],
  ['interface A { a?: B }', 'interface A { a: B }'],
  ['interface A { readonly a: B }', 'interface A { a: B }'],
  ['interface A { a(): B }', 'interface A { a: B }'],
  ['interface A { get a(): B }', 'interface A { set a(b) }'],
  ['class A extends B {}', 'class A implements B {}'],
  ['class A { static a = 1 }', 'class A { a = 1 }'],
  ['class A { #a = 1 }', 'class A { a = 1 }'],
  ['class A { get a() {} }', 'class A { set a() {} }'],
  ['class A { async a() {} }', 'class A { *a() {} }'],
  ['class A { constructor(private a) {} }', 'class A { constructor(a) {} }'],
  ['abstract class A {}', 'declare class A {}'],
  ['const enum A {}', 'enum A {}'],
  ['namespace A {}', 'module A {}'],
  ['for (;a;) {}', 'for (a;;) {}'],
  ['for (;a;) {}', 'for (;;a) {}'],
  ['for (const a in b) {}', 'for (const a of b) {}'],
  ['for await (const a of b) {}', 'for (const a of b) {}'],
  ['if (a) b; else c', 'if (a) b'],
  ['while (a) b', 'do b; while (a)'],
  ['break', 'continue'],
  ['switch (a) { case b: }', 'switch (a) { default: }'],
  ['async () => a', '() => a'],
  ['() => a', '() => { a }'],
  ['({ a = b }) => a', '({ a: b }) => a'],
  ['({ ...a }) => a', '({ a }) => a'],
  ['(a?: B) => a', '(a: B) => a'],
  ['(...a) => a', '(a) => a'],
  ['(a = b) => a', '(a: b) => a'],
  ['function* a() { yield b }', 'function* a() { yield* b }'],
  ['new.target', 'import.meta'],
  ["'a'", '`a`'],
  ['/a/', "'a'"],
  ['1', '1n'],
  [`\`a$\{b}c\``, '`a` + b + `c`'],
]

const PYTHON: readonly (readonly [string, string])[] = [
  ['not x', '-x'],
  ['+x', '-x'],
  ['a and b', 'a or b'],
  ['a == b', 'a != b'],
  ['a in b', 'a not in b'],
  ['a is b', 'a is not b'],
  ['a + b', 'a - b'],
  ['a = b', 'a += b'],
  ['a = b', 'a: b'],
  ['a: b = c', 'a = b = c'],
  ['f(a=b)', 'f(a == b)'],
  ['f(*a)', 'f(**a)'],
  ['f(*a)', 'f(a)'],
  ['{a: b}', '{a, b}'],
  ['[a]', '(a,)'],
  ['[a for a in b]', '{a for a in b}'],
  ['from a import b', 'import a'],
  ['from a import b as c', 'from a import b, c'],
  ['from . import a', 'from .. import a'],
  ['from a import *', 'from a import b'],
  ['async def a(): pass', 'def a(): pass'],
  ['async for a in b: pass', 'for a in b: pass'],
  ['def a(*, b): pass', 'def a(b): pass'],
  ['def a(b, /): pass', 'def a(b): pass'],
  ['def a(*b): pass', 'def a(**b): pass'],
  ['def a(b=c): pass', 'def a(b: c): pass'],
  ['class A(B): pass', 'class A(b=B): pass'],
  ['if a: pass\nelif b: pass', 'if a: pass\nelse: pass'],
  ['while a: pass', 'if a: pass'],
  ['return', 'pass'],
  ['break', 'continue'],
  ['await a', 'a'],
  ['yield a', 'yield from a'],
  ['raise a', 'assert a'],
  ['raise a from b', 'raise a'],
  ['a[b:c]', 'a[b]'],
  ['lambda a: b', 'lambda: b'],
  ['except_ = 1', 'del except_'],
  ['global a', 'nonlocal a'],
  ['a if b else c', 'a or c'],
]

describe('pairs that look alike come out different', () => {
  test.each(TYPESCRIPT)('%s and %s', (one, other) => {
    expect(shapeOf(typescript(one))).not.toEqual(shapeOf(typescript(other)))
  })

  test.each(PYTHON)('%s and %s', (one, other) => {
    expect(shapeOf(python(one))).not.toEqual(shapeOf(python(other)))
  })
})

describe('a tree that was written and read back', () => {
  test.each(FIXTURES)('is the same for every file of %s', (name) => {
    const trees = [...readFixture(name)].flatMap(([path, text]) => {
      if (path.endsWith('.py')) return [python(text)]
      return /\.tsx?$/.test(path) ? [typescript(text, path)] : []
    })
    expect(trees.length).toBeGreaterThan(0)
    for (const tree of trees) expect(readTree(writeTree(tree))).toEqual(tree)
  })

  test('keeps the faults of a file, and a file that is too deep', () => {
    const broken = typescript('const a = 1\nconst = \nconst b = 2\n')
    expect(broken.syntaxErrors).not.toEqual([])
    const deep = python(`a = ${'['.repeat(4000)}${']'.repeat(4000)}\n`)
    expect(deep.isTooDeep).toBe(true)
    for (const tree of [broken, deep]) expect(readTree(writeTree(tree))).toEqual(tree)
  })
})

describe('a node', () => {
  const text = "if (a) { send('b'); if (c) d() }"
  const root = rootOf(typescript(text), text)
  const [outer, inner] = root.descendants('IfStatement')

  test('is one object, however it is reached', () => {
    const [block] = root.descendants('Block')
    expect(outer?.child('thenStatement')).toBe(block)
    expect(inner?.parent).toBe(block)
    expect(inner?.closest('Block')).toBe(block)
    expect(inner?.parent?.list('statements')[1]).toBe(inner)
    expect(inner?.root).toBe(root)
  })

  test('knows what is around it and below it', () => {
    expect([...(inner?.ancestors() ?? [])].map(({ kind }) => kind)).toEqual([
      'Block',
      'IfStatement',
      'SourceFile',
    ])
    expect(outer?.holds(inner ?? root)).toBe(true)
    expect(inner?.holds(outer ?? root)).toBe(false)
    const seen = [...root.below(({ kind }) => kind !== 'CallExpression')].map(({ kind }) => kind)
    expect(seen).not.toContain('StringLiteral')
    expect(seen.filter((kind) => kind === 'CallExpression')).toHaveLength(2)
  })

  test('has its text, its place and its role', () => {
    expect(inner?.text).toBe('if (c) d()')
    expect(text.slice(inner?.start, inner?.end)).toBe(inner?.text)
    expect(inner?.field).toBe('statements')
    expect(inner?.textOf('expression')).toBe('c')
    expect(inner?.child('elseStatement')).toBeUndefined()
  })
})

function typescript(text: string, path = 'stage.ts'): Tree {
  return parseTypeScript(createSource(path, text))
}

function python(text: string): Tree {
  return parsePython(createSource('stage.py', text))
}

/** All that a reader can see of a tree but the text and where things stand. */
function shapeOf(tree: Tree): unknown[] {
  const { kind, field, mark, size, flags, words } = tree
  return Array.from(kind, (word, index) => [
    words[word],
    words[field[index] ?? 0],
    words[mark[index] ?? 0],
    size[index],
    flags[index],
  ])
}
