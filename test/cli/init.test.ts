import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { initSchema } from '../../src/report/program-schemas.js'
import { findHookPlace } from '../../src/settings/pre-commit-file.js'
import { cachibotWs, copyFixture, git, snapshot } from '../support/checkout.js'
import { hasPython } from '../support/python.js'
import { session } from '../support/terminal.js'

const FILES = [
  '.claude/skills/cachibot-websocket-event/SKILL.md',
  '.github/workflows/cachibot-ws.yml',
  '.pre-commit-config.yaml',
  'cachibot-ws.config.json',
  'cachibot-ws.config.schema.json',
]

const FROM = ['--from', 'github:owner/cachibot-ws#v0.1.0']

test('writes every item once, each one valid, and a second run changes nothing', async () => {
  const cwd = copyFixture('cachibot')
  const before = snapshot(cwd)
  const first = await cachibotWs(['init', '--all', ...FROM, '--json'], { cwd })
  expect(first.exitCode).toBe(0)
  const run = initSchema.parse(JSON.parse(first.stdout))
  expect(run.files.map(({ file, status }) => `${file} ${status}`).toSorted()).toEqual(
    FILES.map((file) => `${file} inserted`),
  )
  const after = snapshot(cwd)
  for (const file of FILES) expect(before.has(file)).toBe(false)
  expect([...after.keys()].filter((file) => !before.has(file)).toSorted()).toEqual(FILES)
  const read = (file: string): string => readFileSync(join(cwd, file), 'utf8')
  expect(parse(read('.github/workflows/cachibot-ws.yml')).jobs['cachibot-ws'].steps).toHaveLength(2)
  expect(parse(read('.pre-commit-config.yaml')).repos[0].hooks[0].id).toBe('cachibot-ws')
  expect(JSON.parse(read('cachibot-ws.config.json')).failOn).toBe('error')
  const again = await cachibotWs(['init', '--all', ...FROM, '--json'], { cwd })
  expect(initSchema.parse(JSON.parse(again.stdout)).files.every((one) => one.status === 'present')).toBe(true)
  expect(snapshot(cwd)).toEqual(after)
})

test('writes only what is asked for; a dry run prints the diff that git takes', async () => {
  const cwd = copyFixture('cachibot')
  const before = snapshot(cwd)
  const dry = await cachibotWs(['init', '--ci', ...FROM, '--dry-run'], { cwd })
  expect(dry.stderr).toContain('CI job')
  expect(snapshot(cwd)).toEqual(before)
  await cachibotWs(['init', '--ci', ...FROM], { cwd })
  const written = snapshot(cwd)
  expect([...written.keys()].filter((file) => !before.has(file))).toEqual([
    '.github/workflows/cachibot-ws.yml',
  ])
  const other = copyFixture('cachibot')
  git(other, 'init', '-q')
  writeFileSync(join(cwd, 'dry.diff'), dry.stdout)
  git(other, 'apply', join(cwd, 'dry.diff'))
  expect(snapshot(other)).toEqual(written)
})

test('never overwrites a file of other content: exit 3 with its place, and nothing is written', async () => {
  const cwd = copyFixture('cachibot')
  const file = join(cwd, '.github/workflows/cachibot-ws.yml')
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, 'name: another\n')
  writeFileSync(join(cwd, '.pre-commit-config.yaml'), 'repos: []\n')
  const before = snapshot(cwd)
  const { exitCode, stderr } = await cachibotWs(['init', '--all', ...FROM], { cwd })
  expect(exitCode).toBe(3)
  expect(stderr).toContain('.github/workflows/cachibot-ws.yml')
  expect(stderr).toMatch(/\.pre-commit-config\.yaml:1: [\s\S]*- repo: https:/)
  expect(snapshot(cwd)).toEqual(before)
})

test('puts the skill where the repository keeps its skills', async () => {
  const cwd = copyFixture('cachibot')
  mkdirSync(join(cwd, '.agents/skills/other'), { recursive: true })
  await cachibotWs(['init', '--skill', ...FROM], { cwd })
  expect(existsSync(join(cwd, '.agents/skills/cachibot-websocket-event/SKILL.md'))).toBe(true)
})

test('without a flag: exit 4 that names the flags', async () => {
  const { exitCode, stderr } = await cachibotWs(['init'], { cwd: copyFixture('reference') })
  expect(exitCode).toBe(4)
  expect(stderr).toContain('--config-file, --ci, --pre-commit, --skill, or --all')
})

test.skipIf(!hasPython)('on a terminal it asks for each, shows the diff, and asks once more', () => {
  const cwd = copyFixture('cachibot')
  const ran = session(
    cwd,
    ['init', ...FROM],
    [
      ['Set up the config file?', 'n'],
      ['Set up the CI job?', 'y'],
      ['Set up the pre-commit hook?', 'n'],
      ['Set up the agent skill?', 'n'],
      ['Write this?', 'y'],
    ],
  )
  expect([ran.exit, ran.left]).toEqual([0, []])
  expect(existsSync(join(cwd, '.github/workflows/cachibot-ws.yml'))).toBe(true)
  const left = session(cwd, ['init', ...FROM], [['Set up the config file?', '\u0003']])
  expect(left.exit).toBe(130)
})

describe('the hook in a .pre-commit-config.yaml that is there', () => {
  const RUFF =
    'repos:\n  - repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.9.0\n    hooks:\n      - id: ruff # lint\n'

  test.each([
    ['a list that is indented', RUFF],
    ['a list that is flush left', RUFF.replace(/^ {2}/gm, '')],
    ['keys behind the list', `${RUFF}ci:\n  autofix_prs: false\n`],
    ['comments and blank lines behind it', `# hooks\n${RUFF}\n# the end\n`],
    ['Windows line endings', RUFF.replaceAll('\n', '\r\n')],
    ['no newline at the end', RUFF.trimEnd()],
  ])('comes last, and only inserts: %s', async (_, text) => {
    const place = findHookPlace(text.replaceAll('\r\n', '\n'))
    expect(place.kind).toBe('insert')
    const cwd = copyFixture('reference')
    writeFileSync(join(cwd, '.pre-commit-config.yaml'), text)
    const { exitCode, stderr } = await cachibotWs(['init', '--pre-commit', ...FROM], { cwd })
    expect([stderr, exitCode]).toEqual(['', 0])
    const after = readFileSync(join(cwd, '.pre-commit-config.yaml'), 'utf8')
    const [was, is] = [parse(text), parse(after)]
    expect(is.repos.slice(0, -1)).toEqual(was.repos)
    expect(is.repos.at(-1).hooks[0].id).toBe('cachibot-ws')
    expect({ ...is, repos: undefined }).toEqual({ ...was, repos: undefined })
    expect(after.includes('\r\n')).toBe(text.includes('\r\n'))
    expect(/(^|[^\r])\n/.test(after) && after.includes('\r\n')).toBe(false)
    const again = await cachibotWs(['init', '--pre-commit', ...FROM, '--json'], { cwd })
    expect(initSchema.parse(JSON.parse(again.stdout)).files[0]?.status).toBe('present')
  })

  test.each([
    ['no list', 'repos: []\n'],
    ['a list in one line', 'repos: [{repo: local, hooks: []}]\n'],
    ['no repositories', 'ci: {}\n'],
    ['no YAML', 'repos: [\n'],
  ])('is refused with its line where there is %s', (_, text) => {
    expect(findHookPlace(text)).toMatchObject({ kind: 'unfit', line: expect.any(Number) })
  })
})
