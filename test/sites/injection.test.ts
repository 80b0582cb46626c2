import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Failure } from '../../src/errors.js'
import type { EventSpec } from '../../src/spec/event-spec.js'
import { buildSpec, planAddEvent } from '../support/asked.js'
import { cachibotWs, copyFixture, snapshot } from '../support/checkout.js'
import { FIXTURES, open, project, readFixture } from '../support/fixtures.js'
import { hasPython, python } from '../support/python.js'

/** Texts that end, open or hide something in one of the places they are written to. */
const TEXTS: readonly string[] = [
  '"""',
  "'''",
  'x"',
  "x'",
  'x\\',
  '\\"""',
  '\\N{DASH}',
  '\\x41\\u0041\\101',
  '"""\nimport os\nos.abort()\n"""',
  '""" + __import__("os").name + """',
  '*/',
  '*/ export const injected = 1 /*',
  '/*',
  '// x',
  '# x',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a hazard
  '${injected}',
  '`backtick`',
  '{{name}}',
  '{{{name}}}',
  '{{#each fields}}x{{/each}}',
  '%s %r %(x)s %',
  '{x!r}',
  "'; injected()",
  "'] | 'injected",
  '"], injected: Literal["x',
  '</script>',
  'noqa',
  'type: ignore',
  '@ts-ignore',
  '@ts-expect-error',
  'eslint-disable',
  'fmt: off',
  '::error::x',
  'line\u2028break',
  'line\u2029break',
  'right\u202eleft',
  '\u001b[31mred',
  'null\u0000',
  '\ufeffmark',
  'half \ud800 pair',
  'tab\tstop',
  'carriage\rreturn',
  'emoji 🎭 and → and 座席',
]

/** Where a spec holds a text of a person, and what the spec is then. */
const FIELDS: Readonly<Record<string, (text: string) => EventSpec>> = {
  description: (text) => specWith({ description: text }),
  'field description': (text) => specWith({ field: { type: 'str', description: text } }),
  literal: (text) => specWith({ field: { type: `${JSON.stringify(text)}|"other"` } }),
  default: (text) => specWith({ field: { type: 'str', default: text } }),
  'default in a list': (text) => specWith({ field: { type: 'str[]', default: [text] } }),
  'key of a default': (text) => specWith({ field: { type: 'dict', default: { [text]: 1 } } }),
}

function specWith(given: {
  description?: string
  field?: { type: string; description?: string; default?: string | string[] | { [key: string]: number } }
}): EventSpec {
  const payload = { value: given.field ?? 'str', other: 'int' }
  return buildSpec({
    name: 'seat_taken',
    direction: 'bidirectional',
    payload,
    request: { payload },
    ...(given.description === undefined ? {} : { description: given.description }),
  })
}

interface Output {
  readonly path: string
  readonly text: string
}

describe.each(FIXTURES)('%s', (fixture) => {
  const opened = open(readFixture(fixture))

  /** What is written, or undefined where the spec is refused. */
  async function write(make: () => EventSpec): Promise<readonly Output[] | undefined> {
    const { repository, layout, disk } = await opened
    try {
      const plan = planAddEvent(repository, layout, make(), { partial: false })
      expect(plan.isBlocked).toBe(false)
      return plan.files.map(({ after }) => ({ path: after.path, text: after.text }))
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      expect([error.exitCode, error.problems.length > 0, disk.writes]).toEqual([2, true, []])
      return undefined
    }
  }

  test.each(Object.keys(FIELDS))('no %s adds a node to a syntax tree', async (field) => {
    const make = FIELDS[field]
    if (make === undefined) throw new Error(field)
    const plain = await write(() => make('plain'))
    if (plain === undefined) throw new Error('the plain text was refused')
    const written = new Map<string, readonly Output[]>()
    for (const text of TEXTS) {
      const output = await write(() => make(text))
      if (output !== undefined) written.set(text, output)
    }
    expect(written.size).toBeGreaterThan(TEXTS.length / 2)
    for (const [text, output] of written) {
      expect(output.map(({ path }) => path)).toEqual(plain.map(({ path }) => path))
      for (const [index, { path, text: source }] of output.entries()) {
        if (path.endsWith('.py')) continue
        expect(kindsOf(path, source), `${JSON.stringify(text)} in ${path}`).toEqual(
          kindsOf(path, plain[index]?.text ?? ''),
        )
      }
    }
    if (hasPython) comparePython(plain, written)
  })
})

/** The kinds of all nodes of a TypeScript file, which must parse. */
function kindsOf(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly unknown[] }
  expect(parseDiagnostics).toEqual([])
  const kinds: string[] = []
  const visit = (node: ts.Node): void => {
    kinds.push(ts.SyntaxKind[node.kind])
    ts.forEachChild(node, visit)
  }
  visit(file)
  return kinds
}

/** Compares the trees by Python's own parser, the values of strings left out. */
function comparePython(plain: readonly Output[], written: ReadonlyMap<string, readonly Output[]>): void {
  const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-injection-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const only = (output: readonly Output[]): Output[] => output.filter(({ path }) => path.endsWith('.py'))
  const cases = [...written].map(([text, output]) => ({ text, files: only(output) }))
  writeFileSync(join(folder, 'cases.json'), JSON.stringify({ plain: only(plain), cases }))
  const program = `
import ast, json
def kinds(text):
    return [type(node).__name__ for node in ast.walk(ast.parse(text))]
with open("cases.json", encoding="utf-8") as file:
    data = json.load(file)
plain = {one["path"]: kinds(one["text"]) for one in data["plain"]}
wrong = [
    [case["text"], one["path"]]
    for case in data["cases"]
    for one in case["files"]
    if kinds(one["text"]) != plain[one["path"]]
]
print(json.dumps(wrong))
`
  expect(JSON.parse(python(program, { cwd: folder, path: folder }))).toEqual([])
}

/** Names that lead out of the checkout, or into what is no part of it. */
const PATHS: readonly string[] = [
  '../outside',
  '../../etc/passwd',
  '/etc/passwd',
  './seat_taken',
  'models/seat_taken',
  'models\\seat_taken',
  'C:\\temp\\x',
  '~/seat',
  '$HOME/x',
  'seat_taken.py',
  'file:///etc/passwd',
  '%2e%2e%2fx',
  '..',
  'seat\u0000taken',
]

/** The ways a path-like word comes in. */
const WAYS: Readonly<Record<string, (path: string) => readonly string[]>> = {
  name: (path) => ['add-event', path],
  request: (path) => ['add-event', 'seat_taken', '--direction', 'both', '--request', path],
  field: (path) => ['add-event', 'seat_taken', '-f', `${path}:str`],
  type: (path) => ['add-event', 'seat_taken', '-f', `seat_id:${path}`],
  channel: (path) => ['add-event', 'seat_taken', '--channel', path],
  store: (path) => ['add-event', 'seat_taken', '--store', path],
  emit: (path) => ['add-event', 'seat_taken', '--emit', path],
  spec: (path) => ['add-event', '--spec', join('missing', path)],
}

describe.each(Object.entries(WAYS))('a path as %s', (_, make) => {
  test('is refused with exit 2 and nothing is written', async () => {
    const root = copyFixture('reference')
    const around = snapshot(join(root, '..'))
    for (const path of PATHS) {
      const ran = await cachibotWs(make(path), { cwd: root })
      expect([path, ran.exitCode]).toEqual([path, 2])
      expect(ran.stderr).toMatch(/^error: /)
      expect(ran.stderr).not.toContain('\u0000')
    }
    expect(snapshot(join(root, '..'))).toEqual(around)
  })
})

test.each(['models/websocket.py', 'api/websocket.py'])(
  'a file of the checkout that is a link to the outside is not written through: %s',
  async (file) => {
    const root = copyFixture('reference')
    const inside = join(root, 'src', 'cachibot', file)
    const outside = join(root, '..', 'outside.py')
    writeFileSync(outside, readFixture('reference').get(`src/cachibot/${file}`) ?? '')
    rmSync(inside)
    symlinkSync(outside, inside)
    const before = snapshot(join(root, '..'))
    const ran = await cachibotWs(['add-event', 'seat_taken', '-f', 'seat_id:str'], { cwd: root })
    expect(ran.exitCode).not.toBe(0)
    expect(ran.stderr).not.toContain('    at ')
    expect(snapshot(join(root, '..'))).toEqual(before)
  },
)

test.each(['', 'a folder', 'deep/and/deeper'])('a spec file that is none: %j', async (name) => {
  const root = copyFixture('reference')
  const path = join(root, name)
  if (name !== '') mkdirSync(name === 'a folder' ? path : dirname(path), { recursive: true })
  const before = readdirSync(root, { recursive: true }).length
  const ran = await cachibotWs(['add-event', '--spec', path], { cwd: root })
  expect(ran.exitCode).toBe(2)
  expect(ran.stderr).toMatch(/^error: .*spec file/)
  expect(readdirSync(root, { recursive: true }).length).toBe(before)
  expect(project).not.toBe(root)
})
