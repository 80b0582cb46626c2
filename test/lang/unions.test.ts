import { expect, test } from 'vitest'
import { moduleOf } from '../../src/lang/module.js'
import { parseTypeScript } from '../../src/lang/typescript/parser/parse.js'
import { unionNamed } from '../../src/lang/typescript/unions.js'
import { createSource } from '../../src/workspace/source.js'

const WS = 'src/ws.ts'
const NAMES = 'src/names.ts'

/** What a type of a file stands for, and how much of it is not read. */
function read(text: string, others: Readonly<Record<string, string>> = {}) {
  const files = new Map(Object.entries({ ...others, [WS]: text }))
  const modules = new Map(
    [...files].map(([path, code]) => {
      const source = createSource(path, code)
      return [path, moduleOf('typescript', source, parseTypeScript(source))]
    }),
  )
  const module = modules.get(WS)
  if (module === undefined) throw new Error('no module')
  const union = unionNamed({ open: (path) => modules.get(path), aliases: [] }, module, 'Type')
  if (union === undefined) return undefined
  const unread = union.unread.map((one) => files.get(one.file)?.slice(one.start, one.end))
  return { names: union.members.map((one) => one.value), unread }
}

test.each<[string, string, string[]]>([
  ['parentheses', "type Type = ('a' | ('b')) | 'c'", ['a', 'b', 'c']],
  ['an array', "const X = ['a', 'b'] as const\ntype Type = typeof X[number]", ['a', 'b']],
  [
    'an array that is checked',
    "const X = ['a'] as const satisfies readonly string[]\ntype Type = (typeof X)[number]",
    ['a'],
  ],
  [
    'an array with another one and constants',
    "const A = 'a'\nconst X = [A] as const\nconst Y = [...X, 'b'] as const\ntype Type = (typeof Y)[number]",
    ['a', 'b'],
  ],
  [
    'keys of a type',
    "interface P { a: string; 'b': number; c(): void }\ntype Type = keyof P",
    ['a', 'b', 'c'],
  ],
  [
    'keys of a type that extends another',
    'interface Q { b: 1 }\ninterface P extends Q { a: 1 }\ntype Type = keyof P',
    ['a', 'b'],
  ],
  ['keys of an object', 'const X = { a: 1, b: 2 }\ntype Type = keyof typeof X', ['a', 'b']],
  [
    'keys that are constants',
    "const N = { A: 'a' } as const\nconst X = { [N.A]: 1 }\ntype Type = keyof typeof X",
    ['a'],
  ],
  [
    'values of an object with those of another',
    "const X = { A: 'a' } as const\nconst Y = { ...X, B: 'b' } as const\ntype Type = (typeof Y)[keyof typeof Y]",
    ['a', 'b'],
  ],
  ['keys of a record', "type A = 'a' | 'b'\ntype Type = keyof Record<A, unknown>", ['a', 'b']],
  ['an enum', "enum Type { A = 'a', B = 'b' }", ['a', 'b']],
  ['members of an enum', "enum E { A = 'a', B = 'b' }\ntype Type = E.A | `$" + '{E.B}`', ['a', 'b']],
  ['a template', "type A = 'a' | 'b'\ntype Type = `x_$" + '{A}`', ['x_a', 'x_b']],
  ['all but some', "type A = 'a' | 'b'\ntype Type = Exclude<A, 'a'> | Extract<A, 'a'>", ['b', 'a']],
  ['one by two ways', "type A = 'a'\ntype B = A\ntype Type = A | B", ['a']],
])('%s is read', (_, text, names) => {
  expect(read(text)).toEqual({ names, unread: [] })
})

test.each<[string, string, string[], string[]]>([
  [
    'a list of any strings',
    "const X = ['a']\ntype Type = 'b' | (typeof X)[number]",
    ['b'],
    ['(typeof X)[number]'],
  ],
  ['a type of a package', "import type { A } from 'a'\ntype Type = A | 'b'", ['b'], ['A']],
  ['an entry that is made', "const X = ['a', f()] as const\ntype Type = (typeof X)[number]", ['a'], ['f()']],
  ['a number of an enum', "enum Type { A = 'a', B }", ['a'], ['B']],
  ['a circle', "type Type = 'a' | B\ntype B = 'b' | Type", ['a', 'b'], ['Type']],
  ['any string', "type Type = 'a' | (string & {})", ['a'], ['(string & {})']],
])('%s is told', (_, text, names, unread) => {
  expect(read(text)).toEqual({ names, unread })
})

test('what is no type of strings is no union', () => {
  expect(read('type Type = { a: string }')).toBeUndefined()
  expect(read("type Type<T> = 'a' | T")).toBeUndefined()
  expect(read('type Type = Type | Type')).toBeUndefined()
})

test('names are followed through imports and what a file passes on', () => {
  const others = {
    [NAMES]: "export { A } from './more'\nexport type B = 'b'\n",
    'src/more.ts': "import { A } from './most'\nexport { A }\n",
    'src/most.ts': "export const A = ['a'] as const\n",
  }
  const text = "import { A, type B } from './names'\ntype Type = (typeof A)[number] | B"
  expect(read(text, others)).toEqual({ names: ['a', 'b'], unread: [] })
})

test('types that are named over and over cost no more than once', () => {
  const all = Array.from(
    { length: 60 },
    (_, index) => `type T${index} = T${index + 1} | T${index + 1} | Gone`,
  )
  expect(read([...all, "type T60 = 'a'", 'type Type = T0'].join('\n'))?.names).toEqual(['a'])
})
