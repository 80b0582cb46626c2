import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { cachibotWs, copyFixture, snapshot } from '../support/checkout.js'
import { readFixture } from '../support/fixtures.js'
import { MemoryDisk } from '../support/memory-disk.js'
import { bin } from '../support/terminal.js'

const HOOK = 'frontend/src/hooks/useWebSocket.ts'
const UNION = 'frontend/src/types/index.ts'
const ENUM = 'cachibot/models/websocket.py'
const CONFIG = 'cachibot-ws.config.json'
const ADD = ['add-event', 'seat_taken', '-f', 'seat_id:str']

const texts = readFixture('cachibot')
const textOf = (path: string): string => texts.get(path) ?? ''

/** Runs a command on the fixture with some files in other words, in memory. */
async function run(args: readonly string[], files: Readonly<Record<string, string>>, stdin = '') {
  const disk = MemoryDisk.of('/checkout', new Map([...texts, ...Object.entries(files)]))
  const before = disk.snapshot()
  const ran = await cachibotWs(args, { cwd: '/checkout', disk, stdin })
  return { ...ran, isUntouched: [...disk.snapshot()].every(([path, text]) => before.get(path) === text) }
}

/** Runs the program itself, which must end by itself. */
function program(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const ran = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, ...env },
  })
  return { exitCode: ran.status, text: ran.stdout + ran.stderr }
}

describe('one door reads files', () => {
  test.each([
    [CONFIG, ['check'], 2],
    ['cachibot-ws.baseline.json', ['check'], 2],
    ['spec.yaml', ['add-event', '--spec', 'spec.yaml'], 2],
    ['pyproject.toml', ['check'], 1],
    ['frontend/tsconfig.json', ['check'], 1],
    ['.pre-commit-config.yaml', ['init', '--pre-commit', '--dry-run'], 2],
  ] as const)('a pipe in place of %s is told and not waited for', (file, args, exitCode) => {
    const cwd = copyFixture('cachibot')
    spawnSync('sh', ['-c', `rm -f '${file}' && mkfifo '${file}'`], { cwd })
    const ran = program(cwd, args)
    expect(ran.exitCode).toBe(exitCode)
    expect(ran.text).toContain(`\`${file}\` is a pipe or a device`)
  })

  test('a pipe as the summary of a step is told and not waited for', () => {
    const cwd = copyFixture('cachibot')
    spawnSync('sh', ['-c', 'mkfifo summary'], { cwd })
    const ran = program(cwd, ['check'], { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary') })
    expect(ran.exitCode).toBe(0)
    expect(ran.text).toContain('GITHUB_STEP_SUMMARY names a pipe or a device')
  })

  test('a spec from a pipe names stdin, which takes it', async () => {
    const cwd = copyFixture('cachibot')
    const script = `'${process.execPath}' '${bin}' add-event --dry-run --spec`
    const spec = 'name: seat_taken'
    const pipe = spawnSync('bash', ['-c', `${script} <(echo '${spec}')`], { cwd, encoding: 'utf8' })
    expect([pipe.status, pipe.stderr]).toEqual([2, expect.stringContaining('--spec - < FILE')])
    expect((await run(['add-event', '--spec', '-', '--dry-run'], {}, spec)).exitCode).toBe(0)
  })

  test.each([
    ['too large', Buffer.alloc(4 * 1024 * 1024 + 1, '#'), /more than 4194304 bytes/],
    ['not UTF-8', Buffer.from('name: caf\xe9\n', 'latin1'), /not valid UTF-8/],
  ])('what is %s is refused wherever it stands', async (_, bytes, told) => {
    const cwd = copyFixture('cachibot')
    for (const file of [CONFIG, 'cachibot-ws.baseline.json', 'spec.yaml', ENUM, HOOK]) {
      const path = join(cwd, file)
      const before = existsSync(path) ? readFileSync(path) : undefined
      writeFileSync(path, bytes)
      const args = file === 'spec.yaml' ? ['add-event', '--spec', file] : ['check']
      const ran = await cachibotWs(args, { cwd })
      expect([file, ran.exitCode > 0 && ran.exitCode < 3]).toEqual([file, true])
      expect(ran.stdout + ran.stderr).toMatch(told)
      if (before === undefined) rmSync(path)
      else writeFileSync(path, before)
    }
  })
})

describe('a half-edited file is normal', () => {
  const broken: readonly (readonly [string, string, string, string])[] = [
    ['an import from no string', HOOK, `import { x } from react\n${textOf(HOOK)}`, `${HOOK}:1:19`],
    ['an export from no string', HOOK, `export * from react\n${textOf(HOOK)}`, `${HOOK}:1:15`],
    ['brackets without end', HOOK, `${textOf(HOOK)}\nconst deep = ${'['.repeat(6000)}\n`, HOOK],
    ['brackets to the depth', ENUM, `${textOf(ENUM)}\nDEEP = ${'['.repeat(6000)}${']'.repeat(6000)}\n`, ENUM],
    ['a word too few', UNION, textOf(UNION).replace('export type WSMessageType =', 'export type ='), UNION],
    ['a bracket too many', ENUM, `${textOf(ENUM)}\n)\n`, ENUM],
  ]

  test.each(broken)('%s: the file is unread, and the rest goes on', async (_, file, text, place) => {
    const checked = await run(['check'], { [file]: text })
    expect([checked.exitCode, checked.stdout]).toEqual([1, expect.stringContaining(place)])
    expect(checked.stdout).toContain('unread-file')
    const listed = await run(['list'], { [file]: text })
    expect([listed.exitCode, listed.stderr]).toEqual([0, expect.stringContaining(place)])
    for (const args of [ADD, ['remove-event', 'thinking', '--channel', 'main', '--force']]) {
      const ran = await run(args, { [file]: text })
      // Where the enum itself is not read there is no such channel.
      expect([[1, 2].includes(ran.exitCode), ran.isUntouched]).toEqual([true, true])
      expect(ran.stdout + ran.stderr).toContain(place)
    }
  })

  test('one that nothing needs is no reason to stop', async () => {
    const file = 'frontend/src/unrelated.ts'
    const text = `export const send = ${'['.repeat(1600)}\nsend()\n`
    expect((await run(['check'], { [file]: text })).exitCode).toBe(0)
    expect((await run(ADD, { [file]: text })).exitCode).toBe(0)
  })

  test('what is whole of a file is still read', async () => {
    const { stdout } = await run(['list'], { [HOOK]: `import { x } from react\n${textOf(HOOK)}` })
    expect(stdout).toBe((await run(['list'], {})).stdout)
  })

  test('a removal does not pass over what is not read', async () => {
    const added = await cachibotWs(ADD, { cwd: '/checkout', disk: MemoryDisk.of('/checkout', texts) })
    expect(added.exitCode).toBe(0)
    const disk = MemoryDisk.of('/checkout', texts)
    await cachibotWs(ADD, { cwd: '/checkout', disk })
    const hook = `/checkout/${HOOK}`
    const text = disk.files.get(hook)?.toString('utf8') ?? ''
    disk.files.set(hook, Buffer.from(text.replace("case 'seat_taken':", "case 'seat_taken' {{{")))
    const before = disk.snapshot()
    const ran = await cachibotWs(['remove-event', 'seat_taken'], { cwd: '/checkout', disk })
    expect([ran.exitCode, ran.stdout]).toEqual([1, expect.stringContaining(HOOK)])
    expect(disk.snapshot()).toEqual(before)
  })

  test.each([
    ['{"compilerOptions":{"paths":{"a*":[1]}}}', 0],
    ['{"compilerOptions":{"paths":{"a*":null,"b*":"c*","c*":[]}}}', 0],
    ['{"compilerOptions":{"paths":[1],"baseUrl":7}}', 0],
    ['{"compilerOptions":"strict"}', 0],
    ['{"extends":"./tsconfig.json"}', 0],
    ['null', 1],
    ['[', 1],
    ['['.repeat(100_000), 1],
  ])('a tsconfig of %.40s says nothing, and is told where it is none', async (text, exitCode) => {
    const ran = await run(['check'], { 'frontend/tsconfig.json': text, 'frontend/tsconfig.app.json': '{}' })
    const told = exitCode === 0 ? 'info' : 'frontend/tsconfig.json'
    expect([ran.exitCode, ran.stdout]).toEqual([exitCode, expect.stringContaining(told)])
  })

  test.each(['[tool', 'tool = 1', '[tool.ruff]\nline-length = "x"', `a = ${'['.repeat(50_000)}`])(
    'a pyproject of %.30s says nothing of lines',
    async (text) => {
      const ran = await run(['info'], { 'pyproject.toml': text })
      expect([ran.exitCode, ran.stdout]).toEqual([0, expect.stringContaining('lines up to 88')])
    },
  )
})

describe('a merge conflict is called that', () => {
  const conflict = (ours: string, theirs: string): string =>
    `<<<<<<< HEAD\n${ours}\n=======\n${theirs}\n>>>>>>> theirs\n`

  test.each([
    [HOOK, ['check'], 1, `${textOf(HOOK)}${conflict('const a = 1', 'const a = 2')}`],
    [ENUM, ['check'], 1, `${textOf(ENUM)}${conflict('A = 1', 'A = 2')}`],
    [CONFIG, ['check'], 2, conflict('{}', '{ }')],
    ['cachibot-ws.baseline.json', ['check'], 2, conflict('{}', '{ }')],
    ['spec.yaml', ['add-event', '--spec', 'spec.yaml'], 2, conflict('name: a', 'name: b')],
    ['frontend/tsconfig.json', ['check'], 1, conflict('{}', '{ }')],
  ] as const)('in %s', async (file, args, exitCode, text) => {
    const line = text.slice(0, text.indexOf('<<<<<<<')).split('\n').length
    const ran = await run(args, { [file]: text })
    expect(ran.exitCode).toBe(exitCode)
    expect((ran.stdout + ran.stderr).replace(/\n +/g, ' ')).toContain(
      `\`${file}:${line}\` holds a merge conflict`,
    )
  })

  test('and its marks inside a text are none', async () => {
    const text = `${textOf(ENUM)}\nHELP = """\n${conflict('a', 'b')}"""\n`
    expect((await run(['check'], { [ENUM]: text })).exitCode).toBe(0)
  })
})

describe('data of any depth and size ends with a clear error', () => {
  const aliases = 'bcdefghij'
  const bomb = [...aliases].map((one, index) => {
    const before = `*${'abcdefghij'[index]}`
    return `${one}: &${one} [${Array(9).fill(before).join(', ')}]`
  })
  test.each([
    ['brackets', '['.repeat(100_000), /nested too deeply/],
    ['dashes', '- '.repeat(5_000), /nested too deeply/],
    [
      'indents',
      Array.from({ length: 500 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      /nested too deeply/,
    ],
    ['aliases', `a: &a [x]\n${bomb.join('\n')}\n`, /too many aliases/],
    ['the same key', '{ "a": 1, "a": 2 }', /:1:11: .*a key stands there twice/],
    ['its own alias', '&a [*a]', /./],
    ['a key of the prototype', '{ "__proto__": { "name": "x" } }', /__proto__|unknown key/],
  ])('%s', async (_, text, told) => {
    for (const [file, args] of [
      [CONFIG, ['check']],
      ['cachibot-ws.baseline.json', ['check']],
      ['spec.yaml', ['add-event', '--spec', 'spec.yaml']],
    ] as const) {
      const ran = await run(args, { [file]: text })
      expect([file, ran.exitCode, ran.isUntouched]).toEqual([file, 2, true])
      expect(ran.stderr).toMatch(told)
      expect(ran.stderr).not.toMatch(/RangeError|call stack/)
    }
  })
})

describe('what a library says is said in words of ours, with the place', () => {
  test.each([
    ['a: [1, 2', '1:9'],
    ['a: b: c', '1:4'],
    ['a:\n\t- x', '2:1'],
    ['"\\q": 1', '1:2'],
    ['- a\nb: c', '2:1'],
    ['&a &b x', '1:4'],
    ['a: &x *b', '1:7'],
    ['%YAML 9\n---\na', '1:7'],
    ['name: @x', '1:7'],
    ['{a: 1 b: 2}', '1:5'],
    ['key\nname: x', '1:1'],
    ['a:\n  - b\n c', '3:1'],
    [`${'a'.repeat(1100)}: 1`, '1:1'],
    ['!!set {a: 1}', '1:1'],
  ])('%.20j does not parse', async (text, place) => {
    const messages = parseDocument(text, { prettyErrors: false }).errors.map((one) => one.message)
    expect(messages).not.toEqual([])
    for (const [file, args] of [
      [CONFIG, ['check']],
      ['spec.yaml', ['add-event', '--spec', 'spec.yaml']],
    ] as const) {
      const { exitCode, stderr } = await run(args, { [file]: text })
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`${file}:${place}: the `)])
      expect(stderr).toMatch(/ {2}fix: /)
      for (const message of messages) expect(stderr).not.toContain(message)
    }
  })

  test('a second document is an event in a spec file, and does not parse anywhere else', async () => {
    const text = 'a\n---\nb'
    const config = await run(['check'], { [CONFIG]: text })
    expect([config.exitCode, config.stderr]).toEqual([2, expect.stringContaining(`${CONFIG}:2:1: the `)])
    const spec = await run(['add-event', '--spec', 'spec.yaml'], { 'spec.yaml': text })
    expect([spec.exitCode, spec.stderr]).toEqual([2, expect.stringContaining('spec.yaml:3:1: event 2: the ')])
    for (const { stderr } of [config, spec]) {
      expect(stderr).toMatch(/ {2}fix: /)
      expect(stderr).not.toContain('YAML.parseAllDocuments')
    }
  })

  test.each([
    ['name: *b', /:1:7: .*`\*b` stands for nothing/],
    ['? [a]: b', /:1:3: .*a key is a list or a mapping/],
    ['payload: {}', /:1:1: `name` is missing, and has to be text/],
    ['name: 1', /:1:7: `name` is `1`, and has to be text/],
    ['name: x\npayload: []', /:2:10: `payload` is a list, and has to be a mapping/],
    ['name: x\npayload: {a: {optional: yes}}', /:2:25: `payload.a.optional` is text, and has to be `true`/],
    ['name: x\npayload: {a: {type: [str, str]}}', /:2:21: `payload.a.type` holds more than 1/],
  ])('%j as a spec', async (text, told) => {
    const { stderr } = await run(['add-event', '--spec', 'spec.yaml'], { 'spec.yaml': text })
    expect(stderr).toMatch(told)
    expect(stderr).not.toMatch(/Invalid input|expected .*received|Too (big|small)|aliases/)
  })

  test.each([
    ['{ "failOn": "warn" }', /:1:13: `failOn` is `warn`, and has to be one of `error`, `warning`, `info`\n/],
    ['{ "baseline": "" }', /:1:15: `baseline` is empty/],
    ['{ "baseline": ["a"] }', /:1:15: `baseline` is a list, and has to be text/],
  ])('%j as a config', async (text, told) => {
    expect((await run(['check'], { [CONFIG]: text })).stderr).toMatch(told)
  })

  test.each([
    [['check', '--foo'], 'there is no option `--foo`'],
    [['chek'], 'there is no command `chek`'],
    [['remove-event'], 'the argument `<name>` is missing'],
    [['check', '--format'], 'the option `--format <format>` has no value'],
    [['info', 'x'], '`info` takes 0 arguments, and got 1'],
  ])('%j as a command line', async (args, told) => {
    const { exitCode, stderr } = await run(args, {})
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`error: ${told}\n`)])
  })

  test('a pyproject that does not parse is named with the place', async () => {
    const { stdout } = await run(['info'], { 'pyproject.toml': '[tool' })
    expect(stdout).toContain('as pyproject.toml:1:2 does not parse')
  })
})

describe('only what is ours is written over', () => {
  const config = (baseline: string): string => JSON.stringify({ baseline })

  test.each([ENUM, UNION, 'pyproject.toml', 'frontend/tsconfig.json', CONFIG, 'README.md'])(
    'a config that names %s as its baseline',
    async (baseline) => {
      const ran = await run(['check', '--write-baseline'], { [CONFIG]: config(baseline) })
      expect([ran.exitCode, ran.isUntouched]).toEqual([2, true])
      expect(ran.stderr).toContain(`\`${baseline}\` is there and is no baseline`)
    },
  )

  test('a config that names a file outside of the repository, by its path or by a link', () => {
    const cwd = copyFixture('cachibot')
    mkdirSync(join(cwd, '..', 'outside'))
    symlinkSync(join(cwd, '..', 'outside'), join(cwd, 'link'))
    for (const baseline of ['../known.json', 'link/known.json', join(cwd, '..', 'known.json')]) {
      writeFileSync(join(cwd, CONFIG), config(baseline))
      const before = snapshot(join(cwd, '..'))
      for (const flags of [[], ['--write-baseline']]) {
        const ran = program(cwd, ['check', ...flags])
        expect([ran.exitCode, ran.text]).toEqual([2, expect.stringContaining('leads out of the repository')])
      }
      expect(snapshot(join(cwd, '..'))).toEqual(before)
    }
  })

  test('a link of the name of the baseline does not lead to a source', () => {
    const cwd = copyFixture('cachibot')
    symlinkSync(join(cwd, ENUM), join(cwd, 'cachibot-ws.baseline.json'))
    const before = snapshot(cwd)
    expect(program(cwd, ['check', '--write-baseline']).exitCode).toBe(2)
    expect(snapshot(cwd)).toEqual(before)
  })

  test.each([
    ENUM,
    UNION,
    'pyproject.toml',
    CONFIG,
    'package-lock.json',
    '.git/config',
    'requirements.txt',
    '.env',
  ])('the command line names %s', async (file) => {
    const files = { [file]: texts.get(file) ?? '{}\n' }
    const output = await run(['check', '--output', file], files)
    expect([output.exitCode, output.isUntouched]).toEqual([2, true])
    const baseline = await run(['check', '--baseline', file, '--write-baseline'], files)
    expect([baseline.exitCode, baseline.isUntouched]).toEqual([2, true])
  })

  test('an earlier report, an empty file and a text are replaced, and a baseline by a baseline', () => {
    const cwd = copyFixture('cachibot')
    const outside = join(cwd, '..', 'out.txt')
    writeFileSync(outside, 'an old one\n')
    writeFileSync(join(cwd, '..', 'empty.json'), '')
    for (const file of [outside, '../empty.json', '../run.json', '../run.sarif']) {
      const format = file.endsWith('.sarif') ? 'sarif' : file.endsWith('.json') ? 'json' : 'text'
      for (let time = 0; time < 2; time++)
        expect(program(cwd, ['check', '--format', format, '--output', file]).exitCode).toBe(0)
    }
    expect(readFileSync(outside, 'utf8')).not.toContain('an old one')
    for (const named of [[], ['--baseline', '../known.json']])
      for (let time = 0; time < 2; time++)
        expect(program(cwd, ['check', '--write-baseline', ...named]).exitCode).toBe(0)
  })
})
