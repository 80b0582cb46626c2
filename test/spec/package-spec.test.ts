import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findInstalledFrom } from '../../src/cli/setup/installed-from.js'
import { schemaAddress } from '../../src/cli/setup/schema-address.js'
import { Failure } from '../../src/errors.js'
import { parsePackageSpec } from '../support/asked.js'
import { MemoryDisk } from '../support/memory-disk.js'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const OTHER = 'fedcba9876543210fedcba9876543210fedcba98'

test.each([
  [
    `github:owner/name#${COMMIT}`,
    { kind: 'git', url: 'https://github.com/owner/name', github: 'owner/name' },
  ],
  [
    `git+https://host/a/b.git#${COMMIT}`,
    { kind: 'git', url: 'https://host/a/b.git', ref: COMMIT, github: undefined },
  ],
  ['git+ssh://git@github.com/owner/name.git#v1.2.3', { github: 'owner/name', ref: 'v1.2.3' }],
  ['https://host/cachibot-ws-0.1.0.tgz', { kind: 'url' }],
  ['file:../cachibot-ws', { kind: 'file', path: '../cachibot-ws', isTarball: false }],
  ['../pack/x.tar.gz', { kind: 'file', path: '../pack/x.tar.gz', isTarball: true }],
  ['cachibot-ws-0.1.0.tgz', { kind: 'file', isTarball: true }],
  ['file:///opt/cachibot-ws', { kind: 'file', path: '/opt/cachibot-ws' }],
])('%s names one place', (text, spec) => {
  expect(parsePackageSpec(text)).toMatchObject(spec)
})

test.each([
  ['cachibot-ws', 'bare name'],
  ['cachibot-ws@0.1.0', 'bare name'],
  ['@scope/cachibot-ws', 'bare name'],
  ['latest', 'bare name'],
  ['npm:cachibot-ws@1', 'not known'],
  ['owner/name', 'folder as well'],
  ['owner/name#v1', 'folder as well'],
  ['github:owner/name', 'branch'],
  ['github:owner/name#', 'branch'],
  ['github:owner/name#semver:^1', 'letters'],
  ['github:owner/name#-x', 'no name of a commit'],
  ['github:owner/name#abc1234', 'abbreviated'],
  ['git+https://host/a.git', 'branch'],
  ['git+http://host/a.git#v1', 'in between'],
  ['git://host/a.git#v1', 'in between'],
  ['http://host/a.tgz', 'in between'],
  ['https://host/a', 'no tarball'],
  ['https://user:secret@host/a.tgz', 'password'],
  ['git+https://token@host/a.git#v1', 'password'],
  ['git+ssh://git:secret@host/a.git#v1', 'password'],
  ['file:a#b', 'reads'],
  ['', 'letters'],
])('%j is refused: %s', (text, why) => {
  const problem = refusalOf(text)
  expect(problem?.why).toContain(why)
  expect(problem?.fix).toBeTruthy()
  expect(problem?.what).not.toMatch(/secret|token/)
})

test('whatever means something to a shell, YAML, Markdown or Actions is refused', () => {
  for (const char of ' \t\n\r"\'`$\\!*?&|;<>(){}[]^\0\u202e\u00e9')
    for (const spec of [
      `github:owner/na${char}me#v1`,
      `github:owner/name#v${char}1`,
      `file:../a${char}b`,
      `https://host/${char}.tgz`,
    ])
      expect([spec, refusalOf(spec)?.why]).toEqual([spec, expect.stringContaining('shell scripts and YAML')])
})

function refusalOf(text: string) {
  try {
    parsePackageSpec(text)
    return undefined
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    expect((error as Failure).exitCode).toBe(2)
    return (error as Failure).problems[0]
  }
}

describe('what a copy was installed from', () => {
  const find = (folder: string, files: Record<string, string>) =>
    findInstalledFrom(
      MemoryDisk.of('/', new Map(Object.entries(files).map(([path, text]) => [path.slice(1), text]))),
      folder,
    )

  const clone = (remote: string, refs: Record<string, string> = {}): Record<string, string> => ({
    '/src/ws/package.json': '{}',
    '/src/ws/.git/HEAD': 'ref: refs/heads/main\n',
    '/src/ws/.git/refs/heads/main': `${COMMIT}\n`,
    '/src/ws/.git/config': `[core]\n\tbare = false\n[remote "fork"]\n\turl = https://host/fork.git\n[remote "origin"]\n\turl = ${remote}\n\tfetch = +refs\n`,
    ...refs,
  })
  const PUSHED = { '/src/ws/.git/refs/remotes/origin/main': `${COMMIT}\n` }

  test.each([
    ['https://github.com/owner/name.git', `github:owner/name#${COMMIT}`],
    ['git@github.com:owner/name.git', `github:owner/name#${COMMIT}`],
    ['https://user:secret@github.com/owner/name', `github:owner/name#${COMMIT}`],
    ['https://token@host:8443/a/b.git', `git+https://host:8443/a/b.git#${COMMIT}`],
    ['ssh://git@host:2222/a/b.git', `git+ssh://git@host:2222/a/b.git#${COMMIT}`],
    ['git@host:a/b.git', `git+ssh://git@host/a/b.git#${COMMIT}`],
    ['/srv/git/name.git', 'file:/src/ws'],
    ['file:///srv/git/name.git', 'file:/src/ws'],
    ['http://host/a.git', 'file:/src/ws'],
  ])('a clone of %s', (remote, spec) => {
    expect(find('/src/ws', clone(remote, PUSHED))).toEqual({ spec })
  })

  test('a clone whose commit no branch of the remote is known to have says that it is to be pushed', () => {
    const found = find(
      '/src/ws',
      clone('git@github.com:owner/name.git', {
        '/src/ws/.git/refs/remotes/origin/main': `${OTHER}\n`,
      }),
    )
    expect(found?.note).toMatch(/^push 0123456789ab to git@github\.com/)
  })

  test('a worktree, with its refs packed', () => {
    const files = {
      '/src/wt/.git': 'gitdir: /src/ws/.git/worktrees/wt\n',
      '/src/ws/.git/worktrees/wt/HEAD': 'ref: refs/heads/w\n',
      '/src/ws/.git/worktrees/wt/commondir': '../..\n',
      '/src/ws/.git/packed-refs': `# pack-refs\n${COMMIT} refs/heads/w\n${COMMIT} refs/remotes/origin/w\n`,
      '/src/ws/.git/config': '[remote "origin"]\n\turl = https://github.com/owner/name\n',
    }
    expect(find('/src/wt', files)).toEqual({ spec: `github:owner/name#${COMMIT}` })
  })

  test.each([
    ['a clone in which nothing is committed', { '/src/ws/.git/HEAD': 'ref: refs/heads/main\n' }],
    ['a folder without git', { '/src/ws/package.json': '{}' }],
    ['an unreadable .git', { '/src/ws/.git': 'nonsense' }],
  ])('%s is the folder', (_, files) => {
    expect(find('/src/ws', files)).toEqual({ spec: 'file:/src/ws' })
  })

  const locked = (resolved: unknown): Record<string, string> => ({
    '/app/node_modules/cachibot-ws/package.json': '{"version":"0.1.0"}',
    '/app/node_modules/.package-lock.json': JSON.stringify({
      packages: { 'node_modules/cachibot-ws': { version: '0.1.0', resolved } },
    }),
  })

  test.each([
    ['file:../pack/cachibot-ws-0.1.0.tgz', 'file:/pack/cachibot-ws-0.1.0.tgz'],
    ['https://host/cachibot-ws-0.1.0.tgz', 'https://host/cachibot-ws-0.1.0.tgz'],
    [`git+ssh://git@github.com/owner/name.git#${COMMIT}`, `github:owner/name#${COMMIT}`],
    [`git+https://host/a.git#${COMMIT}`, `git+https://host/a.git#${COMMIT}`],
  ])('in a project npm noted %s', (resolved, spec) => {
    expect(find('/app/node_modules/cachibot-ws', locked(resolved))).toEqual({ spec })
  })

  test('of a global install nothing is known, until the package names its repository', () => {
    const folder = '/usr/lib/node_modules/cachibot-ws'
    const manifest = (value: object) => ({ [join(folder, 'package.json')]: JSON.stringify(value) })
    expect(find(folder, manifest({ version: '0.1.0' }))).toBeUndefined()
    const repository = { type: 'git', url: 'git+https://github.com/owner/name.git' }
    expect(find(folder, manifest({ version: '0.1.0', repository }))).toEqual({
      spec: 'github:owner/name#v0.1.0',
    })
  })

  test.each([
    ['no JSON', { '/app/node_modules/.package-lock.json': '{' }],
    ['nothing of it', { '/app/node_modules/.package-lock.json': '{"packages":null}' }],
    ['a number', locked(1)],
  ])('a note of npm that has %s is none', (_, files) => {
    expect(find('/app/node_modules/cachibot-ws', files)).toBeUndefined()
  })
})

test('a spec file names the schema of this copy: by a relative path in the checkout, else by its address', () => {
  const inside = '/repo/node_modules/cachibot-ws'
  expect(schemaAddress('/repo', '/repo/specs/a.yaml', inside)).toBe(
    '../node_modules/cachibot-ws/schemas/event.schema.json',
  )
  expect(schemaAddress('/repo', '/repo/a.yaml', inside)).toBe(
    './node_modules/cachibot-ws/schemas/event.schema.json',
  )
  expect(schemaAddress('/repo', '/repo/a.yaml', '/opt/my ws')).toBe(
    'file:///opt/my%20ws/schemas/event.schema.json',
  )
  expect(schemaAddress('/repo', '/elsewhere/a.yaml', inside)).toBe(
    'file:///repo/node_modules/cachibot-ws/schemas/event.schema.json',
  )
})
