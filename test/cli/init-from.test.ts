import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { initSchema } from '../../src/report/program-schemas.js'
import { cachibotWs, copyFixture, snapshot } from '../support/checkout.js'
import { project } from '../support/fixtures.js'
import { hasPython } from '../support/python.js'
import { session, type } from '../support/terminal.js'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const GITHUB = `github:owner/cachibot-ws#${COMMIT}`
const SKILL = '.claude/skills/cachibot-websocket-event/SKILL.md'
const THEIRS = '---\nname: cachibot-websocket-event\n---\n\nSix steps by hand.\n'

/** As an expression of GitHub has it. */
const WORKSPACE_TARBALL = ['$', '{{ github.workspace }}/tools/cachibot-ws-0.1.0.tgz'].join('')

/** A fixture with a tarball in `tools` and a clone of this project beside it, as far as `init` looks at them. */
function checkout(): string {
  const cwd = copyFixture('cachibot')
  mkdirSync(join(cwd, 'tools'))
  writeFileSync(join(cwd, 'tools', 'cachibot-ws-0.1.0.tgz'), '')
  for (const folder of ['../clone', 'tools/clone']) {
    mkdirSync(join(cwd, folder, 'bin'), { recursive: true })
    writeFileSync(join(cwd, folder, 'bin', 'cachibot-ws.js'), '')
  }
  return cwd
}

interface Expected {
  readonly uses?: string
  readonly installs?: string
  readonly hook: object
  readonly skill: string
}

const read = (cwd: string, file: string): string => readFileSync(join(cwd, file), 'utf8')
const jobOf = (cwd: string) => parse(read(cwd, '.github/workflows/cachibot-ws.yml'))
const hookOf = (cwd: string) => parse(read(cwd, '.pre-commit-config.yaml')).repos[0]

test.each([
  [
    GITHUB,
    {
      uses: `owner/cachibot-ws@${COMMIT}`,
      hook: { repo: 'https://github.com/owner/cachibot-ws', rev: COMMIT },
      skill: `npm exec --yes --package='${GITHUB}' -- cachibot-ws`,
    },
  ],
  [
    `git+https://host/a.git#${COMMIT}`,
    {
      installs: `git+https://host/a.git#${COMMIT}`,
      hook: { repo: 'https://host/a.git', rev: COMMIT },
      skill: `npm exec --yes --package='git+https://host/a.git#${COMMIT}' -- cachibot-ws`,
    },
  ],
  [
    'https://host/cachibot-ws-0.1.0.tgz',
    {
      installs: 'https://host/cachibot-ws-0.1.0.tgz',
      hook: {
        repo: 'local',
        hooks: [{ additional_dependencies: ['https://host/cachibot-ws-0.1.0.tgz'], language: 'node' }],
      },
      skill: 'npm exec --yes --package=https://host/cachibot-ws-0.1.0.tgz -- cachibot-ws',
    },
  ],
  [
    'tools/cachibot-ws-0.1.0.tgz',
    {
      installs: WORKSPACE_TARBALL,
      hook: {
        hooks: [
          {
            entry: 'npm exec --yes --package=file:./tools/cachibot-ws-0.1.0.tgz -- cachibot-ws check',
            language: 'system',
          },
        ],
      },
      skill: 'npm exec --yes --package=file:./tools/cachibot-ws-0.1.0.tgz -- cachibot-ws',
    },
  ],
  [
    './tools/clone',
    {
      uses: './tools/clone',
      hook: { hooks: [{ entry: 'node ./tools/clone/bin/cachibot-ws.js check', language: 'system' }] },
      skill: 'node ./tools/clone/bin/cachibot-ws.js',
    },
  ],
])(
  '%s goes into every file, and no bare name does',
  async (from, { uses, installs, hook, skill }: Expected) => {
    const cwd = checkout()
    const { exitCode, stderr } = await cachibotWs(['init', '--all', '--from', from], { cwd })
    expect([exitCode, stderr]).toEqual([0, ''])
    const job = jobOf(cwd)
    expect(job.permissions).toEqual({ contents: 'read' })
    const steps: { uses?: string; run?: string; env?: Record<string, string> }[] =
      job.jobs['cachibot-ws'].steps
    if (uses !== undefined) expect(steps.at(-1)?.uses).toBe(uses)
    else {
      expect(steps.flatMap(({ env }) => env?.['CACHIBOT_WS'] ?? [])).toEqual([installs])
      expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
    }
    expect(hookOf(cwd)).toMatchObject(hook)
    expect(hookOf(cwd).hooks[0].id).toBe('cachibot-ws')
    expect(read(cwd, SKILL)).toContain(`\n    ${skill}\n`)
    for (const file of ['.github/workflows/cachibot-ws.yml', '.pre-commit-config.yaml', SKILL])
      expect(read(cwd, file)).not.toMatch(/npx|cachibot-ws@\d+\.|PACKAGE|unpkg/)
  },
)

test.each(['../clone', 'file:../clone', `git+file:///srv/a.git#${COMMIT}`])(
  'a job cannot reach %s: exit 3 that says what can, nothing is written, and the others are',
  async (from) => {
    const cwd = checkout()
    const before = snapshot(cwd)
    const refused = await cachibotWs(['init', '--all', '--from', from], { cwd })
    expect(refused.exitCode).toBe(3)
    expect(refused.stderr).toContain(
      `leave it out: cachibot-ws init --config-file --pre-commit --skill --from `,
    )
    expect(snapshot(cwd)).toEqual(before)
    const rest = ['init', '--config-file', '--pre-commit', '--skill', '--from', from, '--json']
    const ran = await cachibotWs(rest, { cwd })
    expect(ran.exitCode).toBe(0)
  },
)

test.each([
  ['cachibot-ws', 'bare name'],
  ['../nothing', 'there is no `bin/cachibot-ws.js`'],
  ['./nothing.tgz', 'there is no file'],
  ['./tools', 'there is no `bin/cachibot-ws.js`'],
])('--from %s is exit 2 whatever is asked for, and nothing is written', async (from, why) => {
  const cwd = checkout()
  const before = snapshot(cwd)
  for (const items of [['--all'], ['--config-file'], []]) {
    const { exitCode, stderr } = await cachibotWs(['init', ...items, '--from', from], { cwd })
    expect(exitCode).toBe(2)
    expect(stderr).toContain(why)
  }
  expect(snapshot(cwd)).toEqual(before)
})

test('a path is relative to where the command runs, and written relative to the root', async () => {
  const cwd = checkout()
  const args = ['init', '--skill', '--from', '../tools/clone']
  const { exitCode } = await cachibotWs(args, { cwd: join(cwd, 'cachibot') })
  expect(exitCode).toBe(0)
  expect(read(cwd, SKILL)).toContain('node ./tools/clone/bin/cachibot-ws.js')
})

test('a tag is taken, and told that it can be moved; a commit is not', async () => {
  const next = async (from: string): Promise<string> => {
    const ran = await cachibotWs(['init', '--skill', '--from', from, '--json'], { cwd: checkout() })
    return initSchema.parse(JSON.parse(ran.stdout)).next.join('\n')
  }
  expect(await next('github:owner/cachibot-ws#v0.1.0')).toContain('`v0.1.0` can be moved')
  expect(await next(GITHUB)).not.toContain('moved')
})

test('the config names a schema that is there, and that it fits', async () => {
  const cwd = checkout()
  await cachibotWs(['init', '--config-file'], { cwd })
  const file = 'cachibot-ws.config.json'
  const config = JSON.parse(read(cwd, file)) as { $schema: string }
  const schema = join(dirname(join(cwd, file)), config.$schema)
  expect(existsSync(schema)).toBe(true)
  expect(new Ajv2020().validate(JSON.parse(readFileSync(schema, 'utf8')), config)).toBe(true)
  expect((await cachibotWs(['check'], { cwd })).exitCode).toBe(0)
})

describe('a skill that people wrote', () => {
  function withTheirs(text = THEIRS): string {
    const cwd = checkout()
    mkdirSync(dirname(join(cwd, SKILL)), { recursive: true })
    writeFileSync(join(cwd, SKILL), text)
    return cwd
  }
  const ALL = ['init', '--all', '--from', GITHUB]

  test('is exit 3 with its diff and both ways on, and nothing is written', async () => {
    const cwd = withTheirs()
    const before = snapshot(cwd)
    const { exitCode, stdout, stderr } = await cachibotWs(ALL, { cwd })
    expect([exitCode, stdout]).toEqual([3, ''])
    expect(stderr).toContain('-Six steps by hand.')
    expect(stderr).toContain('add --force')
    expect(stderr).toContain(`cachibot-ws init --config-file --ci --pre-commit --from '${GITHUB}'`)
    expect(snapshot(cwd)).toEqual(before)
    const json = await cachibotWs([...ALL, '--json'], { cwd })
    expect([json.exitCode, json.stderr]).toEqual([3, ''])
  })

  test.each([
    ['as it is', THEIRS],
    ['with Windows line endings', THEIRS.replaceAll('\n', '\r\n')],
    ['empty', ''],
  ])('goes with --force, %s; a second time nothing changes', async (_, text) => {
    const cwd = withTheirs(text)
    const dry = await cachibotWs([...ALL, '--force', '--dry-run'], { cwd })
    expect(dry.stdout).toContain(`--- a/${SKILL}`)
    expect(read(cwd, SKILL)).toBe(text)
    const ran = await cachibotWs([...ALL, '--force', '--json'], { cwd })
    const files = initSchema.parse(JSON.parse(ran.stdout)).files
    expect(files.filter(({ status }) => status === 'replaced').map(({ file }) => file)).toEqual([SKILL])
    expect(read(cwd, SKILL)).toContain('npm exec')
    expect(read(cwd, SKILL).includes('\r\n')).toBe(text.includes('\r\n'))
    const after = snapshot(cwd)
    const again = await cachibotWs([...ALL, '--force', '--json'], { cwd })
    expect(initSchema.parse(JSON.parse(again.stdout)).files.every((one) => one.status === 'present')).toBe(
      true,
    )
    expect(snapshot(cwd)).toEqual(after)
  })

  test('--force takes nothing that is there already, and adds to no list it cannot read', async () => {
    const cwd = withTheirs()
    writeFileSync(join(cwd, 'cachibot-ws.config.json'), '{}\n')
    writeFileSync(join(cwd, '.pre-commit-config.yaml'), 'repos: []\n')
    const before = snapshot(cwd)
    const refused = await cachibotWs([...ALL, '--force'], { cwd })
    expect(refused.exitCode).toBe(3)
    expect(refused.stderr).toContain('repo: https://github.com/owner/cachibot-ws')
    expect(snapshot(cwd)).toEqual(before)
    const rest = ['init', '--config-file', '--ci', '--skill', '--force', '--from', GITHUB]
    expect((await cachibotWs(rest, { cwd })).exitCode).toBe(0)
    expect(read(cwd, 'cachibot-ws.config.json')).toBe('{}\n')
    expect(existsSync(join(cwd, 'cachibot-ws.config.schema.json'))).toBe(false)
  })

  test.skipIf(!hasPython)(
    'at a terminal each replacement is asked; no leaves it, and the rest is written',
    () => {
      const cwd = withTheirs()
      const ran = session(cwd, ALL, [
        ['Replace `.claude', 'n'],
        ['Write this?', 'y'],
      ])
      expect([ran.exit, ran.left]).toEqual([0, []])
      expect(read(cwd, SKILL)).toBe(THEIRS)
      expect(existsSync(join(cwd, '.pre-commit-config.yaml'))).toBe(true)
      const forced = session(cwd, ALL, [
        ['Replace `.claude', 'y'],
        ['not committed', 'y'],
      ])
      expect([forced.exit, forced.left]).toEqual([0, []])
      expect(read(cwd, SKILL)).not.toBe(THEIRS)
    },
  )

  test.skipIf(!hasPython)(
    'without flags what cannot be set up is told and not asked, and the answers count',
    () => {
      const cwd = withTheirs()
      writeFileSync(join(cwd, '.pre-commit-config.yaml'), 'repos: []\n')
      writeFileSync(join(cwd, 'cachibot-ws.config.json'), '{}\n')
      const ran = session(
        cwd,
        ['init', '--from', GITHUB],
        [
          ['Set up the CI job?', 'y'],
          ['the hook cannot be added', ''],
          ['Replace `.claude', 'n'],
          ['Write this?', 'y'],
        ],
      )
      expect([ran.exit, ran.left]).toEqual([0, []])
      expect(ran.output).not.toMatch(/Set up the (config file|pre-commit hook)/)
      expect(ran.output).toMatch(/config file +present/)
      expect(existsSync(join(cwd, '.github/workflows/cachibot-ws.yml'))).toBe(true)
    },
  )
})

describe('a copy that does not know what it was installed from', () => {
  /** The program as in a global install: nothing beside it says where it came from. */
  function install(cwd: string): string {
    const folder = join(cwd, '..', 'lib', 'node_modules', 'cachibot-ws')
    for (const part of ['bin', 'dist', 'schemas', 'setup', 'skills', 'templates', 'package.json'])
      cpSync(join(project, part), join(folder, part), { recursive: true })
    symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'))
    return folder
  }

  test('is exit 4 that asks for --from with an example; the config needs none', () => {
    const cwd = checkout()
    const folder = install(cwd)
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [join(folder, 'bin', 'cachibot-ws.js'), ...args], { cwd, encoding: 'utf8' })
    const before = snapshot(cwd)
    const asked = run('init', '--all')
    expect(asked.status).toBe(4)
    expect(asked.stderr).toContain("add --from with a git commit, a tarball or a folder: --from 'github:")
    expect(snapshot(cwd)).toEqual(before)
    expect(run('init', '--config-file').status).toBe(0)
    expect(run('init', '--all', '--from', GITHUB).status).toBe(0)
  })

  test.skipIf(!hasPython)('asks for it at a terminal; Enter alone leaves out what needs it', () => {
    const cwd = checkout()
    const program = [process.execPath, join(install(cwd), 'bin', 'cachibot-ws.js'), 'init']
    const ran = type(program, cwd, [
      ['installed from?', 'cachibot-ws\r'],
      ['nothing to install', `\u0015${GITHUB}\r`],
      ['Set up the config file?', 'n'],
      ['Set up the CI job?', 'y'],
      ['Set up the pre-commit hook?', 'n'],
      ['Set up the agent skill?', 'n'],
      ['Write this?', 'y'],
    ])
    expect([ran.exit, ran.left]).toEqual([0, []])
    expect(jobOf(cwd).jobs['cachibot-ws'].steps.at(-1).uses).toBe(`owner/cachibot-ws@${COMMIT}`)
    const other = checkout()
    const skipped = type(
      [...program.slice(0, 1), join(install(other), 'bin', 'cachibot-ws.js'), 'init'],
      other,
      [
        ['installed from?', '\r'],
        ['Set up the config file?', 'y'],
        ['is not known', ''],
        ['Write this?', 'y'],
      ],
    )
    expect([skipped.exit, skipped.left]).toEqual([0, []])
    expect(skipped.output).not.toContain('Set up the CI job?')
    expect(existsSync(join(other, 'cachibot-ws.config.json'))).toBe(true)
  })
})
