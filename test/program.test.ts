import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { copyFixture, snapshot } from './support/checkout.js'
import { project } from './support/fixtures.js'

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

test('the package, installed elsewhere from its tarball, completes an event', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-pack-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const npm = (...args: string[]): string =>
    execFileSync('npm', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
  const entry = (Array.isArray(packed) ? packed[0] : Object.values(packed)[0]) as {
    filename: string
    files: { path: string }[]
  }
  const tops = new Set(entry.files.map((file) => file.path.split('/')[0]))
  expect([...tops].toSorted()).toEqual([
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
  const paths = entry.files.map((file) => file.path)
  expect(paths).toContain('dist/tree-sitter-python.LICENSE')
  expect(paths.filter((path) => /\.(d\.ts|map|tsbuildinfo)$|test/.test(path))).toEqual([])
  npm('init', '-y')
  npm('install', '--no-audit', '--no-fund', join(folder, entry.filename))
  expect(scriptsOf(join(folder, 'node_modules'))).toEqual([])
  const cwd = copyFixture('cachibot')
  const ran = spawnSync(join(folder, 'node_modules', '.bin', 'cachibot-ws'), [...SEAT_TAKEN, '--json'], {
    cwd,
    encoding: 'utf8',
  })
  expect(ran.status).toBe(0)
  expect((JSON.parse(ran.stdout) as { ok: boolean }).ok).toBe(true)
})

/** What a package manager would run when it installs these packages. */
function scriptsOf(modules: string): string[] {
  const manifests = readdirSync(modules, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|node_modules[\\/])(@[^\\/]+[\\/])?[^\\/@]+[\\/]package\.json$/.test(path),
  )
  expect(manifests.length).toBeGreaterThan(10)
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
