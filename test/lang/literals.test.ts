import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { stringValue as pythonValue } from '../../src/lang/python/literals.js'
import { parsePython } from '../../src/lang/python/parse.js'
import { stringValue as typescriptValue } from '../../src/lang/typescript/literals.js'
import { rootOf } from '../../src/lang/tree.js'
import { parseTypeScript } from '../../src/lang/typescript/parser/parse.js'
import { createSource } from '../../src/workspace/source.js'
import { project } from '../support/fixtures.js'
import { hasPython, python } from '../support/python.js'

const TYPESCRIPT = [
  `''`,
  `"a'b"`,
  String.raw`'a\'b'`,
  String.raw`"\n\t\r\b\f\v\0"`,
  String.raw`'\x41\u0042\u{43}\u{1F600}'`,
  String.raw`'\q\d\ \/'`,
  String.raw`'\\n'`,
  `'a\\\nb'`,
  '`a`',
  '`a\nb`',
  String.raw`'\u2028'`,
  `'schön 😀'`,
]

const PYTHON = [
  `''`,
  `"a'b"`,
  String.raw`'a\'b'`,
  String.raw`"\n\t\r\b\f\v\a\0"`,
  String.raw`'\x41\u0042\U0001F600'`,
  String.raw`'\101\7z'`,
  String.raw`'\q\d\/'`,
  String.raw`'\\n'`,
  `'a\\\nb'`,
  '"""a\nb"""',
  `'''a"b'''`,
  String.raw`r'\n\x41'`,
  String.raw`R"a\"b"`,
  `u'a'`,
  `'a' "b"`,
  `('a'\n 'b')`,
  `'schön 😀'`,
]

describe('a string of TypeScript has the value that the language gives it', () => {
  test.each(TYPESCRIPT)('%j', (text) => {
    const source = createSource('stage.ts', `x(${text})`)
    const [node] = rootOf(parseTypeScript(source), source.text).descendants(
      'StringLiteral',
      'NoSubstitutionTemplateLiteral',
    )
    expect(typescriptValue(node)).toBe(runInNewContext(text))
  })
})

describe.skipIf(!hasPython)('a string of Python has the value that the language gives it', () => {
  test.each(PYTHON)('%j', (text) => {
    const program = `import json, sys\nsys.stdout.write(json.dumps(eval(${JSON.stringify(text)})))`
    const told: unknown = JSON.parse(
      python(`import warnings\nwarnings.simplefilter('ignore')\n${program}`, at),
    )
    expect(valueIn(text)).toBe(told)
  })
})

test.each([`f'a'`, `b'a'`, `rb'a'`, `t'a'`, String.raw`'\N{BULLET}'`, 'name', '1', `f'a' 'b'`])(
  '%s of Python is no string that can be read',
  (text) => {
    expect(valueIn(text)).toBeUndefined()
  },
)

const at = { cwd: project, path: project }

function valueIn(text: string): string | undefined {
  const source = createSource('stage.py', `x = ${text}\n`)
  const root = rootOf(parsePython(source), source.text)
  return pythonValue(root.descendants('assignment')[0]?.child('right'))
}
