import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runSchema } from '../../src/report/schemas.js'
import { nodeDisk } from '../../src/workspace/disk.js'
import { cachibotWs, copyFixture, type Ran, snapshot } from '../support/checkout.js'
import { project, readFixture } from '../support/fixtures.js'
import { diskError, MemoryDisk } from '../support/memory-disk.js'
import { sarifErrors, schemaErrors } from '../support/schemas.js'

const bin = join(project, 'bin', 'cachibot-ws.js')
const CONFIG = 'cachibot-ws.config.json'
const BASELINE = 'cachibot-ws.baseline.json'
const STAGE = 'cachibot/stage.py'

/** A warning: the comment ignores nothing. */
const UNUSED = 'SEAT = 1  # cachibot-ws: ignore[unread-file] nothing to ignore\n'

/** A checkout with these files besides. */
function checkout(files: Record<string, string> = {}): string {
  const cwd = copyFixture('cachibot')
  for (const [path, text] of Object.entries(files)) writeFileSync(join(cwd, path), text)
  return cwd
}

const check = (cwd: string, ...args: string[]): Promise<Ran> => cachibotWs(['check', ...args], { cwd })

function json(text: string) {
  const value: unknown = JSON.parse(text)
  expect(schemaErrors('run', value)).toEqual([])
  return runSchema.parse(value)
}

const rulesIn = (ran: Ran): string[] => json(ran.stdout).findings.map((one) => one.rule)

describe('the exit code', () => {
  test.each([
    [[], {}, 0],
    [['--fail-on', 'warning'], {}, 1],
    [['--fail-on', 'info'], {}, 1],
    [['--fail-on', 'error'], { failOn: 'info' }, 0],
    [[], { failOn: 'warning' }, 1],
    [[], { rules: { 'unused-suppression': 'error' } }, 1],
    [['--fail-on', 'warning'], { rules: { 'unused-suppression': 'off' } }, 0],
    [['--fail-on', 'warning'], { rules: { 'unused-suppression': 'info' } }, 0],
  ] as const)('of a warning with %j and the config %j is %i', async (args, config, exitCode) => {
    const cwd = checkout({ [STAGE]: UNUSED, [CONFIG]: JSON.stringify(config) })
    expect(await check(cwd, ...args)).toMatchObject({ exitCode, stderr: '' })
    const ran = await check(cwd, ...args, '--json')
    expect(json(ran.stdout)).toMatchObject({ ok: exitCode === 0, exitCode, error: null })
  })

  test('--quiet prints what fails and nothing else', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    expect(await check(cwd, '--quiet')).toEqual({ exitCode: 0, stdout: '', stderr: '' })
    const failed = await check(cwd, '--quiet', '--fail-on', 'warning')
    expect(failed.stdout).toMatch(/^cachibot\/stage\.py:1:11 {2}warning {2}unused-suppression {2}.*\n$/)
  })

  test.each([
    [['--fail-on', 'waring'], 'did you mean `warning`'],
    [['--format', 'serif'], 'did you mean `sarif`'],
    [['--channel', 'rooom'], 'did you mean `room`'],
    [['usag'], 'did you mean `usage`'],
    [['usage', '--channel', 'room'], '`usage` is no event of the channel `room`'],
    [['usage', 'thinking'], '`thinking` stands in 2 channels: main, voice'],
    [['thinking'], 'name one: --channel main or --channel voice'],
    [['--baseline', 'nowhere.json'], 'add --write-baseline'],
    [['--config', 'nowhere.json'], 'does not exist'],
    [['--output', 'nowhere/findings.txt'], 'mkdir -p nowhere'],
    [['--output', 'cachibot'], 'is a folder'],
    [['--baseline', 'cachibot'], 'is a folder'],
    [['--config', 'cachibot'], 'is a folder'],
    [['--output', '/dev/null'], 'is a pipe or a device'],
    [['--write-baseline', '--baseline', 'nowhere/known.json'], 'mkdir -p'],
    [['--write-baselin'], 'did you mean `--write-baseline`'],
  ])('of %j is 2, which says what to do', async (args, words) => {
    const cwd = checkout()
    const before = snapshot(cwd)
    const ran = await check(cwd, ...args)
    expect(ran).toMatchObject({ exitCode: 2, stdout: '' })
    expect(ran.stderr).toContain(words)
    const value = await check(cwd, ...args, '--json')
    expect(value.exitCode).toBe(2)
    expect(json(value.stdout)).toMatchObject({ ok: false, exitCode: 2, command: 'check', findings: [] })
    expect(snapshot(cwd)).toEqual(before)
  })
})

test('--channel and names narrow the check, and what is not asked for is not told', async () => {
  const cwd = checkout({ [STAGE]: UNUSED })
  expect(rulesIn(await check(cwd, '--json'))).toContain('unused-suppression')
  expect(rulesIn(await check(cwd, '--json', '--channel', 'room'))).not.toContain('unused-suppression')
  expect((await check(cwd, 'thinking', '--channel', 'voice')).exitCode).toBe(0)
  const one = json((await check(cwd, '--json', 'approval', 'usage')).stdout)
  expect(one.summary?.events).toBe(2)
})

describe('the format', () => {
  const run = (cwd: string, args: string[], env: Record<string, string>): Promise<Ran> =>
    cachibotWs(['check', ...args], { cwd, env })

  test('is github in GitHub Actions, unless another is asked for', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    const env = { GITHUB_ACTIONS: 'true' }
    expect((await run(cwd, [], env)).stdout).toMatch(
      /^::warning file=cachibot\/stage\.py,line=1,col=11,title=unused-suppression::/m,
    )
    expect((await run(cwd, ['--format', 'text'], env)).stdout).not.toContain('::warning')
    expect(json((await run(cwd, ['--json'], env)).stdout).ok).toBe(true)
  })

  test('github adds to the summary of the step, and knows the way from the root of the repository', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    const summary = join(cwd, '..', 'summary.md')
    writeFileSync(summary, 'what another step said\n')
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: join(cwd, '..') }
    expect((await run(cwd, [], env)).stdout).toContain('file=cachibot/cachibot/stage.py,')
    expect(readFileSync(summary, 'utf8')).toMatch(/^what another step said\n### cachibot-ws check\n/)
    const missing = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'nowhere', 'summary.md') }
    const ran = await run(cwd, [], missing)
    expect(ran.exitCode).toBe(0)
    expect(ran.stderr).toContain('the step summary was not written')
  })

  test('--format json is --json, on failure as well', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    const forms = [['--json'], ['--format', 'json'], ['--format=json']]
    const [first, ...others] = await Promise.all(forms.map((form) => check(cwd, ...form)))
    for (const one of others) expect(one).toEqual(first)
    for (const form of forms) expect(json((await check(cwd, 'nobody', ...form)).stdout).exitCode).toBe(2)
  })

  test('--json and another format contradict each other', async () => {
    const ran = await check(checkout(), '--json', '--format', 'text')
    expect(ran.exitCode).toBe(2)
    expect(json(ran.stdout).error?.what).toBe('--json and --format text contradict each other')
  })

  test('sarif holds to the official schema', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    const log: unknown = JSON.parse((await check(cwd, '--format', 'sarif')).stdout)
    expect(sarifErrors(log)).toEqual([])
    expect(JSON.stringify(log)).toContain('"ruleId":"unused-suppression"')
  })
})

describe('--output', () => {
  test('takes the findings, replaces what was there, and leaves nothing else behind', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    const printed = await check(cwd, '--format', 'sarif')
    writeFileSync(join(cwd, 'findings.sarif'), 'old')
    const ran = await check(cwd, '--format', 'sarif', '--output', 'findings.sarif')
    expect(ran).toMatchObject({ exitCode: 0, stdout: '' })
    expect(ran.stderr).toMatch(/^1 warning, .*in \d+ events of 3 channels\n$/)
    expect(readFileSync(join(cwd, 'findings.sarif'), 'utf8')).toBe(printed.stdout)
    expect(readdirSync(cwd).filter((name) => name.includes('findings'))).toEqual(['findings.sarif'])
  })

  test('writes through a link', async () => {
    const cwd = checkout({ 'real.txt': '' })
    symlinkSync('real.txt', join(cwd, 'linked.txt'))
    await check(cwd, '--output', 'linked.txt')
    expect(lstatSync(join(cwd, 'linked.txt')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(cwd, 'real.txt'), 'utf8')).toContain(' events of 3 channels')
  })

  test('text in a file has no colour', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    await check(cwd, '--color', '--output', 'findings.txt')
    expect(readFileSync(join(cwd, 'findings.txt'), 'utf8')).not.toContain('\u001b')
  })
})

describe('the baseline', () => {
  test('is written, accepts, tells what is new and what is gone', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    const written = await check(cwd, '--write-baseline', '--fail-on', 'warning')
    expect(written.exitCode).toBe(0)
    expect(written.stderr).toBe(`wrote ${BASELINE}, which accepts 1 finding\n`)
    expect(written.stdout).toContain('; 1 accepted by the baseline')
    const value: unknown = JSON.parse(readFileSync(join(cwd, BASELINE), 'utf8'))
    expect(schemaErrors('baseline', value)).toEqual([])
    writeFileSync(join(cwd, STAGE), `\n\n${UNUSED}`)
    expect((await check(cwd, '--fail-on', 'warning')).exitCode).toBe(0)
    writeFileSync(join(cwd, STAGE), `${UNUSED}${UNUSED}`)
    expect((await check(cwd, '--fail-on', 'warning')).exitCode).toBe(1)
    rmSync(join(cwd, STAGE))
    const gone = json((await check(cwd, '--json')).stdout)
    expect(gone.findings.filter((one) => one.severity !== 'info')).toMatchObject([
      { rule: 'stale-baseline-entry', file: BASELINE, line: 4 },
    ])
    await check(cwd, '--write-baseline')
    expect((await check(cwd, '--fail-on', 'warning')).exitCode).toBe(0)
  })

  test('a part of the check renews only its part', async () => {
    const cwd = checkout({ [STAGE]: UNUSED })
    await check(cwd, '--write-baseline')
    const before = readFileSync(join(cwd, BASELINE), 'utf8')
    await check(cwd, '--channel', 'room', '--write-baseline')
    expect(readFileSync(join(cwd, BASELINE), 'utf8')).toBe(before)
  })

  test.each([
    ['the flag', ['--baseline', 'known.json'], {}],
    ['the config', [], { baseline: 'known.json' }],
  ])('has the name that %s gives', async (_, args, config) => {
    const cwd = checkout({ [STAGE]: UNUSED, [CONFIG]: JSON.stringify(config) })
    await check(cwd, ...args, '--write-baseline')
    expect(existsSync(join(cwd, BASELINE))).toBe(false)
    expect((await check(cwd, ...args)).stdout).toContain('1 accepted by the baseline')
  })

  test('one with conflict marks is refused, and can be written anew', async () => {
    const cwd = checkout({ [STAGE]: UNUSED, [BASELINE]: '{\n<<<<<<< ours\n' })
    const broken = await check(cwd)
    expect(broken.exitCode).toBe(2)
    expect(broken.stderr).toMatch(/cachibot-ws\.baseline\.json:\d:1: the baseline does not parse/)
    expect(broken.stderr).toContain('cachibot-ws check --write-baseline')
    expect((await check(cwd, '--write-baseline')).exitCode).toBe(0)
  })
})

describe('an event that the client drops', () => {
  const HOOK = 'frontend/src/hooks/useWebSocket.ts'
  const MODELS = 'cachibot/models/websocket.py'
  /** A checkout whose hook has another name for `usage`. */
  function drifted(): string {
    const cwd = checkout()
    edit(cwd, HOOK, "case 'usage'", "case 'usages'")
    return cwd
  }

  function edit(cwd: string, path: string, before: string, after: string): void {
    const text = readFileSync(join(cwd, path), 'utf8')
    expect(text).toContain(before)
    writeFileSync(join(cwd, path), text.replace(before, after))
  }

  test('is an error with both ends', async () => {
    const cwd = drifted()
    const ran = await check(cwd, '--json')
    expect(ran.exitCode).toBe(1)
    const errors = json(ran.stdout).findings.filter((one) => one.severity === 'error')
    expect(errors).toMatchObject([{ rule: 'missing-case', event: { channel: 'main', name: 'usage' } }])
    const ends = [errors[0], ...(errors[0]?.related ?? [])].map((end) => end?.file)
    expect(ends).toEqual(expect.arrayContaining([HOOK, MODELS]))
    expect((await check(cwd, 'usage')).exitCode).toBe(1)
    expect((await check(cwd, 'approval')).exitCode).toBe(0)
    expect((await check(cwd, '--channel', 'room')).exitCode).toBe(0)
  })

  test('is ignored by a comment at either end, and not without a reason', async () => {
    const [finding] = json((await check(drifted(), '--json')).stdout).findings
    for (const { file = '', line = 0 } of [{ ...finding }, ...(finding?.related ?? [])]) {
      const mark = file.endsWith('.py') ? '#' : '//'
      for (const [reason, exitCode] of [
        ['shown in the mobile app only', 0],
        ['', 1],
      ] as const) {
        const cwd = drifted()
        const lines = readFileSync(join(cwd, file), 'utf8').split('\n')
        lines[line - 1] += `  ${mark} cachibot-ws: ignore[missing-case] ${reason}`
        writeFileSync(join(cwd, file), lines.join('\n'))
        expect([file, (await check(cwd)).exitCode]).toEqual([file, exitCode])
      }
    }
  })

  test('is accepted by a baseline, and another one is not', async () => {
    const cwd = drifted()
    await check(cwd, '--write-baseline')
    expect((await check(cwd)).exitCode).toBe(0)
    edit(cwd, HOOK, "case 'error'", "case 'errors'")
    const ran = await check(cwd, '--json')
    expect(ran.exitCode).toBe(1)
    expect(json(ran.stdout).findings.filter((one) => one.severity === 'error')).toMatchObject([
      { event: { name: 'error' } },
    ])
  })

  test('is mended by hand, and the baseline says that its entry can go', async () => {
    const cwd = drifted()
    await check(cwd, 'usage', '--write-baseline')
    edit(cwd, HOOK, "case 'usages'", "case 'usage'")
    const ran = await check(cwd, '--fail-on', 'warning')
    expect(ran.exitCode).toBe(1)
    expect(ran.stdout).toMatch(
      /^cachibot-ws\.baseline\.json:4:5 {2}warning {2}stale-baseline-entry {2}`missing-case`/,
    )
  })
})

describe('a broken file of ours is refused with its place', () => {
  test.each([
    [CONFIG, '{ "rules": [', /cachibot-ws\.config\.json:1:\d+: the config file does not parse/],
    [
      CONFIG,
      '{\n  "rulez": {}\n}',
      /:2:12: the config has an unknown key `rulez`\n {2}fix: did you mean `rules`/,
    ],
    [
      CONFIG,
      '{ "rules": {\n "unused-supression": "off" } }',
      /:2:23: `rules` has an unknown key `unused-supression`\n {2}fix: did you mean `unused-suppression`/,
    ],
    [
      CONFIG,
      '{ "rules": { "unused-suppression": "loud" } }',
      /:1:36: `rules.unused-suppression` is `loud`, and has to be one of /,
    ],
    [CONFIG, '{ "failOn": 3 }', /:1:13: `failOn` is `3`, and has to be one of /],
    [CONFIG, '[]', /:1:1: the config is a list, and has to be a mapping/],
    [CONFIG, '', /:1:1: the config is empty, and has to be a mapping/],
    [
      BASELINE,
      '{ "schemaVersion": 2, "findings": [] }',
      /baseline\.json:1:20: `schemaVersion` is `2`, and has to be `1`/,
    ],
    [
      BASELINE,
      '{ "schemaVersion": 1, "findings": [{ "rule": 3 }] }',
      /:1:46: `findings.0.rule` is `3`, and has to be text/,
    ],
    [BASELINE, '\u0000\u0001', /baseline\.json:\d+:\d+: /],
  ])('%s: %j', async (file, text, words) => {
    const cwd = checkout({ [file]: text })
    const ran = await check(cwd)
    expect([ran.exitCode, ran.stdout]).toEqual([2, ''])
    expect(ran.stderr).toMatch(words)
    expect(ran.stderr).not.toMatch(/unexpected error|\n\s+at /)
  })

  test('a config may begin with a byte order mark, and name its schema', async () => {
    const config = { $schema: './node_modules/cachibot-ws/schemas/config.schema.json', failOn: 'warning' }
    expect(schemaErrors('config', config)).toEqual([])
    const cwd = checkout({ [CONFIG]: `\ufeff${JSON.stringify(config)}` })
    expect((await check(cwd)).exitCode).toBe(0)
  })
})

describe('it reads and nothing else', () => {
  /** A checkout on a disk that refuses every write. */
  function readOnly(): MemoryDisk {
    const disk = MemoryDisk.of('/checkout', readFixture('cachibot'))
    disk.onWrite = (_call, _name, path) => {
      throw diskError('EROFS', path)
    }
    return disk
  }

  test.each([
    [['check']],
    [['check', '--verbose']],
    [['check', '--json', 'usage']],
    [['check', '--format', 'sarif']],
    [['check', '--format', 'github']],
    [['explain']],
    [['explain', 'unused-suppression']],
  ])('%j writes nothing', async (args) => {
    const disk = readOnly()
    const ran = await cachibotWs(args, { cwd: '/checkout', disk })
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' })
    expect(disk.writes).toEqual([])
  })

  test('what cannot be written is exit 5 with the reason', async () => {
    for (const args of [['--output', 'findings.txt'], ['--write-baseline']]) {
      const ran = await cachibotWs(['check', ...args], { cwd: '/checkout', disk: readOnly() })
      expect([ran.exitCode, ran.stdout]).toEqual([5, ''])
      expect(ran.stderr).toMatch(/could not be written: EROFS/)
    }
  })

  test('a rename that fails leaves the old file and no half of a new one', async () => {
    const disk = MemoryDisk.of('/checkout', readFixture('cachibot'))
    disk.files.set('/checkout/findings.txt', Buffer.from('old'))
    const before = disk.snapshot()
    disk.onWrite = (_call, name, path) => {
      if (name === 'rename') throw diskError('EIO', path)
    }
    const ran = await cachibotWs(['check', '--output', 'findings.txt'], { cwd: '/checkout', disk })
    expect(ran.exitCode).toBe(5)
    expect(disk.snapshot()).toEqual(before)
  })

  test('a read-only file is not replaced', async () => {
    const disk = MemoryDisk.of('/checkout', readFixture('cachibot'))
    disk.files.set('/checkout/findings.txt', Buffer.from('old'))
    disk.modes.set('/checkout/findings.txt', 0o444)
    const ran = await cachibotWs(['check', '--output', 'findings.txt'], { cwd: '/checkout', disk })
    expect(ran.exitCode).toBe(3)
    expect(disk.writes).toEqual([])
  })
})

describe('the program', () => {
  const program = (cwd: string, ...args: string[]) =>
    spawnSync(process.execPath, [bin, 'check', ...args], { cwd, encoding: 'utf8', env: { PATH: '/nowhere' } })

  test('needs no Python, no node_modules and no network', () => {
    const cwd = checkout()
    expect(existsSync(join(cwd, 'frontend', 'node_modules'))).toBe(false)
    const before = snapshot(cwd)
    expect(program(cwd)).toMatchObject({ status: 0, stderr: '' })
    expect(snapshot(cwd)).toEqual(before)
  })

  test('a reader that goes away is no error', () => {
    const cwd = checkout()
    const line = `set -o pipefail; "${process.execPath}" "${bin}" check --json --verbose | head -1`
    const ran = spawnSync('bash', ['-c', line], { cwd, encoding: 'utf8' })
    expect([ran.stdout, ran.stderr]).toEqual(['{\n', ''])
  })
})

test('links that lead nowhere or in circles, and a checkout that is a link', async () => {
  const cwd = checkout()
  symlinkSync('nowhere', join(cwd, CONFIG))
  symlinkSync('circle', join(cwd, BASELINE))
  mkdirSync(join(cwd, '..', 'moved'))
  renameSync(cwd, join(cwd, '..', 'moved', 'cachibot'))
  symlinkSync(join('moved', 'cachibot'), cwd)
  expect((await check(cwd)).exitCode).toBe(0)
  expect(nodeDisk.stat(join(cwd, CONFIG))).toBeUndefined()
})
