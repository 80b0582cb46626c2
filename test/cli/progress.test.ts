import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Progress } from '../../src/cli/progress.js'
import { nodeDisk } from '../../src/workspace/disk.js'
import { copyFixture } from '../support/checkout.js'
import { project } from '../support/fixtures.js'
import { hasPython } from '../support/python.js'
import { bin, session } from '../support/terminal.js'

function watched() {
  const shown: string[] = []
  let now = 0
  const progress = new Progress(
    (text) => shown.push(text),
    () => now,
  )
  const disk = progress.watch(nodeDisk)
  return {
    shown,
    progress,
    read: () => disk.read(join(project, 'package.json')),
    wait(milliseconds: number) {
      now += milliseconds
    },
  }
}

describe('the line that says that a run is busy', () => {
  test('comes once, after half a second, and goes with what is said', () => {
    const { shown, progress, read, wait } = watched()
    read()
    wait(499)
    progress.beat()
    expect(shown).toEqual([])
    wait(1)
    read()
    progress.beat()
    expect(shown).toEqual(['reading 2 files…'])
    progress.stop()
    progress.stop()
    read()
    expect(shown).toEqual(['reading 2 files…', '\r\u001b[K'])
  })

  test('does not come once something was said', () => {
    const { shown, progress, read, wait } = watched()
    progress.stop()
    wait(1000)
    read()
    expect(shown).toEqual([])
  })

  test('comes nowhere but at a terminal', () => {
    const progress = new Progress(undefined, () => 1000)
    expect(() => progress.watch(nodeDisk).read(join(project, 'package.json'))).not.toThrow()
    expect(() => progress.stop()).not.toThrow()
  })
})

describe('in a run that takes long', () => {
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'progress-'))
    onTestFinished(() => rmSync(made, { recursive: true, force: true }))
    return made
  }
  /** The variables of a process whose clock is half a second ahead. */
  function slow(): Record<string, string> {
    const preload = join(folder(), 'preload.cjs')
    writeFileSync(preload, 'const { now } = performance\nperformance.now = () => now.call(performance) + 500')
    return { NODE_OPTIONS: `--require ${preload}`, XDG_CACHE_HOME: folder() }
  }

  test.skipIf(!hasPython)('it is on the screen of a terminal, and goes before the answer', () => {
    const root = copyFixture('cachibot')
    const shown = (args: readonly string[], env = {}) =>
      session(root, args, [], { ...slow(), ...env }).output.replaceAll('\u001b', '<esc>')
    expect(shown(['list'])).toMatch(/^reading \d+ files…\r<esc>\[K[^…]/)
    expect(shown(['check', 'no_such_event'])).toMatch(/^reading \d+ files…\r<esc>\[K.*error:/)
    for (const quiet of [shown(['list', '--quiet']), shown(['list'], { TERM: 'dumb' }), shown(['--help'])])
      expect(quiet).not.toContain('reading')
    const asked = session(root, ['add-event'], [['Name of the event', '\u0003']], slow())
    expect(asked.output).not.toContain('reading')
  })

  test('nothing of it is in a pipe', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [bin, 'list'], {
      cwd: join(project, 'fixtures', 'cachibot'),
      encoding: 'utf8',
      env: { ...process.env, ...slow() },
    })
    expect(stdout + stderr).not.toContain('reading')
    expect(stdout).toContain('tool_start')
  })
})
