import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { copyFixture, snapshot } from '../support/checkout.js'
import { project } from '../support/fixtures.js'

const bin = join(project, 'bin', 'cachibot-ws.js')
const SEAT_TAKEN = ['add-event', 'seat_taken', '-f', 'seat_id:str', '-f', 'row:int', '-f', 'note:str?']

describe('the program without a terminal', () => {
  test.each([
    ['an open pipe that says nothing', 'pipe'],
    ['/dev/null', 'ignore'],
  ] as const)('never asks: %s', (_, stdin) => {
    const cwd = copyFixture('reference')
    const before = snapshot(cwd)
    const script =
      stdin === 'pipe'
        ? `sleep 20 | "${process.execPath}" "${bin}" add-event; exit $?`
        : `"${process.execPath}" "${bin}" add-event < /dev/null`
    const started = Date.now()
    const ran = spawnSync(
      'bash',
      ['-c', stdin === 'pipe' ? script.replace('sleep 20', '{ sleep 20 & echo -n; wait; }') : script],
      {
        cwd,
        encoding: 'utf8',
        timeout: 60_000,
      },
    )
    expect(ran.status).toBe(4)
    expect(ran.stderr).toContain('cachibot-ws add-event <name>')
    expect(Date.now() - started).toBeLessThan(60_000)
    expect(snapshot(cwd)).toEqual(before)
  })

  test('a reader that goes away is no error', () => {
    const cwd = copyFixture('cachibot')
    const ran = spawnSync(
      'bash',
      ['-c', `set -o pipefail; "${process.execPath}" "${bin}" info --json | head -1`],
      { cwd, encoding: 'utf8' },
    )
    expect(ran.stdout).toBe('{\n')
    expect(ran.stderr).toBe('')
  })

  test('output through a slow pipe is whole', () => {
    const cwd = copyFixture('cachibot')
    const command = `"${process.execPath}" "${bin}" info --json | { sleep 1; cat; }`
    const ran = spawnSync('bash', ['-c', command], { cwd, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 })
    expect(() => JSON.parse(ran.stdout)).not.toThrow()
  })
})

describe('the tarball', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-pack-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const tarball = execFileSync(process.execPath, [join(project, 'scripts', 'tarball.mjs'), folder], {
    encoding: 'utf8',
  }).trim()
  const unpacked = join(folder, 'package')
  execFileSync('tar', ['-xzf', tarball, '-C', folder])
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(unpacked, join(entry.parentPath, entry.name)))

  test('has what runs, and what its pages need', () => {
    const tops = new Set(files.map((file) => file.split(sep)[0]))
    expect([...tops].toSorted()).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.md',
      'bin',
      'dist',
      'docs',
      'package.json',
      'schemas',
      'setup',
      'skills',
      'templates',
    ])
    expect(
      files
        .filter((file) => file.startsWith('dist'))
        .map((file) => file.replace(/-[\w-]{8}\./, '.'))
        .toSorted(),
    ).toEqual(
      [
        'engine.cjs',
        'program.cjs',
        'prompts.cjs',
        'question.cjs',
        'start.cjs',
        'tree-sitter-python.wasm',
        'typescript.cjs',
        'typescript.cjs',
        'web-tree-sitter.cjs',
        'web-tree-sitter.wasm',
      ].map((name) => join('dist', name)),
    )
    expect(files.filter((path) => /\.(d\.ts|map|tsbuildinfo)$|test/.test(path))).toEqual([])
    const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as object
    for (const key of ['scripts', 'dependencies', 'devDependencies', 'workspaces'])
      expect(manifest).not.toHaveProperty(key)
  })

  test('every link and picture of its pages is in it', () => {
    const pages = files.filter((file) => file.endsWith('.md'))
    expect(pages.length).toBeGreaterThan(50)
    const dead = pages.flatMap((page) => {
      const text = readFileSync(join(unpacked, page), 'utf8')
      const targets = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)|(?:src|href)="([^"#]+)/g)]
      return targets.flatMap(([, link, attribute]) => {
        const target = link ?? attribute ?? ''
        return /^[a-z]+:/.test(target) || existsSync(join(unpacked, dirname(page), target))
          ? []
          : [`${page}: ${target}`]
      })
    })
    expect(dead).toEqual([])
  })

  test('installs elsewhere without a script or a warning, and completes an event', () => {
    const app = join(folder, 'app')
    mkdirSync(app)
    writeFileSync(join(app, 'package.json'), '{ "private": true }\n')
    const env = { ...process.env, npm_config_update_notifier: 'false' }
    const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', tarball], {
      cwd: app,
      encoding: 'utf8',
      env,
    })
    expect([installed.status, installed.stderr]).toEqual([0, ''])
    expect(scriptsOf(join(app, 'node_modules'))).toEqual([])
    expect(readdirSync(join(app, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'cachibot-ws',
    ])
    const cwd = copyFixture('cachibot')
    const run = (...args: string[]) =>
      spawnSync(join(app, 'node_modules', '.bin', 'cachibot-ws'), args, { cwd, encoding: 'utf8' })
    const ran = run(...SEAT_TAKEN, '--json')
    expect(ran.status).toBe(0)
    expect((JSON.parse(ran.stdout) as { ok: boolean }).ok).toBe(true)
    expect(run('init', '--skill').status).toBe(0)
    const skill = readFileSync(join(cwd, '.claude/skills/cachibot-websocket-event/SKILL.md'), 'utf8')
    expect(skill).toMatch(/npm exec --yes --package=file:\.\.\/\S*cachibot-ws-0\.1\.0\.tgz -- cachibot-ws/)
  })
})

/** What a package manager would run when it installs these packages. */
function scriptsOf(modules: string): string[] {
  const manifests = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|node_modules[\\/])(@[^\\/]+[\\/])?[^\\/@]+[\\/]package\.json$/.test(path),
  )
  expect(manifests).toHaveLength(1)
  return manifests.flatMap((path) => {
    const { name, scripts = {} } = JSON.parse(readFileSync(join(modules, path), 'utf8')) as {
      name: string
      scripts?: Record<string, string>
    }
    return ['preinstall', 'install', 'postinstall'].flatMap((one) =>
      one in scripts ? [`${name} ${one}`] : [],
    )
  })
}
