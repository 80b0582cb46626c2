import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { onTestFinished } from 'vitest'
import { KeptAnswers } from '../../src/cli/answers.js'
import type { Answers } from '../../src/cli/context.js'
import { run } from '../../src/cli/program.js'
import { Progress } from '../../src/cli/progress.js'
import type { Signals } from '../../src/cli/signals.js'
import { Trees } from '../../src/lang/trees.js'
import { type Disk, nodeDisk } from '../../src/workspace/disk.js'
import { type FixtureName, project } from './fixtures.js'
import { assertSchema } from './json-schemas.js'

/** Where `init` is told that the tool is installed from. */
export const FROM = `github:owner/cachibot-ws#${'0123456789'.repeat(4)}`

/** A copy of a fixture on the real disk, gone when the test ends. */
export function copyFixture(name: FixtureName, options: { modules?: boolean; keep?: boolean } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'cachibot-ws-'))
  if (options.keep !== true) onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const root = join(folder, name)
  cpSync(join(project, 'fixtures', name), root, { recursive: true })
  if (options.modules === true)
    symlinkSync(join(project, 'node_modules'), join(root, 'frontend', 'node_modules'))
  return root
}

/** Every file of a checkout but linked modules, by path. */
export function snapshot(root: string): Map<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() && !/node_modules|\.git(\/|$)|__pycache__/.test(relative(root, entry.parentPath)),
  )
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [relative(root, path), readFileSync(path, 'latin1')]
    }),
  )
}

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Nobody sends a signal to a run in this process. */
const NO_SIGNALS: Signals = {
  protect: async (write) => write(),
  atEnd: () => () => undefined,
  hasWritten: () => false,
}

/** What a test says of the world; everything else of it is nothing. */
export interface TestWorld {
  readonly cwd: string
  readonly env?: Record<string, string>
  readonly stdin?: string
  readonly disk?: Disk
  readonly trees?: Trees
  readonly answers?: Answers
  /** How wide the terminal is; undefined for a pipe. */
  readonly columns?: number
}

/** Runs the program in this process. */
export async function cachibotWs(args: readonly string[], world: TestWorld): Promise<Ran> {
  let stdout = ''
  let stderr = ''
  const exitCode = await run(args, {
    cwd: world.cwd,
    env: world.env ?? {},
    stdout: { write: (text) => (stdout += text), isTTY: world.columns !== undefined, columns: world.columns },
    stderr: { write: (text) => (stderr += text) },
    stdinIsTTY: false,
    disk: world.disk ?? nodeDisk,
    signals: NO_SIGNALS,
    progress: new Progress(undefined),
    answers: world.answers ?? new KeptAnswers(),
    trees: world.trees ?? new Trees(),
    readStdin: async () => Buffer.from(world.stdin ?? '', 'utf8'),
  })
  if (args.includes('--json')) assertSchema(stdout, exitCode)
  return { exitCode, stdout, stderr }
}

export function git(cwd: string, ...args: string[]): string {
  const config = ['-c', 'core.autocrlf=false', '-c', 'user.name=t', '-c', 'user.email=t@example.invalid']
  return execFileSync('git', [...config, ...args], { cwd, encoding: 'utf8' })
}
